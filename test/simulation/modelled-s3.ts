import { toInstant } from "../../functions/core/instant.ts";
import type { InboundNotice } from "../../functions/receive/inbound-notice.ts";
import type { Dice } from "./dice.ts";
import { DAY_MS, type Faults, MINUTE_MS } from "./faults.ts";
import type { Outcome } from "./processes.ts";
import type { Timeline } from "./timeline.ts";

/** A person's mail to us, before SES took it. */
export interface Letter {
  readonly from: string;
  readonly to: string;
  /** Head and body below what SES writes above. */
  readonly raw: string;
}

/** SES's receipt rule: the raw mail into a bucket, then an asynchronous call with two more tries. */
export interface InboundModel {
  receive(letter: Letter): void;
  read(messageId: string): Uint8Array | undefined;
  remove(messageId: string): void;
  unread(beforeMs: number): readonly string[];
  /** Mails that the bucket's seven-day rule deleted unread: gone for good. */
  readonly expired: readonly string[];
  /** When the oldest mail came that is still there. */
  oldestMs(): number | undefined;
}

export interface InboundModelParts {
  readonly timeline: Timeline;
  readonly dice: Dice;
  readonly faults: Faults;
  readonly isBadTime: () => boolean;
  readonly onStored: () => void;
  readonly call: (notice: InboundNotice, onEnd: (outcome: Outcome) => void) => void;
}

const TRIES_MAX = 3;
const KEPT_MS = 7 * DAY_MS;

export function createInbound(parts: InboundModelParts): InboundModel {
  const { timeline, dice, faults, isBadTime } = parts;
  const stored = new Map<string, { readonly raw: Uint8Array; readonly atMs: number }>();
  const expired: string[] = [];
  let serial = 0;

  function attempt(notice: InboundNotice, tries: number): void {
    parts.call(notice, (outcome) => {
      if (outcome === "done" || tries >= TRIES_MAX) return;
      timeline.at(timeline.nowMs() + tries * MINUTE_MS, () => attempt(notice, tries + 1));
    });
  }

  return {
    expired,
    receive({ from, to, raw }) {
      serial += 1;
      const messageId = `in-${String(serial).padStart(6, "0")}`;
      const atMs = timeline.nowMs();
      const notice: InboundNotice = {
        messageId,
        timestamp: toInstant(atMs),
        recipients: [to],
        sender: from,
        verdicts: { spf: "PASS", dkim: "PASS", dmarc: "PASS", spam: "PASS", virus: "PASS" },
      };
      const text = `${headOfSes(messageId, atMs, from, to)}${raw}`;
      stored.set(messageId, { raw: Buffer.from(text, "latin1"), atMs });
      parts.onStored();
      timeline.at(atMs + KEPT_MS, () => {
        if (stored.delete(messageId)) expired.push(messageId);
      });
      const isBad = isBadTime();
      if (isBad && dice.chance(faults.events.noticeLost)) return;
      const copies = isBad && dice.chance(faults.queues.duplicate) ? 2 : 1;
      for (let copy = 0; copy < copies; copy += 1) {
        timeline.at(atMs + dice.between(50, 2_000), () => attempt(notice, 1));
      }
    },
    read: (messageId) => stored.get(messageId)?.raw,
    remove: (messageId) => void stored.delete(messageId),
    unread: (beforeMs) =>
      [...stored].filter(([, { atMs }]) => atMs < beforeMs).map(([messageId]) => messageId),
    oldestMs: () => stored.values().next().value?.atMs,
  };
}

/** What SES writes above a mail before it stores it; the hourly sweep reads it. */
function headOfSes(messageId: string, atMs: number, from: string, to: string): string {
  const date = new Date(atMs).toUTCString().replace("GMT", "+0000");
  return [
    `Return-Path: <${from}>`,
    "Received: from mail.example (mail.example [192.0.2.7])",
    ` by inbound-smtp.us-east-1.amazonaws.com with SMTP id ${messageId}`,
    ` for ${to};`,
    ` ${date}`,
    "X-SES-Spam-Verdict: PASS",
    "X-SES-Virus-Verdict: PASS",
    "Received-SPF: pass",
    "Authentication-Results: amazonses.com;",
    " spf=pass;",
    " dkim=pass;",
    " dmarc=pass;",
    "",
  ].join("\r\n");
}
