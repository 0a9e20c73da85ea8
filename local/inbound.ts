import { randomBytes } from "node:crypto";
import { domainOf } from "../functions/core/enrollment.ts";
import type { Instant } from "../functions/core/instant.ts";
import type { Clock } from "../functions/ports.ts";
import {
  type InboundVerdicts,
  readReceiptEvent,
  VERDICTS,
  type Verdict,
} from "../functions/receive/inbound-notice.ts";
import {
  type Headers,
  parseHeaderBlock,
  readEnvelopes,
} from "../functions/receive/mime-headers.ts";
import type { LocalMailArchive } from "./mail-archive.ts";
import type { LocalQueues } from "./queues.ts";
import type { TimeMachine } from "./time-machine.ts";

/** SES takes mails of up to 40 MB and hands on what it takes. */
export const INBOUND_BYTES_MAX = 40 * 1024 * 1024;

/** A mail as it comes through one of the doors. What is absent is read from its headers. */
export interface Delivery {
  readonly raw: Uint8Array;
  /** Sender of the envelope. */
  readonly sender?: string;
  /** Recipients of the envelope. */
  readonly recipients?: readonly string[];
  /** Verdicts by name (`spf`, `dkim`, `dmarc`, `spam`, `virus`) that stand for those of the headers. */
  readonly verdicts?: Readonly<Record<string, string | undefined>>;
}

export type Reception =
  | { readonly kind: "accepted"; readonly messageId: string }
  | { readonly kind: "refused"; readonly why: string };

/** The place of SES's mail receiving: stores the mail, then tells the reader, as the receipt rule does. */
export interface InboundDoor {
  readonly replyDomain: string;
  isOurs(address: string): boolean;
  receive(delivery: Delivery): Promise<Reception>;
}

export interface InboundParts {
  readonly clock: Clock;
  readonly archive: LocalMailArchive;
  readonly queues: LocalQueues;
  readonly machine: Pick<TimeMachine, "run">;
  readonly replyDomain: string;
}

export function createInboundDoor(parts: InboundParts): InboundDoor {
  const domain = `@${parts.replyDomain.toLowerCase()}`;
  const isOurs = (address: string) => address.toLowerCase().endsWith(domain);
  return {
    replyDomain: parts.replyDomain,
    isOurs,
    receive: async (delivery) => {
      if (delivery.raw.length === 0) return refused("The body is empty; it should be a raw mail.");
      const headers = parseHeaderBlock(headerBlock(delivery.raw));
      const envelope = envelopeOf(delivery, headers);
      const recipients = envelope.recipients.filter(isOurs);
      if (recipients.length === 0) {
        return refused(`None of the recipients is in ${parts.replyDomain}, where replies go.`);
      }
      const verdicts = verdictsOf(delivery, headers);
      if (typeof verdicts === "string") return refused(verdicts);
      const from = readEnvelopes(headers).from ?? envelope.sender;
      return accept(parts, delivery.raw, { ...envelope, recipients, verdicts, from });
    },
  };
}

function refused(why: string): Reception {
  return { kind: "refused", why };
}

/** All before the first empty line. Latin 1 keeps every byte, for only names and addresses matter here. */
function headerBlock(raw: Uint8Array): string {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const ends = [bytes.indexOf("\r\n\r\n"), bytes.indexOf("\n\n")].filter((end) => end >= 0);
  return bytes.subarray(0, Math.min(bytes.length, ...ends)).toString("latin1");
}

interface Envelope {
  readonly sender: string;
  readonly recipients: readonly string[];
}

function envelopeOf({ sender, recipients }: Delivery, headers: Headers): Envelope {
  const { from, recipients: addressed } = readEnvelopes(headers);
  const returnPath = headers.first("return-path")?.replace(/^<|>$/g, "");
  return {
    sender: sender ?? returnPath ?? from ?? "",
    recipients: recipients ?? [...new Set(addressed)],
  };
}

const VERDICT_NAMES = ["spf", "dkim", "dmarc", "spam", "virus"] as const;

/** PASS unless the door or an `X-Local-…` header says otherwise. @returns what is wrong with them as text */
function verdictsOf({ verdicts = {} }: Delivery, headers: Headers): InboundVerdicts | string {
  const read = VERDICT_NAMES.map((name) => {
    const said = verdicts[name] ?? headers.first(`x-local-${name}`) ?? "PASS";
    return [name, said.trim().toUpperCase()] as const;
  });
  const wrong = read.find(([, verdict]) => !VERDICTS.includes(verdict as Verdict));
  if (wrong !== undefined) return `x-local-${wrong[0]} must be one of ${VERDICTS.join(", ")}.`;
  return Object.fromEntries(read) as unknown as InboundVerdicts;
}

interface Judged extends Envelope {
  /** Whose domain the DKIM signature is of, where one passes. */
  readonly from: string;
  readonly verdicts: InboundVerdicts;
}

/** Stored before it is queued: a notice without its mail would be lost, a mail without its notice is found. */
async function accept(parts: InboundParts, raw: Uint8Array, judged: Judged): Promise<Reception> {
  const messageId = randomBytes(20).toString("hex");
  return parts.machine.run(async () => {
    const at = parts.clock.now();
    const headers = Buffer.from(receiptHeaders(messageId, at, judged, parts.replyDomain), "utf8");
    await parts.archive.store(messageId, Buffer.concat([headers, raw]));
    for (const notice of readReceiptEvent(receiptEvent(messageId, at, judged))) {
      await parts.queues.put({ queue: "inbound", notice });
    }
    return { kind: "accepted", messageId };
  });
}

/** What the receipt rule hands to its function, so that the same reading is used as on AWS. */
function receiptEvent(messageId: string, at: Instant, { sender, recipients, verdicts }: Judged) {
  const status = (name: keyof InboundVerdicts) => ({ status: verdicts[name] });
  return {
    Records: [
      {
        eventSource: "aws:ses",
        eventVersion: "1.0",
        ses: {
          mail: { timestamp: at, source: sender, messageId, destination: recipients },
          receipt: {
            timestamp: at,
            recipients,
            spfVerdict: status("spf"),
            dkimVerdict: status("dkim"),
            dmarcVerdict: status("dmarc"),
            spamVerdict: status("spam"),
            virusVerdict: status("virus"),
          },
        },
      },
    ],
  };
}

/** What SES writes above the mail it stores. */
function receiptHeaders(
  messageId: string,
  at: Instant,
  { sender, recipients, verdicts, from }: Judged,
  replyDomain: string,
): string {
  const result = (verdict: Verdict) => (verdict === "GRAY" ? "none" : verdict.toLowerCase());
  const date = new Date(at).toUTCString().replace("GMT", "+0000");
  return [
    `Return-Path: <${sender}>`,
    `Received: from local.example (local.example [127.0.0.1])`,
    ` by inbound-smtp.us-east-1.amazonaws.com with SMTP id ${messageId}`,
    ` for ${recipients[0]};`,
    ` ${date}`,
    `X-SES-Spam-Verdict: ${verdicts.spam}`,
    `X-SES-Virus-Verdict: ${verdicts.virus}`,
    `Received-SPF: ${result(verdicts.spf)} (inbound-smtp.${replyDomain})`,
    "Authentication-Results: amazonses.com;",
    ` spf=${result(verdicts.spf)};`,
    ` dkim=${result(verdicts.dkim)}${verdicts.dkim === "PASS" ? ` header.i=@${domainOf(from)}` : ""};`,
    ` dmarc=${result(verdicts.dmarc)};`,
    "",
  ].join("\r\n");
}
