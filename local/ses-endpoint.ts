import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { toMs } from "../functions/core/instant.ts";
import type { Clock } from "../functions/ports.ts";
import {
  createSesEvent,
  type SesEvent,
  type SesEventDetails,
  type SesEventType,
} from "./ses-event.ts";
import { createSesId, type SesMail, stampMessage } from "./ses-mail.ts";
import { failure, readSendRequest, type SesAnswer, success } from "./ses-query.ts";
import { recipientsOf, refusalOf, type SendRequest, type SesAccount } from "./ses-rules.ts";
import {
  type MailStore,
  memoryMails,
  memorySuppressed,
  type SuppressedStore,
} from "./ses-store.ts";
import { answerSuppression, isSuppressionRequest } from "./ses-suppressed.ts";

export interface SesEndpointParts {
  readonly clock: Clock;
  readonly account: SesAccount;
  /** Takes each event in the order in which they happen, before the sender has its answer. */
  readonly onEvent: (event: SesEvent) => Promise<void> | void;
  /** Keeps the mails; in memory when absent. */
  readonly mails?: MailStore;
  /** The account's list of addresses to which mail is dropped; in memory when absent. */
  readonly suppressed?: SuppressedStore;
  /** Beyond these SES throttles; without limits when absent. */
  readonly quota?: SendQuota;
}

export interface SendQuota {
  readonly perSecond: number;
  readonly perDay: number;
}

/** A running SES. */
export interface SesEndpoint {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  readonly mails: Pick<MailStore, "all" | "find">;
  /** Lets something happen to a mail that went out. @returns undefined when there is no such mail */
  report(id: string, type: SesEventType, details?: SesEventDetails): Promise<SesEvent | undefined>;
  close(): Promise<void>;
}

const DAY_MS = 86_400_000;
/** A form with a message of the largest size, in base64 with every third character escaped. */
const REQUEST_BYTES_MAX = 32 * 1024 * 1024;

/**
 * An SES of our own on a free loopback port, for the real SDK clients: it takes `SendRawEmail` and
 * `GetSendQuota`, refuses what SES refuses, puts its Message-ID and Date into each message, keeps it,
 * and reports Send and Delivery. Everything else that can happen to a mail is reported on request. Who
 * bounced or complained is on the account's list, as with SES: mail to them is taken, dropped and
 * reported as bounced until `DeleteSuppressedDestination`.
 *
 * The last mail's events are reported again at the start: the process may have been killed between
 * keeping that mail and handing them over, and an event that comes twice changes nothing.
 */
export async function startSesEndpoint(parts: SesEndpointParts): Promise<SesEndpoint> {
  const { mails = memoryMails(), suppressed = memorySuppressed() } = parts;
  const report = reporter(parts, suppressed);
  const last = mails.all().at(-1);
  if (last !== undefined) await report(last);
  const take = oneSender(parts, mails, report);
  const server = createServer((request, response) => {
    if (isSuppressionRequest(request)) answerSuppression(request, response, suppressed);
    else void answerRequest(request, response, take);
  });
  return {
    endpoint: await listen(server),
    mails: { all: mails.all, find: mails.find },
    async report(id, type, details = {}) {
      const mail = mails.find(id);
      if (mail === undefined) return undefined;
      const event = createSesEvent(type, mail, { at: parts.clock.now(), ...details });
      if (isListed(type, details)) for (const address of mail.to) suppressed.add(address);
      await parts.onEvent(event);
      return event;
    },
    close: () => close(server),
  };
}

type Take = (form: URLSearchParams) => Promise<SesAnswer>;

/** What the account does with one call of its API. */
function oneSender(
  parts: SesEndpointParts,
  mails: MailStore,
  report: (mail: SesMail) => Promise<void>,
): Take {
  const sentMs = mails.all().flatMap(({ sentAt, to }) => to.map(() => toMs(sentAt)));
  return async (form) => {
    const action = form.get("Action");
    const nowMs = toMs(parts.clock.now());
    if (action === "GetSendQuota")
      return quotaAnswer(parts.quota, countSince(sentMs, nowMs - DAY_MS));
    if (action !== "SendRawEmail") {
      return failure({ code: "InvalidAction", message: "This action is not offered here." });
    }
    const request = readSendRequest(form);
    const refusal = refusalOf(request, parts.account) ?? throttle(parts.quota, sentMs, nowMs);
    if (refusal !== undefined) return failure(refusal);
    const mail = toMail(request, parts.clock);
    sentMs.push(...mail.to.map(() => nowMs));
    if (!isToSimulator(mail)) mails.add(mail);
    await report(mail);
    return success("SendRawEmail", { MessageId: mail.id });
  };
}

/** SES's mailbox simulator takes every mail, reports on it, and shows it to nobody. */
function isToSimulator({ to }: SesMail): boolean {
  return to.every((address) => address.endsWith("@simulator.amazonses.com"));
}

/** What becomes of a mail by itself: it is sent and delivered, or dropped for an address on the list. */
function reporter(
  { onEvent }: SesEndpointParts,
  suppressed: SuppressedStore,
): (mail: SesMail) => Promise<void> {
  return async (mail) => {
    await onEvent(createSesEvent("Send", mail));
    const isDropped = mail.to.some(suppressed.has);
    const dropped = { bounceType: "Permanent", bounceSubType: "OnAccountSuppressionList" } as const;
    await onEvent(
      createSesEvent(isDropped ? "Bounce" : "Delivery", mail, isDropped ? dropped : {}),
    );
  };
}

/** Hard bounces and complaints put an address on the account's list. */
function isListed(type: SesEventType, { bounceType = "Permanent" }: SesEventDetails): boolean {
  return type === "Complaint" || (type === "Bounce" && bounceType === "Permanent");
}

function toMail(request: SendRequest, clock: Clock): SesMail {
  const sentAt = clock.now();
  const id = createSesId(sentAt);
  const set = request.configurationSet;
  return {
    id,
    sentAt,
    to: recipientsOf(request),
    tags: Object.fromEntries(request.tags.map(({ name, value }) => [name, value])),
    raw: stampMessage(request.raw, id, sentAt),
    ...(set === undefined ? {} : { configurationSet: set }),
  };
}

function throttle(quota: SendQuota | undefined, sentMs: readonly number[], nowMs: number) {
  if (quota === undefined) return undefined;
  if (countSince(sentMs, nowMs - 1_000) >= quota.perSecond) {
    return { code: "Throttling", message: "The sending rate is exceeded." };
  }
  if (countSince(sentMs, nowMs - DAY_MS) >= quota.perDay) {
    return { code: "Throttling", message: "The daily quota is used up." };
  }
  return undefined;
}

/** How many mails went out after this instant; instants only ever grow, so the count ends at the first older one. */
function countSince(sentMs: readonly number[], fromMs: number): number {
  const older = sentMs.findLastIndex((ms) => ms <= fromMs);
  return sentMs.length - 1 - older;
}

function quotaAnswer(quota: SendQuota | undefined, sent: number): SesAnswer {
  return success("GetSendQuota", {
    Max24HourSend: String(quota?.perDay ?? -1),
    MaxSendRate: String(quota?.perSecond ?? -1),
    SentLast24Hours: String(sent),
  });
}

async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  take: Take,
): Promise<void> {
  try {
    const body = await readBody(request);
    const answer =
      body === undefined
        ? failure({ code: "InvalidParameterValue", message: "The request is too long." })
        : await take(new URLSearchParams(body));
    response.writeHead(answer.status, { "content-type": "text/xml" });
    response.end(answer.xml);
  } catch {
    response.writeHead(500); // as when SES fails: the sender cannot know what became of the mail
    response.end();
  }
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= REQUEST_BYTES_MAX) chunks.push(chunk);
  }
  return length > REQUEST_BYTES_MAX ? undefined : Buffer.concat(chunks).toString("latin1");
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeAllConnections();
  });
}
