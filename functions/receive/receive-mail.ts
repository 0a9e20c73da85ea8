import { REPLY_MARKER } from "../../emails/marker.ts";
import { plusDays } from "../core/instant.ts";
import { type Pair, ROLES } from "../core/pair.ts";
import { readReply } from "../core/read-reply.ts";
import { type SendKey, sendIdOf } from "../core/send.ts";
import { SERVICE_NAME } from "../core/wording.ts";
import { stopAddress } from "../partner/stop-address.ts";
import type { Ports } from "../ports.ts";
import { personIn } from "../send/find-recipient.ts";
import { answerForgotten } from "./answer-forgotten.ts";
import { type AnswerReplyPorts, answerReply } from "./answer-reply.ts";
import { type AnsweredSend, findAnswered } from "./find-answered.ts";
import type { InboundNotice } from "./inbound-notice.ts";
import { type InboundMail, readMail } from "./read-mail.ts";
import { signingDomains } from "./stored-notice.ts";
import type { OwnMail } from "./trim-own.ts";
import { type Evidence, whoWrote } from "./who-wrote.ts";

export type ReceiveMailPorts = AnswerReplyPorts & Pick<Ports, "archive">;

export type ReceiveOutcome =
  | "already-read"
  | "unsafe"
  | "no-token"
  | "automatic"
  | "unknown-seat"
  | "seen-before"
  | "answered";

/** How long a reply is remembered, so that the same mail delivered twice counts once. */
const REMEMBER_DAYS = 400;

/**
 * Reads one inbound mail, at most once: what it reports is logged under a key made from the mail
 * itself, so doing it again after a crash changes nothing. The raw mail is deleted as soon as it was
 * read, whatever came of it; no word of it is kept.
 */
export async function receiveMail(
  ports: ReceiveMailPorts,
  notice: InboundNotice,
): Promise<ReceiveOutcome> {
  const raw = await ports.archive.read(notice.messageId);
  if (raw === undefined) return "already-read";
  const outcome = await read(ports, notice, raw);
  await ports.archive.remove(notice.messageId);
  ports.log.info("receive.read", { outcome, bytes: raw.length });
  return outcome;
}

async function read(
  ports: ReceiveMailPorts,
  notice: InboundNotice,
  raw: Uint8Array,
): Promise<ReceiveOutcome> {
  if (notice.verdicts.virus === "FAIL") return "unsafe";
  const answered = await findAnswered(ports, notice.recipients, raw);
  if (answered === undefined) return "no-token";
  const mail = await readMail(raw, { sender: notice.sender }, ownMail(ports));
  if (mail.automatic) return "automatic";
  const { verdicts, sender } = notice;
  const signedBy = signingDomains(notice.messageId, raw);
  return answer(ports, notice, mail, answered, { verdicts, sender, signedBy });
}

async function answer(
  ports: ReceiveMailPorts,
  notice: InboundNotice,
  mail: InboundMail,
  answered: AnsweredSend,
  evidence: Evidence,
): Promise<ReceiveOutcome> {
  const pair = await ports.pairs.read(answered.owner);
  if (pair === undefined) return "unknown-seat";
  if (!isStillTheirs(pair, answered)) return answerLeaver(ports, notice, mail, answered);
  const id = replyId(ports, mail, answered);
  if (await ports.pairs.hasReply(pair.id, id)) return "seen-before";
  if (personIn(pair, answered.seat, answered.holder) === undefined) {
    return (await answerForgotten(ports, { notice, mail, answered, id, evidence }, pair))
      ? "answered"
      : "unknown-seat";
  }
  await answerReply(ports, {
    id,
    at: notice.timestamp,
    mail,
    answered,
    writer: whoWrote(ports.signer, pair, answered, mail, evidence),
  });
  const expiresAt = plusDays(notice.timestamp, REMEMBER_DAYS);
  await ports.pairs.rememberReply(pair.id, id, expiresAt);
  return "answered";
}

/**
 * Somebody who held the seat once: their words act on nothing in it any more. Stopping needs only the
 * token, and is for their address wherever else it is.
 */
async function answerLeaver(
  ports: ReceiveMailPorts,
  notice: InboundNotice,
  mail: InboundMail,
  { owner, seat, holder }: AnsweredSend,
): Promise<ReceiveOutcome> {
  const reading = readReply({
    body: mail.text,
    sentOn: notice.timestamp,
    role: ROLES[seat],
    timeZone: "UTC",
    kind: "notice",
  });
  if (reading.intent !== "stop") return "unknown-seat";
  const act = { at: notice.timestamp, id: ports.signer.hash("leaver", notice.messageId) };
  await stopAddress(ports, { pairId: owner, seat, holder }, act);
  return "answered";
}

/** The holder of then is the holder of now, or the colleague who was named to follow. */
function isStillTheirs(pair: Pair, { seat, holder }: AnsweredSend): boolean {
  const { successor, ...present } = pair.seats[seat];
  return present.holder === holder || successor?.holder === holder;
}

/**
 * 16 hex digits from the answered mail's token and the Message-ID, so that one mail that came through
 * To and Cc, or twice, is one reply. Without a Message-ID: sender, date and words.
 */
function replyId(ports: ReceiveMailPorts, mail: InboundMail, answered: SendKey): string {
  const identity =
    mail.messageId === null ? [mail.from ?? "", mail.date ?? "", mail.body] : [mail.messageId];
  const holder = { ...answered, item: "" };
  return ports.signer.hash("reply", sendIdOf(holder), ...identity).slice(0, 16);
}

function ownMail(ports: ReceiveMailPorts): OwnMail {
  return {
    markers: [REPLY_MARKER],
    senderAddresses: [ports.settings.from],
    senderName: SERVICE_NAME,
  };
}
