import type { CompiledMail } from "../../emails/compiled.ts";
import {
  type AnswerInvitationPorts,
  acceptInvitation,
  declineInvitation,
  type Invitee,
} from "../confirm/answer-invitation.ts";
import type { ActionKind } from "../core/action.ts";
import { MissingMailError } from "../core/course.ts";
import { afterLogging, afterUndoing, heardFrom, withEntries } from "../core/heard.ts";
import { type Instant, plusHours } from "../core/instant.ts";
import { lessonNumberOf } from "../core/items.ts";
import { type Pair, ROLES, type SeatId } from "../core/pair.ts";
import { type Act, andThen, type Change, changeOf, type Plan } from "../core/plan.ts";
import { readReply } from "../core/read-reply.ts";
import type { Reading } from "../core/reading.ts";
import { decideReply } from "../core/reply-effect.ts";
import type { Effect, Hearing, Receipt } from "../core/reply-hearing.ts";
import { type Facts, type Send, type SendKey, sendIdOf } from "../core/send.ts";
import { countSlip } from "../core/slips.ts";
import { dayOf } from "../core/timers.ts";
import { liftAddress, stopAddress } from "../partner/stop-address.ts";
import type { Ports } from "../ports.ts";
import { changePair } from "../schedule/change-pair.ts";
import type { InboundMail } from "./read-mail.ts";
import type { Writer } from "./who-wrote.ts";

export type AnswerReplyPorts = AnswerInvitationPorts & Pick<Ports, "limits" | "sesSuppressions">;

/** One human reply to one of our mails. */
export interface Reply {
  /** 16 hex digits, the same for every delivery of the same mail. */
  readonly id: string;
  readonly at: Instant;
  readonly mail: Pick<InboundMail, "text" | "ownSubject" | "tooLarge" | "date">;
  readonly answered: SendKey & { readonly seat: SeatId };
  readonly writer: Writer;
}

/** Auto-responder loops end here even if every other rule fails. */
export const ANSWERS_PER_DAY = 5;
const DAY_MS = 86_400_000;
const WAS_IT_YOU = { mail: "notice-was-it-you" } as const;
/** About the same words from the same address, in answer to the same mail, the owner is asked once in so long. */
const ASK_AGAIN_MS = 30 * DAY_MS;
/** A Date header is what the sender's clock says; further off than this it is not believed. */
export const DATE_TRUST_HOURS = 48;

/**
 * Does what a reply says and answers it once. Each part has a key made from the reply, so that a
 * reply handled again after a crash logs, changes and answers nothing twice.
 */
export async function answerReply(ports: AnswerReplyPorts, reply: Reply): Promise<void> {
  const hearing = await hear(ports, reply);
  if (hearing === undefined) return;
  if (reply.writer.kind === "owner" && !(await wasAskedAbout(ports, reply.answered, reply.id))) {
    await carryOut(ports, reply, hearing, effectFor(reply, hearing));
  } else {
    await answerStranger(ports, reply, hearing);
  }
  const isSlip = hearing.reading.sensitive && reply.writer.kind === "owner";
  if (isSlip) await countDetails(ports, reply, hearing);
}

/** Counted when all is done, so that a try that died is not; a letter that is read twice counts once. */
async function countDetails(
  ports: AnswerReplyPorts,
  { id }: Reply,
  { pair }: Hearing,
): Promise<void> {
  const { kind } = await changePair(ports, pair.id, (stored) => countSlip(stored, id));
  if (kind === "changed") ports.log.info("receive.details", {});
}

/** A first try took the writer for a stranger and died; since then the owner may have said "that was me". */
export async function wasAskedAbout(
  { ledger }: Pick<Ports, "ledger">,
  answered: SendKey,
  replyId: string,
): Promise<boolean> {
  return (await ledger.read({ ...answered, item: itemOf(replyId, WAS_IT_YOU) })) !== undefined;
}

function effectFor(reply: Reply, hearing: Hearing): Effect {
  return reply.mail.tooLarge ? { receipt: { mail: "receipt-too-large" } } : decideReply(hearing);
}

/**
 * Somebody else wrote. A stop or a pause is honoured all the same, for the harm of a false one is
 * small; anything else asks the owner "was this you?" and does nothing until they press the button.
 */
async function answerStranger(
  ports: AnswerReplyPorts,
  reply: Reply,
  hearing: Hearing,
): Promise<void> {
  const { intent, certain, actions, date } = hearing.reading;
  if (intent === "stop" || intent === "pause") {
    // Nothing is logged for anybody but the owner, whatever else the mail says.
    const { log: _, undo: __, ...honoured } = decideReply(hearing);
    await carryOut(ports, reply, hearing, honoured);
    return;
  }
  if (reply.writer.kind === "junk") return;
  const address = reply.writer.kind === "other" ? reply.writer.address : undefined;
  const happened = intent === "done" && certain ? actions : [];
  const logged = happened.map((kind) => (date === null ? { kind } : { kind, on: date }));
  const facts = { ...(address === undefined ? {} : { address }), logged };
  if (!(await isNewQuestion(ports, reply, facts))) return;
  await tell(ports, reply, hearing, { ...WAS_IT_YOU, facts });
}

async function isNewQuestion(
  ports: AnswerReplyPorts,
  { answered, at, id }: Reply,
  facts: Facts,
): Promise<boolean> {
  const said = ports.signer.hash(sendIdOf(answered), facts.address ?? "", JSON.stringify(facts));
  const key = `asked-${answered.owner}-${answered.seat}${answered.holder}-${said}`;
  return ports.limits.take(key, 1, ASK_AGAIN_MS, at, id);
}

async function hear(ports: AnswerReplyPorts, reply: Reply): Promise<Hearing | undefined> {
  const { answered, id, at } = reply;
  const pair = await ports.pairs.read(answered.owner);
  const send = await ports.ledger.read(answered);
  if (pair === undefined || send === undefined) return undefined;
  const done = await declaredDone(ports, pair, send);
  const act: Act = { at, id };
  const writtenAt = writingOf(reply, send);
  return {
    reading: readingOf(reply, pair, send, done, writtenAt),
    act,
    today: dayOf(pair, writtenAt),
    pair,
    seat: answered.seat,
    answered,
    mail: send.mail,
    ...(done === undefined ? {} : { done }),
    ...(send.facts.logged === undefined ? {} : { shown: send.facts.logged }),
    entries: await ports.pairs.log(pair.id),
  };
}

/**
 * When the reply was written, for the days it names: a mail of 23:50 may come in after midnight. Believed
 * only between the mail it answers and its receipt; when it came in decides about everything else.
 */
function writingOf({ at, mail: { date } }: Reply, answered: Send): Instant {
  const isLikely =
    date !== null &&
    date <= at &&
    date >= answered.plannedFor &&
    date >= plusHours(at, -DATE_TRUST_HOURS);
  return isLikely ? date : at;
}

function readingOf(
  { mail, answered }: Reply,
  pair: Pair,
  send: Send,
  done: ActionKind | undefined,
  writtenAt: Instant,
): Reading {
  const lesson = lessonNumberOf(send.item);
  return readReply({
    body: mail.text === "" && mail.ownSubject !== null ? mail.ownSubject : mail.text,
    sentOn: writtenAt,
    role: ROLES[answered.seat],
    timeZone: pair.slot.timeZone,
    kind: isAskingAgain(send) ? "invitation" : send.kind,
    ...(lesson === undefined ? {} : { lesson }),
    ...(done === undefined ? {} : { done }),
  });
}

/** It asks for a yes or a no once more, so these words mean there what they mean to the invitation. */
function isAskingAgain({ mail }: Send): boolean {
  return mail === "receipt-invitation";
}

/**
 * What a bare DONE means is declared by the very edition of the mail that was answered. Editions stand in the
 * pairs' table: where a restore has lost this one, today's speaks for it.
 */
async function declaredDone(
  ports: AnswerReplyPorts,
  pair: Pair,
  send: Send,
): Promise<ActionKind | undefined> {
  const compiled = await mailOf(ports, pair, send);
  if (compiled?.doneOfLesson !== true) return compiled?.done;
  const { lessons } = await ports.courses.current(pair.course);
  const lesson = lessonNumberOf(send.item);
  return lessons.find(({ id }) => lessonNumberOf(id) === lesson)?.done;
}

async function mailOf(
  { courses }: AnswerReplyPorts,
  { course }: Pair,
  { edition, mail, locale }: Send,
): Promise<CompiledMail | undefined> {
  const find = async (wanted: string) => {
    try {
      return (await courses.mail(course, wanted, mail, locale)).content as CompiledMail;
    } catch (error) {
      if (error instanceof MissingMailError) return undefined;
      throw error;
    }
  };
  return (await find(edition)) ?? find((await courses.current(course)).edition);
}

async function carryOut(
  ports: AnswerReplyPorts,
  reply: Reply,
  hearing: Hearing,
  effect: Effect,
): Promise<void> {
  await writeLog(ports, hearing, effect);
  await suppress(ports, hearing, effect);
  const wanted = await answerFor(ports, hearing, effect);
  const receipt = await allowedReceipt(ports, reply, hearing, wanted);
  const isSilenced = wanted !== undefined && receipt === undefined;
  const facts = {
    outline: await ports.courses.current(hearing.pair.course),
    entries: withEntries(await ports.pairs.log(hearing.pair.id), effect.log ?? []),
  };
  const decide = (change: Effect["change"], answer: Receipt | undefined) => (pair: Pair) => {
    const heard = heardFrom(pair, hearing.seat, hearing.answered.item);
    const corrected = afterUndoing(heard, effect.undo ?? [], facts, hearing.act.at);
    const logged = afterLogging(corrected, effect.log ?? [], facts, hearing.act.at);
    const changed = andThen(changeOf(logged), change ?? (() => undefined));
    const told = isSilenced ? withoutCoordinator(changed) : changed;
    return withPlan(told, answer === undefined ? [] : [planOf(reply, pair, answer)]);
  };
  const { kind } = await changePair(ports, hearing.pair.id, decide(effect.change, receipt));
  // A later act of theirs is stored: all but the change itself holds, and they hear why it was not made.
  if (kind === "unchanged") {
    const overtaken = receipt && { ...receipt, mail: "receipt-overtaken" };
    await changePair(ports, hearing.pair.id, decide(undefined, overtaken));
  }
}

/** Whoever gets no answer any more today sets no coordinator's mailbox going either. */
function withoutCoordinator(change: Change): Change {
  return { ...change, plans: change.plans.filter(({ seat }) => seat !== "coordinator") };
}

async function writeLog(
  ports: AnswerReplyPorts,
  { pair, act }: Hearing,
  effect: Effect,
): Promise<void> {
  for (const entry of effect.undo ?? []) await ports.pairs.undoLog(pair.id, entry, act.at);
  for (const entry of effect.log ?? []) await ports.pairs.appendLog(pair.id, entry);
}

async function answerFor(
  ports: AnswerReplyPorts,
  hearing: Hearing,
  effect: Effect,
): Promise<Receipt | undefined> {
  const { owner, holder } = hearing.answered;
  const invitee = { owner, holder, seat: hearing.seat };
  switch (effect.invitation) {
    case "accept":
      return acceptByReply(ports, invitee, hearing);
    case "decline":
      return declineByReply(ports, invitee, hearing);
    case undefined:
      return effect.receipt;
  }
}

/** The same as the page's button. After a no nothing more is sent; who has said yes before is told how it stands. */
async function declineByReply(
  ports: AnswerReplyPorts,
  invitee: Invitee,
  { act }: Hearing,
): Promise<Receipt | undefined> {
  const outcome = await declineInvitation(ports, invitee, act);
  return outcome === "declined" ? undefined : { mail: "receipt-invitation" };
}

/** The same as the page's button; the answer says what came of it. A colleague's answer is their recap. */
async function acceptByReply(
  ports: AnswerReplyPorts,
  invitee: Invitee,
  hearing: Hearing,
): Promise<Receipt | undefined> {
  const state = await acceptInvitation(ports, invitee, hearing.act);
  if (hearing.mail === "invitation-successor" && state.kind === "confirmed") return undefined;
  const mails = {
    confirmed: "receipt-confirmed",
    over: "receipt-ended-series",
    full: "receipt-help",
    open: "receipt-help",
  } as const;
  return { mail: mails[state.kind] };
}

/** A stop is stored before its receipt is planned; that receipt is the one mail that passes afterwards. */
async function suppress(
  ports: AnswerReplyPorts,
  { answered, act, seat }: Hearing,
  effect: Effect,
): Promise<void> {
  const holder = { pairId: answered.owner, seat, holder: answered.holder };
  if (effect.suppress === "stop") await stopAddress(ports, holder, act);
  if (effect.suppress === "lift") await liftAddress(ports, holder, act);
}

/** At most one answer to a mail (its key), and five a seat and day. */
async function allowedReceipt(
  ports: AnswerReplyPorts,
  reply: Reply,
  hearing: Hearing,
  receipt: Receipt | undefined,
): Promise<Receipt | undefined> {
  if (receipt === undefined) return undefined;
  const already = await ports.ledger.read({ ...hearing.answered, item: itemOf(reply.id, receipt) });
  if (already !== undefined) return receipt;
  return (await mayAnswer(ports, hearing.answered, reply.id, reply.at)) ? receipt : undefined;
}

/** Five answers a seat and day; the same reply handled again is no other one. */
export function mayAnswer(
  ports: Pick<Ports, "limits">,
  { owner, seat, holder }: SendKey,
  replyId: string,
  at: Instant,
): Promise<boolean> {
  const key = `answers-${owner}-${seat}${holder}`;
  return ports.limits.take(key, ANSWERS_PER_DAY, DAY_MS, at, replyId);
}

async function tell(
  ports: AnswerReplyPorts,
  reply: Reply,
  hearing: Hearing,
  receipt: Receipt,
): Promise<void> {
  const allowed = await allowedReceipt(ports, reply, hearing, receipt);
  if (allowed === undefined) return;
  await changePair(ports, hearing.pair.id, (pair) =>
    changeOf(pair, { plans: [planOf(reply, pair, allowed)] }),
  );
}

function withPlan(change: Change, plans: readonly Plan[]): Change {
  return { ...change, plans: [...change.plans, ...plans] };
}

function planOf(reply: Reply, pair: Pair, receipt: Receipt): Plan {
  const isNotice = receipt.mail.startsWith("notice-");
  return {
    item: itemOf(reply.id, receipt),
    seat: reply.answered.seat,
    holder: reply.answered.holder,
    kind: isNotice ? "notice" : "receipt",
    mail: receipt.mail,
    at: reply.at,
    facts: { ...receipt.facts, answers: sendIdOf({ ...reply.answered, owner: pair.id }) },
  };
}

function itemOf(replyId: string, { mail }: Receipt): string {
  return mail.startsWith("notice-") ? `${mail}-${replyId}` : `receipt-${replyId}`;
}
