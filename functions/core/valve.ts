import { type Instant, latest, plusDays } from "./instant.ts";

/**
 * The safety valve: when too much of our mail fails, sending of course mail pauses by itself, long
 * before SES looks into the account (5 % and 0.1 %). Only a person opens it again.
 */
export interface ValveState {
  /** Present while course mail is paused. */
  readonly shut?: { readonly at: Instant; readonly why: Failure };
  /** The last time a person resumed: what went out before counts no more. */
  readonly resumed?: Resumed;
}

export interface Resumed {
  readonly at: Instant;
  /** Mails of that same quarter day that had gone out before; they are counted by quarter days. */
  readonly sent: number;
}

/** How a mail fails in a way that harms our name: its address does not exist, or a person calls it spam. */
export type Failure = "bounce" | "complaint";

/** Mails that went out in some time, and how many of these very mails failed. */
export interface MailCounts {
  readonly sent: number;
  readonly bounce: number;
  readonly complaint: number;
}

export const OPEN_VALVE: ValveState = {};
export const VALVE_DAYS = 7;
/** Below these numbers a share says nothing: one complaint about a thousand mails is no storm. */
export const FAILURES_MIN: Readonly<Record<Failure, number>> = { bounce: 5, complaint: 3 };
/** Of all mail; trust in a sender ends somewhat above. */
export const SHARE_MAX: Readonly<Record<Failure, number>> = { bounce: 0.04, complaint: 0.0008 };

/** What of our mail fails too often; undefined when all is well. */
export function judgeMail(counts: MailCounts): Failure | undefined {
  const failures: readonly Failure[] = ["complaint", "bounce"];
  return failures.find(
    (failure) =>
      counts[failure] >= FAILURES_MIN[failure] &&
      counts[failure] >= SHARE_MAX[failure] * counts.sent,
  );
}

/** From when on mails count: seven days back, or since a person resumed. */
export function countsFrom({ resumed }: ValveState, now: Instant): Instant {
  return latest(plusDays(now, -VALVE_DAYS), resumed?.at ?? "");
}

/** The counts without the mails that had gone out on the day of the resume before it. */
export function countsSince(
  { resumed }: ValveState,
  from: Instant,
  counts: MailCounts,
): MailCounts {
  return resumed?.at === from
    ? { ...counts, sent: Math.max(0, counts.sent - resumed.sent) }
    : counts;
}

/**
 * @param judged the state with which the mails were counted; somebody who resumed since then knows better
 * @returns undefined when it is shut already, or was opened meanwhile
 */
export function shutValve(
  state: ValveState,
  judged: ValveState,
  why: Failure,
  now: Instant,
): ValveState | undefined {
  const isOutdated = state.resumed?.at !== judged.resumed?.at;
  return state.shut !== undefined || isOutdated ? undefined : { ...state, shut: { at: now, why } };
}

/** A person resumes. @returns undefined when nothing is paused */
export function openValve({ shut }: ValveState, resumed: Resumed): ValveState | undefined {
  return shut === undefined ? undefined : { resumed };
}
