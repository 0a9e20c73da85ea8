import { addDays, type Day, daysBetween, weekdayOf } from "./instant.ts";

/**
 * One place where a text speaks of time. Most words mean one day after something happened and another
 * in a plan ("Friday"), so both are kept and the clause around decides.
 */
export interface DateMention {
  readonly index: number;
  readonly end: number;
  /** As they stand in the text. */
  readonly words: string;
  /** The day meant if it is over; null for what names no day ("last week"). */
  readonly past: Day | null;
  /** The day meant if it is still to come. */
  readonly future: Day | null;
  /** A month without a day counts as a date for agreements only; then both are its first day. */
  readonly isMonth: boolean;
  /** How exactly the words name the day: not at all, by its weekday, by its number, or wholly. */
  readonly precision: 0 | 1 | 2 | 3;
  /** Whether the words themselves lie in the past or the future ("yesterday", "next Friday"). */
  readonly direction: "past" | "future" | "open";
}

/** How far back an undated month and day is taken to lie; further back, it is a day to come. */
const PAST_DAYS_MAX = 180;

/** Day and month without a year: the latest such day that is not after today, unless that is long ago. */
export function yearlessDay(month: number, day: number, today: Day): PastAndFuture | undefined {
  const year = Number(today.slice(0, 4));
  const past = daysIn([year, year - 1], month, day).find((candidate) => candidate <= today);
  const future = daysIn([year, year + 1], month, day).find((candidate) => candidate >= today);
  if (past === undefined && future === undefined) return undefined;
  const isRecent = past !== undefined && daysBetween(past, today) <= PAST_DAYS_MAX;
  return { past: isRecent ? past : (future ?? past ?? null), future: future ?? null };
}

export interface PastAndFuture {
  readonly past: Day | null;
  readonly future: Day | null;
}

function daysIn(years: readonly number[], month: number, day: number): readonly Day[] {
  return years
    .map((year) => dayOf(year, month, day))
    .filter((candidate) => candidate !== undefined);
}

/** @returns undefined when the calendar has no such day */
export function dayOf(year: number, month: number, day: number): Day | undefined {
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const text = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text ? undefined : text;
}

/** The latest such weekday before today, and the next one after it; 1 is Monday. */
export function weekdayDays(weekday: number, today: Day): { past: Day; future: Day } {
  const back = (weekdayOf(today) - weekday + 7) % 7 || 7;
  return { past: addDays(today, -back), future: addDays(today, 7 - back || 7) };
}
