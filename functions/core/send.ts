import type { ActionKind } from "./action.ts";
import type { MailKind } from "./course.ts";
import { type Day, type Instant, plusHours, plusMinutes, plusMs } from "./instant.ts";
import type { SeatId } from "./pair.ts";
import { jitterMs } from "./slot.ts";

/** Whom a send goes to: a seat of the pair, or a coordinator of its cohort (whose holder number is their place in the list, from 1). */
export type Addressee = SeatId | "coordinator";

/** What names a send for ever. The edition is no part of it: a corrected lesson is not a second lesson. */
export interface SendKey {
  /** The pair's id, or `cohort-<name>` for mail that is about no pair (a coordinator's sign-in link). */
  readonly owner: string;
  /** What is sent: `lesson-03`, `meet-2`, `receipt-<hash of the reply>`; only `[A-Za-z0-9-]`. */
  readonly item: string;
  readonly seat: Addressee;
  readonly holder: number;
}

/**
 * One mail to one person, written down before anything goes out.
 *
 * Life: planned, claimed, sent, delivered; docs/ARCHITECTURE.md, "send", draws the whole of it.
 * Only structured facts about the mail are kept, never words a partner wrote.
 */
export interface Send extends SendKey {
  readonly kind: MailKind;
  /** The content file this send renders, such as `lesson-03` or `receipt-logged`. */
  readonly mail: string;
  /** Edition of the course's mails, fixed when planned. */
  readonly edition: string;
  readonly locale: string;
  readonly facts: Facts;
  readonly plannedAt: Instant;
  /** The instant for which it was planned; a lesson more than 24 hours late waits for the next slot. */
  readonly plannedFor: Instant;
  /** Of no use after this instant; then it is withdrawn instead of sent. */
  readonly expiresAt?: Instant;
  readonly state: SendState;
  /** How often an answer of SES stayed unknown. After the second the send is held for a person. */
  readonly unresolved: number;
  readonly claim?: Claim;
  /** SES's id of the accepted message. */
  readonly sesId?: string;
  readonly settledAt?: Instant;
  /**
   * When this row needs attention next; absent once it is settled, which takes it off the due index.
   * While it is claimed: when it was due, and the claim's lease says until when it is left alone.
   */
  readonly dueAt?: Instant;
  readonly version: number;
}

export type SendState =
  | "planned"
  | "claimed"
  | "unresolved"
  | "sent"
  | "delivered"
  | "bounced"
  | "complained"
  | "withdrawn"
  | "stopped"
  | "held"
  | "skipped";

/** Who is sending it right now, and until when nobody else may judge the attempt. */
export interface Claim {
  readonly owner: string;
  readonly at: Instant;
  readonly leaseUntil: Instant;
}

/** What a mail says beyond its file: kinds, days, numbers. There is no text in here that a partner wrote. */
export interface Facts {
  /** What the P.S. of a lesson asks about again. */
  readonly recheck?: ActionKind;
  /** What a receipt or a recap says was logged. */
  readonly logged?: readonly LoggedFact[];
  /** The guesses a question offers, one button each. */
  readonly guesses?: readonly LoggedFact[];
  readonly until?: Day;
  readonly days?: number;
  /** A check-in that also asks about the next coffee, because that prompt was near. */
  readonly withMeet?: boolean;
  /** The reply that is answered held details we cannot keep. */
  readonly details?: boolean;
  /** State of the agreement, as the mail shows it. */
  readonly agreement?: string;
  /** Send id of our own mail that the person answered; the answer joins its thread. */
  readonly answers?: string;
  /** The seat that a coordinator's notice is about. */
  readonly about?: SeatId;
  /** HMAC of the address a reply came from that is not the holder's; "was this you?" takes it on. */
  readonly address?: string;
  /** Random id of a sign-in request; the link is signed over it. */
  readonly request?: string;
}

export interface LoggedFact {
  readonly kind: ActionKind;
  readonly on?: Day;
  readonly assumed?: boolean;
}

/** Longer than the sender's timeout (30 s) and the SES client's (10 s) together, with two minutes for clocks that differ. */
export const LEASE_MS = 160_000;
const GRACE_PROMPT_HOURS = 24;
const GRACE_FAST_MINUTES = 15;

/** The two lanes: what a person waits for never stands behind a backlog of lessons. */
export type Lane = "fast" | "bulk";

const FAST_KINDS: readonly MailKind[] = ["invitation", "reminder", "receipt", "notice", "sign-in"];

export function laneOf(kind: MailKind): Lane {
  return FAST_KINDS.includes(kind) ? "fast" : "bulk";
}

/** Kinds that keep the 20 hours' distance, quiet hours, and the daily limit of one item a seat. */
export function keepsDistance(kind: MailKind): boolean {
  return ["lesson", "nudge", "meet", "mou", "check-in", "graduation", "welcome"].includes(kind);
}

/** Also the SES message tag, so only `[A-Za-z0-9_-]`: `<owner>_<item>_<seat><holder>`. */
export function sendIdOf(key: SendKey): string {
  return `${key.owner}_${key.item}_${key.seat}${key.holder}`;
}

/** @returns undefined when the text is no send id (an event of somebody else's mail) */
export function parseSendId(id: string): SendKey | undefined {
  const match = /^([a-z0-9-]{1,64})_([A-Za-z0-9-]{1,64})_(sp|le|coordinator)(\d{1,4})$/.exec(id);
  const [, owner, item, seat, holder] = match ?? [];
  if (owner === undefined || item === undefined || seat === undefined) return undefined;
  return { owner, item, seat: seat as Addressee, holder: Number(holder) };
}

/** Nothing more happens to a send in these states unless a person, an event or a resume moves it. */
export function isSettled(send: Send): boolean {
  return !["planned", "claimed", "unresolved"].includes(send.state);
}

/** The person has it, or never will by this key: the next lesson need not wait for it. */
export function wentOut(send: Send): boolean {
  return ["sent", "delivered", "bounced", "complained", "held", "skipped"].includes(send.state);
}

/**
 * Takes a planned send that is due. Its place in the due index stays, for moving it costs two writes
 * and most claims last a second; whoever finds it meanwhile leaves it alone (`takeUp`).
 *
 * @returns undefined when it is not there to be taken
 */
export function claimSend(send: Send, owner: string, now: Instant): Send | undefined {
  if (send.state !== "planned" || send.dueAt === undefined || send.dueAt > now) return undefined;
  const leaseUntil = plusMs(now, LEASE_MS);
  return { ...send, state: "claimed", claim: { owner, at: now, leaseUntil } };
}

/**
 * What a sender that finds this row does to it first: take it if it is due; call an attempt whose
 * lease ran out unresolved; try an unresolved one again when its grace is over, unless Send events
 * are still waiting to be read, or it would be of no use any more.
 */
export function takeUp(
  send: Send,
  owner: string,
  now: Instant,
  isFeedbackCaughtUp: boolean,
): Send | undefined {
  if (send.state === "claimed") return hasLease(send, now) ? undefined : unresolveSend(send, now);
  if (send.dueAt === undefined || send.dueAt > now) return undefined;
  // A second try that was put off is still one: what the first did may be told of by now.
  if (send.unresolved === 0) return claimSend(send, owner, now);
  if (send.expiresAt !== undefined && send.expiresAt <= now) return settleUnsent(send, "held", now);
  return isFeedbackCaughtUp
    ? claimSend(retrySend(send, now), owner, now)
    : { ...send, dueAt: plusMinutes(now, GRACE_FAST_MINUTES) };
}

function hasLease({ claim }: Send, now: Instant): boolean {
  return claim !== undefined && claim.leaseUntil > now;
}

export function isClaimedBy(send: Send, owner: string): boolean {
  return send.state === "claimed" && send.claim?.owner === owner;
}

/** "Not now": nothing was handed to SES; back to planned with a later instant. */
export function postponeSend(send: Send, until: Instant): Send {
  return { ...withoutClaim(send), state: "planned", dueAt: until };
}

const BACK_OFF_MS_MIN = 30_000;
const BACK_OFF_DOUBLINGS_MAX = 4;

/**
 * When to try a mail again that SES would not take now: twice as long after each attempt, eight minutes
 * at most, and not all at once. An attempt is two writes of the row, the claim and what put it back.
 */
export function backOffUntil(send: Send, now: Instant): Instant {
  const doublings = Math.min(Math.floor(send.version / 2), BACK_OFF_DOUBLINGS_MAX);
  return plusMs(now, Math.ceil(BACK_OFF_MS_MIN * 2 ** doublings * (1 + spreadOf(send)) * 0.5));
}

/** From 0 to 1, another one at each attempt: spreads mails that would all come back at one instant. */
export function spreadOf(send: Send): number {
  return jitterMs(`${sendIdOf(send)} ${send.version}`, 1_000) / 1_000;
}

/** A lesson more than a day late is planned anew, for the next slot. */
export function replanSend(send: Send, at: Instant): Send {
  return { ...postponeSend(send, at), plannedFor: at };
}

/** Consent gone for now (`withdrawn`) or for good (`stopped`), or refused by SES for good (`held`). */
export function settleUnsent(
  send: Send,
  state: "withdrawn" | "stopped" | "held",
  now: Instant,
): Send {
  return settled(send, state, now);
}

export function acceptSend(send: Send, sesId: string, now: Instant): Send {
  return { ...settled(send, "sent", now), sesId };
}

/** SES's answer is unknown: it may have gone out. Nothing repeats it until the grace is over. */
export function unresolveSend(send: Send, now: Instant): Send {
  if (send.unresolved >= 1)
    return { ...settled(send, "held", now), unresolved: send.unresolved + 1 };
  return {
    ...withoutClaim(send),
    state: "unresolved",
    unresolved: send.unresolved + 1,
    dueAt: graceEnd(send.kind, now),
  };
}

/** A sign-in link's grace outlives the link, so it is never sent again: the person asks for another. */
function graceEnd(kind: MailKind, now: Instant): Instant {
  return laneOf(kind) === "fast" && kind !== "sign-in"
    ? plusMinutes(now, GRACE_FAST_MINUTES)
    : plusHours(now, GRACE_PROMPT_HOURS);
}

/** The second try of an unresolved send; at once, for the grace was wait enough. */
export function retrySend(send: Send, at: Instant): Send {
  return { ...send, state: "planned", dueAt: at };
}

/** A resume or START gives a withdrawn or stopped send its place back, under the same key. */
export function reviveSend(send: Send, at: Instant): Send | undefined {
  if (send.state !== "withdrawn" && send.state !== "stopped") return undefined;
  const { settledAt: _, ...rest } = send;
  return { ...rest, state: "planned", plannedFor: at, dueAt: at };
}

/**
 * A person has it sent again, under its key: what waited for them, what they gave up, or what came back.
 * The last attempt's SES id stays until there is a new one, for its events may still come twice.
 */
export function resendSend(send: Send, now: Instant): Send | undefined {
  if (!["held", "skipped", "bounced"].includes(send.state)) return undefined;
  const { settledAt: _, ...rest } = send;
  return { ...rest, state: "planned", unresolved: 0, plannedFor: now, dueAt: now };
}

/** A person gives up what waited for them. */
export function skipSend(send: Send, now: Instant): Send | undefined {
  return send.state === "held" ? { ...send, state: "skipped", settledAt: now } : undefined;
}

export type SendEvent =
  | {
      readonly type: "send" | "delivery" | "hard-bounce" | "complaint";
      readonly sesId: string;
      readonly at: Instant;
    }
  | { readonly type: "reject"; readonly sesId: string; readonly at: Instant };

const RANK: Readonly<Partial<Record<SendState, number>>> = {
  sent: 1,
  delivered: 3,
  bounced: 4,
  complained: 5,
};
/** SES took the mail and then would not send it (a virus): more than sent, and a person looks at it. */
const RANK_REJECTED = 2;
const EVENT_STATE = {
  send: "sent",
  delivery: "delivered",
  "hard-bounce": "bounced",
  complaint: "complained",
  reject: "held",
} as const satisfies Record<SendEvent["type"], SendState>;

/** Events come in any order and more than once; they only ever raise a state. @returns undefined when nothing changes */
export function applyEvent(send: Send, event: SendEvent): Send | undefined {
  const state = EVENT_STATE[event.type];
  const rank = RANK[state] ?? RANK_REJECTED;
  if (rank <= rankOf(send)) return undefined;
  if (isSettled(send)) {
    return { ...settled(send, state, event.at), sesId: send.sesId ?? event.sesId };
  }
  // Of the attempt before a person's resend: it says nothing about this one.
  if (event.sesId === send.sesId) return undefined;
  return { ...settled(send, state, event.at), sesId: event.sesId };
}

/** A send held by the sender has no id of SES's and may have gone out all the same; one that SES rejected has. */
function rankOf({ state, sesId }: Send): number {
  const isRejected = state === "held" && sesId !== undefined;
  return isRejected ? RANK_REJECTED : (RANK[state] ?? 0);
}

function settled(send: Send, state: SendState, now: Instant): Send {
  const { dueAt: _, ...rest } = withoutClaim(send);
  return { ...rest, state, settledAt: send.settledAt ?? now };
}

function withoutClaim(send: Send): Send {
  const { claim: _, ...rest } = send;
  return rest;
}
