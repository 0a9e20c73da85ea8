import addressparser from "nodemailer/lib/addressparser";
import { headerOf, readHeaders } from "./ses-mail.ts";

/** A request to send as it came in. */
export interface SendRequest {
  readonly raw: Uint8Array;
  readonly source?: string;
  readonly destinations: readonly string[];
  readonly configurationSet?: string;
  readonly tags: readonly { readonly name: string; readonly value: string }[];
}

/** What this SES account is set up with. */
export interface SesAccount {
  /** Domains whose DKIM is set up; their subdomains may send too. */
  readonly verifiedDomains: readonly string[];
  readonly configurationSets: readonly string[];
}

/** An error of SES: its code, as the SDK names it, and words for a person. */
export interface SesRefusal {
  readonly code: string;
  readonly message: string;
}

export const MESSAGE_BYTES_MAX = 10 * 1024 * 1024;
export const RECIPIENTS_MAX = 50;
/** RFC 5322, section 2.1.1: 998 characters and CRLF. */
const LINE_BYTES_MAX = 1_000;
const TAG = /^[A-Za-z0-9_-]{1,256}$/;

/** What SES would say no to. @returns undefined when it would take the message */
export function refusalOf(request: SendRequest, account: SesAccount): SesRefusal | undefined {
  const rules = [messageRule, recipientRule, tagRule, senderRule, configurationSetRule];
  for (const rule of rules) {
    const refusal = rule(request, account);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** The envelope's recipients: those named, else those of the headers. */
export function recipientsOf({ destinations, raw }: SendRequest): readonly string[] {
  if (destinations.length > 0) return destinations;
  const headers = readHeaders(raw);
  return ["To", "Cc", "Bcc"].flatMap((name) => addressesIn(headerOf(headers, name) ?? ""));
}

function senderOf({ source, raw }: SendRequest): string {
  return headerOf(readHeaders(raw), "From") ?? source ?? "";
}

function messageRule({ raw }: SendRequest): SesRefusal | undefined {
  if (raw.length > MESSAGE_BYTES_MAX) {
    return invalid(`The message is longer than ${MESSAGE_BYTES_MAX} bytes.`);
  }
  const longest = Buffer.from(raw)
    .toString("latin1")
    .split("\n")
    .reduce((most, line) => Math.max(most, line.length + 1), 0);
  if (longest > LINE_BYTES_MAX) return invalid(`A line is longer than ${LINE_BYTES_MAX} bytes.`);
  return readHeaders(raw).length === 0 ? invalid("The message has no headers.") : undefined;
}

function recipientRule(request: SendRequest): SesRefusal | undefined {
  const recipients = recipientsOf(request);
  if (recipients.length === 0) return invalid("The message has no recipient.");
  if (recipients.length > RECIPIENTS_MAX) {
    return invalid(`There are more than ${RECIPIENTS_MAX} recipients.`);
  }
  const isGood = (address: string) =>
    /^[!-~]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/.test(bare(address));
  // No SMTPUTF8: local parts are ASCII, international domains come as punycode.
  return recipients.every(isGood)
    ? undefined
    : invalid("A recipient is no address SES can write to.");
}

function tagRule({ tags }: SendRequest): SesRefusal | undefined {
  const names = new Set(tags.map(({ name }) => name));
  const areGood = tags.every(({ name, value }) => TAG.test(name) && TAG.test(value));
  if (areGood && names.size === tags.length) return undefined;
  return invalid("A tag's name or value is empty, double, too long, or not of [A-Za-z0-9_-].");
}

function senderRule(request: SendRequest, account: SesAccount): SesRefusal | undefined {
  const senders = addressesIn(senderOf(request));
  const isVerified = (address: string) => {
    const domain = address.slice(address.lastIndexOf("@") + 1).toLowerCase();
    return account.verifiedDomains.some(
      (verified) => domain === verified || domain.endsWith(`.${verified}`),
    );
  };
  if (senders.length > 0 && senders.every(isVerified)) return undefined;
  return { code: "MessageRejected", message: "The From address is not verified." };
}

function configurationSetRule(
  { configurationSet }: SendRequest,
  { configurationSets }: SesAccount,
): SesRefusal | undefined {
  if (configurationSet === undefined || configurationSets.includes(configurationSet)) {
    return undefined;
  }
  return {
    code: "ConfigurationSetDoesNotExist",
    message: `There is no configuration set ${configurationSet}.`,
  };
}

function invalid(message: string): SesRefusal {
  return { code: "InvalidParameterValue", message };
}

function addressesIn(header: string): readonly string[] {
  return addressparser(header, { flatten: true }).map(({ address }) => address);
}

/** The address in `Name <address>`, or the text as it is. */
function bare(address: string): string {
  return /<([^<>]*)>\s*$/.exec(address)?.[1] ?? address;
}
