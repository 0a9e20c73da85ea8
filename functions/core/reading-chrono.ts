import * as chrono from "chrono-node/en";
import type { Day } from "./instant.ts";
import { type DateMention, dayOf, yearlessDay } from "./reading-calendar.ts";

/** chrono slows down on long texts; nobody names the day on the twentieth screen. */
const TEXT_CHARS_MAX = 4_000;

/**
 * What chrono finds where our own rules found nothing: "March 4th", "4 March 2025", "three days ago",
 * "in two weeks". Only days it is sure about count, and a missing year is chosen by us, because
 * chrono prefers neither past nor future.
 */
export function chronoMentions(text: string, today: Day): readonly DateMention[] {
  if (!COULD_NAME_DAY.test(text)) return [];
  // Noon in UTC with UTC as the zone: the calendar day is all that counts, and it stays where it is.
  const reference = { instant: new Date(`${today}T12:00:00Z`), timezone: 0 };
  return chrono
    .parse(text.slice(0, TEXT_CHARS_MAX), reference)
    .flatMap((result) => readResult(result, today));
}

function readResult(result: chrono.ParsedResult, today: Day): readonly DateMention[] {
  const { start, index, text: words } = result;
  if (!start.isCertain("day") || !start.isCertain("month") || !namesDay(words)) return [];
  const month = start.get("month") ?? 0;
  const day = start.get("day") ?? 0;
  const exact = dayOf(start.get("year") ?? 0, month, day);
  if (exact === undefined) return [];
  const whole = { past: exact, future: exact };
  const days = start.isCertain("year") ? whole : (yearlessDay(month, day, today) ?? whole);
  const direction = directionOf(words, exact, today);
  return [
    { ...days, index, end: index + words.length, words, precision: 3, isMonth: false, direction },
  ];
}

/** Most sentences hold none of these, and need no parser. */
const COULD_NAME_DAY =
  /\d|\b(?:days?|weeks?|months?|years?|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i;

/** "now" and "in two hours" are the day of the reply, which is no news. */
function namesDay(words: string): boolean {
  if (/\b(?:hours?|hrs?|minutes?|mins?|seconds?|now|moment)\b/i.test(words)) return false;
  return COULD_NAME_DAY.test(words);
}

function directionOf(words: string, day: Day, today: Day): DateMention["direction"] {
  if (/\b(?:ago|earlier|before|back)\b/i.test(words)) return "past";
  if (/\b(?:in|within|from now|later|next)\b/i.test(words) && day > today) return "future";
  return "open";
}
