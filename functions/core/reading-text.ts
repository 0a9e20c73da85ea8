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
}

/** Replies are short; what a stranger writes beyond this is not read. */
const TEXT_CHARS_MAX = 8_000;
const SENTENCES_MAX = 120;
const SENTENCE_CHARS_MAX = 1_200;

/** Plain quotes, dashes and spaces, one form for each, so that patterns need not know the others. */
export function plainText(body: string): string {
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

const ABBREVIATIONS =
  /\b(?:sgt|det|ofc|off|lt|capt|cpl|sr|jr|mr|mrs|ms|dr|dra|st|no|vs|approx|etc|e\.g|i\.e|a\.m|p\.m|am|pm|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thurs?|fri|sat|sun|p\.s|ps|min|mins|hrs?)\.$/i;

function splitLine(line: string): readonly string[] {
  const sentences: string[] = [];
  let start = 0;
  for (const stop of line.matchAll(/[.!?]+["')]*(?=\s|$)|[.!?]+(?=\p{Lu}\p{Ll})/gu)) {
    const end = stop.index + stop[0].length;
    const piece = line.slice(start, end);
    const isAbbreviation = /\.$/.test(piece) && ABBREVIATIONS.test(piece) && end < line.length;
    const isInitial = /(?:^|\s)\p{Lu}\.$/u.test(piece) && end < line.length;
    const goesOn = /\.\.$/.test(piece) && /^\s*\p{Ll}/u.test(line.slice(end));
    if (isAbbreviation || isInitial || goesOn) continue;
    sentences.push(piece.trim());
    start = end;
  }
  sentences.push(line.slice(start).trim());
  return sentences.filter((sentence) => sentence !== "");
}

const OPENING = "^(?:(?:hi|hey|hello|so|and|ok|also|but|well)\\b,? ?)*";
/** Questions people write without a question mark; "did it Monday" is none. */
const ASKS = new RegExp(
  `${OPENING}(?:(?:is|are|do|does|can|could|should|would|may|must|shall) (?:i|we|you|it|this|that|there|he|she|they)\\b(?! (?:do|see)\\b)|(?:what|how|who|whom|where|why|which|when (?:is|are|do|does|should|will|can))\\b|(?:¿|c[oó]mo|cu[aá]ndo|qu[eé]|qui[eé]n|d[oó]nde)\\b)`,
  "i",
);
/** With a question mark behind it, a verb in front asks about everything that follows. */
const ASKS_ALL = new RegExp(
  `${OPENING}(?:did|do|does|has|have|had|is|are|was|were|can|could|should|would|will|may|what|how|who|where|why|which|when|if|any|¿)`,
  "i",
);

function readSentence(raw: string, today: Day): Sentence {
  const dates = findDates(raw, today);
  const masked = maskDates(raw, dates);
  const isMarked = /\?["')]*\s*$/.test(raw);
  const isQuestion = isMarked || ASKS.test(raw);
  const clauses = splitClauses(masked).map(({ text, continues }) => ({
    text: lowerCase(text),
    written: text,
    continues,
    dates,
  }));
  return {
    raw,
    isQuestion,
    asksAll: isQuestion && (!isMarked || ASKS_ALL.test(raw)),
    clauses,
    masked: lowerCase(masked),
  };
}

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
  "(?:(?:i|we|he|she|they|both|it|nosotros|yo)(?:'ll|'d|'re|'m|'ve)? ?)?(?:will|'ll|plan|planning|hope|hoping|are going|am going|going to|need|still|haven't|have not|hasn't|didn't|did not|don't|couldn't|want|would|intend|expect|agreed|set|scheduled|booked|should|might|can|could|next|then|also|already|have|had|just|are|am|is|was|were|vamos|voy|queremos|todav[ií]a|a[uú]n)";
const BREAK = new RegExp(
  `(,?\\s+(?:${TURN})\\b,?\\s*)|(\\s*;\\s*|\\s+-+\\s+|\\s*\\.\\.\\.\\s*|\\s*[()]\\s*|:\\s+)|(,\\s+(?:(?:and|so|then|y|or|ni|nor) )?)|(\\s+(?:and|so|y|then)\\s+(?=(?:${LEAD})\\b|(?:i|we|he|she|they|it|then)(?:\\b|')))`,
  "gi",
);

interface Piece {
  readonly text: string;
  readonly continues: boolean;
}

function splitClauses(sentence: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  let continues = false;
  for (const match of sentence.matchAll(BREAK)) {
    if (match[4] !== undefined && namesTwo(sentence.slice(start, match.index))) continue;
    pieces.push({ text: sentence.slice(start, match.index), continues });
    start = match.index + match[0].length;
    const isTurn = match[1] !== undefined;
    continues = !isTurn && match[2] === undefined && !hasSubject(sentence.slice(start));
  }
  pieces.push({ text: sentence.slice(start), continues });
  return pieces
    .map(({ text, continues: goesOn }) => ({
      text: text.replace(/[\s.!?,;:"')]+$/, "").trim(),
      continues: goesOn,
    }))
    .filter(({ text }) => text !== "");
}

/** "Officer Chen and I", "My husband and I": one subject, and no clause ends at its "and". */
function namesTwo(text: string): boolean {
  return (
    /^\s*(?:\S+\s){0,3}\S+$/.test(text) &&
    !/\b(?:i|we|he|she|it|they|had|met|was|were|is|did|done|sent|talked|spoke|called|swapped|shared|signed|finished|yes|got|went)\b|⟦/i.test(
      text,
    )
  );
}

function hasSubject(text: string): boolean {
  return /^(?:so |then |and |yes |yeah |also |finally |just |we both )*(?:i|we|he|she|they|it|you|both|this|that|there|the|my|our|her|his|their)\b/i.test(
    text,
  );
}
