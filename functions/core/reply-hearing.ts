import type { ActionKind, LogEntry } from "./action.ts";
import { type Day, daysBetween } from "./instant.ts";
import type { Pair, SeatId } from "./pair.ts";
import { type Act, type Change, noticeToPartner, type Plan } from "./plan.ts";
import type { Reading } from "./reading.ts";
import type { Facts, LoggedFact, SendKey } from "./send.ts";
import { dayOf } from "./timers.ts";

/** A reply with everything its effect depends on. */
export interface Hearing {
  readonly reading: Reading;
  readonly act: Act;
  readonly pair: Pair;
  readonly seat: SeatId;
  /** The pair's local day on which it was written; the days it names are told from here. */
  readonly today: Day;
  /** The mail that was answered: its key, its content file, and what a bare DONE means there. */
  readonly answered: SendKey;
  readonly mail: string;
  readonly done?: ActionKind;
  /** What that mail, a receipt, said was logged. */
  readonly shown?: readonly LoggedFact[];
  readonly entries: readonly LogEntry[];
}

/** What a reply does. Carried out in this order, each part harmless when done twice. */
export interface Effect {
  /** Stops the writer's address everywhere, or lifts their own stop (and a bounce the reply disproves). */
  readonly suppress?: "stop" | "lift";
  /** Invitations are answered by the workflow that the page's button uses. */
  readonly invitation?: "accept" | "decline";
  readonly undo?: readonly LogEntry[];
  readonly log?: readonly LogEntry[];
  readonly change?: (pair: Pair) => Change | undefined;
  readonly receipt?: Receipt;
}

export interface Receipt {
  readonly mail: string;
  readonly facts?: Facts;
}

/** Older than this is a slip of the pen, but for agreements, which may have been signed years ago. */
export const ACTION_AGE_DAYS_MAX = 180;

/** Entries for what a reading says happened; the same reply always makes the same entries. */
export function entriesOf(
  hearing: Pick<Hearing, "act" | "seat" | "pair" | "today">,
  kinds: readonly ActionKind[],
  date: Day | null,
): readonly LogEntry[] {
  const { act, seat, pair, today } = hearing;
  return kinds.map((kind) => ({
    kind,
    on: date ?? today,
    assumed: date === null,
    seat,
    holder: pair.seats[seat].holder,
    source: act.id,
    reportedAt: act.at,
  }));
}

/** A day before the sign-up, or longer ago than anybody remembers rightly. */
export function isTooOld(
  { pair, today }: Hearing,
  kinds: readonly ActionKind[],
  date: Day,
): boolean {
  const mayBeOld = kinds.every((kind) => kind === "mou-signed" || kind === "mou-review");
  return (
    !mayBeOld &&
    (daysBetween(date, today) > ACTION_AGE_DAYS_MAX || date < dayOf(pair, pair.createdAt))
  );
}

/** NOT NEEDED is a decision for both: the other seat is told, and may disagree. */
export function toldOfDecision(pair: Pair, log: readonly LogEntry[], act: Act): readonly Plan[] {
  return log.flatMap(({ kind, seat }) =>
    kind === "mou-not-needed" && seat !== "coordinator"
      ? noticeToPartner(pair, seat, "notice-not-needed", act)
      : [],
  );
}

export function factsOf(entries: readonly LogEntry[]): readonly LoggedFact[] {
  return entries.map(({ kind, on, assumed }) => ({ kind, on, assumed }));
}
