import {
  type HeaderKey,
  headerKeyOf,
  INTRO_LINES_MAX,
  isIntroLine,
  isQuoteDivider,
  startsIntro,
} from "./trim-intros.ts";
import type { OwnWords } from "./trim-own.ts";

/**
 * Which lines are quoted, with the introductions, dividers and header blocks that lead to them.
 *
 * A heading followed by `>` lines quotes just those: what stands between or below them is the
 * person's. A heading followed by plain lines quotes everything to the end, for nothing tells where
 * the quote would stop, unless we know the very mail that is quoted.
 */
export function findQuotes(lines: readonly string[], words: OwnWords): ReadonlySet<number> {
  const keys = lines.map(headerKeyOf);
  const quoted = new Set<number>();
  let at = 0;
  while (at < lines.length) {
    const heading = headingAt({ lines, keys }, at, words);
    const end = heading ?? (isMarkedQuote(lines[at] ?? "") ? at + 1 : undefined);
    if (end === undefined) {
      at += 1;
      continue;
    }
    addRange(quoted, at, end);
    if (heading !== undefined && !isMarkedNext(lines, end)) {
      quoteRest(lines, end, quoted, words);
      break;
    }
    at = end;
  }
  quoteOwnWords(lines, quoted, words);
  return quoted;
}

function addRange(quoted: Set<number>, from: number, to: number): void {
  for (let at = from; at < to; at += 1) quoted.add(at);
}

function isMarkedQuote(line: string): boolean {
  return /^\s{0,4}(?:>|&gt;)/.test(line);
}

/** How many blank lines a client leaves between a heading and its quote. */
const BLANKS_MAX = 3;

function isMarkedNext(lines: readonly string[], from: number): boolean {
  const next = nextWritten(lines, from);
  return next !== undefined && isMarkedQuote(lines[next] ?? "");
}

function nextWritten(lines: readonly string[], from: number): number | undefined {
  for (let at = from; at < Math.min(lines.length, from + BLANKS_MAX + 1); at += 1) {
    if ((lines[at] ?? "").trim() !== "") return at;
  }
  return undefined;
}

/** A text by lines, with the key of each that looks like a header; looked up once, for blocks overlap. */
interface Page {
  readonly lines: readonly string[];
  readonly keys: readonly (HeaderKey | undefined)[];
}

/** @returns where the lines below the heading start, or undefined when none stands here */
function headingAt(page: Page, at: number, words: OwnWords): number | undefined {
  const { lines } = page;
  const line = lines[at] ?? "";
  if (line.trim() === "") return undefined;
  if (words.isMarker(line) && !isMarkedQuote(line)) return at + 1;
  return introEnd(lines, at) ?? dividerEnd(page, at) ?? headerBlockEnd(page, at);
}

/** Clients and gateways wrap introductions, so the next lines are joined while they may still belong to it. */
function introEnd(lines: readonly string[], at: number): number | undefined {
  if (!startsIntro(lines[at] ?? "")) return undefined;
  let joined = "";
  for (let end = at + 1; end <= Math.min(lines.length, at + INTRO_LINES_MAX); end += 1) {
    const line = (lines[end - 1] ?? "").trim();
    if (line === "" || (end > at + 1 && isMarkedQuote(line))) return undefined;
    joined = `${joined} ${line}`;
    if (ENDS_INTRO.test(line) && isIntroLine(joined)) return end;
  }
  return undefined;
}

/** The last line of every introduction ends in a colon, a bracket or dashes, or holds the verb; GroupWise begins with marks. */
const ENDS_INTRO = /[:：>-]\s*$|\bwrote\b|^>>>|\d [AP]M---/i;

function dividerEnd(page: Page, at: number): number | undefined {
  const { lines } = page;
  const line = lines[at] ?? "";
  const next = nextWritten(lines, at + 1);
  if (isQuoteDivider(line)) {
    if (next === undefined) return at + 1;
    return headerBlockEnd(page, next, 1) ?? introEnd(lines, next) ?? at + 1;
  }
  if (next === undefined || !/^\s{0,4}[_=*-]{5,}\s*$/.test(line.slice(0, 300))) return undefined;
  return headerBlockEnd(page, next, 2) ?? introEnd(lines, next);
}

/** Keys enough to know a header block from a list a person typed ("Date: March 4", "Attendees: ..."). */
const HEADER_KEYS_MIN = 3;
const HEADER_LINES_MAX = 14;

/** A block of From, Sent, To and Subject, in any order and with wrapped values. */
function headerBlockEnd(
  { lines, keys: keyOfLine }: Page,
  at: number,
  keysMin = HEADER_KEYS_MIN,
): number | undefined {
  if (keyOfLine[at] === undefined) return undefined;
  const keys = new Set<string>();
  let end = at;
  for (let here = at; here < Math.min(lines.length, at + HEADER_LINES_MAX); here += 1) {
    const line = (lines[here] ?? "").trim();
    const key = keyOfLine[here];
    if (key !== undefined) {
      keys.add(key);
      end = here + 1;
    } else if (line === "" && (end > at + 1 || keys.size >= keysMin)) {
      // Some clients put a blank line between the headers; a block that is whole ends at it.
      if (keyOfLine[here + 1] === undefined) break;
    } else if (here - end >= 2) {
      break; // more than two lines of a wrapped value
    }
  }
  keys.delete("other");
  return keys.has("from") && keys.size >= keysMin ? end : undefined;
}

function quoteRest(
  lines: readonly string[],
  from: number,
  quoted: Set<number>,
  words: OwnWords,
): void {
  const isEmptyAbove = lines
    .slice(0, from)
    .every((line, at) => line.trim() === "" || quoted.has(at));
  const end = isEmptyAbove ? endOfOwnText(lines, from, words) : undefined;
  addRange(quoted, from, end ?? lines.length);
}

/** A person who typed below our whole unmarked text: where it ends, if we know it and it is all there. */
function endOfOwnText(lines: readonly string[], from: number, words: OwnWords): number | undefined {
  let matched = 0;
  let last: number | undefined;
  for (let at = from; at < lines.length; at += 1) {
    if (words.isSentLine(lines[at] ?? "")) {
      matched += 1;
      last = at;
    }
  }
  return last !== undefined && matched >= OWN_LINES_MIN ? last + 1 : undefined;
}

/** Fewer matching lines may be a person repeating our words. */
const OWN_LINES_MIN = 3;

/** Our own lines are dropped wherever they stand, and our short ones next to them. */
function quoteOwnWords(lines: readonly string[], quoted: Set<number>, words: OwnWords): void {
  const open = lines.map((_, at) => at).filter((at) => !quoted.has(at));
  const sent = open.filter((at) => words.isSentLine(lines[at] ?? ""));
  if (sent.length < OWN_LINES_MIN) return;
  for (const at of sent) quoted.add(at);
  const isBeside = (at: number) =>
    [at - 2, at - 1, at + 1, at + 2].some((near) => quoted.has(near));
  for (const at of open) {
    if (isBeside(at) && words.isShortSentLine(lines[at] ?? "")) quoted.add(at);
  }
}
