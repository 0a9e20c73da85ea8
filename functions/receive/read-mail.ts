import type { Instant } from "../core/instant.ts";
import { classifyMail, type InboundKind } from "./automatic-mail.ts";
import { htmlToReply, htmlToText } from "./mime-html.ts";
import { type MimeMail, parseMime } from "./mime-parse.ts";
import { NO_OWN_MAIL, type OwnMail } from "./trim-own.ts";
import { type TrimmedReply, trimReply } from "./trim-reply.ts";

/** One raw mail, reduced to what matching, logging and answering need. Nothing of it is stored. */
export interface InboundMail {
  /** Bare, lower-case address of the From header; null when there is none to read. */
  readonly from: string | null;
  /** Bare, lower-case address of the Sender header, which Outlook sets "on behalf of" somebody. */
  readonly sender: string | null;
  /** Without the angle brackets. */
  readonly messageId: string | null;
  /** What the Date header claims; the edge compares it with the instant of receipt. */
  readonly date: Instant | null;
  readonly kind: InboundKind;
  /** True: nothing is read from it, logged or answered. */
  readonly automatic: boolean;
  /** Name of the rule that decided `kind`; null for a person's mail. */
  readonly why: string | null;
  /** Trimmed words of the reply; empty when nothing is left, which asks back. */
  readonly text: string;
  readonly signature: string;
  readonly quoted: string;
  /** The whole text before trimming, to trim again once the mail it answers is known. */
  readonly body: string;
  /** The subject when it is no "Re:" or "Fwd:", so that a mail whose only word is in its subject can be read. */
  readonly ownSubject: string | null;
  /** Message-IDs this mail answers, without brackets, the nearest first. */
  readonly references: readonly string[];
  /** Bare, lower-case addresses of To and Cc, for a token the envelope lost. */
  readonly recipients: readonly string[];
  /** Above the size limit: only the headers were read. */
  readonly tooLarge: boolean;
}

/** What the SMTP envelope says, where it is known. An empty sender is the null sender `<>`. */
export interface Envelope {
  readonly sender?: string;
}

/**
 * Reads one mail of a stranger. Never throws: a broken, truncated or hostile mail comes back as far
 * as it could be read, with `kind: "unreadable"` when its text could not.
 *
 * Automatic mail is recognised from headers before anybody looks at the text, and its text is not trimmed.
 */
export async function readMail(
  raw: Uint8Array,
  envelope: Envelope = {},
  own: OwnMail = NO_OWN_MAIL,
): Promise<InboundMail> {
  const mail = parseMime(raw);
  const { kind, why } = classifyMail(mail, envelope, own);
  const automatic = kind !== "human" && kind !== "unreadable";
  const trimmed = automatic ? untrimmed(mail) : trimBody(mail, own);
  return {
    from: mail.from,
    sender: mail.sender,
    messageId: mail.messageId,
    date: mail.date,
    kind,
    automatic,
    why,
    text: trimmed.reply,
    signature: trimmed.signature,
    quoted: trimmed.quoted,
    body: trimmed.body,
    ownSubject: ownSubjectOf(mail),
    references: mail.references,
    recipients: mail.recipients,
    tooLarge: mail.tooLarge,
  };
}

interface TrimmedBody extends TrimmedReply {
  readonly body: string;
}

function trimBody(mail: MimeMail, own: OwnMail): TrimmedBody {
  const about = { own, fromName: mail.fromName };
  if (mail.text.trim() !== "" || mail.html.trim() === "") {
    return { ...trimReply(mail.text, about), body: mail.text };
  }
  const cut = htmlToReply(mail.html);
  const trimmed = trimReply(cut.reply, about);
  // A reply typed inside a container that was cut: then the line stripper alone decides over the whole.
  if (trimmed.reply === "" && cut.quoted !== "") {
    const body = htmlToText(mail.html);
    return { ...trimReply(body, about), body };
  }
  return {
    reply: trimmed.reply,
    signature: joinText(trimmed.signature, cut.signature),
    quoted: joinText(trimmed.quoted, cut.quoted),
    body: joinText(joinText(cut.reply, cut.signature), cut.quoted),
  };
}

function untrimmed(mail: MimeMail): TrimmedBody {
  const body = mail.text.trim() === "" ? htmlToText(mail.html) : mail.text;
  return { reply: body.trim(), signature: "", quoted: "", body };
}

function joinText(first: string, second: string): string {
  return [first, second].filter((text) => text !== "").join("\n\n");
}

const ANSWER_SUBJECT = /^\s*(?:re|aw|sv|antw|rv|res|ref|r|tr|fwd?|wg|enc)\s*(?:\[\d+\])?\s*:/i;

function ownSubjectOf(mail: MimeMail): string | null {
  const subject = mail.subject.trim();
  return subject === "" || ANSWER_SUBJECT.test(subject) ? null : subject;
}
