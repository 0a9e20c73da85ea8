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
  /** The same in quarter days, over a week: of so many mails the bounces are a share. */
  readonly lastQuarterDay: number;
  readonly week: readonly number[];
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

/** A probe to SES's mailbox simulator takes its place in the rate, and is no mail of the day or the week. */
export type SlotUse = "mail" | "probe";

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
const QUARTER_DAY_MS = 21_600_000;
/** A week touches at most so many quarter days. */
const QUARTER_DAYS = 29;

export function emptyPace(): Pace {
  return {
    lastTick: 0,
    recent: zeros(TICKS),
    lastHalfHour: 0,
    day: zeros(HALF_HOURS),
    lastQuarterDay: 0,
    week: zeros(QUARTER_DAYS),
    lineEndMs: 0,
  };
}

/** The next free slot, or when to ask again. */
export function grantSlot(
  pace: Pace,
  limits: PaceLimits,
  nowMs: number,
  use: SlotUse = "mail",
): Grant {
  const atMs = rateFreeFrom(pace, limits.perSecond, dayFreeFrom(pace, limits.perDay, nowMs));
  if (atMs > nowMs + limits.aheadMsMax) return sendAway(pace, limits, atMs);
  const paced = countInRate(pace, atMs);
  return { pace: use === "mail" ? countMail(paced, atMs, 1) : paced, atMs, isSlot: true };
}

/** SES did not take the mail of a slot: it counts as no mail. The second it was meant for is over. */
export function giveBackSlot(pace: Pace, atMs: number): Pace {
  return countMail(pace, atMs, -1);
}

/** Mails in the quarter day of that instant and all later ones; a week is remembered. */
export function mailsFrom({ week, lastQuarterDay }: Pace, fromMs: number): number {
  const pieces = lastQuarterDay - Math.floor(fromMs / QUARTER_DAY_MS) + 1;
  return pieces <= 0 ? 0 : sumOf(week.slice(-pieces));
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
  let sum = sumOf(window.slice(steps));
  while (sum >= limit && steps < window.length) {
    sum -= window[steps] ?? 0;
    steps += 1;
  }
  return Math.max(from, steps);
}

function countInRate(pace: Pace, atMs: number): Pace {
  const tick = Math.max(pace.lastTick, Math.floor(atMs / TICK_MS));
  const recent = withMore(pace.recent, tick - pace.lastTick, 1);
  return { ...pace, lastTick: tick, recent };
}

function countMail(pace: Pace, atMs: number, count: 1 | -1): Pace {
  const halfHour = Math.max(pace.lastHalfHour, Math.floor(atMs / HALF_HOUR_MS));
  const quarterDay = Math.max(pace.lastQuarterDay, Math.floor(atMs / QUARTER_DAY_MS));
  return {
    ...pace,
    lastHalfHour: halfHour,
    day: withMore(pace.day, halfHour - pace.lastHalfHour, count),
    lastQuarterDay: quarterDay,
    week: withMore(pace.week, quarterDay - pace.lastQuarterDay, count),
  };
}

/** The window moved on by so many steps, with so many more in its youngest; never less than nothing. */
function withMore(window: readonly number[], steps: number, count: number): readonly number[] {
  const kept = window.slice(Math.min(steps, window.length));
  const moved = [...kept, ...zeros(window.length - kept.length)];
  return [...moved.slice(0, -1), Math.max(0, (moved.at(-1) ?? 0) + count)];
}

function zeros(length: number): readonly number[] {
  return Array.from({ length }, () => 0);
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
