import type { ActionKind, LogEntry } from "./action.ts";
import { askAfter, nudgeLater } from "./follow-ups.ts";
import { pause, resume } from "./hold.ts";
import { addDays, type Day, plusDays } from "./instant.ts";
import { otherSeat, type Pair, type SeatId } from "./pair.ts";
import { type Act, type Change, changeOf, noticeToCoordinator, withSeat } from "./plan.ts";
import { disagree, fix, signingWithoutDay } from "./reply-correction.ts";
import {
  type Effect,
  entriesOf,
  factsOf,
  type Hearing,
  isTooOld,
  type Receipt,
  toldOfDecision,
} from "./reply-hearing.ts";
import { endPair, handOver, keep, mayEnd, wait } from "./reply-steering.ts";
import type { Facts } from "./send.ts";

export const SNOOZE_DAYS = 7;
export const SNOOZE_DAYS_MAX = 60;
/** Decides what one reply does, by its explicit word first and else by what it says. */
export function decideReply(hearing: Hearing): Effect {
  const effect = effectOf(hearing);
  const { receipt } = effect;
  // Whoever wrote more than we may keep is told so, whatever else the answer says.
  return hearing.reading.sensitive && receipt !== undefined
    ? { ...effect, receipt: { ...receipt, facts: { ...receipt.facts, details: true } } }
    : effect;
}

function effectOf(hearing: Hearing): Effect {
  if (isForInvited(hearing)) return byInvited(hearing);
  if (isTooLate(hearing)) return { receipt: { mail: "receipt-ended-series" } };
  return byCommand(hearing) ?? byIntent(hearing);
}

/** What is said about the course's mails after the pair has ended; what happened and what stops still counts. */
function isTooLate({ pair, reading: { command, intent, actions } }: Hearing): boolean {
  if (pair.state.kind !== "ended") return false;
  const isAnswered = ["stop", "done", "fix", "help", "question"].includes(intent);
  const isWord = command === "START" || command === "FIX" || command === "DISAGREE";
  return command === "HANDOVER" || !(isAnswered || isWord || actions.length > 0);
}

function byCommand(hearing: Hearing): Effect | undefined {
  switch (hearing.reading.command) {
    case "YES":
      return isInvitation(hearing) ? { invitation: "accept" } : undefined;
    case "START":
      return { suppress: "lift", receipt: { mail: "receipt-started" } };
    case "FIX":
      return fix(hearing);
    case "DISAGREE":
      return disagree(hearing);
    case "HANDOVER":
      return handOver(hearing);
    case "INVITED":
      return notYet(hearing, "receipt-invited");
    case "KEEP":
      return keep(hearing);
    case "WAIT":
      return wait(hearing);
    case "END":
      return mayEnd(hearing) ? endPair(hearing) : undefined;
    case "REVISE":
      return logged(hearing, ["mou-revise"], null, "receipt-revise");
    case "NO":
    case undefined:
      return undefined;
  }
}

/**
 * A colleague who was named to follow and has not accepted: the seat is still somebody else's, so a word
 * of theirs neither logs nor pauses anything in it.
 */
function byInvited(hearing: Hearing): Effect {
  const { command, intent } = hearing.reading;
  if (command === "START") return { suppress: "lift", receipt: { mail: "receipt-started" } };
  if (intent === "stop") return { suppress: "stop", receipt: { mail: "receipt-stopped" } };
  if (command === "NO") return { invitation: "decline" };
  return command === "YES" || intent === "confirm"
    ? { invitation: "accept" }
    : { receipt: { mail: "receipt-invitation" } };
}

/** Before the start there is nothing to log or to pause either. */
function isForInvited({ pair, seat, answered }: Hearing): boolean {
  return pair.state.kind === "pending" || pair.seats[seat].holder !== answered.holder;
}

/** Coming back does not end a hold while the other seat waits too. */
function staysOnHold({ pair, seat }: Hearing): boolean {
  return pair.seats[otherSeat(seat)].state.kind !== "present";
}

function byIntent(hearing: Hearing): Effect {
  const { reading, act, seat } = hearing;
  switch (reading.intent) {
    case "stop":
      return { log: toldBeside(hearing), suppress: "stop", receipt: { mail: "receipt-stopped" } };
    case "pause":
      return pauseFor(hearing);
    case "resume":
      return {
        log: toldBeside(hearing),
        change: (pair) => resume(pair, seat, act),
        receipt: { mail: staysOnHold(hearing) ? "receipt-resumed-on-hold" : "receipt-resumed" },
      };
    case "done":
      return reading.certain || isToCome(hearing) ? doneOn(hearing) : ask(hearing);
    case "snooze":
      return snooze(hearing);
    case "not_yet":
      return notYet(hearing, "receipt-not-yet");
    case "help":
    case "question":
      return { change: tellCoordinator(act), receipt: answerTo(hearing, "receipt-help") };
    case "fix":
      return fix(hearing);
    case "confirm":
      return isInvitation(hearing) ? { invitation: "accept" } : ask(hearing);
    case "other":
      return ask(hearing);
  }
}

/** "COFFEE October 15", said before that day: no doubt about what and when, but it cannot have happened. */
function isToCome({ reading: { date, plannedOn, actions }, today }: Hearing): boolean {
  return actions.length > 0 && (date ?? plannedOn ?? today) > today;
}

/** Something happened: logged on its day. A day to come asks, one too far back asks for the right one. */
function doneOn(hearing: Hearing): Effect {
  const { reading, today } = hearing;
  if (reading.actions.length === 0) return ask(hearing);
  const guesses = reading.actions.map((kind) => ({ kind, on: today }));
  const toCome = reading.certain ? reading.date : (reading.date ?? reading.plannedOn);
  if (toCome !== null && toCome > today) {
    return { receipt: { mail: "receipt-future", facts: { guesses, until: toCome } } };
  }
  if (reading.date !== null && isTooOld(hearing, reading.actions, reading.date)) {
    return { receipt: { mail: "receipt-too-old", facts: { guesses, until: reading.date } } };
  }
  return logged(hearing, reading.actions, reading.date, receiptOf(hearing));
}

function receiptOf({ reading }: Hearing): string {
  if (reading.sensitive) return "receipt-details";
  const isUndatedSigning = reading.actions.includes("mou-signed") && reading.date === null;
  return isUndatedSigning ? "receipt-signed-date" : "receipt-logged";
}

function logged(
  hearing: Hearing,
  kinds: readonly ActionKind[],
  date: Day | null,
  mail: string,
): Effect {
  const said = entriesOf(hearing, kinds, date);
  const log = said.filter((entry) => !isSaidAgain(hearing, entry));
  const { reading, act, seat, today } = hearing;
  const snoozed = reading.snoozeDays;
  return {
    undo: signingWithoutDay(hearing, said),
    log,
    change: (pair) =>
      changeOf(snoozed === null ? pair : snoozeSeat(pair, seat, snoozed, today), {
        plans: toldOfDecision(pair, log, act),
      }),
    receipt: answerTo(hearing, mail, { logged: factsOf(said) }),
  };
}

/** The same person says the same thing of the same day again within a day: answered, and logged once. */
function isSaidAgain({ entries, act }: Hearing, entry: LogEntry): boolean {
  return entries.some(
    (known) =>
      known.undoneAt === undefined &&
      known.source !== act.id &&
      known.kind === entry.kind &&
      known.on === entry.on &&
      known.seat === entry.seat &&
      known.holder === entry.holder &&
      known.reportedAt >= plusDays(act.at, -1),
  );
}

/** Not certain what happened: nothing is logged until a button is pressed, one for each guess. */
function ask(hearing: Hearing): Effect {
  const { reading, done, today } = hearing;
  if (reading.sensitive) return { receipt: { mail: "receipt-details" } };
  const kinds = reading.actions.length > 0 ? reading.actions : done === undefined ? [] : [done];
  const on = reading.date === null || reading.date > today ? today : reading.date;
  const guesses = kinds.map((kind) => ({ kind, on }));
  return guesses.length > 0
    ? { receipt: answerTo(hearing, "receipt-ask", { guesses }) }
    : { receipt: answerTo(hearing, "receipt-help") };
}

function pauseFor(hearing: Hearing): Effect {
  const { reading, act, seat, today } = hearing;
  const days = reading.snoozeDays;
  const until = reading.plannedOn ?? (days === null ? undefined : addDays(today, days));
  return {
    log: toldBeside(hearing),
    change: (current) => pause(current, seat, act, until),
    receipt: { mail: "receipt-paused", facts: until === undefined ? {} : { until } },
  };
}

/** What a reply says happened beside what it asks for; a day that cannot be right logs nothing here. */
function toldBeside(hearing: Hearing): readonly LogEntry[] {
  const { certain, actions, date } = hearing.reading;
  const isLikely = date === null || (date <= hearing.today && !isTooOld(hearing, actions, date));
  return certain && isLikely ? entriesOf(hearing, actions, date) : [];
}

function snooze(hearing: Hearing): Effect {
  const { reading, seat, today } = hearing;
  const days = Math.min(reading.snoozeDays ?? SNOOZE_DAYS, SNOOZE_DAYS_MAX);
  return {
    change: (current) => changeOf(snoozeSeat(current, seat, days, today)),
    receipt: {
      mail: "receipt-snoozed",
      facts: { until: addDays(today, days), days },
    },
  };
}

function notYet(hearing: Hearing, mail: string): Effect {
  const { reading, act, seat } = hearing;
  const { plannedOn } = reading;
  return {
    change: (pair) =>
      changeOf(
        plannedOn === null ? nudgeLater(pair, seat, act.at) : askAfter(pair, seat, plannedOn),
      ),
    receipt: answerTo(hearing, mail, plannedOn === null ? {} : { until: plannedOn }),
  };
}

function tellCoordinator(act: Act) {
  return (pair: Pair): Change =>
    changeOf(pair, { plans: [noticeToCoordinator("notice-help-asked", act)] });
}

function snoozeSeat(pair: Pair, seat: SeatId, days: number, today: Day): Pair {
  const until = addDays(today, Math.min(days, SNOOZE_DAYS_MAX));
  return withSeat(pair, seat, { snoozedUntil: until });
}

function answerTo({ reading }: Hearing, mail: string, facts: Facts = {}): Receipt {
  return { mail: reading.sensitive ? "receipt-details" : mail, facts };
}

function isInvitation({ answered }: Hearing): boolean {
  return answered.item === "invitation" || answered.item === "reminder";
}
