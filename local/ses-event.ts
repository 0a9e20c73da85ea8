import { type Instant, plusHours, plusMs } from "../functions/core/instant.ts";
import { headerOf, readHeaders, type SesMail } from "./ses-mail.ts";

export type SesEventType =
  | "Send"
  | "Delivery"
  | "Bounce"
  | "Complaint"
  | "Reject"
  | "DeliveryDelay"
  | "Rendering Failure";

/** What may be said about an event; all of it has a usual value. */
export interface SesEventDetails {
  readonly at?: Instant;
  readonly bounceType?: "Permanent" | "Transient" | "Undetermined";
  readonly bounceSubType?: string;
  /** Enhanced status code, such as `5.1.1`. */
  readonly status?: string;
  readonly diagnosticCode?: string;
  readonly complaintFeedbackType?: string;
}

export interface SesEvent {
  readonly eventType: SesEventType;
  readonly mail: Readonly<Record<string, unknown>>;
  readonly [part: string]: unknown;
}

const ACCOUNT = "000000000000";
const REPORTING_MTA = "dns; a8-50.smtp-out.amazonses.com";
/** How long a delivery takes where nothing else is said. */
export const DELIVERY_MS = 1_000;

/**
 * One event as a configuration set publishes it to SNS. Shapes: "Contents of event data that Amazon SES
 * publishes to Amazon SNS", https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 */
export function createSesEvent(
  type: SesEventType,
  mail: SesMail,
  details: SesEventDetails = {},
): SesEvent {
  const at = details.at ?? (type === "Send" ? mail.sentAt : plusMs(mail.sentAt, DELIVERY_MS));
  return { eventType: type, mail: mailObject(mail), ...eventPart(type, mail, { ...details, at }) };
}

/** The event in the envelope in which SNS hands it on where raw delivery is off. */
export function snsNotification(event: SesEvent, at: Instant): Readonly<Record<string, string>> {
  return {
    Type: "Notification",
    MessageId: String(event.mail.messageId),
    TopicArn: `arn:aws:sns:us-east-1:${ACCOUNT}:ses-events`,
    Subject: "Amazon SES Email Event Notification",
    Message: JSON.stringify(event),
    Timestamp: at,
  };
}

function mailObject(mail: SesMail) {
  const headers = readHeaders(mail.raw);
  const subject = headerOf(headers, "Subject");
  const tags = Object.entries(mail.tags).map(([name, value]) => [name, [value]]);
  const set = mail.configurationSet;
  const source = headerOf(headers, "From") ?? "";
  return {
    timestamp: mail.sentAt,
    source,
    sourceArn: `arn:aws:ses:us-east-1:${ACCOUNT}:identity/local`,
    sendingAccountId: ACCOUNT,
    messageId: mail.id,
    destination: mail.to,
    headersTruncated: false,
    headers,
    commonHeaders: {
      from: [source],
      to: [headerOf(headers, "To") ?? ""],
      messageId: mail.id,
      ...(subject === undefined ? {} : { subject }),
    },
    tags: {
      ...(set === undefined ? {} : { "ses:configuration-set": [set] }),
      "ses:source-ip": ["127.0.0.1"],
      "ses:caller-identity": ["local"],
      ...Object.fromEntries(tags),
    },
  };
}

type TimedDetails = SesEventDetails & { readonly at: Instant };

function eventPart(type: SesEventType, mail: SesMail, details: TimedDetails) {
  switch (type) {
    case "Send":
      return { send: {} };
    case "Delivery":
      return { delivery: deliveryPart(mail, details) };
    case "Bounce":
      return { bounce: bouncePart(mail, details) };
    case "Complaint":
      return { complaint: complaintPart(mail, details) };
    case "Reject":
      return { reject: { reason: "Bad content" } };
    case "DeliveryDelay":
      return { deliveryDelay: delayPart(mail, details) };
    case "Rendering Failure":
      return { failure: { errorMessage: "Attribute is not present.", templateName: "local" } };
  }
}

function deliveryPart({ to }: SesMail, { at }: TimedDetails) {
  return {
    timestamp: at,
    processingTimeMillis: DELIVERY_MS,
    recipients: to,
    smtpResponse: "250 2.6.0 Message received",
    reportingMTA: REPORTING_MTA,
  };
}

function bouncePart(mail: SesMail, details: TimedDetails) {
  const { bounceType = "Permanent", bounceSubType = "General", at } = details;
  const status = details.status ?? (bounceType === "Permanent" ? "5.1.1" : "4.4.7");
  const diagnosticCode = details.diagnosticCode ?? `smtp; ${status.replaceAll(".", "")} ${status}`;
  return {
    bounceType,
    bounceSubType,
    bouncedRecipients: mail.to.map((emailAddress) => ({
      emailAddress,
      action: "failed",
      status,
      diagnosticCode,
    })),
    timestamp: at,
    feedbackId: feedbackId(mail),
    reportingMTA: REPORTING_MTA,
  };
}

function complaintPart(mail: SesMail, { at, complaintFeedbackType = "abuse" }: TimedDetails) {
  return {
    complainedRecipients: mail.to.map((emailAddress) => ({ emailAddress })),
    timestamp: at,
    feedbackId: feedbackId(mail),
    complaintSubType: null,
    userAgent: "Amazon SES Mailbox Simulator",
    complaintFeedbackType,
    arrivalDate: at,
  };
}

function delayPart(mail: SesMail, { at, status = "4.4.1", diagnosticCode }: TimedDetails) {
  return {
    timestamp: at,
    delayType: "TransientCommunicationFailure",
    expirationTime: plusHours(mail.sentAt, 12),
    delayedRecipients: mail.to.map((emailAddress) => ({
      emailAddress,
      status,
      diagnosticCode: diagnosticCode ?? "smtp; 421 4.4.1 Unable to connect to remote host",
    })),
  };
}

/** SES names each report about a mail anew; one name per mail is enough here. */
function feedbackId({ id }: SesMail): string {
  return id.replace(/-000000$/, "-000001");
}
