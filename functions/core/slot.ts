import {
  addDays,
  type Day,
  type Instant,
  instantAt,
  localDay,
  localTime,
  plusMs,
  weekdayOf,
} from "./instant.ts";

/** When a pair's lessons come: a weekday and a wall time in an IANA zone; the instant is computed as late as possible. */
export interface Slot {
  /** 1 (Monday) to 5 (Friday). */
  readonly weekday: number;
  /** `HH:MM`, 00:00 to 23:59. */
  readonly time: string;
  /** IANA name, such as `America/New_York`. */
  readonly timeZone: string;
}

/** Lessons never come closer than this, in local calendar days, whatever happens to the slot. */
export const LESSON_GAP_DAYS = 4;
export const JITTER_WINDOW_MS = 10 * 60_000;
export const QUIET_FROM = "21:00";
export const QUIET_UNTIL = "07:00";

/** The slot's wall time on that day; DST gaps move forward, overlaps take the first. */
export function slotOn(day: Day, slot: Slot): Instant {
  return instantAt(day, slot.time, slot.timeZone);
}

/** The first slot on this day or a later one. */
export function slotFrom(day: Day, slot: Slot): Instant {
  return slotOn(addDays(day, (slot.weekday - weekdayOf(day) + 7) % 7), slot);
}

/** The first slot at this instant or later. */
export function nextSlot(after: Instant, slot: Slot): Instant {
  const today = localDay(after, slot.timeZone);
  const first = slotFrom(today, slot);
  return first >= after ? first : slotFrom(addDays(today, 1), slot);
}

/** The first slot that is not in the past and at least four local days after the last lesson. */
export function nextLessonSlot(lastLessonAt: Instant, now: Instant, slot: Slot): Instant {
  const gapOver = slotFrom(addDays(localDay(lastLessonAt, slot.timeZone), LESSON_GAP_DAYS), slot);
  return gapOver >= now ? gapOver : nextSlot(now, slot);
}

/**
 * A small delay that is always the same for a pair, so that pairs with the same slot do not all fall
 * into one second. FNV-1a over the id, spread over the window.
 */
export function jitterMs(pairId: string, windowMs = JITTER_WINDOW_MS): number {
  let hash = 0x811c9dc5;
  for (const character of pairId) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash % windowMs;
}

export function withJitter(at: Instant, pairId: string): Instant {
  return plusMs(at, jitterMs(pairId));
}

/**
 * The first instant at or after this one at which the pair may be written to: outside 21:00-07:00
 * in its zone, unless the time the pair chose lies inside these hours (then quiet hours do not apply).
 */
export function permittedFrom(at: Instant, slot: Slot): Instant {
  if (isQuiet(slot.time) || !isQuiet(localTime(at, slot.timeZone))) return at;
  const today = localDay(at, slot.timeZone);
  const morning = instantAt(today, QUIET_UNTIL, slot.timeZone);
  return morning > at ? morning : instantAt(addDays(today, 1), QUIET_UNTIL, slot.timeZone);
}

/** The day that lies this many business days (Monday to Friday) later; holidays are not known. */
export function businessDaysAfter(day: Day, count: number): Day {
  let left = count;
  let current = day;
  while (left > 0) {
    current = addDays(current, 1);
    if (weekdayOf(current) <= 5) left -= 1;
  }
  return current;
}

function isQuiet(time: string): boolean {
  return time >= QUIET_FROM || time < QUIET_UNTIL;
}
