import {
  FOLLOW_UP_ORDER,
  type FollowUpName,
  fireCheckIn,
  fireFollowUp,
  graduate,
  isTooClose,
  moveByADay,
} from "./follow-ups.ts";
import { declineSeat } from "./handover.ts";
import { fireHold, fireRestart } from "./hold.ts";
import { type Instant, plusHours, toMs } from "./instant.ts";
import { fireLesson, isLastSettled, type LessonFacts } from "./lessons.ts";
import { expire, forget, remind } from "./life.ts";
import { type Pair, type PairTimerName, SEATS, type SeatId, type SeatTimerName } from "./pair.ts";
import { type Act, andThen, type Change, changeOf } from "./plan.ts";
import { clearSeatTimer, clearTimer, countingTimers, type NamedTimer, setTimer } from "./timers.ts";

/** One seat's first claim to a day: lessons and graduation, then check-ins, agreement, meeting, nudge. */
const PRIORITY: readonly (PairTimerName | SeatTimerName)[] = [
  "expiry",
  "retention",
  "hold",
  "restart",
  "reminder",
  "successor",
  "lesson",
  "graduation",
  "checkIn",
  ...FOLLOW_UP_ORDER,
];
/** More than any pair can have due at once; beyond it a timer must be setting itself again. */
const FIRINGS_MAX = 40;

/**
 * Everything a pair's timers ask for at this instant, as one change. What became due while nobody
 * looked is planned once, however many slots went by.
 *
 * @throws Error if a timer never comes to rest (a bug, caught before it plans mail without end)
 */
export function advance(pair: Pair, facts: LessonFacts, now: Instant): Change {
  let change = changeOf(pair);
  for (let fired = 0; fired < FIRINGS_MAX; fired += 1) {
    const due = firstDue(change.pair, now);
    if (due === undefined) return change;
    change = andThen(change, (next) => fire(next, due, facts, now));
  }
  throw new Error(`pair ${pair.id}: a timer does not come to rest`);
}

function firstDue(pair: Pair, now: Instant): NamedTimer | undefined {
  const due = countingTimers(pair).filter(({ timer }) => timer.at <= now);
  return due.sort((one, other) => PRIORITY.indexOf(one.name) - PRIORITY.indexOf(other.name))[0];
}

function fire(pair: Pair, due: NamedTimer, facts: LessonFacts, now: Instant): Change {
  const act: Act = { at: now, id: actIdOf(due.timer.at) };
  return "seat" in due
    ? fireOfSeat(pair, due.seat, due.name, act, facts)
    : fireOfPair(pair, due.name, act, facts);
}

function fireOfPair(pair: Pair, name: PairTimerName, act: Act, facts: LessonFacts): Change {
  switch (name) {
    case "lesson":
      return fireLesson(pair, facts, act.at);
    case "graduation":
      return isLastSettled(pair, facts.sends)
        ? graduate(pair, facts, act.at)
        : changeOf(again(pair, "graduation", act.at));
    case "checkIn":
      return fireCheckIn(pair, facts, act);
    case "hold":
      return fireHold(pair, pair.timers.hold?.item ?? "ask", act);
    case "expiry":
      return expire(pair, act) ?? changeOf(clearTimer(pair, "expiry"));
    case "retention":
      return changeOf(SEATS.reduce(forget, clearTimer(pair, "retention")));
  }
}

function fireOfSeat(
  pair: Pair,
  seat: SeatId,
  name: SeatTimerName,
  act: Act,
  facts: LessonFacts,
): Change {
  switch (name) {
    case "reminder":
      return remind(pair, seat, act) ?? changeOf(pair);
    case "successor":
      return expireSuccessor(pair, seat, act);
    case "restart":
      return fireRestart(pair, seat, pair.seats[seat].timers.restart?.item ?? "ask", act);
    case "mou":
    case "meet":
    case "nudge":
      return followUp(pair, seat, name, facts, act.at);
  }
}

function expireSuccessor(pair: Pair, seat: SeatId, act: Act): Change {
  const { successor } = pair.seats[seat];
  const declined =
    successor === undefined ? undefined : declineSeat(pair, seat, successor.holder, act);
  return declined ?? changeOf(clearSeatTimer(pair, seat, "successor"));
}

function followUp(
  pair: Pair,
  seat: SeatId,
  name: FollowUpName,
  facts: LessonFacts,
  now: Instant,
): Change {
  return isTooClose(pair, seat, now)
    ? changeOf(moveByADay(pair, seat, name, now))
    : fireFollowUp(pair, seat, name, facts, now);
}

function again(pair: Pair, name: "graduation", now: Instant): Pair {
  return setTimer(pair, name, { at: plusHours(now, 1), item: name });
}

/** The same for the same timer, so that a step redone after a crash names its mails the same. */
function actIdOf(at: Instant): string {
  return toMs(at).toString(16).padStart(16, "0");
}
