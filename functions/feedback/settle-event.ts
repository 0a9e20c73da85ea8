import { judgeBounces } from "../core/bounces.ts";
import { loseSeat } from "../core/hold.ts";
import type { Instant } from "../core/instant.ts";
import type { Pair } from "../core/pair.ts";
import { type Act, type Change, changeOf } from "../core/plan.ts";
import { applyEvent, parseSendId, type SendEvent, type SendKey } from "../core/send.ts";
import { type ChangePairPorts, changePair } from "../schedule/change-pair.ts";
import type { MailEvent } from "./mail-event.ts";

export type EventOutcome = "settled" | "unchanged" | "not-ours";

/**
 * Takes one event of SES into the ledger. Events come late, twice and in any order; they only ever
 * raise the state of a row that exists, and a second Send for one key under another SES id is what
 * the promise calls the residual case: counted and alarmed.
 */
export async function settleEvent(ports: ChangePairPorts, event: MailEvent): Promise<EventOutcome> {
  const key = event.sendId === undefined ? undefined : parseSendId(event.sendId);
  if (key === undefined) return "not-ours";
  const before = await ports.ledger.read(key);
  if (before === undefined) return "not-ours";
  if (event.type === "send" && before.sesId !== undefined && before.sesId !== event.sesId) {
    ports.log.error("feedback.second-send", { sendId: event.sendId ?? "" });
  }
  const settled = isSendEvent(event)
    ? await ports.ledger.change(key, (send) => applyEvent(send, event))
    : undefined;
  await tellSeat(ports, key, event);
  return settled === undefined ? "unchanged" : "settled";
}

function isSendEvent(event: MailEvent): event is MailEvent & SendEvent {
  return event.type !== "soft-bounce" && event.type !== "delay";
}

/** The suppression is stored before the pair changes, so that nothing more goes to that address. */
async function tellSeat(ports: ChangePairPorts, key: SendKey, event: MailEvent): Promise<void> {
  if (event.type === "hard-bounce") await suppress(ports, key, "bounce", event.at);
  if (event.type === "complaint") await suppress(ports, key, "complaint", event.at);
  const { seat } = key;
  if (seat === "coordinator") return;
  const act: Act = { at: event.at, id: ports.signer.hash("event", event.sesId).slice(0, 16) };
  await changePair(ports, key.owner, (pair) =>
    pair.seats[seat].holder === key.holder ? decideSeat(pair, seat, event, act) : undefined,
  );
}

function decideSeat(pair: Pair, seat: "sp" | "le", event: MailEvent, act: Act): Change | undefined {
  if (event.type === "hard-bounce" || event.type === "complaint") return loseSeat(pair, seat, act);
  if (event.type !== "delivery" && event.type !== "soft-bounce") return undefined;
  const judged = judgeBounces(pair, seat, event.type, event.at);
  if (judged === undefined) return undefined;
  return judged.unreachable
    ? (loseSeat(judged.pair, seat, act) ?? changeOf(judged.pair))
    : changeOf(judged.pair);
}

async function suppress(
  ports: ChangePairPorts,
  { owner, seat, holder }: SendKey,
  ground: "bounce" | "complaint",
  at: Instant,
): Promise<void> {
  const consents = await ports.ledger.consents(owner);
  const own = consents.find((consent) => consent.seat === seat && consent.holder === holder);
  if (own?.address === undefined) return;
  await ports.ledger.suppress(own.address, ground, { at, lifted: false });
}
