import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

/** Where the emulator's SES delivers: every partner's inbox. */
export interface MailSink {
  readonly port: number;
  stop(): Promise<void>;
}

/** A mail that was really delivered. */
export interface DeliveredMail {
  /** Recipient of the envelope. */
  readonly to: string;
  /** SES's own id, as its events name the mail. */
  readonly sesId: string;
  readonly subject: string;
  readonly text: string;
  readonly replyTo: string;
  /** Targets of the links, in the order in which they stand in the mail. */
  readonly links: readonly string[];
  /** Target of the one-click unsubscribing that the headers offer. */
  readonly unsubscribe: string | undefined;
}

/** Takes mail by SMTP and puts each into a file of its own, so that tests in another process can read it. */
export async function startMailSink(folder: string): Promise<MailSink> {
  let serial = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: async (stream, { envelope }, done) => {
      const raw = (await buffer(stream)).toString("base64");
      const to = envelope.rcptTo.map(({ address }) => address);
      serial += 1;
      const name = `${String(serial).padStart(6, "0")}.json`;
      const unfinished = path.join(folder, randomUUID());
      writeFileSync(unfinished, JSON.stringify({ to, raw }));
      renameSync(unfinished, path.join(folder, name)); // nobody reads half a file
      done();
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return { port, stop: () => new Promise((resolve) => server.close(resolve)) };
}

/** Every mail so far, in the order in which they arrived. */
export async function readMails(folder: string): Promise<readonly DeliveredMail[]> {
  const mails = await Promise.all(
    filesIn(folder).map((name) => readStored(path.join(folder, name))),
  );
  return mails.flat();
}

/** How many mails have arrived so far; one to several recipients is one. */
export function countMails(folder: string): number {
  return filesIn(folder).length;
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort();
}

async function readStored(file: string): Promise<readonly DeliveredMail[]> {
  const { to, raw } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly to: readonly string[];
    readonly raw: string;
  };
  const mail = await simpleParser(Buffer.from(raw, "base64"));
  return to.map((recipient) => toDelivered(recipient, mail));
}

function toDelivered(to: string, mail: ParsedMail): DeliveredMail {
  const html = mail.html || "";
  const headers = mail.headerLines.map(({ line }) => line.replace(/\r?\n\s+/g, " "));
  const unsubscribe = headers.find((line) => /^list-unsubscribe:/i.test(line));
  return {
    to,
    sesId: (mail.messageId ?? "").replace(/^<|@.*$/g, ""),
    subject: mail.subject ?? "",
    text: mail.text ?? "",
    replyTo: mail.replyTo?.value[0]?.address ?? "",
    links: [...html.matchAll(/href="([^"]+)"/g)].map(([, href = ""]) =>
      href.replaceAll("&amp;", "&"),
    ),
    unsubscribe: /<(https?:[^>]+)>/.exec(unsubscribe ?? "")?.[1],
  };
}
