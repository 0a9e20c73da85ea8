import { type Headers, parseHeaderBlock } from "./mime-headers.ts";

/**
 * One part of a mail with the bytes of its body, still encoded.
 *
 * The structure is split here and not by postal-mime, which takes several seconds for a megabyte of
 * empty lines and two for fifty thousand parts; anybody can send those.
 */
export interface MimePart {
  readonly headers: Headers;
  /** Lower case, without parameters; `text/plain` when the part names none. */
  readonly contentType: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly isAttachment: boolean;
  readonly body: Buffer;
  readonly children: readonly MimePart[];
}

/** Mails of people nest five deep; what lies deeper is not looked at. */
const NESTING_MAX = 30;
/** Mails of people have a dozen parts. */
const PARTS_MAX = 500;
/** Real header blocks stay below 100 kB; the rest of a longer one is not looked at. */
export const HEADER_BYTES_MAX = 256 * 1024;

export function splitMail(raw: Buffer): MimePart {
  return splitPart(raw, { depth: 0, left: { parts: PARTS_MAX }, defaultType: "text/plain" });
}

/** Headers alone, for a mail that is too large to be looked at. */
export function splitHeaders(raw: Buffer): MimePart {
  const { headers } = splitAtBlankLine(raw);
  return {
    headers,
    contentType: "",
    parameters: {},
    isAttachment: false,
    body: NOTHING,
    children: [],
  };
}

const NOTHING = Buffer.alloc(0);

interface Place {
  readonly depth: number;
  /** Shared by the whole mail: how many more parts are looked at. */
  readonly left: { parts: number };
  readonly defaultType: string;
}

function splitPart(bytes: Buffer, place: Place): MimePart {
  const { headers, body } = splitAtBlankLine(bytes);
  const { value, parameters } = parseParameters(headers.first("content-type") ?? place.defaultType);
  const contentType = value.includes("/") ? value : "text/plain";
  const disposition = parseParameters(headers.first("content-disposition") ?? "");
  const isNamed = "filename" in disposition.parameters || "name" in parameters;
  return {
    headers,
    contentType,
    parameters,
    isAttachment: disposition.value === "attachment" || isNamed,
    body,
    children: contentType.startsWith("multipart/")
      ? splitChildren(body, parameters.boundary ?? "", childPlace(place, contentType))
      : [],
  };
}

function childPlace(place: Place, contentType: string): Place {
  const defaultType = contentType === "multipart/digest" ? "message/rfc822" : "text/plain";
  return { depth: place.depth + 1, left: place.left, defaultType };
}

function splitChildren(body: Buffer, boundary: string, place: Place): MimePart[] {
  if (boundary === "" || place.depth > NESTING_MAX) return [];
  const children: MimePart[] = [];
  let open = findDelimiter(body, boundary, 0);
  while (open && !open.closes && place.left.parts > 0) {
    place.left.parts -= 1;
    const next = findDelimiter(body, boundary, open.end);
    children.push(splitPart(body.subarray(open.end, next?.start ?? body.length), place));
    open = next;
  }
  return children;
}

interface Delimiter {
  /** Where the line (with the line break before it) starts. */
  readonly start: number;
  /** Where the next line starts. */
  readonly end: number;
  readonly closes: boolean;
}

/** Lines that begin like a delimiter and are none; nobody's mail has more. */
const FALSE_DELIMITERS_MAX = 5_000;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** What may stand behind a boundary: a line end, blanks, or the second pair of dashes. */
const ENDS_DELIMITER = new Set([LINE_FEED, CARRIAGE_RETURN, 0x20, 0x09, 0x2d]);

function findDelimiter(body: Buffer, boundary: string, from: number): Delimiter | undefined {
  const mark = Buffer.from(`--${boundary}`);
  const markBytes = mark.length;
  let left = FALSE_DELIMITERS_MAX;
  for (let at = body.indexOf(mark, from); at >= 0; at = body.indexOf(mark, at + 1)) {
    left -= 1;
    if (left < 0) return undefined;
    if (at > 0 && body[at - 1] !== LINE_FEED) continue;
    if (!ENDS_DELIMITER.has(body[at + markBytes] ?? LINE_FEED)) continue;
    const feed = body.indexOf(LINE_FEED, at);
    const end = feed < 0 ? body.length : feed + 1;
    // A real delimiter line is short; a longer line that starts like one is text.
    const rest = body.toString("latin1", at + markBytes, Math.min(end, at + 400)).trim();
    if (rest === "" || rest === "--") {
      return { start: beforeLineBreak(body, at), end, closes: rest === "--" };
    }
  }
  return undefined;
}

function beforeLineBreak(body: Buffer, at: number): number {
  const feed = at > 0 ? at - 1 : 0;
  return feed > 0 && body[feed - 1] === CARRIAGE_RETURN ? feed - 1 : feed;
}

function splitAtBlankLine(bytes: Buffer): { headers: Headers; body: Buffer } {
  const block = bytes.subarray(0, HEADER_BYTES_MAX);
  const text = block.toString("utf8");
  const blank = /^\r?\n|\r?\n\r?\n/.exec(text);
  const headers = parseHeaderBlock(blank ? text.slice(0, blank.index) : text);
  return { headers, body: bytes.subarray(bodyStart(bytes)) };
}

/** Just behind the first blank line, wherever it is; the end when there is none. */
function bodyStart(bytes: Buffer): number {
  if (bytes[0] === LINE_FEED) return 1;
  if (bytes[0] === CARRIAGE_RETURN && bytes[1] === LINE_FEED) return 2;
  const unix = bytes.indexOf("\n\n");
  const internet = bytes.indexOf("\n\r\n");
  const ends = [unix < 0 ? -1 : unix + 2, internet < 0 ? -1 : internet + 3].filter(
    (end) => end > 0,
  );
  return ends.length === 0 ? bytes.length : Math.min(...ends);
}

/** `text/plain; charset="utf-8"; format=flowed`: the value in lower case, the first of each parameter. */
export function parseParameters(header: string): {
  readonly value: string;
  readonly parameters: Readonly<Record<string, string>>;
} {
  const [value = ""] = header.split(";", 1);
  const parameters: Record<string, string> = {};
  for (const match of header.slice(0, PARAMETER_CHARS_MAX).matchAll(PARAMETER)) {
    const name = (match[1] ?? "").toLowerCase().replace(/\*.*$/, "");
    parameters[name] ??= (match[2] ?? match[3] ?? "").replace(/\\(.)/g, "$1");
  }
  return {
    value: value
      .replace(/\([^()]*\)/g, "")
      .trim()
      .toLowerCase(),
    parameters,
  };
}

/** Real ones are below 300; an open quote costs the square of what is left. */
const PARAMETER_CHARS_MAX = 2_000;
const PARAMETER =
  /;\s{0,20}([\w-]{1,40}\*?\d{0,3}\*?)\s{0,20}=\s{0,20}(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/g;
