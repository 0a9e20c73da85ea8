/**
 * How sending is spread over time, as pure arithmetic on counters. Time is cut into ticks; the slots
 * given in as many ticks as any second can touch never exceed the rate, so no second ever holds more,
 * wherever it begins. Half hours do the same for the rolling 24 hours of SES's daily quota.
 */
export interface Pace {
  /** Number of the youngest tick that has a slot, and the slots of the ticks up to it, oldest first. */
  readonly lastTick: number;
  readonly recent: readonly number[];
  /** The same in half hours. */
  readonly lastHalfHour: number;
  readonly day: readonly number[];
  /** End of the line of those who were told to come back, in ms since 1970. */
  readonly lineEndMs: number;
}

export interface PaceLimits {
  readonly perSecond: number;
  readonly perDay: number;
  /** Slots are given this far ahead; whoever would wait longer is told to come back. */
  readonly aheadMsMax: number;
  /** Whether those who come back stand in line, each at an instant of their own. */
  readonly standsInLine: boolean;
}

export interface Grant {
  readonly pace: Pace;
  readonly atMs: number;
  /** False: nothing is reserved, ask again at that instant. */
  readonly isSlot: boolean;
}

const TICK_MS = 25;
/** A second touches at most so many ticks; one more than fit into it costs 2.4 % of the rate. */
const TICKS = 1_000 / TICK_MS + 1;
const HALF_HOUR_MS = 1_800_000;
/** A day touches at most so many half hours. */
const HALF_HOURS = 49;

export function emptyPace(): Pace {
  return {
    lastTick: 0,
    recent: Array.from({ length: TICKS }, () => 0),
    lastHalfHour: 0,
    day: Array.from({ length: HALF_HOURS }, () => 0),
    lineEndMs: 0,
  };
}

/** The next free slot, or when to ask again. */
export function grantSlot(pace: Pace, limits: PaceLimits, nowMs: number): Grant {
  const atMs = rateFreeFrom(pace, limits.perSecond, dayFreeFrom(pace, limits.perDay, nowMs));
  if (atMs > nowMs + limits.aheadMsMax) return sendAway(pace, limits, atMs);
  return { pace: countSlot(pace, atMs), atMs, isSlot: true };
}

function sendAway(pace: Pace, { standsInLine, perSecond }: PaceLimits, freeMs: number): Grant {
  if (!standsInLine) return { pace, atMs: freeMs, isSlot: false };
  const atMs = Math.max(freeMs, pace.lineEndMs);
  return { pace: { ...pace, lineEndMs: atMs + 1_000 / perSecond }, atMs, isSlot: false };
}

/** The first instant at which the ticks of the second behind it leave room. */
function rateFreeFrom({ recent, lastTick }: Pace, perSecond: number, nowMs: number): number {
  const from = Math.max(lastTick, Math.floor(nowMs / TICK_MS));
  const ahead = stepsUntilRoom(recent, from - lastTick, perSecond);
  return Math.max(nowMs, (lastTick + ahead) * TICK_MS);
}

function dayFreeFrom({ day, lastHalfHour }: Pace, perDay: number, nowMs: number): number {
  const from = Math.max(lastHalfHour, Math.floor(nowMs / HALF_HOUR_MS));
  const ahead = stepsUntilRoom(day, from - lastHalfHour, perDay);
  return Math.max(nowMs, (lastHalfHour + ahead) * HALF_HOUR_MS);
}

/** How far the window must move, at least `from`, until its sum is under the limit. */
function stepsUntilRoom(window: readonly number[], from: number, limit: number): number {
  let steps = Math.min(from, window.length);
  let sum = window.slice(steps).reduce((total, slots) => total + slots, 0);
  while (sum >= limit && steps < window.length) {
    sum -= window[steps] ?? 0;
    steps += 1;
  }
  return Math.max(from, steps);
}

function countSlot(pace: Pace, atMs: number): Pace {
  const tick = Math.max(pace.lastTick, Math.floor(atMs / TICK_MS));
  const halfHour = Math.max(pace.lastHalfHour, Math.floor(atMs / HALF_HOUR_MS));
  return {
    ...pace,
    lastTick: tick,
    recent: withOneMore(pace.recent, tick - pace.lastTick),
    lastHalfHour: halfHour,
    day: withOneMore(pace.day, halfHour - pace.lastHalfHour),
  };
}

/** The window moved on by so many steps, with one slot more in its youngest. */
function withOneMore(window: readonly number[], steps: number): readonly number[] {
  const kept = window.slice(Math.min(steps, window.length));
  const moved = [...kept, ...Array.from({ length: window.length - kept.length }, () => 0)];
  return [...moved.slice(0, -1), (moved.at(-1) ?? 0) + 1];
}
