import type { ActionKind, LogEntry } from "./action.ts";
import { type FollowUpFacts, reanchorAgreement, reanchorMeet } from "./follow-ups.ts";
import { addDays, type Day, type Instant } from "./instant.ts";
import { lastOn, standingEntries } from "./log.ts";
import { MEET_WEEKS } from "./meeting.ts";
import type { Pair, SeatId } from "./pair.ts";
import { type Change, withSeat } from "./plan.ts";
import { clearSeatTimer, dayOf } from "./timers.ts";

/**
 * A person in this seat answered the mail `item`: its nudge is off, the count of ignored ones starts
 * again, and a prompt that was answered counts as answered for both.
 */
export function heardFrom(pair: Pair, seat: SeatId, item: string): Pair {
  const cleared = clearSeatTimer(pair, seat, "nudge");
  const counted = withSeat(cleared, seat, { nudgesIgnored: 0 });
  return { ...counted, rounds: answeredRounds(pair, item) };
}

/** What a pair does next after something was logged, whichever way it came in. */
export function afterLogging(
  pair: Pair,
  logged: readonly { readonly kind: ActionKind; readonly on: Day }[],
  facts: FollowUpFacts,
  now: Instant,
): Pair {
  const days = logged.map(({ on }) => on).sort();
  const last = days.at(-1);
  if (last === undefined) return pair;
  const dated = { ...pair, lastActionOn: laterDay(pair.lastActionOn, last) };
  const met = logged.find(({ kind }) => kind === "meet-informally");
  const anchored = met === undefined ? dated : reanchorMeet(dated, met.on, now);
  const isAboutAgreement = logged.some(({ kind }) => kind.startsWith("mou-"));
  return isAboutAgreement ? reanchorAgreement(anchored, facts, now) : anchored;
}

/** Prompts follow what a change logs by itself. @param entries the log before it */
export function withLogged(change: Change, facts: FollowUpFacts, now: Instant): Change {
  if (change.log.length === 0) return change;
  const known = { ...facts, entries: withEntries(facts.entries, change.log) };
  return { ...change, pair: afterLogging(change.pair, change.log, known, now) };
}

/**
 * The same after something was taken back: prompts count again from what still stands, and a meeting
 * that never was is asked about in a week.
 */
export function afterUndoing(
  pair: Pair,
  undone: readonly LogEntry[],
  facts: FollowUpFacts,
  now: Instant,
): Pair {
  if (undone.length === 0) return pair;
  const { lastActionOn: _, ...rest } = pair;
  const last = standingEntries(facts.entries).at(-1)?.on;
  const dated: Pair = last === undefined ? rest : { ...rest, lastActionOn: last };
  const isAboutMeeting = undone.some(({ kind }) => kind === "meet-informally");
  const met =
    lastOn(facts.entries, "meet-informally") ?? addDays(dayOf(pair, now), 7 - 7 * MEET_WEEKS);
  const anchored = isAboutMeeting ? reanchorMeet(dated, met, now) : dated;
  const isAboutAgreement = undone.some(({ kind }) => kind.startsWith("mou-"));
  return isAboutAgreement ? reanchorAgreement(anchored, facts, now) : anchored;
}

/** The log as it is once these entries are in it; for decisions made before the write is read back. */
export function withEntries(
  entries: readonly LogEntry[],
  added: readonly LogEntry[],
): readonly LogEntry[] {
  const keyOf = ({ on, kind, source }: LogEntry) => `${on}#${kind}#${source}`;
  const known = new Set(entries.map(keyOf));
  return [...entries, ...added.filter((entry) => !known.has(keyOf(entry)))];
}

function answeredRounds(pair: Pair, item: string): Pair["rounds"] {
  const round = Number(/^(?:meet|check-in)-(\d+)/.exec(item)?.[1] ?? 0);
  const { meetAnswered, checkInAnswered } = pair.rounds;
  if (item.startsWith("meet-")) {
    return { checkInAnswered, meetAnswered: Math.max(meetAnswered, round) };
  }
  if (item.startsWith("check-in-")) {
    return { meetAnswered, checkInAnswered: Math.max(checkInAnswered, round) };
  }
  return pair.rounds;
}

function laterDay(one: Day | undefined, other: Day): Day {
  return one === undefined || other > one ? other : one;
}
