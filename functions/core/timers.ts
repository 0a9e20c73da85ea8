import { addDays, type Day, earliest, type Instant, localDay, toMs } from "./instant.ts";
import {
  type Pair,
  type PairTimerName,
  SEATS,
  type SeatId,
  type SeatTimerName,
  type Timer,
} from "./pair.ts";
import { withSeat } from "./plan.ts";
import { slotFrom, slotOn, withJitter } from "./slot.ts";

/** Timers that run on while a pair is on hold; all others wait and go on with the pair. */
const HOLD_PAIR_TIMERS: readonly PairTimerName[] = ["hold", "retention"];
const HOLD_SEAT_TIMERS: readonly SeatTimerName[] = ["restart", "successor"];

/** A timer that counts right now: whose it is, its name, and what it says. */
export type NamedTimer =
  | { readonly name: PairTimerName; readonly timer: Timer }
  | { readonly name: SeatTimerName; readonly seat: SeatId; readonly timer: Timer };

/** All timers that count in the pair's present state, earliest first; those of a pair on hold wait. */
export function countingTimers(pair: Pair): readonly NamedTimer[] {
  return allTimers(pair)
    .filter((named) => counts(pair, named))
    .sort((one, other) => toMs(one.timer.at) - toMs(other.timer.at));
}

/** When the pair needs attention next; undefined when nothing is to come. This is the row's `dueAt`. */
export function pairDueAt(pair: Pair): Instant | undefined {
  return earliest(...countingTimers(pair).map(({ timer }) => timer.at));
}

export function setTimer(pair: Pair, name: PairTimerName, timer: Timer): Pair {
  return { ...pair, timers: { ...pair.timers, [name]: timer } };
}

export function clearTimer(pair: Pair, name: PairTimerName): Pair {
  const { [name]: _, ...timers } = pair.timers;
  return { ...pair, timers };
}

export function setSeatTimer(pair: Pair, seat: SeatId, name: SeatTimerName, timer: Timer): Pair {
  return withSeat(pair, seat, { timers: { ...pair.seats[seat].timers, [name]: timer } });
}

export function clearSeatTimer(pair: Pair, seat: SeatId, name: SeatTimerName): Pair {
  const { [name]: _, ...timers } = pair.seats[seat].timers;
  return withSeat(pair, seat, { timers });
}

/** A follow-up's instant on that very day: the pair's wall time, spread by its jitter. */
export function followUpAt(pair: Pair, day: Day): Instant {
  return withJitter(slotOn(day, pair.slot), pair.id);
}

/** A follow-up's instant on the pair's lesson weekday, that day or later. */
export function followUpFrom(pair: Pair, day: Day): Instant {
  return withJitter(slotFrom(day, pair.slot), pair.id);
}

/** The same wall time this many local days later. */
export function daysLater(pair: Pair, at: Instant, days: number): Instant {
  return followUpAt(pair, addDays(localDay(at, pair.slot.timeZone), days));
}

export function dayOf(pair: Pair, at: Instant): Day {
  return localDay(at, pair.slot.timeZone);
}

function allTimers(pair: Pair): readonly NamedTimer[] {
  const own = Object.entries(pair.timers).map(([name, timer]) => ({
    name: name as PairTimerName,
    timer,
  }));
  const ofSeats = SEATS.flatMap((seat) =>
    Object.entries(pair.seats[seat].timers).map(([name, timer]) => ({
      name: name as SeatTimerName,
      seat,
      timer,
    })),
  );
  return [...own, ...ofSeats];
}

function counts(pair: Pair, named: NamedTimer): boolean {
  switch (pair.state.kind) {
    case "pending":
      return named.name === "expiry" || named.name === "reminder";
    case "ended":
      return named.name === "retention";
    case "active":
    case "completed":
      return pair.hold === undefined || runsOnHold(named);
  }
}

function runsOnHold(named: NamedTimer): boolean {
  return "seat" in named
    ? HOLD_SEAT_TIMERS.includes(named.name)
    : HOLD_PAIR_TIMERS.includes(named.name);
}
