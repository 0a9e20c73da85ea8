import { judgeBounces } from "../core/bounces.ts";
import { declineSeat } from "../core/handover.ts";
import { isRunning, loseSeat } from "../core/hold.ts";
import { type Instant, plusDays } from "../core/instant.ts";
import type { Pair, SeatId } from "../core/pair.ts";
import { type Act, type Change, changeOf } from "../core/plan.ts";
import { applyEvent, parseSendId, type SendEvent, type SendKey } from "../core/send.ts";
import { actOf } from "../core/sync.ts";
import { changeEverySeat } from "../partner/stop-address.ts";
import { type ChangePairPorts, changePair } from "../schedule/change-pair.ts";
import type { MailEvent } from "./mail-event.ts";
import { type WatchValvePorts, watchValve } from "./watch-valve.ts";

/** Longer than a queue or its dead letters keep an event. */
const REMEMBER_DAYS = 30;

export type SettleEventPorts = ChangePairPorts & WatchValvePorts;
export type EventOutcome = "settled" | "unchanged" | "not-ours";

/**
 * Takes one event of SES into the ledger. Events come late, twice and in any order; they only ever
 * raise the state of a row that exists, and a second Send for one key under another SES id is what
 * the promise calls the residual case: counted and alarmed.
 */
export async function settleEvent(
  ports: SettleEventPorts,
  event: MailEvent,
): Promise<EventOutcome> {
  const key = event.sendId === undefined ? undefined : parseSendId(event.sendId);
  if (key === undefined) return "not-ours";
  const before = await ports.ledger.read(key);
  if (before === undefined) return "not-ours";
  if (event.type === "send" && before.sesId !== undefined && before.sesId !== event.sesId) {
    ports.log.error("feedback.second-send", { sendId: event.sendId ?? "" });
  }
  const told = asSendEvent(event);
  const settled = await ports.ledger.change(key, (send) => applyEvent(send, told));
  await tellSeat(ports, key, event);
  await watchValve(ports, event);
  return settled === undefined ? "unchanged" : "settled";
}

/** A delay and a soft bounce prove what a Send event does, should that be lost: SES has the mail. */
function asSendEvent({ type, sesId, at }: MailEvent): SendEvent {
  return { type: type === "soft-bounce" || type === "delay" ? "send" : type, sesId, at };
}

async function tellSeat(ports: ChangePairPorts, key: SendKey, event: MailEvent): Promise<void> {
  const act: Act = { at: event.at, id: ports.signer.hash("event", event.sesId).slice(0, 16) };
  switch (event.type) {
    case "hard-bounce":
      await loseAddress(ports, key, "bounce", actOf({ at: event.at }));
      break;
    case "complaint":
      await loseAddress(ports, key, "complaint", actOf({ at: event.at }));
      break;
    case "soft-bounce":
      await countOnce(ports, key, act);
      break;
    case "delivery":
      await changeHolder(ports, key, (pair, seat) => countBounces(pair, seat, "delivery", act));
      break;
    case "send":
    case "reject":
    case "delay":
      break;
  }
}

/**
 * The suppression is stored before any pair changes, so that nothing more goes to that address. It
 * holds everywhere, so every pair in which the person sits waits; an invitation elsewhere just runs out.
 */
async function loseAddress(
  ports: ChangePairPorts,
  key: SendKey,
  ground: "bounce" | "complaint",
  act: Act,
): Promise<void> {
  const address = await suppress(ports, key, ground, act.at);
  // Erased, or lifted since by its owner or a coordinator: an old event told again changes nothing.
  if (address === undefined) return;
  await changeHolder(ports, key, (pair, seat) => loseHolder(pair, seat, ground, act));
  await loseColleague(ports, key, act);
  await changeEverySeat(ports, address, (pair, seat) =>
    pair.id !== key.owner && isRunning(pair) ? loseSeat(pair, seat, act) : undefined,
  );
}

/** An invited partner who complains says no, and the signer learns no more than that nobody answered. */
function loseHolder(
  pair: Pair,
  seat: SeatId,
  ground: "bounce" | "complaint",
  act: Act,
): Change | undefined {
  const isUntold = ground === "complaint" && pair.state.kind === "pending" && seat !== pair.signer;
  return isUntold ? undefined : loseSeat(pair, seat, act);
}

/** A colleague who was named and cannot be written to will not come: as if they had said no. */
async function loseColleague(ports: ChangePairPorts, key: SendKey, act: Act): Promise<void> {
  const { owner, seat, holder } = key;
  if (seat === "coordinator") return;
  await changePair(ports, owner, (pair) => declineSeat(pair, seat, holder, act));
}

/** Events come more than once; each soft bounce counts once, under the id of its mail. */
async function countOnce(ports: ChangePairPorts, key: SendKey, act: Act): Promise<void> {
  if (await ports.pairs.hasReply(key.owner, act.id)) return;
  await changeHolder(ports, key, (pair, seat) => countBounces(pair, seat, "soft-bounce", act));
  await ports.pairs.rememberReply(key.owner, act.id, plusDays(act.at, REMEMBER_DAYS));
}

/** The pair, if the seat is still held by whom the mail went to: a leaver's late bounce touches nobody else. */
async function changeHolder(
  ports: ChangePairPorts,
  { owner, seat, holder }: SendKey,
  decide: (pair: Pair, seat: SeatId) => Change | undefined,
): Promise<void> {
  if (seat === "coordinator") return;
  await changePair(ports, owner, (pair) =>
    pair.seats[seat].holder === holder ? decide(pair, seat) : undefined,
  );
}

function countBounces(
  pair: Pair,
  seat: SeatId,
  what: "delivery" | "soft-bounce",
  act: Act,
): Change | undefined {
  // Nobody is written to there any more, so there is nothing to count.
  if (pair.state.kind === "ended" || pair.seats[seat].state.kind === "open") return undefined;
  const judged = judgeBounces(pair, seat, what, act.at);
  if (judged === undefined) return undefined;
  return judged.unreachable
    ? (loseSeat(judged.pair, seat, act) ?? changeOf(judged.pair))
    : changeOf(judged.pair);
}

/** @returns the address on which the ground stands now; undefined when it does not */
async function suppress(
  ports: ChangePairPorts,
  { owner, seat, holder }: SendKey,
  ground: "bounce" | "complaint",
  at: Instant,
): Promise<string | undefined> {
  const consents = await ports.ledger.consents(owner);
  const own = consents.find((consent) => consent.seat === seat && consent.holder === holder);
  if (own?.address === undefined) return undefined;
  const stored = await ports.ledger.suppress(own.address, ground, { at, lifted: false });
  return stored[ground]?.lifted === false ? own.address : undefined;
}
