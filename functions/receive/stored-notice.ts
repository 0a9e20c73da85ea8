import { type Instant, toInstant } from "../core/instant.ts";
import type { InboundNotice, InboundVerdicts, Verdict } from "./inbound-notice.ts";
import { type Headers, readEnvelopes, readHead } from "./mime-headers.ts";

const AUTHENTICATION = "amazonses.com;";

/**
 * What the notice of a stored mail must have said, read from the headers SES wrote above the mail
 * before it stored it. For mails whose notice was lost.
 *
 * Anybody may write such headers into a mail, but only below SES's own; so the first of each name
 * counts, and only if the first Received names this very mail. What cannot be told counts as GRAY,
 * never as PASS.
 *
 * @param storedBy the latest instant at which it can have come, for a mail that does not say
 */
export function readStoredNotice(
  messageId: string,
  raw: Uint8Array,
  storedBy: Instant,
): InboundNotice {
  const headers = readHead(raw);
  const received = headers.first("received") ?? "";
  const isBySes = received.includes(`with SMTP id ${messageId}`);
  const recipient = isBySes ? /\bfor <?([^\s<>;]+@[^\s<>;]+?)>?;/.exec(received)?.[1] : undefined;
  return {
    messageId,
    timestamp: (isBySes ? dateOf(received) : undefined) ?? storedBy,
    recipients: recipient === undefined ? readEnvelopes(headers).recipients : [recipient],
    sender: headers.first("return-path")?.replace(/^<|>$/g, "") ?? "",
    verdicts: isBySes ? verdictsOf(headers) : NOTHING_KNOWN,
  };
}

/**
 * Domains whose DKIM signatures SES found to hold, from what it wrote above the mail; the notice says only
 * that one did, not whose.
 */
export function signingDomains(messageId: string, raw: Uint8Array): readonly string[] {
  const headers = readHead(raw);
  const isBySes = (headers.first("received") ?? "").includes(`with SMTP id ${messageId}`);
  const results = headers.first("authentication-results") ?? "";
  if (!isBySes || !results.toLowerCase().startsWith(AUTHENTICATION)) return [];
  const signed = results.matchAll(/[;\s]dkim=pass\s+header\.[id]=[^;\s@]*@?([a-z0-9.-]+)/gi);
  return [...signed].map(([, domain = ""]) => domain.toLowerCase());
}

const NOTHING_KNOWN: InboundVerdicts = {
  spf: "GRAY",
  dkim: "GRAY",
  dmarc: "GRAY",
  spam: "GRAY",
  virus: "GRAY",
};

function dateOf(received: string): Instant | undefined {
  const text = received.slice(received.lastIndexOf(";") + 1).replace(/\([^()]*\)/g, "");
  const ms = Date.parse(text.trim());
  return Number.isNaN(ms) ? undefined : toInstant(ms);
}

function verdictsOf(headers: Headers): InboundVerdicts {
  const results = headers.first("authentication-results") ?? "";
  const isOurs = results.toLowerCase().startsWith(AUTHENTICATION);
  const method = (name: string) =>
    isOurs ? new RegExp(`[;\\s]${name}=([a-z]+)`, "i").exec(results)?.[1] : undefined;
  return {
    spf: verdictOf(method("spf")),
    dkim: verdictOf(method("dkim")),
    dmarc: verdictOf(method("dmarc")),
    spam: verdictOf(headers.first("x-ses-spam-verdict")),
    virus: verdictOf(headers.first("x-ses-virus-verdict")),
  };
}

function verdictOf(said: string | undefined): Verdict {
  const word = said?.trim().toUpperCase();
  return word === "PASS" || word === "FAIL" ? word : "GRAY";
}
