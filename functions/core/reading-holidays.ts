import { addDays, type Day, weekdayOf } from "./instant.ts";
import { dayOf, type PastAndFuture } from "./reading-calendar.ts";

/** Days people name instead of a date: by month and day, or by the n-th weekday of a month (-1: the last). */
const HOLIDAYS: readonly (readonly [
  names: RegExp,
  month: number,
  day: number | readonly [number, number],
])[] = [
  [/^new year'?s eve/, 12, 31],
  [/^new year/, 1, 1],
  [/^valentine/, 2, 14],
  [/^st\.? patrick/, 3, 17],
  [/^memorial/, 5, [-1, 1]],
  [/^juneteenth/, 6, 19],
  [/^(?:(?:july (?:fourth|4th))|(?:fourth|4th) of july|independence)/, 7, 4],
  [/^labor/, 9, [1, 1]],
  [/^halloween/, 10, 31],
  [/^veterans/, 11, 11],
  [/^thanksgiving/, 11, [4, 4]],
  [/^christmas eve/, 12, 24],
  [/^(?:christmas|xmas)/, 12, 25],
];

/** How a holiday is written, for a pattern. */
export const HOLIDAY_NAME =
  "(?:new year'?s(?: eve| day)?|valentine'?s(?: day)?|st\\.? patrick'?s(?: day)?|memorial day|juneteenth|july (?:fourth|4th)|(?:the )?(?:fourth|4th) of july|independence day|labor day|halloween|veterans'? day|thanksgiving(?: day)?|christmas(?: eve| day)?|xmas)";

/** The last such day that is over and the next one, moved by some days ("the day before Thanksgiving"). */
export function holidayDays(name: string, shift: number, today: Day): PastAndFuture | undefined {
  const found = HOLIDAYS.find(([names]) => names.test(name.toLowerCase().replace(/^the /, "")));
  if (found === undefined) return undefined;
  const [, month, rule] = found;
  const year = Number(today.slice(0, 4));
  const days = [year - 1, year, year + 1].flatMap((one) => {
    const day = typeof rule === "number" ? dayOf(one, month, rule) : nthWeekday(one, month, rule);
    return day === undefined ? [] : [addDays(day, shift)];
  });
  const past = days.findLast((day) => day <= today) ?? null;
  const future = days.find((day) => day >= today) ?? null;
  return { past, future };
}

function nthWeekday(
  year: number,
  month: number,
  [count, weekday]: readonly [number, number],
): Day | undefined {
  const start = count > 0 ? dayOf(year, month, 1) : dayOf(year, month + 1, 1);
  if (start === undefined) return undefined;
  const ahead = addDays(start, (weekday - weekdayOf(start) + 7) % 7);
  return addDays(ahead, 7 * (count > 0 ? count - 1 : count));
}
