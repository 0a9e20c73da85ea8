import { addDays, type Day, daysBetween } from "./instant.ts";
import type { DateMention } from "./reading-calendar.ts";

/** Days a follow-up can be put off: the default, and the longest. */
export const SNOOZE_DAYS_DEFAULT = 7;
export const SNOOZE_DAYS_MAX = 60;

const NUMBER_WORDS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  couple: 2,
  few: 3,
  several: 3,
  another: 1,
  un: 1,
  una: 1,
  uno: 1,
  dos: 2,
  tres: 3,
  cuatro: 4,
  cinco: 5,
  seis: 6,
  siete: 7,
  ocho: 8,
  diez: 10,
  unos: 3,
  unas: 3,
  other: 1,
};
const AMOUNT =
  "(?:(?:about|like|maybe|at least|around) )?(\\d{1,3}|a couple(?: of)?|an?other|a few|the next few|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|couple(?: of)?|few|several|un|una|uno|dos|tres|cuatro|cinco|seis|siete|ocho|diez|unos|unas)";
const UNIT = "(days?|weeks?|wks?|months?|fortnights?|d[ií]as?|semanas?|mes(?:es)?|(?<=\\d ?)[dw])";
const DURATION = new RegExp(
  `(?<![\\p{L}\\d])${AMOUNT}(?: more| extra| business)?[ -]?${UNIT}(?![\\p{L}])`,
  "iu",
);

/** A length of time in a text ("two weeks", "10 days", "a month"), in days: a week is 7, a month 30. */
export function durationDays(text: string): number | null {
  const match = DURATION.exec(text);
  if (match === null) return null;
  return amountOf(match[1] ?? "") * unitDays(match[2] ?? "");
}

function amountOf(words: string): number {
  if (/^\d/.test(words)) return Number(words);
  const known = words
    .toLowerCase()
    .split(" ")
    .map((word) => NUMBER_WORDS[word === "another" ? "one" : word] ?? 0);
  return Math.max(...known);
}

function unitDays(unit: string): number {
  const first = unit.toLowerCase();
  if (/^(?:month|mes)/.test(first)) return 30;
  if (/^fort/.test(first)) return 14;
  return /^(?:w|sem)/.test(first) ? 7 : 1;
}

/**
 * How many days from today the person asks to be left alone, from a length of time, a day to come, or
 * "next week" (7) and "next month" (30).
 */
export function snoozeDaysIn(
  text: string,
  mentions: readonly DateMention[],
  today: Day,
): number | null {
  const days = durationDays(text);
  if (days !== null) return days;
  const target = mentions.find(
    ({ future, precision }) => future !== null && precision > 0 && future > today,
  );
  if (target?.future) return daysBetween(today, target.future);
  const vague = mentions.map(({ words }) => words.toLowerCase()).join(" ");
  if (/month|mes\b/.test(vague)) return 30;
  if (/week|semana/.test(vague)) return 7;
  return null;
}

const HOLD_LENGTH =
  /\b(?:for|until|till|til|through|hasta|por|durante)\s+(.{1,60})|\b(?:pause|hold|break|off)\s+((?:\d|one|two|three|four|a |an ).{1,30})/gi;

/**
 * The days of a pause or hold: only what stands behind "for" or "until" is its length. "I leave next week,
 * pause until I am back" has no end that a calendar knows.
 */
export function holdDaysIn(
  text: string,
  mentions: readonly DateMention[],
  today: Day,
): number | null {
  for (const match of text.matchAll(HOLD_LENGTH)) {
    const start = match.index;
    const near = mentions.filter(
      ({ index }) => index >= start && index < start + match[0].indexOf(" ") + 24,
    );
    const days = snoozeDaysIn(match[1] ?? match[2] ?? "", near, today);
    if (days !== null) return days;
  }
  return null;
}

/** The day a pause or a snooze of that many days ends. */
export function dayAfter(days: number, today: Day): Day {
  return addDays(today, days);
}
