import type { LogEntry } from "./action.ts";
import { isRunning, settleHold, waitLonger } from "./hold.ts";
import { addDays, plusDays } from "./instant.ts";
import { newSeat, PARTNER_DAYS } from "./life.ts";
import type { Pair, Seat, SeatId, Successor } from "./pair.ts";
import {
  type Act,
  andThen,
  type Change,
  type ConsentAct,
  changeOf,
  noticeTo,
  noticeToCoordinator,
  noticeToPartner,
  withSeat,
} from "./plan.ts";
import { clearSeatTimer, dayOf, followUpAt, setSeatTimer } from "./timers.ts";

/**
 * The leaver or a coordinator names who takes the seat over. The holder number is reserved now; the
 * seat changes when the colleague accepts.
 *
 * @param taken the highest number that the ledger knows of this seat (`highestHolder`)
 * @returns undefined when the pair does not run any more
 */
export function nameSuccessor(
  pair: Pair,
  seat: SeatId,
  person: Pick<Successor, "name" | "email" | "agency">,
  act: Act,
  taken = 0,
): Change | undefined {
  if (!isRunning(pair) || pair.seats[seat].successor !== undefined) return undefined;
  const holder = nextHolder(pair, seat, taken);
  const successor: Successor = { ...person, holder, invitedAt: act.at };
  const expiresAt = plusDays(act.at, PARTNER_DAYS);
  const remindAt = followUpAt(pair, addDays(dayOf(pair, act.at), PARTNER_DAYS));
  const named = withSeat(pair, seat, { successor, holdersSpent: holder });
  const waiting = setSeatTimer(named, seat, "successor", { at: remindAt, item: "expiry" });
  const change = changeOf(waiting, {
    consents: [{ seat, holder, state: "invited", ...act }],
    plans: [
      {
        item: "invitation",
        seat,
        holder,
        kind: "invitation",
        mail: "invitation-successor",
        at: act.at,
        expiresAt,
        facts: { until: dayOf(pair, expiresAt) },
      },
    ],
  });
  // Whoever looks for a successor has answered the question of a hold.
  return andThen(change, (pairNamed) => waitLonger(pairNamed, act));
}

/**
 * The colleague accepts: from here on the seat is theirs, with the remaining lessons; pauses and
 * snoozes of the one before end. What the leaver still has in the box acts on nothing but their own mail.
 * People who change are a reason to read an agreement through (course, "MOU prompts"), so that is logged.
 *
 * @param name as the colleague writes it; without one, what their address lets guess
 */
export function acceptSeat(
  pair: Pair,
  seat: SeatId,
  holder: number,
  act: Act,
  name?: string,
): Change | undefined {
  const { successor, holder: leaver } = pair.seats[seat];
  if (!isRunning(pair) || successor?.holder !== holder) return undefined;
  const named = { ...successor, name: name ?? nameOf(successor) };
  const changed = settleHold(withHolder(pair, seat, named, act), act.at);
  // The colleague's own row decides first: an invitation that ran out in the same second moves nobody.
  const consents: readonly ConsentAct[] = [
    { seat, holder, state: "given", ...act, onlyFrom: "invited" },
    { seat, holder: leaver, state: "left", ...act, follows: true },
  ];
  const told = noticeToPartner(changed, seat, "notice-new-colleague", act);
  return changeOf(changed, {
    consents,
    plans: [...told, noticeTo(changed, seat, "notice-recap", act)],
    log: [reviewTrigger(changed, act)],
  });
}

/** A hand-over, or a coordinator who knows of a new law or a new head: no seat's own report. */
export function reviewTrigger(pair: Pair, act: Act): LogEntry {
  return {
    kind: "mou-revise",
    on: dayOf(pair, act.at),
    assumed: false,
    seat: "coordinator",
    holder: 1,
    source: act.id,
    reportedAt: act.at,
  };
}

/** What to call somebody until they have said it: "cal.stone@..." is Cal Stone. */
export function nameOf({ name, email }: Pick<Successor, "name" | "email">): string {
  if (name !== "") return name;
  const words = email.slice(0, email.lastIndexOf("@")).split(/[^\p{L}]+/u);
  const named = words
    .filter((word) => word !== "")
    .map(capitalised)
    .join(" ");
  return named === "" ? email : named;
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** What the seat was to be asked about goes on; what concerned the one before (a pause, a nudge) does not. */
function withHolder(pair: Pair, seat: SeatId, successor: Successor, act: Act): Pair {
  const { holder } = successor;
  const { prompts, timers } = pair.seats[seat];
  const { lastItemAt: _, ...rounds } = prompts;
  const { meet, mou } = timers;
  const taken: Seat = {
    ...newSeat(successor.name, successor.email, successor.agency),
    holder,
    holdersSpent: holder,
    state: { kind: "present", since: act.at },
    prompts: rounds,
    timers: { ...(meet === undefined ? {} : { meet }), ...(mou === undefined ? {} : { mou }) },
  };
  return { ...pair, seats: { ...pair.seats, [seat]: taken } };
}

/** The colleague declines, or does not answer for 30 days: the number is spent, the coordinator is told. */
export function declineSeat(
  pair: Pair,
  seat: SeatId,
  holder: number,
  act: Act,
): Change | undefined {
  const { successor, ...rest } = pair.seats[seat];
  if (successor?.holder !== holder) return undefined;
  const without = { ...pair, seats: { ...pair.seats, [seat]: rest } };
  return changeOf(clearSeatTimer(without, seat, "successor"), {
    consents: [{ seat, holder, state: "declined", ...act, onlyFrom: "invited" }],
    plans: [noticeToCoordinator("notice-declined-successor", act, { about: seat })],
  });
}

/** Whoever named the colleague takes that back, say for a slip in the address: the number is spent. */
export function withdrawNaming(pair: Pair, seat: SeatId, act: Act): Change | undefined {
  const { successor, ...rest } = pair.seats[seat];
  if (successor === undefined) return undefined;
  const without = { ...pair, seats: { ...pair.seats, [seat]: rest } };
  return changeOf(clearSeatTimer(without, seat, "successor"), {
    consents: [{ seat, holder: successor.holder, state: "ended", ...act, onlyFrom: "invited" }],
  });
}

/** Numbers count up and are never used again, whatever became of the one invited. A restored pair has forgotten some. */
function nextHolder(pair: Pair, seat: SeatId, taken: number): number {
  const { holder, holdersSpent } = pair.seats[seat];
  return Math.max(holder, holdersSpent ?? 0, taken) + 1;
}
