import type { ActionKind, LogEntry } from "./action.ts";
import { askAfter, keepMeeting, nudgeLater } from "./follow-ups.ts";
import { pause, resume, waitLonger } from "./hold.ts";
import { addDays, type Day, daysBetween, type Instant } from "./instant.ts";
import { end } from "./life.ts";
import { otherSeat, type Pair, type SeatId } from "./pair.ts";
import {
  type Act,
  type Change,
  changeOf,
  noticeToCoordinator,
  noticeToPartner,
  withSeat,
} from "./plan.ts";
import type { Reading } from "./reading.ts";
import type { Facts, LoggedFact, SendKey } from "./send.ts";
import { dayOf } from "./timers.ts";

/** A reply with everything its effect depends on. */
export interface Hearing {
  readonly reading: Reading;
  readonly act: Act;
  readonly pair: Pair;
  readonly seat: SeatId;
  /** The mail that was answered: its key, its content file, and what a bare DONE means there. */
  readonly answered: SendKey;
  readonly mail: string;
  readonly done?: ActionKind;
  readonly entries: readonly LogEntry[];
}

/** What a reply does. Carried out in this order, each part harmless when done twice. */
export interface Effect {
  /** Stops the writer's address everywhere, or lifts their own stop (and a bounce the reply disproves). */
  readonly suppress?: "stop" | "lift";
  /** Invitations are answered by the workflow that the page's button uses. */
  readonly confirm?: true;
  readonly undo?: readonly LogEntry[];
  readonly log?: readonly LogEntry[];
  readonly change?: (pair: Pair) => Change | undefined;
  readonly receipt?: Receipt;
}

export interface Receipt {
  readonly mail: string;
  readonly facts?: Facts;
}

export const SNOOZE_DAYS = 7;
export const SNOOZE_DAYS_MAX = 60;
/** Older than this is a slip of the pen, but for agreements, which may have been signed years ago. */
export const ACTION_AGE_DAYS_MAX = 180;

/** Decides what one reply does, by its explicit word first and else by what it says. */
export function decideReply(hearing: Hearing): Effect {
  return isForInvited(hearing) ? byInvited(hearing) : (byCommand(hearing) ?? byIntent(hearing));
}

/** Entries for what a reading says happened; the same reply always makes the same entries. */
export function entriesOf(
  hearing: Pick<Hearing, "act" | "seat" | "pair">,
  kinds: readonly ActionKind[],
  date: Day | null,
): readonly LogEntry[] {
  const { act, seat, pair } = hearing;
  return kinds.map((kind) => ({
    kind,
    on: date ?? dayOf(pair, act.at),
    assumed: date === null,
    seat,
    holder: pair.seats[seat].holder,
    source: act.id,
    reportedAt: act.at,
  }));
}

function byCommand(hearing: Hearing): Effect | undefined {
  switch (hearing.reading.command) {
    case "YES":
      return isInvitation(hearing) ? { confirm: true } : undefined;
    case "START":
      return { suppress: "lift", receipt: { mail: "receipt-started" } };
    case "FIX":
      return fix(hearing);
    case "DISAGREE":
      return disagree(hearing);
    case "HANDOVER":
      return { change: askForSuccessor(hearing), receipt: { mail: "receipt-handover" } };
    case "INVITED":
      return notYet(hearing, "receipt-invited");
    case "KEEP":
      return {
        change: (pair) => changeOf(keepMeeting(pair, hearing.act.at)),
        receipt: { mail: "receipt-kept" },
      };
    case "WAIT":
      return {
        change: (pair) => waitLonger(pair, hearing.act),
        receipt: { mail: "receipt-waiting" },
      };
    case "END":
      return mayEnd(hearing) ? endPair(hearing) : undefined;
    case "REVISE":
      return logged(hearing, ["mou-revise"], null, "receipt-revise");
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
  return command === "YES" || intent === "confirm"
    ? { confirm: true }
    : { receipt: answerTo(hearing, "receipt-help") };
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
      return reading.certain ? doneOn(hearing) : ask(hearing);
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
      return isInvitation(hearing) ? { confirm: true } : ask(hearing);
    case "other":
      return ask(hearing);
  }
}

/** Something happened: logged on its day. A day to come asks, one too far back asks for the right one. */
function doneOn(hearing: Hearing): Effect {
  const { reading, pair, act } = hearing;
  if (reading.actions.length === 0) return ask(hearing);
  const today = dayOf(pair, act.at);
  const guesses = reading.actions.map((kind) => ({ kind, on: today }));
  if (reading.date !== null && reading.date > today) {
    return { receipt: { mail: "receipt-future", facts: { guesses, until: reading.date } } };
  }
  if (reading.date !== null && isTooOld(hearing, reading.date, today)) {
    return { receipt: { mail: "receipt-too-old", facts: { guesses, until: reading.date } } };
  }
  return logged(hearing, reading.actions, reading.date, receiptOf(hearing));
}

function isTooOld({ reading, pair }: Hearing, date: Day, today: Day): boolean {
  const mayBeOld = reading.actions.every((kind) => kind === "mou-signed" || kind === "mou-review");
  return (
    !mayBeOld &&
    (daysBetween(date, today) > ACTION_AGE_DAYS_MAX || date < dayOf(pair, pair.createdAt))
  );
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
  const log = entriesOf(hearing, kinds, date);
  const { reading, act, seat } = hearing;
  const snoozed = reading.snoozeDays;
  return {
    log,
    change: (pair) => {
      const plans = kinds.includes("mou-not-needed")
        ? noticeToPartner(pair, seat, "notice-not-needed", act)
        : [];
      return changeOf(snoozed === null ? pair : snoozeSeat(pair, seat, snoozed, act.at), { plans });
    },
    receipt: answerTo(hearing, mail, { logged: factsOf(log) }),
  };
}

/** Not certain what happened: nothing is logged until a button is pressed, one for each guess. */
function ask(hearing: Hearing): Effect {
  const { reading, done, pair, act } = hearing;
  if (reading.sensitive) return { receipt: { mail: "receipt-details" } };
  const kinds = reading.actions.length > 0 ? reading.actions : done === undefined ? [] : [done];
  const on = reading.date ?? dayOf(pair, act.at);
  const guesses = kinds.map((kind) => ({
    kind,
    on: on > dayOf(pair, act.at) ? dayOf(pair, act.at) : on,
  }));
  return guesses.length > 0
    ? { receipt: answerTo(hearing, "receipt-ask", { guesses }) }
    : { receipt: answerTo(hearing, "receipt-help") };
}

function pauseFor(hearing: Hearing): Effect {
  const { reading, act, seat, pair } = hearing;
  const until = reading.plannedOn ?? dayAfter(pair, act.at, reading.snoozeDays);
  return {
    log: toldBeside(hearing),
    change: (current) => pause(current, seat, act, until),
    receipt: { mail: "receipt-paused", facts: until === undefined ? {} : { until } },
  };
}

/** What a reply says happened beside what it asks for; a day that cannot be right logs nothing here. */
function toldBeside(hearing: Hearing): readonly LogEntry[] {
  const { reading, pair, act } = hearing;
  const today = dayOf(pair, act.at);
  const { certain, actions, date } = reading;
  const isLikely = date === null || (date <= today && !isTooOld(hearing, date, today));
  return certain && isLikely ? entriesOf(hearing, actions, date) : [];
}

function snooze(hearing: Hearing): Effect {
  const { reading, act, seat, pair } = hearing;
  const days = Math.min(reading.snoozeDays ?? SNOOZE_DAYS, SNOOZE_DAYS_MAX);
  return {
    change: (current) => changeOf(snoozeSeat(current, seat, days, act.at)),
    receipt: {
      mail: "receipt-snoozed",
      facts: { until: addDays(dayOf(pair, act.at), days), days },
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

/** Takes back what the answered receipt logged, else the seat's last entry; a named kind or day corrects in one go. */
function fix(hearing: Hearing): Effect {
  const { reading, pair, act } = hearing;
  const undo = toFix(hearing);
  const [first] = undo;
  if (first === undefined) return { receipt: { mail: "receipt-nothing-to-fix" } };
  const kinds = reading.actions.length > 0 ? reading.actions : undo.map(({ kind }) => kind);
  const isCorrection = reading.certain && (reading.date !== null || reading.actions.length > 0);
  if (isCorrection) {
    const log = entriesOf(hearing, kinds, reading.date ?? first.on);
    return { undo, log, receipt: { mail: "receipt-corrected", facts: { logged: factsOf(log) } } };
  }
  const guesses = kinds.map((kind) => ({ kind, on: dayOf(pair, act.at) }));
  return { undo, receipt: { mail: "receipt-fixed", facts: { logged: factsOf(undo), guesses } } };
}

function toFix(hearing: Hearing): readonly LogEntry[] {
  const { entries, answered, seat, act } = hearing;
  const standing = standingBefore(hearing).filter((entry) => entry.source !== act.id);
  const source = /^receipt-(.+)$/.exec(answered.item)?.[1];
  // Its entries were all taken back already: that is no reason to take back others.
  const isAboutReceipt = entries.some((entry) => entry.source === source);
  if (isAboutReceipt) return standing.filter((entry) => entry.source === source);
  const own = standing.filter((entry) => entry.seat === seat);
  const last = own.toSorted((one, other) => (one.reportedAt < other.reportedAt ? 1 : -1))[0];
  return last === undefined ? [] : own.filter(({ source }) => source === last.source);
}

/** What stood before this very reply, so that handling it again after a crash takes back the same. */
function standingBefore({ entries, act }: Hearing): readonly LogEntry[] {
  return entries.filter(({ undoneAt }) => undoneAt === undefined || undoneAt === act.at);
}

/** Reopens "no agreement needed", or takes back what the partner logged last; both are told neutrally. */
function disagree(hearing: Hearing): Effect {
  const { seat, act, mail } = hearing;
  const byPartner = standingBefore(hearing).filter((entry) => entry.seat === otherSeat(seat));
  const last = byPartner.toSorted((one, other) => (one.reportedAt < other.reportedAt ? 1 : -1))[0];
  const tellBoth = (pair: Pair): Change =>
    changeOf(pair, { plans: noticeToPartner(pair, seat, "notice-reopened", act) });
  const receipt = { mail: "receipt-reopened" };
  if (mail === "notice-not-needed" || last?.kind === "mou-not-needed") {
    return { log: entriesOf(hearing, ["mou-reopened"], null), change: tellBoth, receipt };
  }
  if (last === undefined) return { receipt: { mail: "receipt-nothing-to-fix" } };
  return { undo: [last], change: tellBoth, receipt };
}

function endPair({ act, seat }: Hearing): Effect {
  return {
    change: (pair) => {
      const ended = end(pair, "ended-by-partner", act);
      return { ...ended, plans: ended.plans.filter((plan) => plan.seat !== seat) };
    },
    receipt: { mail: "receipt-ended" },
  };
}

/** END answers the question of a hold or of unanswered prompts; elsewhere it is a word in a sentence. */
function mayEnd({ pair, mail }: Hearing): boolean {
  return pair.hold !== undefined || mail === "notice-hold-question" || mail === "meet-keep";
}

function askForSuccessor({ act, seat }: Hearing) {
  return (pair: Pair): Change =>
    changeOf(pair, { plans: [noticeToCoordinator("notice-handover", act, { about: seat })] });
}

function tellCoordinator(act: Act) {
  return (pair: Pair): Change =>
    changeOf(pair, { plans: [noticeToCoordinator("notice-help-asked", act)] });
}

function snoozeSeat(pair: Pair, seat: SeatId, days: number, now: Instant): Pair {
  const until = addDays(dayOf(pair, now), Math.min(days, SNOOZE_DAYS_MAX));
  return withSeat(pair, seat, { snoozedUntil: until });
}

function answerTo({ reading }: Hearing, mail: string, facts: Facts = {}): Receipt {
  return { mail: reading.sensitive ? "receipt-details" : mail, facts };
}

function factsOf(entries: readonly LogEntry[]): readonly LoggedFact[] {
  return entries.map(({ kind, on, assumed }) => ({ kind, on, assumed }));
}

function dayAfter(pair: Pair, now: Instant, days: number | null): Day | undefined {
  return days === null ? undefined : addDays(dayOf(pair, now), days);
}

function isInvitation({ answered }: Hearing): boolean {
  return answered.item === "invitation" || answered.item === "reminder";
}
