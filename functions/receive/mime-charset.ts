import { isUtf8 } from "node:buffer";

/**
 * Turns the bytes of a text part into text, forgiving the labels senders get wrong.
 *
 * Node's own decoder for windows-1252 and its aliases loses 0x80-0x9F in several releases
 * (nodejs/node #56542, #60888), which are the curly quotes and dashes of Outlook; so that one
 * table is ours. Bytes that are valid UTF-8 are UTF-8 whatever a Western label says.
 *
 * @returns undefined when the encoding cannot be read (UTF-7 or HZ that really use their shifts)
 */
export function decodeText(bytes: Uint8Array, label: string | undefined): string | undefined {
  const charset = normaliseLabel(label);
  if (charset === "utf-7") return decodeShifted(bytes, /\+[A-Za-z0-9+/]+-?/);
  if (charset.startsWith("hz")) return decodeShifted(bytes, /~\{/);
  if (WESTERN.has(charset)) return decodeWestern(bytes);
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return decodeWestern(bytes); // a label nobody knows
  }
}

const WESTERN = new Set([
  "",
  "utf-8",
  "utf8",
  "us-ascii",
  "ascii",
  "iso-8859-1",
  "iso8859-1",
  "latin1",
  "windows-1252",
  "cp1252",
  "ansi_x3.4-1968",
  "unknown",
  "unknown-8bit",
  "x-unknown",
  "8bit",
  "default",
]);

function normaliseLabel(label: string | undefined): string {
  const charset = (label ?? "")
    .trim()
    .toLowerCase()
    .replace(/^["']|["']$/g, "");
  if (/^cp9(?:32|36|49|50)$/.test(charset)) return EAST_ASIAN[charset] ?? charset;
  return charset === "unicode-1-1-utf-7" ? "utf-7" : charset;
}

const EAST_ASIAN: Readonly<Record<string, string>> = {
  cp932: "shift_jis",
  cp936: "gbk",
  cp949: "euc-kr",
  cp950: "big5",
};

function decodeShifted(bytes: Uint8Array, shift: RegExp): string | undefined {
  const text = decodeWestern(bytes);
  return shift.test(text) ? undefined : text;
}

const utf8 = new TextDecoder("utf-8");
const LINE_FEED = 0x0a;
/** With that many lines in the old encoding the whole mail is in it. */
const STRANGE_LINES_MAX = 200;

/** Line by line, because gateways append footers in another encoding than the mail's own. */
function decodeWestern(bytes: Uint8Array): string {
  if (isUtf8(bytes)) return utf8.decode(bytes);
  const lines: string[] = [];
  let start = 0;
  let strange = 0;
  while (start < bytes.length && strange <= STRANGE_LINES_MAX) {
    const end = bytes.indexOf(LINE_FEED, start) + 1 || bytes.length;
    const line = bytes.subarray(start, end);
    const isModern = isUtf8(line);
    if (!isModern) strange += 1;
    lines.push(isModern ? utf8.decode(line) : decodeWindows1252(line));
    start = end;
  }
  return lines.join("") + decodeWindows1252(bytes.subarray(start));
}

/** 0x80 to 0x9F of windows-1252; the five unassigned bytes stay control characters, as the standard has it. */
const UPPER_CONTROLS = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
const CODES = Uint16Array.from({ length: 0x100 }, (_, byte) =>
  byte >= 0x80 && byte <= 0x9f ? UPPER_CONTROLS.charCodeAt(byte - 0x80) : byte,
);

/** By a table, because a replacement for each quote mark adds up where there is nothing else. */
function decodeWindows1252(bytes: Uint8Array): string {
  const codes = new Uint16Array(bytes.length);
  for (let at = 0; at < bytes.length; at += 1) codes[at] = CODES[bytes[at] ?? 0] ?? 0;
  return Buffer.from(codes.buffer).toString("utf16le");
}
