import { randomUUID } from "node:crypto";
import { type Instant, toMs } from "../functions/core/instant.ts";

/** A mail that the local SES has accepted, as it would go out. */
export interface SesMail {
  /** SES's message id; `<id@email.amazonses.com>` is the mail's Message-ID. */
  readonly id: string;
  readonly sentAt: Instant;
  /** The envelope's recipients, which need not be those of the headers. */
  readonly to: readonly string[];
  readonly configurationSet?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly raw: Uint8Array;
}

export interface Header {
  readonly name: string;
  /** Unfolded, not decoded. */
  readonly value: string;
}

export const MESSAGE_ID_DOMAIN = "email.amazonses.com";

/** Shaped as SES's: 16 hex digits of time, a UUID, six digits. */
export function createSesId(at: Instant): string {
  return `0100${toMs(at).toString(16).padStart(12, "0")}-${randomUUID()}-000000`;
}

/** Headers of a raw message in their order; a broken line is part of the header before it. */
export function readHeaders(raw: Uint8Array): readonly Header[] {
  const unfolded = headOf(raw).replace(/\r?\n[ \t]+/g, " ");
  return unfolded.split(/\r?\n/).flatMap((line) => {
    const colon = line.indexOf(":");
    return colon < 1 ? [] : [{ name: line.slice(0, colon), value: line.slice(colon + 1).trim() }];
  });
}

export function headerOf(headers: readonly Header[], name: string): string | undefined {
  return headers.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value;
}

/** What SES does to every message it takes: its own Message-ID and Date in the place of the sender's. */
export function stampMessage(raw: Uint8Array, id: string, at: Instant): Uint8Array {
  const text = Buffer.from(raw).toString("latin1");
  const head = headOf(raw);
  const kept = head.replace(/^(?:message-id|date):.*(?:\r?\n[ \t].*)*\r?\n/gim, "");
  const stamps = `Message-ID: <${id}@${MESSAGE_ID_DOMAIN}>\r\nDate: ${mailDate(at)}\r\n`;
  return Buffer.from(stamps + kept + text.slice(head.length), "latin1");
}

/** The header lines, without the empty line that ends them; bytes as latin1, so that none changes. */
function headOf(raw: Uint8Array): string {
  const text = Buffer.from(raw).toString("latin1");
  const end = /\r?\n(?=\r?\n)/.exec(text);
  return end === null ? text : text.slice(0, end.index + end[0].length);
}

/** `Tue, 24 Nov 2026 15:00:00 +0000` (RFC 5322, section 3.3). */
function mailDate(at: Instant): string {
  return new Date(at).toUTCString().replace("GMT", "+0000");
}
