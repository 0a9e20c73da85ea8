import type { MailArchive, Ports } from "../../functions/ports.ts";
import type { InboundNotice, InboundVerdicts } from "../../functions/receive/inbound-notice.ts";
import { type ReceiveOutcome, receiveMail } from "../../functions/receive/receive-mail.ts";
import type { TestMail, TestService } from "./service.ts";

/** A reply as somebody writes it; whatever is not said is as usual. */
export interface ReplyMail {
  readonly body: string;
  readonly from?: string;
  readonly subject?: string;
  readonly messageId?: string;
  readonly headers?: readonly string[];
  readonly verdicts?: Partial<InboundVerdicts>;
  /** Sender of the envelope; empty for the null sender. */
  readonly sender?: string;
  readonly recipients?: readonly string[];
  /** What stands under the reply, as mail programs quote it. */
  readonly quoted?: string;
}

const PASSED: InboundVerdicts = {
  spf: "PASS",
  dkim: "PASS",
  dmarc: "PASS",
  spam: "PASS",
  virus: "PASS",
};

let serial = 0;

/** Where raw mail lies until it was read. */
export interface Inbox {
  readonly archive: MailArchive;
  readonly stored: Map<string, Uint8Array>;
}

export function createInbox(): Inbox {
  const stored = new Map<string, Uint8Array>();
  const archive: MailArchive = {
    read: async (messageId) => stored.get(messageId),
    remove: async (messageId) => void stored.delete(messageId),
    unread: async () => [...stored.keys()],
  };
  return { archive, stored };
}

/** The reply address of a mail of ours. */
export function replyAddressOf(mail: TestMail): string {
  const header = /^Reply-To:[^<]*<([^>]+)>/im.exec(Buffer.from(mail.raw).toString("latin1"));
  if (header?.[1] === undefined) throw new Error("our mails say where to reply");
  return header[1];
}

/** The newest mail to this address whose id matches. */
export function mailTo(service: TestService, address: string, id = /./): TestMail {
  const mail = service.mails.filter(({ to, sendId }) => to === address && id.test(sendId)).at(-1);
  if (mail === undefined) throw new Error("no such mail went out");
  return mail;
}

export function rawReply(answered: TestMail, reply: ReplyMail): Uint8Array {
  const from = reply.from ?? answered.to;
  const quoted =
    reply.quoted === undefined ? [] : ["", ...reply.quoted.split("\n").map((line) => `> ${line}`)];
  const lines = [
    `From: ${from}`,
    `To: ${replyAddressOf(answered)}`,
    `Subject: ${reply.subject ?? "Re: Week 1: a 15-minute call"}`,
    ...(reply.messageId === ""
      ? []
      : [`Message-ID: <${reply.messageId ?? `m${++serial}@mail.example`}>`]),
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    ...(reply.headers ?? []),
    "",
    ...reply.body.split("\n"),
    ...quoted,
    "",
  ];
  return Buffer.from(lines.join("\r\n"));
}

/** A reply to one of our mails arrives, is read, and what it brings about goes out. */
export async function replyTo(
  service: TestService,
  inbox: Inbox,
  answered: TestMail,
  reply: ReplyMail,
  ports: Ports = service.ports,
): Promise<ReceiveOutcome> {
  const messageId = `ses-in-${++serial}`;
  inbox.stored.set(messageId, rawReply(answered, reply));
  const notice: InboundNotice = {
    messageId,
    timestamp: service.now(),
    recipients: reply.recipients ?? [replyAddressOf(answered)],
    sender: reply.sender ?? reply.from ?? answered.to,
    verdicts: { ...PASSED, ...reply.verdicts },
  };
  const outcome = await receiveMail({ ...ports, archive: inbox.archive }, notice);
  await service.drain();
  return outcome;
}
