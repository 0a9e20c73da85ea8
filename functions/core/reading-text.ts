import type { Day } from "./instant.ts";
import type { DateMention } from "./reading-calendar.ts";
import { findDates } from "./reading-dates.ts";

/** One sentence of a reply, ready for patterns. */
export interface Sentence {
  /** As written, with plain quotes and dashes. */
  readonly raw: string;
  /** Ends in a question mark, or asks by its words. */
  readonly isQuestion: boolean;
  /** True when the whole sentence is the question, and not only what follows a statement ("We met, ok?"). */
  readonly asksAll: boolean;
  readonly clauses: readonly Clause[];
  readonly dates: readonly DateMention[];
  /** The whole in lower case with its dates replaced. */
  readonly masked: string;
}

/** A stretch in which one "not", "will" or "if" reaches every verb. */
export interface Clause {
  /** Lower case; every date is replaced by `⟦n⟧`, its place in `dates`. */
  readonly text: string;
  /** The same words in their own case. */
  readonly written: string;
  readonly dates: readonly DateMention[];
  /** True when the clause has no subject of its own and goes on with the one before it. */
  readonly continues: boolean;
  /** True behind "but" and its kin, where what was said before is limited or taken back. */
  readonly turns: boolean;
}

/** Replies are short; what a stranger writes beyond this is not read. */
const TEXT_CHARS_MAX = 5_000;
const SENTENCES_MAX = 60;
const SENTENCE_CHARS_MAX = 1_200;

/** Plain quotes, dashes and spaces, one form for each, so that patterns need not know the others. */
export function plainText(body: string): string {
  return withoutShorthand(plainMarks(body));
}

/** What thumbs leave out or shorten, spelled as the patterns know it. */
const SHORTHAND: readonly (readonly [RegExp, string])[] = [
  [/\b(have|has|had|did|do|does|is|was|were|are|could|would|should)nt\b/gi, "$1n't"],
  [/\b(ca|wo)nt\b/gi, "$1n't"],
  [/\b(i)m\b/gi, "$1'm"],
  [/\b(i|we|they|you)ve\b/gi, "$1've"],
  [/\b(they|you)re\b/gi, "$1're"],
  [/\b(s?he|that)s\b/gi, "$1's"],
  [/\bthru\b/gi, "through"],
  [
    /\b(talk|call|sign|swapp|work|check|ask|test|train|finish|draft|review|text|present|exchang|shar|complet|fill|chatt|grabb|discuss)d\b/gi,
    "$1ed",
  ],
  [/\b(to)?nite\b/gi, "$1night"],
  [/\b(?:alredy|allready)\b/gi, "already"],
  [/\b(?:yest|yday|yesterdy|yestrday|yesturday)\b/gi, "yesterday"],
  [/\b(?:altho|tho)\b/gi, "though"],
  [/\b(?:b\/c|bc|cuz|coz)\b/gi, "because"],
  [/\bmsgs?\b/gi, "message"],
  [/\bmtg\b/gi, "meeting"],
  [/\bconvo\b/gi, "conversation"],
  [/\b(?:ptnr|prtnr|pardner)\b/gi, "partner"],
  [
    /\bw (?=(?:me|us|you|her|him|them|my|our|the|an?|det|sgt|ofc|officer|\p{Lu}\p{Ll})\b)/gu,
    "with ",
  ],
];

function withoutShorthand(text: string): string {
  return SHORTHAND.reduce((plain, [short, long]) => plain.replace(short, long), text);
}

function plainMarks(body: string): string {
  return body
    .slice(0, TEXT_CHARS_MAX)
    .normalize("NFC")
    .replace(/[\u2018\u2019\u02bc\u00b4`]/g, "'")
    .replace(/[\u201c\u201d\u00ab\u00bb]/g, '"')
    .replace(/[\u2013\u2014\u2015]/g, " - ")
    .replace(/\u2026/g, "...")
    .replace(/[\u00a0\u2000-\u200a\u202f\u3000\t]/g, " ")
    .replace(/[\u200b-\u200f\u2060\ufeff]|\ufe0f/g, "")
    .replace(/\bw\/o\b/gi, "without")
    .replace(/\bw\/ ?(?=\p{L})/giu, "with ")
    .replace(/\r\n?/g, "\n")
    .replace(/ {2,}/g, " ")
    .replace(/[*_]{1,3}(?=\p{L})|(?<=\p{L})[*_]{1,3}/gu, "");
}

export function splitSentences(text: string, today: Day): readonly Sentence[] {
  return unwrap(text)
    .flatMap(splitList)
    .flatMap(splitLine)
    .filter((sentence) => /[\p{L}\p{N}?]/u.test(sentence))
    .slice(0, SENTENCES_MAX)
    .map((sentence) => readSentence(sentence.slice(0, SENTENCE_CHARS_MAX), today));
}

/** Joins the lines a client wrapped; a line that stands by itself stays one. */
function unwrap(text: string): readonly string[] {
  const joined: string[] = [];
  let isOpen = false;
  for (const line of text.split("\n").map((one) => one.trim())) {
    const before = joined.at(-1);
    if (isOpen && before !== undefined && line !== "" && continuesLine(before, line)) {
      joined[joined.length - 1] = `${before} ${line}`;
    } else if (line !== "") {
      joined.push(line);
    }
    isOpen = line !== "";
  }
  return joined;
}

/** A wrapped line is long and unfinished, and what follows is no list item or heading of its own. */
function continuesLine(before: string, line: string): boolean {
  if (/[.!?:]["')]?$/.test(before) || /^(?:[-*•]|\d{1,2}[.)])\s/.test(line)) return false;
  const lastLine = before.length;
  return /^[\p{Ll}\d(⟦]/u.test(line) ? lastLine >= 20 : lastLine >= 55;
}

/** "Yesterday: 1) she presented 2) coffee after" is a list in a line; what stands before it goes with each. */
function splitList(line: string): readonly string[] {
  const pieces = line.split(/(?:^|\s)\(?\d\)\s/);
  const [lead = "", ...items] = pieces;
  if (items.length < 2) return [line];
  const opening = lead.trim().length <= 40 ? lead.trim().replace(/:$/, "") : "";
  return [
    ...(opening === "" && lead.trim() !== "" ? [lead] : []),
    ...items.map((item) => `${opening} ${item}`.trim()),
  ];
}

/** Never the end of a sentence. */
const TITLES =
  /\b(?:sgt|det|ofc|off|lt|ltd|capt|cpl|insp|inv|dep|sr|jr|mr|mrs|ms|dr|dra|st|no|vs|approx|e\.g|i\.e|p\.s|ps)\.$/i;
/** The end of one only where a new one plainly begins: "on Tues. Haven't seen hers" and "Tues. Mar 3". */
const SHORT_FORMS =
  /\b(?:etc|a\.m|p\.m|am|pm|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|weds?|thurs?|thu|fri|sat|sun|mins?|hrs?|wks?|mos?)\.$/i;
const BEGINS_ANEW =
  /^\s+(?:(?!(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]*\b)\p{Lu}\p{L}|I\b|(?:we|they|he|she|it|i|my|our)\b)/u;

function isInSentence(piece: string, rest: string): boolean {
  if (rest === "" || !piece.endsWith(".")) return false;
  if (TITLES.test(piece) || /(?:^|\s)\p{Lu}\.$/u.test(piece)) return true;
  if (/\.\.$/.test(piece)) return /^\s*\p{Ll}/u.test(rest);
  return SHORT_FORMS.test(piece) && !BEGINS_ANEW.test(rest);
}

function splitLine(line: string): readonly string[] {
  const sentences: string[] = [];
  let start = 0;
  for (const stop of line.matchAll(/[.!?]+["')]*(?=\s|$)|[.!?]+(?=\p{Lu}\p{Ll})/gu)) {
    const end = stop.index + stop[0].length;
    const piece = line.slice(start, end);
    if (isInSentence(piece, line.slice(end))) continue;
    sentences.push(piece.trim());
    start = end;
  }
  sentences.push(line.slice(start).trim());
  return sentences.filter((sentence) => sentence !== "");
}

const OPENING = "^(?:(?:hi|hey|hello|so|and|ok|also|but|well)\\b,? ?)*";
/** Questions people write without a question mark; "did it Monday" is none. */
const ASKS = new RegExp(
  `${OPENING}(?:(?:is|are|do|does|can|could|should|would|may|must|shall) (?:i|we|you|it|this|that|there|he|she|they)\\b(?! (?:do|see)\\b)|(?:is|are|does|should|would|will|can|could|do) (?:the|my|our|your|both|each|either|these|those|any|all)\\b(?=(?: \\S+){3})|what(?='s\\b| (?:is|are|was|do|does|did|should|would|will|can|could|if|about|counts?|happens|kind|sort|day|time|exactly|else|goes|ought|are)\\b)|how(?! (?:lovely|nice|true|funny|sweet|kind|wonderful|great|right|timely|odd|strange|fitting|apt)\\b)\\b|(?:who|whom|where|why|which(?! is why)|when (?:is|are|do|does|should|will|can))\\b|(?:¿|c[oó]mo|cu[aá]ndo|qu[eé]|qui[eé]n|d[oó]nde)\\b)`,
  "i",
);
/** "We texted, does that work": a question behind a statement. */
const ASKS_BEHIND =
  /, (?:so |and |but )?(?:does|is|do|can|should|would|will) (?:that|it|this|we|i|they)\b(?! (?:to|too)\b)/i;
/** With a question mark behind it, a verb in front asks about everything that follows. */
const ASKS_ALL = new RegExp(
  `${OPENING}(?:did|do|does|has|have|had|is|are|was|were|can|could|should|would|will|may|what|how|who|where|why|which|when|if|any|¿)`,
  "i",
);

function readSentence(raw: string, today: Day): Sentence {
  const dates = findDates(raw, today);
  const masked = maskDates(raw, dates);
  const isMarked = /\?["')]*\s*$/.test(raw);
  const isQuestion = isMarked || ASKS.test(raw) || ASKS_BEHIND.test(raw);
  const clauses = parted(masked)
    .flatMap(splitClauses)
    .map(({ text, ...piece }) => ({
      ...piece,
      text: lowerCase(text),
      written: text,
      dates,
    }));
  return {
    raw,
    isQuestion,
    asksAll: isQuestion && (!isMarked || ASKS_ALL.test(raw)),
    clauses,
    dates,
    masked: lowerCase(masked),
  };
}

/** "My list (two pages) went out": what stands in brackets is a thought of its own, and parts nothing. */
function parted(text: string): readonly string[] {
  const asides = [...text.matchAll(ASIDE)].map(([, aside = ""]) => aside);
  return asides.length === 0 ? [text] : [text.replace(ASIDE, ""), ...asides];
}

const ASIDE = /(?<=\S) \(([^()]{3,200})\)(?= \S)/g;

/** Keeps every place: a letter whose small form is longer stays as it is. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text;
}

function maskDates(text: string, dates: readonly DateMention[]): string {
  let masked = "";
  let at = 0;
  dates.forEach((mention, place) => {
    masked += `${text.slice(at, mention.index)}⟦${place}⟧`;
    at = mention.end;
  });
  return masked + text.slice(at);
}

/** The mentions that stand in this clause. */
export function datesIn(
  clause: Clause,
): readonly { readonly at: number; readonly mention: DateMention }[] {
  return [...clause.text.matchAll(/⟦(\d+)⟧/g)].flatMap((match) => {
    const mention = clause.dates[Number(match[1])];
    return mention === undefined ? [] : [{ at: match.index, mention }];
  });
}

const TURN =
  "but|however|although|though|except(?: that)?|instead|unfortunately|pero|sin embargo|aunque";
/** What begins a plan or a refusal behind "and": there the happened part ends. */
const LEAD =
  "(?:(?:i|we|he|she|they|both|it|nosotros|yo)(?:'ll|'d|'re|'m|'ve)? ?)?(?:will|'ll|plan|planning|hope|hoping|are going|am going|going to|need|still|haven't|have not|hasn't|didn't|did not|don't|couldn't|want|would|intend|expect|agreed|set|scheduled|booked|should|might|can|could|next|then|also|already|have|had|just|are|am|is|was|were|went|got|did|met|sent|talked|spoke|called|swapped|compared|filled|finished|signed|vamos|voy|queremos|todav[ií]a|a[uú]n)";
const BREAK = new RegExp(
  `(,?\\s+(?:${TURN})\\b,?\\s*)|(\\s*;\\s*|\\s+-+\\s+|\\s*\\.\\.\\.\\s*|\\s*[()]\\s*|:\\s+)|(,\\s+(?:(?:and|so|then|y|or|ni|nor) )?)|(\\s+(?:and|so|y|then)\\s+(?=(?:${LEAD})\\b|⟦\\d+⟧,? \\p{L}|(?:i|we|he|she|they|it|then)(?:\\b|')))`,
  "giu",
);

interface Piece {
  readonly text: string;
  readonly continues: boolean;
  readonly turns: boolean;
}

function splitClauses(sentence: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  let continues = false;
  let turns = false;
  for (const match of sentence.matchAll(BREAK)) {
    if (match[4] !== undefined && namesTwo(sentence.slice(start, match.index))) continue;
    pieces.push({ text: sentence.slice(start, match.index), continues, turns });
    start = match.index + match[0].length;
    turns = match[1] !== undefined;
    continues = !turns && match[2] === undefined && !hasSubject(sentence.slice(start));
  }
  pieces.push({ text: sentence.slice(start), continues, turns });
  return pieces
    .map(({ text, ...piece }) => ({
      ...piece,
      text: text.replace(/[\s.!?,;:"')]+$/, "").trim(),
    }))
    .filter(({ text }) => text !== "");
}

/** "Officer Chen and I", "My husband and I": one subject, and no clause ends at its "and". */
function namesTwo(text: string): boolean {
  return (
    /^\s*(?:\S+\s){0,3}\S+$/.test(text) &&
    !/\b(?:i|we|he|she|it|they|had|met|was|were|is|did|done|sent|talked|spoke|called|swapped|shared|signed|finished|yes|got|went|\w+ed)\b|\p{L}(?:é|í|ó|amos|imos)(?!\p{L})|⟦/iu.test(
      text,
    )
  );
}

function hasSubject(text: string): boolean {
  return /^(?:so |then |and |yes |yeah |also |finally |just |we both )*(?:i|we|he|she|they|it|you|both|this|that|there|the|my|our|her|his|their)\b/i.test(
    text,
  );
}
