import { type Address, addressParser, decodeWords } from "postal-mime";
import { type Instant, toInstant } from "../core/instant.ts";

/** The headers of a mail or a part: unfolded values by lower-case name, in document order. */
export interface Headers {
  all(name: string): readonly string[];
  first(name: string): string | undefined;
  has(name: string): boolean;
}

/** What the headers of a mail say about who wrote it and what it answers. */
export interface Envelopes {
  /** Bare, lower-case address; null when the header is missing or holds none. */
  readonly from: string | null;
  readonly fromName: string;
  readonly sender: string | null;
  readonly messageId: string | null;
  readonly date: Instant | null;
  readonly subject: string;
  /** Message-IDs this mail answers, without brackets, the nearest first. */
  readonly references: readonly string[];
  readonly recipients: readonly string[];
}

/** Room for a few hundred addresses or a long thread; more is hostile and would only cost time. */
const VALUE_CHARS_MAX = 20_000;
const SUBJECT_CHARS_MAX = 1_000;
const RECIPIENTS_MAX = 100;
const REFERENCES_MAX = 50;
const HEADER_LINES_MAX = 5_000;
/** More than SES writes above a mail and most senders below it. */
const HEAD_BYTES_MAX = 64 * 1024;

export function parseHeaderBlock(block: string): Headers {
  const values = new Map<string, string[]>();
  for (const line of unfold(block)) {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase();
    if (name === "" || name.includes(" ")) continue; // an mbox "From " line, or no header at all
    const value = line.slice(colon + 1, colon + 1 + VALUE_CHARS_MAX).trim();
    values.set(name, [...(values.get(name) ?? []).slice(0, 49), value]);
  }
  return {
    all: (name) => values.get(name) ?? [],
    first: (name) => values.get(name)?.[0],
    has: (name) => values.has(name),
  };
}

/** The headers of a raw mail, without looking at what stands below them; Latin 1 keeps every byte. */
export function readHead(raw: Uint8Array): Headers {
  const head = Buffer.from(raw.subarray(0, HEAD_BYTES_MAX)).toString("latin1");
  const end = /\r?\n\r?\n/.exec(head);
  return parseHeaderBlock(end === null ? head : head.slice(0, end.index));
}

/** Continuation lines join the header above them; the parts are joined once, which keeps this linear. */
function unfold(block: string): string[] {
  const unfolded: string[][] = [];
  for (const line of block.split(/\r?\n|\r/, HEADER_LINES_MAX)) {
    const current = unfolded.at(-1);
    if (current && /^[ \t]/.test(line)) current.push(line);
    else unfolded.push([line]);
  }
  return unfolded.map((lines) => lines.join(""));
}

export function readEnvelopes(headers: Headers): Envelopes {
  const from = firstAddress(headers.first("from"));
  return {
    from: from.address,
    fromName: from.name,
    sender: firstAddress(headers.first("sender")).address,
    messageId: messageIdsIn(headers.first("message-id"))[0] ?? null,
    date: readDate(headers.first("date")),
    subject: decodeWords((headers.first("subject") ?? "").slice(0, SUBJECT_CHARS_MAX)),
    references: referencesOf(headers),
    recipients: [...headers.all("to"), ...headers.all("cc"), ...headers.all("delivered-to")]
      .flatMap((value) => addressesIn(value))
      .map(({ address }) => address)
      .slice(0, RECIPIENTS_MAX),
  };
}

interface NamedAddress {
  readonly name: string;
  readonly address: string;
}

function firstAddress(value: string | undefined): { name: string; address: string | null } {
  return addressesIn(value ?? "")[0] ?? { name: "", address: null };
}

function addressesIn(value: string): NamedAddress[] {
  return addressParser(value.slice(0, VALUE_CHARS_MAX))
    .flatMap((entry: Address) => entry.group ?? [entry])
    .map(({ name, address }) => ({ name: name.trim(), address: bareAddress(address ?? "") }))
    .filter(({ address }) => address !== "");
}

/** Lower case; only what can be an address: exactly one part before and one after the last `@`. */
function bareAddress(address: string): string {
  const bare = address.trim().toLowerCase();
  return /^[^\s@<>]+@[^\s@<>]+$/.test(bare) && bare.length <= 320 ? bare : "";
}

function referencesOf(headers: Headers): readonly string[] {
  const answered = messageIdsIn(headers.first("in-reply-to"));
  const thread = messageIdsIn(headers.first("references")).reverse();
  return [...new Set([...answered, ...thread])].slice(0, REFERENCES_MAX);
}

function messageIdsIn(value: string | undefined): string[] {
  const bracketed = [...(value ?? "").matchAll(/<([^<>\s]{1,500})>/g)].map(([, id]) => id ?? "");
  if (bracketed.length > 0) return bracketed;
  return (value ?? "").split(/\s+/).filter((word) => word.includes("@") && word.length <= 500);
}

function readDate(value: string | undefined): Instant | null {
  const ms = Date.parse((value ?? "").slice(0, 100).replace(/\s*\([^()]*\)\s*$/, ""));
  return Number.isNaN(ms) ? null : toInstant(ms);
}
