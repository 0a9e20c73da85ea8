import { decodeText } from "./mime-charset.ts";
import { unflow } from "./mime-flowed.ts";
import { type Envelopes, type Headers, readEnvelopes } from "./mime-headers.ts";
import { type MimePart, splitHeaders, splitMail } from "./mime-parts.ts";

/** A mail taken apart: the headers that decide something, and the text a person may have written. */
export interface MimeMail extends Envelopes {
  readonly headers: Headers;
  /** Content types of the mail and its parts, lower case, outermost first. */
  readonly contentTypes: readonly string[];
  /** Text of the plain parts; blank when there are none. */
  readonly text: string;
  /** Source of the HTML parts that no plain part stands for. */
  readonly html: string;
  /** False when there is no text although there should be: broken structure, unknown encoding, encrypted. */
  readonly readable: boolean;
  readonly tooLarge: boolean;
}

/** Larger than this is an attachment, not an answer: only the headers are read. */
export const MAIL_BYTES_MAX = 10 * 1024 * 1024;
/** A reply has some lines; what is beyond a megabyte is quoted or hostile. */
export const TEXT_BYTES_MAX = 1024 * 1024;
/** Outlook puts up to 100 kB of styles before the first word; the reply stands right below. */
export const HTML_BYTES_MAX = 1024 * 1024;

/** Takes any bytes apart; never throws. */
export function parseMime(raw: Uint8Array): MimeMail {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const tooLarge = bytes.length > MAIL_BYTES_MAX;
  const root = tooLarge ? splitHeaders(bytes) : splitMail(bytes);
  const parts = flatten(root);
  return {
    ...readEnvelopes(root.headers),
    headers: root.headers,
    contentTypes: parts.map(({ contentType }) => contentType),
    ...readBody(root),
    tooLarge,
  };
}

function flatten(part: MimePart): MimePart[] {
  return [part, ...part.children.flatMap(flatten)];
}

interface Body {
  readonly text: string;
  readonly html: string;
  readonly readable: boolean;
}

/**
 * The plain parts, or the HTML ones where the first part with words in it is HTML (then plain parts
 * below are a gateway's footer). Attachments and forwarded mails never.
 */
function readBody(root: MimePart): Body {
  const chosen = chooseParts(root).map(({ contentType, ...part }) => ({
    isHtml: contentType === "text/html",
    content: decodePart({ contentType, ...part }),
  }));
  const written = chosen.filter(({ content }) => /\S/.test(content ?? ""));
  const isHtml = written[0]?.isHtml === true;
  const words = written
    .filter((part) => part.isHtml === isHtml)
    .map(({ content }) => content ?? "");
  const readable = chosen.every(({ content }) => content !== undefined);
  return {
    text: isHtml ? "" : words.join("\n").slice(0, TEXT_BYTES_MAX),
    html: isHtml ? words.join("\n").slice(0, HTML_BYTES_MAX) : "",
    readable: readable && !ENCRYPTED.has(root.contentType),
  };
}

const ENCRYPTED = new Set([
  "multipart/encrypted",
  "application/pkcs7-mime",
  "application/x-pkcs7-mime",
]);

function chooseParts(part: MimePart): MimePart[] {
  if (part.contentType === "multipart/alternative") return chooseAlternative(part.children);
  if (part.children.length > 0) return part.children.flatMap(chooseParts);
  // A multipart whose boundary never comes is read as the text it most likely is.
  if (part.contentType.startsWith("multipart/")) return [{ ...part, contentType: "text/plain" }];
  if (part.isAttachment) return [];
  return part.contentType === "text/plain" || part.contentType === "text/html" ? [part] : [];
}

function chooseAlternative(children: readonly MimePart[]): MimePart[] {
  const candidates = children.map(chooseParts).filter((parts) => parts.length > 0);
  const hasWords = (parts: MimePart[]) =>
    parts.some((part) => part.contentType === "text/plain" && /\S/.test(decodePart(part) ?? ""));
  const isHtml = (parts: MimePart[]) => parts.some((part) => part.contentType === "text/html");
  return candidates.find(hasWords) ?? candidates.find(isHtml) ?? candidates[0] ?? [];
}

function decodePart(part: MimePart): string | undefined {
  const text = decodeText(decodeTransfer(part), part.parameters.charset);
  if (text === undefined || part.parameters.format?.toLowerCase() !== "flowed") return text;
  return unflow(text, part.parameters.delsp?.toLowerCase() === "yes");
}

function decodeTransfer(part: MimePart): Buffer {
  const encoding = (part.headers.first("content-transfer-encoding") ?? "").toLowerCase();
  const bytesMax = part.contentType === "text/html" ? HTML_BYTES_MAX : TEXT_BYTES_MAX;
  // Base64 swells by a third and quoted-printable by up to three; cut before decoding costs time.
  const body = part.body.subarray(0, 3 * bytesMax);
  if (encoding.includes("base64")) return Buffer.from(body.toString("latin1"), "base64");
  if (encoding.includes("quoted-printable")) return decodeQuotedPrintable(body);
  return body.subarray(0, bytesMax);
}

const EQUALS = 0x3d;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BLANKS = new Set([0x20, 0x09]);

/**
 * Byte by byte, because a replacement for each escape takes a fifth of a second where there is nothing
 * else. A soft break at the end of a line joins it with the next, even with blanks behind it.
 */
function decodeQuotedPrintable(source: Buffer): Buffer {
  const bytes = Buffer.alloc(source.length);
  let length = 0;
  for (let at = 0; at < source.length; at += 1) {
    const byte = source[at] ?? 0;
    const end = byte === EQUALS ? softBreakEnd(source, at + 1) : undefined;
    const escaped = byte === EQUALS && end === undefined ? escapedByte(source, at + 1) : undefined;
    if (end !== undefined) at = end - 1;
    else bytes[length++] = escaped ?? byte;
    if (escaped !== undefined) at += 2;
  }
  return bytes.subarray(0, length);
}

/** How many blanks a gateway may have put behind a soft break. */
const BLANKS_MAX = 40;

/** @returns where the next line starts, or undefined when no soft break stands here */
function softBreakEnd(source: Buffer, from: number): number | undefined {
  let at = from;
  while (at < from + BLANKS_MAX && BLANKS.has(source[at] ?? 0)) at += 1;
  if (source[at] === CARRIAGE_RETURN) at += 1;
  return source[at] === LINE_FEED ? at + 1 : undefined;
}

function escapedByte(source: Buffer, at: number): number | undefined {
  const high = hexDigit(source[at]);
  const low = hexDigit(source[at + 1]);
  return high === undefined || low === undefined ? undefined : high * 16 + low;
}

function hexDigit(byte = 0): number | undefined {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const upper = byte & 0xdf;
  return upper >= 0x41 && upper <= 0x46 ? upper - 0x37 : undefined;
}
