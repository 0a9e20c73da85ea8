import type { LogEntry } from "./action.ts";
import { otherSeat, type Pair } from "./pair.ts";
import { type Change, changeOf, noticeToPartner } from "./plan.ts";
import {
  type Effect,
  entriesOf,
  factsOf,
  type Hearing,
  isTooOld,
  toldOfDecision,
} from "./reply-hearing.ts";
import type { LoggedFact, SendKey } from "./send.ts";

/** Takes back what the answered receipt logged, else the seat's last entry; a named kind or day corrects in one go. */
export function fix(hearing: Hearing): Effect {
  const { reading, act, today } = hearing;
  const undo = toFix(hearing);
  const [first] = undo;
  if (first === undefined) return { receipt: { mail: "receipt-nothing-to-fix" } };
  const kinds = reading.actions.length > 0 ? reading.actions : undo.map(({ kind }) => kind);
  const on = reading.date ?? first.on;
  const isSaid = reading.date !== null || reading.actions.length > 0;
  const isLikely = on <= today && !isTooOld(hearing, kinds, on);
  if (reading.certain && isSaid && isLikely) {
    const log = entriesOf(hearing, kinds, on);
    return {
      undo,
      log,
      change: (pair) => changeOf(pair, { plans: toldOfDecision(pair, log, act) }),
      receipt: { mail: "receipt-corrected", facts: { logged: factsOf(log) } },
    };
  }
  const guesses = kinds.map((kind) => ({ kind, on: today }));
  return { undo, receipt: { mail: "receipt-fixed", facts: { logged: factsOf(undo), guesses } } };
}

function toFix(hearing: Hearing): readonly LogEntry[] {
  const { entries, answered, seat, act, shown = [] } = hearing;
  const standing = standingBefore(hearing).filter((entry) => entry.source !== act.id);
  // Its entries were all taken back already: that is no reason to take back others.
  const source = sourceOf(answered);
  if (entries.some((entry) => entry.source === source)) return ofReceipt(hearing);
  // The receipt of something said twice: what it shows was logged by the first reply.
  const again = standing.filter((entry) => entry.seat === seat && isShown(entry, shown));
  if (again.length > 0) return again;
  const own = standing.filter((entry) => entry.seat === seat);
  const last = own.toSorted((one, other) => (one.reportedAt < other.reportedAt ? 1 : -1))[0];
  return last === undefined ? [] : own.filter(({ source }) => source === last.source);
}

function ofReceipt(hearing: Hearing): readonly LogEntry[] {
  const source = sourceOf(hearing.answered);
  return standingBefore(hearing).filter((entry) => entry.source === source);
}

function sourceOf({ item }: SendKey): string | undefined {
  return /^receipt-(.+)$/.exec(item)?.[1];
}

export function isShown({ kind, on }: LogEntry, shown: readonly LoggedFact[]): boolean {
  return shown.some((fact) => fact.kind === kind && fact.on === on);
}

/** What stood before this very reply, so that handling it again after a crash takes back the same. */
function standingBefore({ entries, act }: Hearing): readonly LogEntry[] {
  return entries.filter(({ undoneAt }) => undoneAt === undefined || undoneAt === act.at);
}

/** Reopens "no agreement needed", or takes back what the partner logged last; both are told neutrally. */
export function disagree(hearing: Hearing): Effect {
  const { seat, act, mail } = hearing;
  const byPartner = standingBefore(hearing).filter((entry) => entry.seat === otherSeat(seat));
  const last = byPartner.toSorted((one, other) => (one.reportedAt < other.reportedAt ? 1 : -1))[0];
  const tellBoth = (pair: Pair): Change =>
    changeOf(pair, {
      plans: noticeToPartner(pair, seat, "notice-reopened", act, receipt.facts),
    });
  const receipt = {
    mail: "receipt-reopened",
    facts: last === undefined ? {} : { logged: factsOf([last]) },
  };
  if (mail === "notice-not-needed" || last?.kind === "mou-not-needed") {
    return { log: entriesOf(hearing, ["mou-reopened"], null), change: tellBoth, receipt };
  }
  if (last === undefined) return { receipt: { mail: "receipt-nothing-to-fix" } };
  return { undo: [last], change: tellBoth, receipt };
}

/** The month that a receipt asked for takes the place of the day that was taken for it meanwhile. */
export function signingWithoutDay(
  hearing: Hearing,
  said: readonly LogEntry[],
): readonly LogEntry[] {
  const isAnswer =
    hearing.mail === "receipt-signed-date" &&
    said.some(({ kind, assumed }) => kind === "mou-signed" && !assumed);
  const asked = isAnswer ? ofReceipt(hearing) : [];
  return asked.filter(({ kind, assumed }) => kind === "mou-signed" && assumed);
}
