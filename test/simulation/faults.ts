import type { Dice } from "./dice.ts";

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** From and until, in ms since 1970. */
export interface Window {
  readonly fromMs: number;
  readonly untilMs: number;
}

/**
 * What goes wrong in one run. Each seed draws which kinds of trouble it has at all and how bad they are:
 * a run with everything at once hides what one kind alone would show.
 */
export interface Faults {
  /** Chance at each call that the process dies there. */
  readonly crash: number;
  readonly error: number;
  readonly ambiguous: number;
  /** Chance at each call that it takes seconds. */
  readonly slow: number;
  readonly skewMs: number;
  readonly ses: SesFaults;
  readonly queues: QueueFaults;
  readonly events: EventFaults;
  readonly indexLagMs: number;
  readonly ticks: TickFaults;
  readonly outages: readonly Window[];
  /** While this lasts, no event of SES is read. */
  readonly feedbackStuck?: Window;
  /** While this lasts, no inbound mail is read. */
  readonly receiveBroken?: Window;
  readonly redeployMs: readonly number[];
  readonly editionMs: readonly number[];
  readonly restore?: Restore;
  readonly zoneChangeMs?: number;
  readonly poisonMs: readonly number[];
  /** A run of bounces or complaints, as after a bad import. */
  readonly storm?: Storm;
  /** What the account may send. */
  readonly perSecond: number;
  readonly perDay: number;
  /** True where one thing goes wrong and no other, so that what follows is its doing. */
  readonly isAlone?: boolean;
}

export interface Storm extends Window {
  /** Of the mails that go out in it, how many fail. */
  readonly share: number;
}

export interface SesFaults {
  /** Accepted, and the answer is lost. */
  readonly answerLost: number;
  /** Not accepted, and nobody can tell: a 5xx, a broken connection. */
  readonly unclear: number;
  /** Accepted after the caller gave up. */
  readonly acceptedLate: number;
  readonly throttled: number;
  readonly refused: number;
}

export interface QueueFaults {
  readonly duplicate: number;
  readonly delayMsMax: number;
}

export interface EventFaults {
  readonly duplicate: number;
  readonly delayMsMax: number;
  /**
   * Mails whose Send event never comes, or days late: the residual case, which may cost a second mail
   * and is counted. Of half of them no other event comes in time either.
   */
  readonly lost: number;
  /** Notices of inbound mail that never come. */
  readonly noticeLost: number;
}

export interface TickFaults {
  readonly dispatchers: number;
  readonly missed: number;
  readonly gap?: Window;
}

/** The pairs' table as it was some hours ago comes back. */
export interface Restore {
  readonly backupMs: number;
  readonly restoreMs: number;
}

/** What is the same in all seeds of a run, whatever each has drawn. */
export interface FaultOptions {
  readonly sendEventsLost?: number;
}

export const NO_FAULTS: Faults = {
  crash: 0,
  error: 0,
  ambiguous: 0,
  slow: 0,
  skewMs: 0,
  ses: { answerLost: 0, unclear: 0, acceptedLate: 0, throttled: 0, refused: 0 },
  queues: { duplicate: 0, delayMsMax: 0 },
  events: { duplicate: 0, delayMsMax: 5_000, lost: 0, noticeLost: 0 },
  indexLagMs: 0,
  ticks: { dispatchers: 1, missed: 0 },
  outages: [],
  redeployMs: [],
  editionMs: [],
  poisonMs: [],
  perSecond: 14,
  perDay: 50_000,
};

/** Longer than any event takes that the promise allows for, by the shortest grace and the worst clocks. */
const EVENT_DELAY_MS = 10 * MINUTE_MS;
const EVENT_DELAY_SKEWED_MS = 2 * MINUTE_MS;
const SKEW_MS = 5 * MINUTE_MS;

export function drawFaults(dice: Dice, startMs: number, endMs: number): Faults {
  const has = (chance = 0.4) => dice.chance(chance);
  const rate = (...rates: [number, ...number[]]) => (has() ? dice.pick(rates) : 0);
  const instant = () => dice.between(startMs + DAY_MS, endMs);
  const some = (chance: number, max: number) =>
    has(chance) ? Array.from({ length: dice.between(1, max) }, instant) : [];
  const window = (minMs: number, maxMs: number): Window => {
    const fromMs = instant();
    return { fromMs, untilMs: fromMs + dice.between(minMs, maxMs) };
  };
  const skewMs = has(0.25) ? SKEW_MS : 0;
  const backupMs = instant();
  return {
    crash: rate(0.001, 0.005, 0.02),
    error: rate(0.002, 0.01, 0.03),
    ambiguous: rate(0.002, 0.01, 0.03),
    slow: rate(0.005, 0.02),
    skewMs,
    ses: drawSesFaults(dice),
    queues: { duplicate: rate(0.05, 0.3), delayMsMax: rate(MINUTE_MS, 20 * MINUTE_MS) },
    events: {
      duplicate: rate(0.1, 0.5),
      delayMsMax: skewMs > 0 ? EVENT_DELAY_SKEWED_MS : dice.pick([5_000, EVENT_DELAY_MS]),
      lost: has(0.05) ? 0.3 : 0,
      noticeLost: rate(0.05, 0.3),
    },
    indexLagMs: dice.pick([100, 1_000, 30_000, 5 * MINUTE_MS]),
    ticks: {
      dispatchers: has(0.3) ? 2 : 1,
      missed: rate(0.1, 0.5),
      ...(has(0.2) ? { gap: window(HOUR_MS, 12 * HOUR_MS) } : {}),
    },
    outages: has(0.3)
      ? Array.from({ length: dice.between(1, 2) }, () => window(20 * MINUTE_MS, 6 * HOUR_MS))
      : [],
    ...(has(0.2) ? { feedbackStuck: window(HOUR_MS, dice.pick([40, 40, 150]) * HOUR_MS) } : {}),
    ...(has(0.15) ? { receiveBroken: window(12 * HOUR_MS, 48 * HOUR_MS) } : {}),
    redeployMs: some(0.3, 3),
    editionMs: some(0.3, 3),
    ...(has(0.15)
      ? { restore: { backupMs, restoreMs: backupMs + dice.between(HOUR_MS, 3 * DAY_MS) } }
      : {}),
    ...(has(0.1) ? { zoneChangeMs: instant() } : {}),
    poisonMs: some(0.2, 2),
    ...(has(0.05) ? { storm: { ...window(DAY_MS, 3 * DAY_MS), share: 0.2 } } : {}),
    perSecond: has(0.2) ? 1 : 14,
    perDay: NO_FAULTS.perDay,
  };
}

/** A seed in fair weather stays fair. */
export function withOptions(faults: Faults, { sendEventsLost }: FaultOptions): Faults {
  if (faults === NO_FAULTS || sendEventsLost === undefined) return faults;
  return { ...faults, events: { ...faults.events, lost: sendEventsLost } };
}

function drawSesFaults(dice: Dice): SesFaults {
  const rate = (...rates: [number, ...number[]]) => (dice.chance(0.4) ? dice.pick(rates) : 0);
  return {
    answerLost: rate(0.01, 0.05, 0.2),
    unclear: rate(0.01, 0.05, 0.2),
    acceptedLate: rate(0.01, 0.05),
    throttled: rate(0.05, 0.2),
    refused: rate(0.002),
  };
}

export function isIn(window: Window | undefined, ms: number): boolean {
  return window !== undefined && window.fromMs <= ms && ms < window.untilMs;
}
