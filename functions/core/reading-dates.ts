import type { Day } from "./instant.ts";
import type { DateMention } from "./reading-calendar.ts";
import { chronoMentions } from "./reading-chrono.ts";
import { CALENDAR_RULES } from "./reading-date-rules.ts";

/** All mentions in the order of the text, without overlaps; what merely looks like a date is left out. */
export function findDates(text: string, today: Day): readonly DateMention[] {
  const masked = maskFalseDates(text);
  const own = CALENDAR_RULES.flatMap((rule) => rule(masked, today));
  const kept = withoutOverlaps(own);
  const rest = blankOut(masked, kept);
  return mergeNeighbours(text, withoutOverlaps([...kept, ...chronoMentions(rest, today)]));
}

/** What looks like a date and is none; replaced by spaces, so that every index stays. */
const FALSE_DATES: readonly RegExp[] = [
  /\b(?:case|docket|incident|report|file|ticket|badge|shield|unit|ref|ref\.|cr|ir)\b\s{0,3}(?:no\.?|number|num|#|:)?\s{0,3}#?\s{0,3}[A-Za-z]{0,4}-?\d[\d-]{2,20}/gi,
  /\b\d{2,4}-\d{3,8}\b/g,
  /\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b/g,
  /\b24\s?\/\s?7\b/g,
  /\b9-1-1\b/g,
  /\b(\d{1,2})\s?\/\s?(?!\1\b)\d{1,2}(?=\s(?:of|the way|full|done|complete)\b)/gi,
  /\b\d{1,2}\s?-\s?\d{1,2}(?=\s?(?:am|pm|minutes?|mins?|hours?|hrs?|people|weeks?|days?)\b)/gi,
  /\b(?:[Ss]gt|[Dd]et|[Oo]fc|[Ll]t|[Cc]apt|[Cc]pl|[Ss]ergeant|[Dd]etective|[Oo]fficer|[Ll]ieutenant|[Cc]aptain|[Dd]eputy|[Cc]hief|[Mm]rs?|[Mm]s|[Mm]iss|[Dd]r|[Aa]gent)\.?\s+\p{Lu}\p{L}+/gu,
  /\b(?:April|May|June|August|Augusta|Jan|Sunday|Tuesday|Wednesday|Friday)\s+(?:\p{Lu}\p{Ll}+)(?!\s?\d)/gu,
  /\bhappy (?:mon|tues|wednes|thurs|fri|satur|sun)day\b/gi,
  /\b(?:good|great|nice) (?:mon|tues|wednes|thurs|fri|satur|sun)day\b/gi,
  /\b(?:black|good|casual|cyber|super|fat|taco) (?:monday|tuesday|friday|sunday)\b/gi,
];

function maskFalseDates(text: string): string {
  return FALSE_DATES.reduce(
    (masked, pattern) =>
      masked.replace(pattern, (match) => (isRealDate(match) ? match : " ".repeat(match.length))),
    text,
  );
}

/** "Tuesday March" and "Friday Afternoon" only look like a first and a last name; "Ms. Sunday" is one. */
function isRealDate(match: string): boolean {
  return /^\p{Lu}\p{Ll}+\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Morning|Afternoon|Evening|Night|And|At|In|On|Over|The|We|I|She|He|They|Was|With|For|It)\p{Ll}*$/u.test(
    match,
  );
}

function withoutOverlaps(mentions: readonly DateMention[]): DateMention[] {
  const kept: DateMention[] = [];
  for (const mention of mentions) {
    const isFree = kept.every((other) => mention.end <= other.index || mention.index >= other.end);
    if (isFree) kept.push(mention);
  }
  return kept.sort((first, second) => first.index - second.index);
}

function blankOut(text: string, mentions: readonly DateMention[]): string {
  return mentions.reduce(
    (rest, { index, end }) => rest.slice(0, index) + " ".repeat(end - index) + rest.slice(end),
    text,
  );
}

/** "Tuesday, March 4" and "yesterday (Tuesday)" are one mention; the one that names the day more exactly wins. */
function mergeNeighbours(text: string, mentions: readonly DateMention[]): readonly DateMention[] {
  const merged: DateMention[] = [];
  for (const mention of mentions) {
    const before = merged.at(-1);
    if (before && areBeside(text, before, mention) && sayTheSame(before, mention)) {
      const exact = mention.precision > before.precision ? mention : before;
      const words = text.slice(before.index, mention.end);
      merged[merged.length - 1] = { ...exact, index: before.index, end: mention.end, words };
    } else {
      merged.push(mention);
    }
  }
  return merged;
}

function areBeside(text: string, first: DateMention, second: DateMention): boolean {
  return /^[\s,(-]{1,3}(?:(?:the|on|el)\s)?$/i.test(text.slice(first.end, second.index));
}

function sayTheSame(first: DateMention, second: DateMention): boolean {
  if (first.isMonth || second.isMonth || first.precision === 0 || second.precision === 0)
    return false;
  if (first.precision !== second.precision) return true;
  return first.precision === 3 && first.past === second.past;
}
