import { judgeSend, type Verdict } from "../core/allowed.ts";
import type { Consent } from "../core/consent.ts";
import { GAP_HOURS, isNudgeNeedless } from "../core/follow-ups.ts";
import { type Instant, plusHours, plusMinutes, toMs } from "../core/instant.ts";
import { LESSON_LATE_HOURS } from "../core/lessons.ts";
import type { Pair } from "../core/pair.ts";
import {
  acceptSend,
  backOffUntil,
  isClaimedBy,
  keepsDistance,
  type Lane,
  laneOf,
  postponeSend,
  replanSend,
  reviveSend,
  type Send,
  type SendKey,
  sendIdOf,
  settleUnsent,
  takeUp,
  unresolveSend,
} from "../core/send.ts";
import { nextSlot, permittedFrom, withJitter } from "../core/slot.ts";
import {
  AFTER_SECONDS_MAX,
  type Delivery,
  type OutboundMail,
  type Ports,
  type SendOrder,
} from "../ports.ts";
import { type AddressedSend, findRecipient } from "./find-recipient.ts";
import { laneClosedUntil, pausedUntil, watchLane } from "./watch-lane.ts";
import { writeMail } from "./write-mail.ts";

export type SendMailPorts = Pick<
  Ports,
  | "pairs"
  | "ledger"
  | "courses"
  | "mailer"
  | "pacer"
  | "breaker"
  | "valve"
  | "feedbackQueue"
  | "queues"
  | "clock"
  | "ids"
  | "signer"
  | "log"
  | "settings"
> & {
  /** Milliseconds this process still has; no send begins with less than it may take. */
  readonly timeLeftMs: () => number;
};

export type SendOutcome =
  | "sent"
  | "not-due"
  | "postponed"
  | "withdrawn"
  | "stopped"
  | "unresolved"
  | "held"
  | "no-time";

/** No send begins with less time left than SES may take to answer, and the write after it. */
export const TIME_NEEDED_MS = 15_000;
const TRY_AGAIN_MINUTES = 1;
/** Longer than any process that is writing a sign-up can live. */
const PAIR_WRITTEN_MINUTES = 10;

/**
 * Sends one due mail at most once. It is claimed first; consent, the pair and the suppression are read
 * after the claim, so no mail whose reading of consent began after a stop was stored goes out. Whatever
 * SES answers is written down as what it proves; an unknown answer is never sent again blindly.
 */
export async function sendMail(ports: SendMailPorts, order: SendOrder): Promise<SendOutcome> {
  if (ports.timeLeftMs() < TIME_NEEDED_MS) return "no-time";
  const claimed = await claim(ports, order);
  if (claimed === undefined) return "not-due";
  const addressed = await findRecipient(ports, claimed, order.to);
  if (addressed === undefined) return settleUnaddressed(ports, claimed);
  const verdict = await judge(ports, addressed);
  if (verdict !== "allowed") return takeBack(ports, addressed, verdict);
  if (await isOfNoUse(ports, addressed)) return settle(ports, claimed, "withdrawn");
  const slotAt = nextSlotOfLateLesson(addressed, ports.clock.now());
  if (slotAt !== undefined) return replan(ports, claimed, slotAt);
  const later = await mustWaitUntil(ports, addressed);
  if (later !== undefined) return postpone(ports, claimed, later, order.to);
  const mail = await write(ports, addressed);
  if (mail === undefined) return settle(ports, claimed, "held");
  const delivery = await ports.mailer.deliver(mail);
  const outcome = await record(ports, claimed, delivery, order.to);
  await tally(ports, claimed, delivery);
  return outcome;
}

/** A mail that cannot be written (a slot nobody fills) is a bug: nothing went out, and a person looks at it. */
async function write(
  ports: SendMailPorts,
  addressed: AddressedSend,
): Promise<OutboundMail | undefined> {
  try {
    return await writeMail(ports, addressed);
  } catch (error) {
    const name = error instanceof Error ? error.name : "unknown";
    ports.log.error("send.unwritable", { sendId: sendIdOf(addressed.send), error: name });
    return undefined;
  }
}

/** Moves the row on by the clock (an old claim becomes unresolved, a waited-out one is tried again), and takes it if it is due. */
async function claim(ports: SendMailPorts, key: SendKey): Promise<Send | undefined> {
  const owner = ports.ids.random(10);
  const stored = await ports.ledger.read(key);
  // Asking the queue costs a call; only what may have gone out already needs the answer.
  const isCaughtUp = (stored?.unresolved ?? 0) === 0 || (await ports.feedbackQueue.isEmpty());
  const take = (send: Send) => takeUp(send, owner, ports.clock.now(), isCaughtUp);
  const say = (state: Send["state"]) =>
    ports.log.info("send.taken-up", { sendId: sendIdOf(key), state });
  // Told before it is written: nobody would look for it if this process ended with the write.
  const willBeHeld = stored !== undefined && take(stored)?.state === "held";
  if (willBeHeld) say("held");
  // What another process has moved on since, towards being held, is left to whoever reads it next.
  const changed = await ports.ledger.change(key, (send) => {
    const taken = take(send);
    return taken?.state === "held" && !willBeHeld ? undefined : taken;
  });
  if (changed === undefined) return undefined;
  if (!willBeHeld) say(changed.state);
  return isClaimedBy(changed, owner) ? changed : undefined;
}

async function judge(ports: SendMailPorts, { send, email, pair }: AddressedSend): Promise<Verdict> {
  const consents: readonly Consent[] =
    send.seat === "coordinator" ? [] : await ports.ledger.consents(send.owner);
  const suppression = await ports.ledger.suppression(ports.signer.hashAddress(email));
  return judgeSend(send, consents, suppression, pair?.hold !== undefined, ports.clock.now());
}

/**
 * Consent is gone: written down, and then read once more, because a resume that crossed this sender
 * looked for withdrawn sends before there was one.
 */
async function takeBack(
  ports: SendMailPorts,
  addressed: AddressedSend,
  verdict: Exclude<Verdict, "allowed">,
): Promise<SendOutcome> {
  const state = verdict === "gone-for-now" ? "withdrawn" : "stopped";
  const outcome = await settle(ports, addressed.send, state);
  const again = await findRecipient(ports, addressed.send);
  if (again === undefined || (await judge(ports, again)) !== "allowed") return outcome;
  await ports.ledger.change(addressed.send, (stored) => reviveSend(stored, ports.clock.now()));
  return "postponed";
}

/** Nobody holds that number any more. A sign-up writes its invitation before its pair, which may be on its way. */
async function settleUnaddressed(ports: SendMailPorts, send: Send): Promise<SendOutcome> {
  const now = ports.clock.now();
  const mayBeOnItsWay = now < plusMinutes(send.plannedAt, PAIR_WRITTEN_MINUTES);
  return mayBeOnItsWay && (await ports.pairs.read(send.owner)) === undefined
    ? postpone(ports, send, plusMinutes(now, TRY_AGAIN_MINUTES))
    : settle(ports, send, "stopped");
}

/** A lesson more than a day late waits for the next slot; the second try of an unresolved one does not. */
function nextSlotOfLateLesson({ send, pair }: AddressedSend, now: Instant): Instant | undefined {
  if (pair === undefined || send.kind !== "lesson" || send.unresolved > 0) return undefined;
  return now > plusHours(send.plannedFor, LESSON_LATE_HOURS)
    ? withJitter(nextSlot(now, pair.slot), pair.id)
    : undefined;
}

/** @returns the instant before which this mail must not go: quiet hours, a pause, a closed lane, distance, pace */
async function mustWaitUntil(
  ports: SendMailPorts,
  { send, pair }: AddressedSend,
): Promise<Instant | undefined> {
  const distant = pair !== undefined && keepsDistance(send.kind) ? pair : undefined;
  const morning = distant && waitsForMorning(distant, ports.clock.now());
  if (morning !== undefined) return morning;
  const laneAt = (await pausedUntil(ports, send)) ?? (await laneClosedUntil(ports, send));
  if (laneAt !== undefined) return laneAt;
  // A probe, or slow reading, may have used up the time: another process sends this.
  if (ports.timeLeftMs() < TIME_NEEDED_MS) return ports.clock.now();
  const turnAt = distant && (await waitsForTurn(ports, send, distant));
  return turnAt ?? waitsForPace(ports);
}

function waitsForMorning({ slot }: Pair, now: Instant): Instant | undefined {
  const permittedAt = permittedFrom(now, slot);
  return permittedAt > now ? permittedAt : undefined;
}

async function waitsForPace({ pacer, clock }: SendMailPorts): Promise<Instant | undefined> {
  const now = clock.now();
  const leasedAt = await pacer.lease(now);
  return leasedAt > now ? leasedAt : undefined;
}

/** Taken before SES by a conditional write, so that two senders after an outage cannot both write to one seat. */
async function waitsForTurn(
  ports: SendMailPorts,
  send: Send,
  pair: Pair,
): Promise<Instant | undefined> {
  if (send.seat === "coordinator") return undefined;
  const holder = { pairId: pair.id, seat: send.seat, holder: send.holder };
  const turn = { item: send.item, at: ports.clock.now(), gapMs: GAP_HOURS * 3_600_000 };
  const lastAt = await ports.ledger.takeTurn(holder, turn);
  return lastAt === undefined ? undefined : permittedFrom(plusHours(lastAt, GAP_HOURS), pair.slot);
}

/** Expired, or a nudge about something that was logged while it waited for its turn. */
async function isOfNoUse(ports: SendMailPorts, { send, pair }: AddressedSend): Promise<boolean> {
  if (send.expiresAt !== undefined && send.expiresAt <= ports.clock.now()) return true;
  if (send.kind !== "nudge" || send.seat === "coordinator" || pair === undefined) return false;
  const outline = await ports.courses.current(pair.course);
  const entries = await ports.pairs.log(pair.id);
  return isNudgeNeedless(send.seat, send.item, { outline, entries });
}

async function record(
  ports: SendMailPorts,
  send: Send,
  delivery: Delivery,
  to?: string,
): Promise<SendOutcome> {
  switch (delivery.kind) {
    case "accepted":
      await change(ports, send, (stored) => acceptSend(stored, delivery.sesId, ports.clock.now()));
      return "sent";
    case "not-now":
      return postpone(ports, send, backOffUntil(send, ports.clock.now()), to);
    case "refused":
      ports.log.error("send.refused", { sendId: sendIdOf(send), why: delivery.why });
      return settle(ports, send, "held");
    case "unknown": {
      const changed = await change(ports, send, (stored) =>
        unresolveSend(stored, ports.clock.now()),
      );
      return changed?.state === "held" ? "held" : "unresolved";
    }
  }
}

/** What the answer means for the mails after this one: the lane's way to SES, and the account's day. */
async function tally(ports: SendMailPorts, send: Send, delivery: Delivery): Promise<void> {
  await watchLane(ports, laneOf(send.kind), delivery);
  const isTaken = delivery.kind === "accepted" || delivery.kind === "unknown";
  if (!isTaken) await ports.pacer.giveBack(ports.clock.now());
}

async function postpone(
  ports: SendMailPorts,
  send: Send,
  until: Instant,
  to?: string,
): Promise<SendOutcome> {
  await change(ports, send, (stored) => postponeSend(stored, until));
  const { owner, item, seat, holder } = send;
  const order = { owner, item, seat, holder, ...(to === undefined ? {} : { to }) };
  await comeBack(ports, laneOf(send.kind), order, until);
  return "postponed";
}

/**
 * What may go in a moment comes back at its own second, for a tick finds it at the next minute only and
 * whole minutes would waste most of the account's rate. Should the message be lost, the tick does find it.
 */
async function comeBack(
  { queues, clock }: SendMailPorts,
  queue: Lane,
  send: SendOrder,
  until: Instant,
): Promise<void> {
  const afterSeconds = Math.ceil((toMs(until) - toMs(clock.now())) / 1_000);
  if (afterSeconds < 1 || afterSeconds > AFTER_SECONDS_MAX) return;
  await queues.put({ queue, send, afterSeconds });
}

async function replan(ports: SendMailPorts, send: Send, at: Instant): Promise<SendOutcome> {
  await change(ports, send, (stored) => replanSend(stored, at));
  return "postponed";
}

async function settle(
  ports: SendMailPorts,
  send: Send,
  state: "withdrawn" | "stopped" | "held",
): Promise<SendOutcome> {
  await change(ports, send, (stored) => settleUnsent(stored, state, ports.clock.now()));
  return state;
}

/** Writes an outcome only over our own claim: an event or a later owner may have moved the row on. */
async function change(
  ports: SendMailPorts,
  claimed: Send,
  next: (stored: Send) => Send,
): Promise<Send | undefined> {
  const owner = claimed.claim?.owner ?? "";
  const say = (state: Send["state"] | "moved-on") =>
    ports.log.info("send.settled", { sendId: sendIdOf(claimed), state });
  const willBeHeld = next(claimed).state === "held";
  if (willBeHeld) say("held");
  const changed = await ports.ledger.change(claimed, (stored) =>
    isClaimedBy(stored, owner) ? next(stored) : undefined,
  );
  if (!willBeHeld) say(changed?.state ?? "moved-on");
  return changed;
}
