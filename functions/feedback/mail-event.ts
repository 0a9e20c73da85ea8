import * as z from "zod";
import { type Instant, toInstant } from "../core/instant.ts";

/** One event of SES about one mail, reduced to what the ledger needs. Never an address. */
export interface MailEvent {
  readonly type:
    | "send"
    | "delivery"
    | "hard-bounce"
    | "soft-bounce"
    | "complaint"
    | "reject"
    | "delay";
  readonly sesId: string;
  /** Our send id, carried as the message tag `send`; absent on mail that is not ours. */
  readonly sendId?: string;
  readonly at: Instant;
  /** When SES took the mail that it is about. */
  readonly sentAt: Instant;
}

const Timed = z.object({ timestamp: z.iso.datetime({ offset: true }).optional() }).optional();

/** Event publishing through SNS: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html */
const SesEvent = z.object({
  eventType: z.enum([
    "Send",
    "Delivery",
    "Bounce",
    "Complaint",
    "Reject",
    "DeliveryDelay",
    "Rendering Failure",
  ]),
  mail: z.object({
    messageId: z.string().min(1),
    timestamp: z.iso.datetime({ offset: true }),
    tags: z.record(z.string(), z.array(z.string())).optional(),
  }),
  bounce: z.object({ bounceType: z.string(), timestamp: z.string().optional() }).optional(),
  complaint: Timed,
  delivery: Timed,
});

/** @throws z.ZodError when the text is no SES event; the queue tries again and then keeps it as a dead letter */
export function readMailEvent(event: unknown): MailEvent {
  const { eventType, mail, bounce, complaint, delivery } = SesEvent.parse(event);
  const own = { Bounce: bounce, Complaint: complaint, Delivery: delivery } as const;
  const details = eventType in own ? own[eventType as keyof typeof own] : undefined;
  const sendId = mail.tags?.send?.[0];
  return {
    type: typeOf(eventType, bounce?.bounceType),
    sesId: mail.messageId,
    ...(sendId === undefined ? {} : { sendId }),
    at: toInstant(new Date(details?.timestamp ?? mail.timestamp)),
    sentAt: toInstant(new Date(mail.timestamp)),
  };
}

function typeOf(
  eventType: z.infer<typeof SesEvent>["eventType"],
  bounceType: string | undefined,
): MailEvent["type"] {
  switch (eventType) {
    case "Send":
      return "send";
    case "Delivery":
      return "delivery";
    case "Bounce":
      return bounceType === "Permanent" ? "hard-bounce" : "soft-bounce";
    case "Complaint":
      return "complaint";
    case "Reject":
    case "Rendering Failure":
      return "reject";
    case "DeliveryDelay":
      return "delay";
  }
}
