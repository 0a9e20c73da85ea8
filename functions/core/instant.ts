import { wallClockAt, whenClocksShow } from "./wall-clock.ts";

/**
 * A point in time: ISO 8601 in UTC with milliseconds, `2026-11-24T15:00:00.000Z`.
 * One spelling for every instant, so that text order is time order (the due index relies on it).
 */
export type Instant = string;

/** A calendar day without a zone: `2026-11-24`. */
export type Day = string;

/** @throws RangeError if the text is no instant (a caller bug: the edges validate). */
export function toInstant(value: number | Date): Instant {
  return new Date(value).toISOString();
}

export function toMs(instant: Instant): number {
  return Date.parse(instant);
}

export function plusMs(instant: Instant, ms: number): Instant {
  return toInstant(toMs(instant) + ms);
}

export function plusMinutes(instant: Instant, minutes: number): Instant {
  return plusMs(instant, minutes * 60_000);
}

export function plusHours(instant: Instant, hours: number): Instant {
  return plusMs(instant, hours * 3_600_000);
}

/** Exactly 24 hours a day, whatever the zone does; for deadlines, not for slots. */
export function plusDays(instant: Instant, days: number): Instant {
  return plusHours(instant, days * 24);
}

export function earliest(...instants: readonly (Instant | undefined)[]): Instant | undefined {
  return instants.filter((instant) => instant !== undefined).sort()[0];
}

export function latest(first: Instant, ...others: readonly Instant[]): Instant {
  return others.reduce((latestSoFar, other) => (other > latestSoFar ? other : latestSoFar), first);
}

/** The calendar day it is at this instant in that zone. */
export function localDay(instant: Instant, timeZone: string): Day {
  return toDay(wallClockAt(toMs(instant), timeZone));
}

/** The wall time it is at this instant in that zone, `HH:MM`. */
export function localTime(instant: Instant, timeZone: string): string {
  return toInstant(wallClockAt(toMs(instant), timeZone)).slice(11, 16);
}

/**
 * The instant at which a wall clock in that zone shows this day and time. A time that a
 * daylight-saving change skips moves forward; one that comes twice means the first.
 *
 * @throws RangeError for a day or a time that is none, or a zone nobody knows
 */
export function instantAt(day: Day, time: string, timeZone: string): Instant {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
  if (hours === undefined) throw new RangeError("That is no time of day.");
  const wall = dayMs(day) + (Number(hours) * 60 + Number(minutes)) * 60_000;
  return toInstant(whenClocksShow(wall, timeZone));
}

const DAY_MS = 24 * 3_600_000;

export function addDays(day: Day, days: number): Day {
  return toDay(dayMs(day) + days * DAY_MS);
}

/** The same day of the month, or the month's last where that has no such day. */
export function addMonths(day: Day, months: number): Day {
  const from = new Date(dayMs(day));
  const [year, month] = [from.getUTCFullYear(), from.getUTCMonth() + months];
  const lastDate = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return toDay(Date.UTC(year, month, Math.min(from.getUTCDate(), lastDate)));
}

/** Whole calendar days from the first day to the second; negative when the second is earlier. */
export function daysBetween(first: Day, second: Day): number {
  return (dayMs(second) - dayMs(first)) / DAY_MS;
}

export function laterDay(one: Day, other: Day): Day {
  return one > other ? one : other;
}

/** 1 (Monday) to 7 (Sunday), as ISO 8601 counts. */
export function weekdayOf(day: Day): number {
  return new Date(dayMs(day)).getUTCDay() || 7;
}

/** True for an IANA zone name this runtime knows, such as `America/New_York`; offsets like `+02:00` are not zones. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]+(?:[/_+-][A-Za-z0-9]+)*$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

function toDay(ms: number): Day {
  return toInstant(ms).slice(0, 10);
}

/** Midnight of the day in UTC, which has no clock changes. @throws RangeError for a day that is none */
function dayMs(day: Day): number {
  const ms = Date.parse(`${day}T00:00:00.000Z`);
  if (Number.isNaN(ms) || toDay(ms) !== day) throw new RangeError("That is no day.");
  return ms;
}
