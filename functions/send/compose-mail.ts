import MailComposer from "nodemailer/lib/mail-composer";
import type MimeNode from "nodemailer/lib/mime-node";
import { encode, wrap } from "nodemailer/lib/qp";
import type { MailKind } from "../core/course.ts";

/** What `renderMail` made of a compiled mail. */
export interface RenderedMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

export interface MailEnvelope {
  /** Bare address of the service; the name before it is always the service's. */
  readonly from: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly replyTo: string;
  readonly kind: MailKind;
  /** RFC 8058 address of this person's course mail; used on kinds one can unsubscribe from. */
  readonly unsubscribeUrl: string;
  /** Domain of the List-Id. */
  readonly listDomain: string;
  /** SES's id of the mail that is answered, so that mail programs show both as one thread. */
  readonly answers?: string;
  /** Domain in SES's Message-IDs: `email.amazonses.com` in us-east-1, `<region>.amazonses.com` elsewhere. */
  readonly messageIdDomain: string;
}

const SENDER_NAME = "Common Ground";
const NAME_LENGTH_MAX = 128;

/**
 * Course mail: what one subscribed to and can unsubscribe from. An answer to something a person did
 * must not carry these headers, for nothing would be left to unsubscribe from.
 */
const LIST_KINDS: readonly MailKind[] = [
  "welcome",
  "lesson",
  "nudge",
  "meet",
  "mou",
  "check-in",
  "graduation",
];

/**
 * A finished message: plain text first, then HTML, quoted-printable, every line ended by CRLF.
 * SES puts its own Message-ID and Date over ours.
 *
 * @throws RangeError for an address that could not stand in a header by itself
 */
export function composeMail(
  { subject, html, text }: RenderedMail,
  envelope: MailEnvelope,
): Uint8Array {
  const { from, to, replyTo } = envelope;
  const composer = new MailComposer({
    from: { name: SENDER_NAME, address: bareAddress(from) },
    to: { name: oneLine(to.name).slice(0, NAME_LENGTH_MAX), address: bareAddress(to.address) },
    replyTo: { name: SENDER_NAME, address: bareAddress(replyTo) },
    subject: oneLine(subject),
    text,
    html,
    headers: {
      ...automaticHeaders(envelope),
      ...listHeaders(envelope),
      ...threadHeaders(envelope),
    },
    textEncoding: "quoted-printable",
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return Buffer.from(writeNode(composer.compile()).replace(/(?<!\r)\n/g, "\r\n"));
}

/**
 * What `MimeNode.build` writes, for parts that are texts in memory: its chain of streams takes ten times
 * as long as all the rest of a mail.
 */
function writeNode(node: MimeNode): string {
  const head = `${node.buildHeaders()}\r\n\r\n`;
  if (node.childNodes.length === 0) return head + writeContent(node);
  const parts = node.childNodes.map((child) => `--${node.boundary}\r\n${writeNode(child)}`);
  return `${head}${parts.join("\r\n")}\r\n--${node.boundary}--\r\n`;
}

function writeContent(node: MimeNode): string {
  const content = String(node.content ?? "");
  return node.getTransferEncoding() === "quoted-printable" ? wrap(encode(content)) : content;
}

/** So that no vacation responder answers, and no exchange of robots begins (RFC 3834). */
function automaticHeaders({ kind }: MailEnvelope): Record<string, string> {
  return {
    "Auto-Submitted": kind === "receipt" ? "auto-replied" : "auto-generated",
    "X-Auto-Response-Suppress": "All",
  };
}

function listHeaders({ kind, unsubscribeUrl, listDomain }: MailEnvelope): Record<string, string> {
  if (!LIST_KINDS.includes(kind)) return {};
  return {
    Precedence: "bulk",
    "List-Id": `${SENDER_NAME} <course.${bareDomain(listDomain)}>`,
    "List-Unsubscribe": `<${new URL(unsubscribeUrl).href}>`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  };
}

function threadHeaders({ answers, messageIdDomain }: MailEnvelope): Record<string, string> {
  if (answers === undefined) return {};
  const id = `<${bareAddress(`${answers}@${messageIdDomain}`)}>`;
  return { "In-Reply-To": id, References: id };
}

/** Text for a header: control characters and line ends, which could begin another header, become spaces. */
function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/\p{Cs}/gu, "\ufffd")
    .replace(/ {2,}/g, " ")
    .trim();
}

/** One address and nothing beside it: a plain or a quoted local part, and a domain. */
const BARE_ADDRESS = /^(?:[^\s\p{Cc}<>,;:"()@]+|"[^\p{Cc}<>"\\]+")@[^\s\p{Cc}<>,;:"()@]+$/u;

function bareAddress(address: string): string {
  if (BARE_ADDRESS.test(address)) return address;
  throw new RangeError("An address does not fit into a header.");
}

function bareDomain(domain: string): string {
  if (/^[A-Za-z0-9.-]+$/.test(domain)) return domain;
  throw new RangeError("A domain does not fit into a header.");
}
