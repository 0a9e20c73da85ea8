import MailComposer from "nodemailer/lib/mail-composer";
import { Temporal } from "temporal-polyfill";
import type { Instant } from "../functions/core/instant.ts";
import type { MailView } from "./mail-view.ts";
import { MESSAGE_ID_DOMAIN } from "./ses-mail.ts";

/** How the person's mail program writes: rich text with a plain part beside it, or plain text alone. */
export type ReplyStyle = "html" | "plain";

export interface ReplyOrder {
  readonly answers: MailView;
  /** What the person typed. */
  readonly body: string;
  readonly style: ReplyStyle;
  /** Whose mail program it is; the recipient of the mail when absent. */
  readonly from?: string;
  readonly sentAt: Instant;
  /** Zone of the person's mail program. */
  readonly timeZone: string;
}

/** The answer as a common web mailbox writes it: threaded, the answered mail quoted below an intro line. */
export async function composeReply(order: ReplyOrder): Promise<Uint8Array> {
  const { answers, style, sentAt } = order;
  const { to, replyTo, subject } = answers;
  const reference = messageIdOf(answers);
  const from = order.from ?? to.address;
  const composer = new MailComposer({
    from: from === to.address && to.name !== "" ? { name: to.name, address: from } : from,
    to: replyTo,
    subject: /^re:/i.test(subject) ? subject : `Re: ${subject}`,
    date: new Date(sentAt),
    messageId: `<${crypto.randomUUID()}@mail.${from.slice(from.lastIndexOf("@") + 1)}>`,
    inReplyTo: reference,
    references: [...earlierReferences(answers), reference],
    text: plainBody(order),
    ...(style === "html" ? { html: htmlBody(order) } : {}),
    newline: "windows",
  });
  return composer.compile().build();
}

/** SES gives each mail it sends a Message-ID of its own making. */
export function messageIdOf({ mail }: MailView): string {
  return `<${mail.id}@${MESSAGE_ID_DOMAIN}>`;
}

function earlierReferences({ headers }: MailView): readonly string[] {
  const found = headers.find(({ name }) => name.toLowerCase() === "references");
  return found?.value.split(/\s+/) ?? [];
}

function plainBody(order: ReplyOrder): string {
  const { from, text } = order.answers;
  const quoted = text
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => (line === "" ? ">" : `> ${line}`));
  const intro = `${introStart(order)} ${from.name} <${from.address}> wrote:`;
  return [order.body, "", intro, "", ...quoted].join("\n");
}

function htmlBody(order: ReplyOrder): string {
  const { name, address } = order.answers.from;
  const [first = "", ...others] = order.body.split(/\r?\n/).map(escapeHtml);
  const below = others.map((line) => `<div>${line || "<br>"}</div>`).join("");
  const link = `<a href="mailto:${escapeHtml(address)}">${escapeHtml(address)}</a>`;
  return [
    `<div dir="ltr">${first}${below}</div><br>`,
    `<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">`,
    `${introStart(order)} ${escapeHtml(name)} &lt;${link}&gt; wrote:<br></div>`,
    `<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">`,
    bodyOf(order.answers.html),
    "</blockquote></div>",
  ].join("\n");
}

/** "On Tue, Dec 1, 2026 at 10:00 AM" */
function introStart({ answers, timeZone }: Pick<ReplyOrder, "answers" | "timeZone">): string {
  const at = Temporal.Instant.from(answers.mail.sentAt).toZonedDateTimeISO(timeZone);
  const day = at.toLocaleString("en-US", {
    weekday: "short",
    month: "short",
    day: "numeric",
    year: "numeric",
  });
  const time = at.toLocaleString("en-US", { hour: "numeric", minute: "2-digit" });
  return `On ${day} at ${time}`;
}

/** A quoting program takes over what stands in the body, not the document around it. */
function bodyOf(html: string): string {
  return /<body[^>]*>(.*)<\/body>/is.exec(html)?.[1] ?? html;
}

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
  };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
