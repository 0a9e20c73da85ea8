import { type ChildProcess, execFile, spawn } from "node:child_process";
import { promisify } from "node:util";
import nodemailer from "nodemailer";
import { freePort } from "../support/free-port.ts";
import type { Letter } from "./mail-programs.ts";

/** One item of `GET /mailbox/messages`. */
export interface MailboxMessage {
  readonly id: string;
  readonly to: string;
  readonly from: string;
  readonly replyTo: string;
  readonly subject: string;
  readonly sentAt: string;
  readonly kind: string;
  readonly seat: string;
  readonly links: readonly { readonly text: string; readonly href: string }[];
}

/** The service as a stranger meets it: a process, pages, a mailbox, a clock and an SMTP door. */
export interface Visitor {
  readonly site: string;
  messages(): Promise<readonly MailboxMessage[]>;
  source(message: MailboxMessage): Promise<string>;
  /** Moves the clock by an ISO duration or to an instant. */
  moveClock(move: { readonly advance: string } | { readonly to: string }): Promise<void>;
  /** Answers a mail as a mail program would, by SMTP or through the inbound door. */
  answer(message: MailboxMessage, body: string, how?: AnswerHow): Promise<void>;
  postEvent(event: Readonly<Record<string, string>>): Promise<number>;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

export interface AnswerHow {
  readonly from?: string;
  readonly via?: "inbound" | "smtp" | "swaks";
  readonly messageId?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The whole content, as a certain mail program writes it; a short quoted text otherwise. */
  readonly letter?: Letter;
}

export interface VisitOptions {
  readonly startAt: string;
  readonly dataDir?: string;
  readonly port?: number;
  /** End of a send id: a process that is about to hand that mail to SES dies instead. */
  readonly diesSending?: string;
}

const READY_MS = 30_000;
let serial = 0;

/** Starts the service as its own process and waits until it is ready. */
export async function visit(options: VisitOptions): Promise<Visitor> {
  const { startAt, dataDir, port, diesSending } = options;
  const [httpPort, smtpPort] = [port ?? (await freePort()), await freePort()];
  const dying = diesSending === undefined ? [] : ["--import", "./test/journey/dying-sender.ts"];
  const data = dataDir === undefined ? [] : ["--data", dataDir];
  const args = ["--import", "tsx", ...dying, "local/main.ts", ...data];
  const child = spawn(process.execPath, args, {
    env: {
      ...process.env,
      PORT: String(httpPort),
      SMTP_PORT: String(smtpPort),
      ...(startAt === "" ? {} : { START_AT: startAt }),
      ...(diesSending === undefined ? {} : { DIES_SENDING: diesSending }),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const site = `http://127.0.0.1:${httpPort}`;
  await untilReady(child, site);
  return visitorOf(child, site, smtpPort);
}

function visitorOf(child: ChildProcess, site: string, smtpPort: number): Visitor {
  return {
    site,
    messages: async () => (await fetch(`${site}/mailbox/messages`)).json() as never,
    source: async ({ id }) => (await fetch(`${site}/mailbox/messages/${id}.eml`)).text(),
    moveClock: async (move) => {
      const response = await postJson(`${site}/clock`, move);
      if (!response.ok) throw new Error(`the clock refused: ${await response.text()}`);
    },
    answer: async (message, body, how = {}) => {
      const raw = await replyTo(message, body, how);
      if ((how.via ?? "inbound") === "inbound") await throughInbound(site, raw);
      else if (how.via === "smtp") await throughSmtp(smtpPort, message, raw, how);
      else await throughSwaks(smtpPort, message, raw, how);
    },
    postEvent: async (event) => (await postJson(`${site}/mailbox/events`, event)).status,
    stop: async (signal = "SIGTERM") => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill(signal);
      await gone;
    },
  };
}

/** A real answer: quoted original below, threaded, from the address the mail went to. */
async function replyTo(
  message: MailboxMessage,
  body: string,
  { from = message.to, messageId, headers = {}, letter }: AnswerHow,
): Promise<Buffer> {
  serial += 1;
  const composer = nodemailer.createTransport({ streamTransport: true, buffer: true });
  const sent = await composer.sendMail({
    from,
    to: message.replyTo,
    subject: `Re: ${message.subject}`,
    inReplyTo: `<${message.id}@email.amazonses.com>`,
    messageId: messageId ?? `<journey-${serial}-${Date.now()}@partner.example>`,
    date: new Date(message.sentAt),
    headers: { ...headers },
    ...(letter ?? { text: plainAnswer(message, body) }),
  });
  return sent.message as Buffer;
}

function plainAnswer(message: MailboxMessage, body: string): string {
  return `${body}\n\nOn ${message.sentAt}, Common Ground <${message.from}> wrote:\n> Reply above this line. One word is enough.\n> DONE\n> STOP\n`;
}

async function throughInbound(site: string, raw: Buffer): Promise<void> {
  const response = await fetch(`${site}/mailbox/inbound`, {
    method: "POST",
    headers: { "content-type": "message/rfc822" },
    body: new Uint8Array(raw),
  });
  if (!response.ok) throw new Error(`the inbound door refused: ${await response.text()}`);
}

async function throughSmtp(
  port: number,
  message: MailboxMessage,
  raw: Buffer,
  { from = message.to }: AnswerHow,
): Promise<void> {
  const transport = nodemailer.createTransport({ host: "127.0.0.1", port, ignoreTLS: true });
  await transport.sendMail({ envelope: { from, to: message.replyTo }, raw });
  transport.close();
}

async function throughSwaks(
  port: number,
  message: MailboxMessage,
  raw: Buffer,
  { from = message.to }: AnswerHow,
): Promise<void> {
  const args = ["--server", "127.0.0.1", "--port", String(port), "--from", from];
  const data = raw.toString("utf8").replaceAll("\r\n", "\n");
  await promisify(execFile)("swaks", [...args, "--to", message.replyTo, "--data", data]);
}

function postJson(url: string, body: unknown): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

async function untilReady(child: ChildProcess, site: string): Promise<void> {
  const output: string[] = [];
  child.stderr?.on("data", (chunk) => output.push(String(chunk)));
  child.stdout?.on("data", (chunk) => output.push(String(chunk)));
  const deadline = Date.now() + READY_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the service ended:\n${output.join("")}`);
    const response = await fetch(`${site}/health`).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the service is not ready after ${READY_MS} ms:\n${output.join("")}`);
}
