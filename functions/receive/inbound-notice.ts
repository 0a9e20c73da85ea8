import * as z from "zod";
import { type Instant, toInstant } from "../core/instant.ts";

/**
 * What SES judged. GRAY: it could not tell (nothing published, not signed); PROCESSING_FAILED counts
 * like GRAY, never like PASS. DISABLED stands for spam and virus where scanning is switched off.
 */
export const VERDICTS = ["PASS", "FAIL", "GRAY", "PROCESSING_FAILED", "DISABLED"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What SES says about one inbound mail that its raw text does not: the envelope and the verdicts. */
export interface InboundNotice {
  /** SES's id of the mail, under which the raw text is stored. */
  readonly messageId: string;
  readonly timestamp: Instant;
  /** Recipients of the envelope that the receipt rule matched. */
  readonly recipients: readonly string[];
  /** Sender of the envelope; empty for the null sender `<>` of bounces. */
  readonly sender: string;
  readonly verdicts: InboundVerdicts;
}

export interface InboundVerdicts {
  readonly spf: Verdict;
  readonly dkim: Verdict;
  readonly dmarc: Verdict;
  readonly spam: Verdict;
  readonly virus: Verdict;
}

const VerdictField = z.object({ status: z.enum(VERDICTS) });

/** The parts we read of https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html */
const SesReceipt = z.object({
  mail: z.object({
    messageId: z.string().min(1),
    timestamp: z.iso.datetime({ offset: true }),
    source: z.string().default(""),
  }),
  receipt: z.object({
    recipients: z.array(z.string()).min(1),
    spfVerdict: VerdictField,
    dkimVerdict: VerdictField,
    dmarcVerdict: VerdictField,
    spamVerdict: VerdictField,
    virusVerdict: VerdictField,
  }),
});

const SesReceiptEvent = z.object({ Records: z.array(z.object({ ses: SesReceipt })).min(1) });

/**
 * Reads the event with which an SES receipt rule calls a function.
 *
 * @throws z.ZodError for anything else; the mail stays stored and the hourly sweep meets it again
 */
export function readReceiptEvent(event: unknown): readonly InboundNotice[] {
  return SesReceiptEvent.parse(event).Records.map(({ ses: { mail, receipt } }) => ({
    messageId: mail.messageId,
    timestamp: toInstant(new Date(mail.timestamp)),
    recipients: receipt.recipients,
    sender: mail.source === "<>" ? "" : mail.source,
    verdicts: {
      spf: receipt.spfVerdict.status,
      dkim: receipt.dkimVerdict.status,
      dmarc: receipt.dmarcVerdict.status,
      spam: receipt.spamVerdict.status,
      virus: receipt.virusVerdict.status,
    },
  }));
}
