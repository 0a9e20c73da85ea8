import { type Day, type Instant, instantAt, plusDays } from "./instant.ts";
import { end, forgetHolder } from "./life.ts";
import { type Hold, otherSeat, type Pair, SEATS, type SeatId, type SeatState } from "./pair.ts";
import {
  type Act,
  type Change,
  type ConsentAct,
  changeOf,
  noticeTo,
  noticeToCoordinator,
  noticeToPartner,
  withSeat,
} from "./plan.ts";
import { clearSeatTimer, clearTimer, setSeatTimer, setTimer } from "./timers.ts";

/** On hold: the others are asked after four weeks, the pair ends after twelve. */
export const HOLD_ASK_DAYS = 28;
export const HOLD_END_DAYS = 84;
/** A pause without an end is asked about once, after this long. */
export const RESTART_ASK_DAYS = 30;

/**
 * One seat pauses: its mail stops and the pair's lessons wait. With a day, it resumes by itself on
 * that day. A second pause replaces the first one's end.
 */
export function pause(pair: Pair, seat: SeatId, act: Act, until?: Day): Change | undefined {
  const { kind } = pair.seats[seat].state;
  if (!isRunning(pair) || (kind !== "present" && kind !== "paused")) return undefined;
  const state: SeatState = {
    kind: "paused",
    since: act.at,
    ...(until === undefined ? {} : { until }),
  };
  const timer =
    until === undefined
      ? { at: plusDays(act.at, RESTART_ASK_DAYS), item: "ask" }
      : { at: instantAt(until, "00:00", pair.slot.timeZone), item: "resume" };
  const paused = setSeatTimer(withSeat(pair, seat, { state }), seat, "restart", timer);
  const told = kind === "present" ? noticeToPartner(pair, seat, "notice-on-hold", act) : [];
  return changeOf(settleHold(paused, act.at), {
    consents: [consentOf(pair, seat, "paused", act)],
    plans: told,
  });
}

/** The seat is back, by its own word or because the day it named has come. */
export function resume(pair: Pair, seat: SeatId, act: Act): Change | undefined {
  if (pair.seats[seat].state.kind !== "paused") return undefined;
  return comeBack(pair, seat, act);
}

/** START, or a lifted bounce: the same holder takes the seat again. */
export function comeBack(pair: Pair, seat: SeatId, act: Act): Change | undefined {
  const { state } = pair.seats[seat];
  if (!isRunning(pair) || state.kind === "present" || state.kind === "invited") return undefined;
  if (state.kind === "open" && state.reason === "erased") return undefined;
  const back = withSeat(clearSeatTimer(pair, seat, "restart"), seat, {
    state: { kind: "present", since: act.at },
    ...(state.kind === "unreachable" ? { softBounces: { count: 0 } } : {}),
  });
  const settled = settleHold(back, act.at);
  const told = settled.hold === undefined ? noticeToPartner(settled, seat, "notice-back", act) : [];
  return changeOf(settled, {
    consents: [consentOf(pair, seat, "given", act)],
    plans: told,
  });
}

/**
 * A coordinator lifted what kept mail from the seat: it is again what its holder agreed to, which no
 * failure of an address ever changed.
 */
export function reachAgain(
  pair: Pair,
  seat: SeatId,
  isPaused: boolean,
  act: Act,
): Change | undefined {
  if (pair.seats[seat].state.kind !== "unreachable") return undefined;
  if (!isPaused) return comeBack(pair, seat, act);
  if (!isRunning(pair)) return undefined;
  const waiting = withSeat(pair, seat, {
    state: { kind: "paused", since: act.at },
    softBounces: { count: 0 },
  });
  const timer = { at: plusDays(act.at, RESTART_ASK_DAYS), item: "ask" };
  return changeOf(settleHold(setSeatTimer(waiting, seat, "restart", timer), act.at));
}

/**
 * The seat is empty from now on: its holder stopped, left or was erased. The partner is told that the
 * seat is open, not why; with both seats empty the pair ends without further mail.
 */
export function openSeat(
  pair: Pair,
  seat: SeatId,
  reason: "stopped" | "left" | "erased",
  act: Act,
): Change | undefined {
  const { kind } = pair.seats[seat].state;
  if (pair.state.kind === "ended" || (kind === "open" && reason !== "erased")) return undefined;
  const consent = consentOf(pair, seat, reason === "erased" ? "erased" : "left", act);
  const emptied = withSeat(clearSeatTimer(pair, seat, "restart"), seat, {
    state: { kind: "open", since: act.at, reason },
  });
  const open = reason === "erased" ? forgetHolder(emptied, seat) : emptied;
  if (pair.state.kind === "pending") return leavePending(pair, open, seat, consent, act);
  if (pair.seats[otherSeat(seat)].state.kind === "open") {
    const ended = end(open, "both-left", act);
    return { ...ended, consents: [consent, ...ended.consents] };
  }
  const told = kind === "open" ? [] : noticeToPartner(open, seat, "notice-seat-open", act);
  return changeOf(settleHold(open, act.at), { consents: [consent], plans: told });
}

/** Mail to the seat bounced for good, or its owner complained: nobody writes there until it is lifted. */
export function loseSeat(pair: Pair, seat: SeatId, act: Act): Change | undefined {
  const { kind } = pair.seats[seat].state;
  if (pair.state.kind === "pending") return losePending(pair, seat, act);
  if (!isRunning(pair) || (kind !== "present" && kind !== "paused")) return undefined;
  const lost = withSeat(clearSeatTimer(pair, seat, "restart"), seat, {
    state: { kind: "unreachable", since: act.at },
  });
  const told = kind === "present" ? noticeToPartner(pair, seat, "notice-on-hold", act) : [];
  return changeOf(settleHold(lost, act.at), {
    plans: [...told, noticeToCoordinator("notice-seat-check", act, { about: seat })],
  });
}

/** A pause's timer: asks "ready to restart?" once, or resumes on the day that was named and tells both. */
export function fireRestart(pair: Pair, seat: SeatId, item: string, act: Act): Change {
  const cleared = clearSeatTimer(pair, seat, "restart");
  if (item === "ask") {
    return changeOf(cleared, { plans: [noticeTo(pair, seat, "notice-restart", act)] });
  }
  const back = resume(cleared, seat, act);
  if (back === undefined) return changeOf(cleared);
  const mail = back.pair.hold === undefined ? "notice-back" : "notice-on-hold";
  return { ...back, plans: [...back.plans, noticeTo(pair, seat, mail, act)] };
}

/** A hold's timer: asks the other seat and the coordinator once, then ends the pair; after an erasure it just ends. */
export function fireHold(pair: Pair, item: string, act: Act): Change {
  if (pair.hold === undefined) return changeOf(clearTimer(pair, "hold"));
  if (item === "end") return end(pair, "on-hold-too-long", act);
  if (item === "erased") return end(pair, "erased", act);
  const asked = SEATS.filter((seat) => pair.seats[seat].state.kind === "present").map((seat) =>
    noticeTo(pair, seat, "notice-hold-question", act),
  );
  const at = plusDays(pair.hold.countsFrom, HOLD_END_DAYS);
  return changeOf(setTimer(pair, "hold", { at, item: "end" }), {
    plans: [...asked, noticeToCoordinator("notice-hold-question-coordinator", act)],
  });
}

/**
 * WAIT: the twelve weeks start again, and nobody is asked a second time. Where every wait ends by itself
 * on a day that was named, no clock runs and there is nothing to lengthen.
 */
export function waitLonger(pair: Pair, act: Act): Change | undefined {
  if (pair.hold === undefined || pair.timers.hold === undefined) return undefined;
  const hold = { ...pair.hold, countsFrom: act.at };
  const at = plusDays(act.at, HOLD_END_DAYS);
  return changeOf(setTimer({ ...pair, hold }, "hold", { at, item: "end" }));
}

/** True while the course or its follow-ups run, on hold or not. */
export function isRunning(pair: Pair): boolean {
  return pair.state.kind === "active" || pair.state.kind === "completed";
}

/**
 * Puts the pair on hold, or takes it off, by what its seats are like now. Coming off, it first gives
 * back what the hold withdrew; nudges of a lesson that is long past are dropped.
 */
export function settleHold(pair: Pair, now: Instant): Pair {
  const waiting = SEATS.filter((seat) => pair.seats[seat].state.kind !== "present");
  if (waiting.length === 0) return pair.hold === undefined ? pair : goOn(pair, now);
  // The four weeks after an erasure run on, whatever the other seat does.
  if (pair.hold !== undefined && pair.timers.hold?.item === "erased") return pair;
  const hold = countedHold(pair, now);
  const held = { ...pair, hold };
  const asked = pair.timers.hold?.item === "end";
  const limitsWait = waiting.every((seat) => hasEnd(pair.seats[seat].state));
  if (limitsWait) return clearTimer(held, "hold");
  const days = asked ? HOLD_END_DAYS : HOLD_ASK_DAYS;
  const at = plusDays(hold.countsFrom, days);
  return setTimer(held, "hold", { at, item: asked ? "end" : "ask" });
}

/** The limits begin, or begin again, when there is a wait without an end: a dated pause is none. */
function countedHold({ hold, timers }: Pair, now: Instant): Hold {
  const isCounting = hold !== undefined && timers.hold !== undefined;
  return isCounting ? hold : { since: hold?.since ?? now, countsFrom: now };
}

function goOn(pair: Pair, now: Instant): Pair {
  const { hold: _, ...rest } = clearTimer(pair, "hold");
  const withoutNudges = SEATS.reduce<Pair>(
    (changed, seat) => clearSeatTimer(changed, seat, "nudge"),
    rest,
  );
  return pair.state.kind === "active"
    ? setTimer(clearTimer(withoutNudges, "graduation"), "lesson", { at: now, item: "catch-up" })
    : setTimer(withoutNudges, "graduation", { at: now, item: "catch-up" });
}

function hasEnd(state: SeatState): boolean {
  return state.kind === "paused" && state.until !== undefined;
}

function leavePending(
  before: Pair,
  open: Pair,
  seat: SeatId,
  consent: ConsentAct,
  act: Act,
): Change {
  const reason = seat === before.signer ? "not-confirmed" : "not-taken-up";
  const ended = end(open, reason, act);
  return { ...ended, consents: [consent, ...ended.consents] };
}

function losePending(pair: Pair, seat: SeatId, act: Act): Change | undefined {
  if (seat === pair.signer) return end(pair, "address-failed", act);
  if (pair.seats[seat].state.kind !== "invited") return undefined;
  const lost = withSeat(clearSeatTimer(pair, seat, "reminder"), seat, {
    state: { kind: "unreachable", since: act.at },
  });
  // The address can be corrected once; a second bounce tells nobody again, and the invitation runs out.
  const isFirst = pair.seats[seat].holder === 1;
  return changeOf(lost, {
    plans: isFirst ? noticeToPartner(pair, seat, "notice-check-address", act) : [],
  });
}

function consentOf(pair: Pair, seat: SeatId, state: ConsentAct["state"], act: Act): ConsentAct {
  return { seat, holder: pair.seats[seat].holder, state, ...act };
}
