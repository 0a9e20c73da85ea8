import { Parser } from "htmlparser2";
import PostalMime, { type Address, type Email } from "postal-mime";
import { type Header, readHeaders, type SesMail } from "./ses-mail.ts";

/** A sent mail as its recipient's mail program shows it. */
export interface MailView {
  readonly mail: SesMail;
  readonly to: Mailbox;
  readonly from: Mailbox;
  readonly replyTo: string;
  readonly subject: string;
  /** Source of the HTML part; empty when there is none. */
  readonly html: string;
  readonly text: string;
  /** As they stand in the source: unfolded, not decoded. */
  readonly headers: readonly Header[];
  /** Links of the HTML part in the order in which they stand there. */
  readonly links: readonly MailLink[];
}

export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

export interface MailLink {
  readonly text: string;
  readonly href: string;
}

const views = new WeakMap<SesMail, Promise<MailView>>();

/** A sent mail never changes, so each is taken apart once. */
export function viewMail(mail: SesMail): Promise<MailView> {
  const known = views.get(mail) ?? readMail(mail);
  views.set(mail, known);
  return known;
}

/** One entry of `GET /mailbox/messages`; kind and seat are the tags with which the mail was sent. */
export function messageJson({ mail, to, from, replyTo, subject, links }: MailView) {
  return {
    id: mail.id,
    to: to.address,
    from: from.address,
    replyTo,
    subject,
    sentAt: mail.sentAt,
    kind: mail.tags.kind ?? "",
    seat: mail.tags.seat ?? "",
    links,
  };
}

async function readMail(mail: SesMail): Promise<MailView> {
  const parsed = await PostalMime.parse(mail.raw);
  const html = parsed.html ?? "";
  const from = mailboxOf(parsed.from);
  return {
    mail,
    to: recipientOf(parsed, mail),
    from,
    replyTo: mailboxOf(parsed.replyTo?.[0]).address || from.address,
    subject: parsed.subject ?? "",
    html,
    text: parsed.text ?? "",
    headers: readHeaders(mail.raw),
    links: linksIn(html),
  };
}

/** Whom the envelope names; the header adds the person's name. */
function recipientOf({ to = [] }: Email, mail: SesMail): Mailbox {
  const first = mailboxOf(to[0]);
  const address = mail.to[0] ?? first.address;
  return { name: address.toLowerCase() === first.address.toLowerCase() ? first.name : "", address };
}

function mailboxOf(address: Address | undefined): Mailbox {
  return { name: address?.name ?? "", address: address?.address ?? "" };
}

function linksIn(html: string): readonly MailLink[] {
  const links: { href: string; text: string }[] = [];
  let open: { href: string; text: string } | undefined;
  const parser = new Parser({
    onopentag: (name, { href }) => {
      if (name !== "a" || href === undefined) return;
      open = { href, text: "" };
      links.push(open);
    },
    ontext: (text) => {
      if (open !== undefined) open.text += text;
    },
    onclosetag: (name) => {
      if (name === "a") open = undefined;
    },
  });
  parser.end(html);
  return links.map(({ text, href }) => ({ text: text.replace(/\s+/g, " ").trim(), href }));
}
