import { splitSignature } from "../core/reading-signature.ts";
import { findBanners, withoutTag } from "./trim-banners.ts";
import { NO_OWN_MAIL, type OwnMail, ownWords } from "./trim-own.ts";
import { findQuotes } from "./trim-quotes.ts";

/** A reply parted into the person's own words, their signature, and what they quoted. */
export interface TrimmedReply {
  readonly reply: string;
  readonly signature: string;
  readonly quoted: string;
}

export interface TrimContext {
  readonly own?: OwnMail;
  /** Display name of the sender: the strongest sign that a lone last line is a signature. */
  readonly fromName?: string;
}

/**
 * Parts a plain text reply, whatever client wrote it: text above the quote, below it, or between its lines.
 *
 * Works line by line with patterns on bounded lines, so that its time grows with the text and no
 * faster. Where nothing but quoted text is found the reply is empty: then the service asks.
 */
export function trimReply(text: string, context: TrimContext = {}): TrimmedReply {
  const lines = cleanLines(text);
  const words = ownWords(context.own ?? NO_OWN_MAIL);
  const banners = findBanners(lines);
  const quotes = findQuotes(lines, words);
  const replies: string[] = [];
  const signatures: string[] = [];
  for (const segment of segmentsOf(
    lines,
    (at) => quotes.has(at),
    (at) => banners.has(at),
  )) {
    const { body, signature } = splitSignature(segment, context.fromName ?? "");
    if (body !== "") replies.push(body);
    if (signature !== "") signatures.push(signature);
  }
  return {
    reply: replies.join("\n\n"),
    signature: signatures.join("\n\n"),
    quoted: tidy(lines.filter((_, at) => quotes.has(at))),
  };
}

/** Runs of the person's lines between quotes; banners vanish without parting what they stand in. */
function segmentsOf(
  lines: readonly string[],
  isQuoted: (at: number) => boolean,
  isBanner: (at: number) => boolean,
): string[] {
  const segments: string[][] = [[]];
  lines.forEach((line, at) => {
    if (isQuoted(at)) segments.push([]);
    else if (!isBanner(at)) segments.at(-1)?.push(withoutTag(line));
  });
  return segments.map(tidy).filter((segment) => segment !== "");
}

/** The same limit as for the text of a mail; a caller may hand in more. */
const TEXT_CHARS_MAX = 1024 * 1024;
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]|\ufe0f/g;

/** However many blank lines there are, what stands below them counts. */
const BLANK_RUN = /\n[ \t]*\n(?:[ \t]*\n)+/g;

/** Nobody answers below five thousand lines; what stands there is quoted. */
const LINES_MAX = 5_000;

function cleanLines(text: string): string[] {
  return text
    .slice(0, TEXT_CHARS_MAX)
    .replace(/\r\n?|\u2028|\u2029|\v|\f/g, "\n")
    .replaceAll("\0", "")
    .replace(INVISIBLE, "")
    .replace(/[\u00a0\u202f]/g, " ")
    .replace(BLANK_RUN, "\n\n")
    .split("\n", LINES_MAX)
    .map((line) => line.trimEnd());
}

/** Joins lines, without blank ones at either end and never two of them in a row. */
function tidy(lines: readonly string[]): string {
  const kept: string[] = [];
  for (const line of lines) {
    if (line.trim() !== "" || (kept.length > 0 && kept.at(-1) !== ""))
      kept.push(line.trim() === "" ? "" : line);
  }
  if (kept.at(-1) === "") kept.pop();
  return kept.join("\n");
}
