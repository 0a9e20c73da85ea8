import { addDays, type Day, weekdayOf } from "./instant.ts";
import { type DateMention, dayOf, weekdayDays, yearlessDay } from "./reading-calendar.ts";
import { HOLIDAY_NAME, holidayDays } from "./reading-holidays.ts";

/** Finds one way of naming a day; earlier rules win where two fit the same words. */
export type DateRule = (text: string, today: Day) => readonly DateMention[];

type Days = Pick<DateMention, "past" | "future" | "precision"> &
  Partial<Pick<DateMention, "isMonth" | "direction">>;

function rule(
  pattern: RegExp,
  read: (groups: readonly string[], today: Day) => Days | undefined,
): DateRule {
  return (text, today) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const days = read(
        match.slice(1).map((group) => group ?? ""),
        today,
      );
      if (days === undefined) return [];
      const index = match.index;
      const [words] = match;
      return [
        { isMonth: false, direction: "open", ...days, index, end: index + words.length, words },
      ];
    });
}

/** One certain day, whichever way the clause looks. */
function exactly(
  day: Day | undefined,
  direction: DateMention["direction"] = "open",
): Days | undefined {
  return day === undefined ? undefined : { past: day, future: day, precision: 3, direction };
}

const VAGUE_PAST: Days = { past: null, future: null, precision: 0, direction: "past" };
const VAGUE_FUTURE: Days = { past: null, future: null, precision: 0, direction: "future" };

const WEEKDAYS: Readonly<Record<string, number>> = {
  mon: 1,
  tue: 2,
  wed: 3,
  thu: 4,
  fri: 5,
  sat: 6,
  sun: 7,
  lun: 1,
  mar: 2,
  mié: 3,
  mie: 3,
  jue: 4,
  vie: 5,
  sáb: 6,
  sab: 6,
  dom: 7,
};

function weekdayNumber(word: string): number {
  return WEEKDAYS[word.toLowerCase().slice(0, 3)] ?? 0;
}

const LONG_WEEKDAY =
  "(?:mon|tues|wednes|weds|wensd|wedns|thurs|thr?us|fri|satur|sun)day|tues|weds|thurs?";
const WEEKDAY = `(${LONG_WEEKDAY}|mon|tue|wed|thu|fri|sat|sun)\\b(?!['’]s (?:office|unit))`;
const DAYTIME = "(?:\\s(?:morning|afternoon|evening|night|noon))?";
const MONTHS =
  "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";
const MESES =
  "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre";
const MONTH_NUMBERS: Readonly<Record<string, number>> = Object.fromEntries(
  "jan feb mar apr may jun jul aug sep oct nov dec".split(" ").map((name, at) => [name, at + 1]),
);
const MES_NUMBERS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(MESES.split("|").map((name, at) => [name, at < 8 ? at + 1 : at])),
  septiembre: 9,
};

const HOLIDAY_NAME_GROUP = `(${HOLIDAY_NAME})`;

function monthNumber(word: string): number {
  const name = word.toLowerCase();
  return MES_NUMBERS[name] ?? MONTH_NUMBERS[name.slice(0, 3)] ?? 0;
}

function fullYear(digits: string): number {
  return digits.length === 2 ? 2000 + Number(digits) : Number(digits);
}

/** Month first, as in the United States, unless that number can be no month. */
function numericDay(first: string, second: string, year: string, today: Day): Days | undefined {
  const isMonthFirst = Number(first) <= 12;
  const month = Number(isMonthFirst ? first : second);
  const day = Number(isMonthFirst ? second : first);
  if (year !== "") return exactly(dayOf(fullYear(year), month, day));
  return yearless(month, day, today);
}

function yearless(month: number, day: number, today: Day): Days | undefined {
  const days = yearlessDay(month, day, today);
  return days && { ...days, precision: 3 };
}

/** The latest day with that number that is not after today; in plans the next one. */
function ordinalDay(number: number, today: Day): Days | undefined {
  const months = [0, -1, -2, 1, 2].map((shift) => monthShifted(today, shift));
  const days = months
    .map(([year, month]) => dayOf(year, month, number))
    .filter((day) => day !== undefined);
  const past = days
    .filter((day) => day <= today)
    .sort()
    .at(-1);
  const future = days.filter((day) => day >= today).sort()[0];
  if (past === undefined || future === undefined) return undefined;
  return { past, future, precision: 2 };
}

function monthShifted(today: Day, shift: number): readonly [number, number] {
  const months = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 + shift;
  return [Math.floor(months / 12), (months % 12) + 1];
}

function inWeek(weekday: number, weeks: number, today: Day): Day {
  return addDays(today, weekday - weekdayOf(today) + 7 * weeks);
}

function openWeekday(word: string, today: Day): Days {
  return { ...weekdayDays(weekdayNumber(word), today), precision: 1 };
}

function monthOnly(month: number, year: string, today: Day): Days | undefined {
  const thisYear = Number(today.slice(0, 4));
  const isLater = month > Number(today.slice(5, 7));
  const day = dayOf(year === "" ? thisYear - (isLater ? 1 : 0) : fullYear(year), month, 1);
  return day === undefined
    ? undefined
    : { past: day, future: day, precision: 0, isMonth: true, direction: "open" };
}

/** Order matters: longer ways of saying it first. */
export const CALENDAR_RULES: readonly DateRule[] = [
  // 2025-03-04, 3/4/2025, 3.4.25, 3-4-2025; 3/4
  rule(/\b(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})\b/g, ([y = "", m, d]) =>
    exactly(dayOf(Number(y), Number(m), Number(d))),
  ),
  rule(
    /\b(\d{1,2})[/.-](\d{1,2})[/.-](20\d\d|\d\d)\b(?![/.-]\d)/g,
    ([a = "", b = "", y = ""], today) => numericDay(a, b, y, today),
  ),
  rule(/(?<![\d/.$-])(\d{1,2})\/(\d{1,2})(?![\d/]|\s?%)/g, ([a = "", b = ""], today) =>
    numericDay(a, b, "", today),
  ),
  // the day before Thanksgiving; on Halloween, until Christmas
  rule(
    new RegExp(
      `\\b(?:the )?(?:day|night) (before|after) ${HOLIDAY_NAME_GROUP}|\\b(?:on|until|till|by|after|before) ${HOLIDAY_NAME_GROUP}`,
      "gi",
    ),
    ([side = "", shifted = "", plain = ""], today) => {
      const shift = side === "" ? 0 : side.toLowerCase() === "before" ? -1 : 1;
      const days = holidayDays(shifted || plain, shift, today);
      return days && { ...days, precision: 3 };
    },
  ),
  // the day after the hearing: a day only those two know
  rule(
    /\bthe (?:day|night|morning|week|evening) (?:before|after)\b(?! (?:yesterday|tomorrow|last|next|⟦))/gi,
    () => VAGUE_PAST,
  ),
  // 3 de marzo (de 2025)
  rule(
    new RegExp(
      `\\b(?:el )?(?:d[ií]a )?(\\d{1,2})(?:º|ro)? de (${MESES})(?: (?:de|del) (20\\d\\d))?`,
      "giu",
    ),
    ([d, m = "", y = ""], today) =>
      y === ""
        ? yearless(monthNumber(m), Number(d), today)
        : exactly(dayOf(Number(y), monthNumber(m), Number(d))),
  ),
  // the 5th of last month
  rule(/\bthe (\d{1,2})(?:st|nd|rd|th) of last month\b/gi, ([d], today) => {
    const [year, month] = monthShifted(today, -1);
    return exactly(dayOf(year, month, Number(d)), "past");
  }),
  // until May: the month to come
  rule(
    new RegExp(
      `\\b(?:until|till|til|by|after|hasta|come) (?:early |mid-?)?(${MONTHS}|${MESES})\\b(?!\\.? ?\\d)`,
      "giu",
    ),
    ([m = ""], today) => {
      const month = monthNumber(m);
      const year = Number(today.slice(0, 4)) + (month <= Number(today.slice(5, 7)) ? 1 : 0);
      const day = dayOf(year, month, 1);
      return day === undefined
        ? undefined
        : { past: null, future: day, precision: 1, direction: "future" };
    },
  ),
  rule(
    new RegExp(`\\b(?:in|en) (?:early |mid-?)?(${MONTHS}|${MESES})\\b(?!\\.? ?\\d)`, "giu"),
    ([m = ""], today) => {
      const month = monthNumber(m);
      if (month <= Number(today.slice(5, 7))) return VAGUE_PAST;
      return {
        past: null,
        future: dayOf(Number(today.slice(0, 4)), month, 1) ?? null,
        precision: 1,
      };
    },
  ),
  // May 2026: a month, for agreements
  rule(
    new RegExp(
      `(?<!\\d(?:st|nd|rd|th)?(?: of| de)? )\\b(${MONTHS}|${MESES})\\.?,?(?: (?:of|de|del))? ((?:19|20)\\d\\d)\\b`,
      "giu",
    ),
    ([m = "", y = ""], today) => monthOnly(monthNumber(m), y, today),
  ),
  rule(/\b(0?[1-9]|1[0-2])\/((?:19|20)\d\d)\b/g, ([m = "", y = ""], today) =>
    monthOnly(Number(m), y, today),
  ),
  // a week ago today; this time last week
  rule(
    /\b(a|one|two|three|\d) weeks? (?:ago|before) (?:today|to the day)\b|\b(?:a )?week ago yesterday\b|\bthis (?:time|day) last week\b/gi,
    ([count = ""], today) =>
      exactly(addDays(today, count === "" ? -7 : -7 * smallNumber(count)), "past"),
  ),
  // today, tonight, this morning
  rule(
    /\b(?:(?:earlier |later )?today|this (?:date|morning|afternoon|evening|am|pm|a\.m\.|p\.m\.)|tonight|hoy|esta (?:mañana|tarde|noche))\b/giu,
    (_, today) => exactly(today),
  ),
  rule(
    /\b(?:the )?(?:day|night) before (?:yesterday|last)\b|\banteayer\b|\bantier\b|\bantes de ayer\b/gi,
    (_, today) => exactly(addDays(today, -2), "past"),
  ),
  rule(
    /\b(?:(?:late |early )?yesterday|yesterday's date|last (?:night|evening)|overnight|ayer|anoche)\b/gi,
    (_, today) => exactly(addDays(today, -1), "past"),
  ),
  rule(/\b(?:the )?day after tomorrow\b|\bpasado mañana\b/giu, (_, today) =>
    exactly(addDays(today, 2), "future"),
  ),
  rule(
    /\b(?:tomorrow|tmrw|tomorow|tommorrow|tommorow|tmw)\b|(?<!(?:la|por la|esta|de la) )\bmañana\b/giu,
    (_, today) => exactly(addDays(today, 1), "future"),
  ),
  // three days back; a couple of weeks back
  rule(
    /\b(a couple(?: of)?|couple(?: of)?|one|two|three|four|five|six|a|\d{1,2}) (days?|weeks?) back\b|\b(a couple(?: of)?|couple(?: of)?) (days?|weeks?) ago\b/gi,
    ([count = "", unit = "", pair = "", pairUnit = ""], today) =>
      exactly(
        addDays(today, -smallNumber(count || pair) * (/^w/i.test(unit || pairUnit) ? 7 : 1)),
        "past",
      ),
  ),
  // the Monday before last; two Mondays ago
  rule(
    new RegExp(
      `\\b(?:the )?(${LONG_WEEKDAY}) before last\\b|\\btwo (${LONG_WEEKDAY})s ago\\b`,
      "gi",
    ),
    ([before = "", ago = ""], today) =>
      exactly(addDays(weekdayDays(weekdayNumber(before || ago), today).past, -7), "past"),
  ),
  // a week ago Tuesday; Tuesday of last week; last week Tuesday
  rule(
    new RegExp(
      `\\b(?:a|one) week ago (?:on |this |last )?${WEEKDAY}|\\b${WEEKDAY} a week ago\\b`,
      "gi",
    ),
    ([a = "", b = ""], today) =>
      exactly(addDays(weekdayDays(weekdayNumber(a || b), today).past, -7), "past"),
  ),
  rule(
    new RegExp(
      `\\b${WEEKDAY}${DAYTIME}(?: of| in)? last week\\b|\\blast week,? (?:on )?${WEEKDAY}`,
      "gi",
    ),
    ([a = "", b = ""], today) => exactly(inWeek(weekdayNumber(a || b), -1, today), "past"),
  ),
  rule(
    new RegExp(
      `\\b${WEEKDAY}${DAYTIME}(?: of)? next week\\b|\\bnext week,? (?:on )?${WEEKDAY}`,
      "gi",
    ),
    ([a = "", b = ""], today) => exactly(inWeek(weekdayNumber(a || b), 1, today), "future"),
  ),
  rule(
    new RegExp(`\\b(?:on |this )?(?:last|past) ${WEEKDAY}${DAYTIME}|\\b${WEEKDAY} past\\b`, "gi"),
    ([a = "", b = ""], today) => ({ ...openWeekday(a || b, today), direction: "past" }),
  ),
  rule(
    new RegExp(`\\b(?:on )?(?:next|coming|this coming|the following) ${WEEKDAY}${DAYTIME}`, "gi"),
    ([a = ""], today) => ({ ...openWeekday(a, today), direction: "future" }),
  ),
  rule(
    new RegExp(
      `\\b(?:on|by|until|till|til|since|after|before|this|earlier|from|for|every|thru|through) ${WEEKDAY}${DAYTIME}`,
      "gi",
    ),
    ([a = ""], today) => openWeekday(a, today),
  ),
  rule(new RegExp(`\\b(${LONG_WEEKDAY}|fri|tue|thu)\\b${DAYTIME}`, "gi"), ([a = ""], today) =>
    openWeekday(a, today),
  ),
  rule(
    /(?<=\b(?:met|lunch|coffee|call|called|talked|spoke|done|had|did it|swapped|sent|presented|date|next|done on)[ ,:-]{1,3})(mon|wed|sat|sun|fri)\b(?! (?:down|in|and|for|with)\b)/gi,
    ([a = ""], today) => openWeekday(a, today),
  ),
  rule(
    /(?<!\b(?:be|we|get|newly|to) )\b(wed|mon|fri)\b(?=\.?(?:$|[.,;!)]| (?:i|we|she|he|they)\b))/gi,
    ([a = ""], today) => openWeekday(a, today),
  ),
  // Short names that are words too: capitalised, and not "We Sat down" or "Wed in May"
  rule(
    /(?:^|(?<=[\s,(:-]))(Mon|Wed|Sat|Sun|Fri|MON|WED|SAT|SUN|FRI)\b\.?(?! (?:down|in|and|for|with|next|through|there|here|at the)\b)/g,
    ([a = ""], today) => openWeekday(a, today),
  ),
  rule(
    /\b(?:(?:el|este|este pasado|pasado) )?(lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo) pasado\b|\b(?:el|este) pasado (lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)\b/giu,
    ([a = "", b = ""], today) => ({ ...openWeekday(a || b, today), direction: "past" }),
  ),
  rule(
    /\b(?:el|este) pr[oó]ximo (lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)\b|\b(?:el )?(lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)(?: que viene| pr[oó]ximo)\b/giu,
    ([a = "", b = ""], today) => ({ ...openWeekday(a || b, today), direction: "future" }),
  ),
  rule(
    /\b(?:el |este )?(lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)\b/giu,
    ([a = ""], today) => openWeekday(a, today),
  ),
  // the 5th, on the 28th; not "the 3rd time"
  rule(
    /\b(?:on |by |until |till |after |before |since )?the (\d{1,2})(?:st|nd|rd|th)\b(?! (?:time|call|meeting|lesson|week|try|attempt|floor|precinct|district|street|ave|one|item|point|step|tip|of (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)))/gi,
    ([d], today) => ordinalDay(Number(d), today),
  ),
  rule(
    /\b(?:el|del) d[ií]a (\d{1,2})\b|\bel (\d{1,2})(?! de| a| por|:|\d)\b/giu,
    ([a = "", b = ""], today) => ordinalDay(Number(a || b), today),
  ),
  // Spans that name no day
  rule(
    /\b(?:(?:over |during )?(?:the|this|last|this past|the past) (?:long )?weekend|(?:earlier |sometime |late )?(?:last|this|this past|the past|the other) (?:week|month|year|quarter)|the other (?:day|night|week)|a few (?:days|weeks|months) (?:ago|back)|half a week ago|several (?:days|weeks|months) ago|(?:earlier|late|later) (?:in the|this) (?:week|month)|recently|a while (?:ago|back)|in the last (?:few )?(?:days|weeks)|ages ago|years ago|(?:last|this) (?:spring|summer|fall|autumn|winter)|la semana pasada|esta semana|el mes pasado|este mes|el fin de semana|recientemente|hace poco|el otro d[ií]a)\b/giu,
    () => VAGUE_PAST,
  ),
  rule(
    /\b(?:next (?:week|month|year|quarter|weekend)|later this (?:week|month)|the (?:following|coming) (?:week|month)|(?:la )?(?:pr[oó]xima semana|semana que (?:viene|entra))|(?:el )?(?:pr[oó]ximo mes|mes que (?:viene|entra))|soon|end of (?:the|this|next) (?:week|month)|pronto)\b/giu,
    () => VAGUE_FUTURE,
  ),
  // hace 3 días, en 2 semanas
  rule(
    /\bhace (un|una|dos|tres|cuatro|cinco|seis|siete|\d{1,3}) (d[ií]as?|semanas?)\b/giu,
    ([n = "", unit = ""], today) =>
      exactly(addDays(today, -spanishNumber(n) * (/^s/i.test(unit) ? 7 : 1)), "past"),
  ),
  rule(
    /\b(?:en|dentro de) (un|una|dos|tres|cuatro|cinco|seis|siete|\d{1,3}) (d[ií]as?|semanas?)\b/giu,
    ([n = "", unit = ""], today) =>
      exactly(addDays(today, spanishNumber(n) * (/^s/i.test(unit) ? 7 : 1)), "future"),
  ),
  rule(/\btwo weeks back\b|\ba fortnight ago\b/gi, (_, today) =>
    exactly(addDays(today, -14), "past"),
  ),
  rule(/\ba week back\b/gi, (_, today) => exactly(addDays(today, -7), "past")),
];

const SMALL_NUMBERS = ["zero", "one", "two", "three", "four", "five", "six"];

function smallNumber(words: string): number {
  const word = words.toLowerCase();
  if (word === "a") return 1;
  if (word.includes("couple")) return 2;
  const named = SMALL_NUMBERS.indexOf(word);
  return named >= 0 ? named : Number(word);
}

const SPANISH_NUMBERS = ["cero", "un", "dos", "tres", "cuatro", "cinco", "seis", "siete"];

function spanishNumber(word: string): number {
  const named = SPANISH_NUMBERS.indexOf(word.toLowerCase().replace(/^una$/, "un"));
  return named >= 0 ? named : Number(word);
}
