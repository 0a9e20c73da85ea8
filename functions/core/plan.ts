import type { LogEntry } from "./action.ts";
import type { ConsentState, SpokenAct } from "./consent.ts";
import type { MailKind } from "./course.ts";
import type { Instant } from "./instant.ts";
import { otherSeat, type Pair, SEATS, type Seat, type SeatId } from "./pair.ts";
import type { Addressee, Facts } from "./send.ts";

/** A mail that a decision wants written into the ledger; the key makes planning it twice harmless. */
export interface Plan {
  readonly item: string;
  readonly seat: Addressee;
  readonly holder: number;
  readonly kind: MailKind;
  readonly mail: string;
  readonly at: Instant;
  readonly expiresAt?: Instant;
  readonly facts?: Facts;
  /** True where a withdrawn or stopped send of this key gets its place back instead of staying so. */
  readonly revive?: boolean;
}

/** A change of what one holder agreed to; written before the pair, but for an end that follows from its end. */
export interface ConsentAct extends SpokenAct {
  readonly seat: SeatId;
  readonly holder: number;
  /**
   * Only if the stored state is still this one, or, for `unasked`, if there is no row yet; else the
   * whole decision is made again.
   */
  readonly onlyFrom?: ConsentState | "unasked";
}

/**
 * What a decision about a pair amounts to. It is carried out in this order, so that a crash between
 * any two writes is repaired by deciding again: consents, log, plans, pair, ends that follow, queue.
 */
export interface Change {
  readonly pair: Pair;
  readonly plans: readonly Plan[];
  readonly consents: readonly ConsentAct[];
  /** What happened by the change itself, such as the review that a hand-over asks for. */
  readonly log: readonly LogEntry[];
}

/** Something a person did: when, and an id that is the same whenever the same act is handled again. */
export interface Act {
  readonly at: Instant;
  /** 16 hex digits: hash of the reply, of the pressed button's token, or of the timer. */
  readonly id: string;
}

export function changeOf(pair: Pair, rest: Partial<Omit<Change, "pair">> = {}): Change {
  return { pair, plans: [], consents: [], log: [], ...rest };
}

/** Does one change after the other: the second decision sees the pair as the first left it. */
export function andThen(first: Change, next: (pair: Pair) => Change | undefined): Change {
  const second = next(first.pair);
  if (second === undefined) return first;
  return {
    pair: second.pair,
    plans: [...first.plans, ...second.plans],
    consents: [...first.consents, ...second.consents],
    log: [...first.log, ...second.log],
  };
}

export function withSeat(pair: Pair, seat: SeatId, change: Partial<Seat>): Pair {
  return { ...pair, seats: { ...pair.seats, [seat]: { ...pair.seats[seat], ...change } } };
}

/** Plans an item that keeps its distance from others, and remembers when the seat got one last. */
export function planItem(
  pair: Pair,
  seat: SeatId,
  what: Pick<Plan, "item" | "kind" | "mail" | "facts" | "revive">,
  at: Instant,
): Change {
  const { prompts, holder } = pair.seats[seat];
  const planned = withSeat(pair, seat, { prompts: { ...prompts, lastItemAt: at } });
  return changeOf(planned, { plans: [{ ...what, seat, holder, at }] });
}

/** One such item for each seat. */
export function planForBoth(
  pair: Pair,
  what: Pick<Plan, "item" | "kind" | "mail" | "facts" | "revive">,
  at: Instant,
): Change {
  return SEATS.reduce(
    (change, seat) => andThen(change, (next) => planItem(next, seat, what, at)),
    changeOf(pair),
  );
}

/** A notice to the holder of a seat; notices are exempt from distance and quiet hours. */
export function noticeTo(
  pair: Pair,
  seat: SeatId,
  mail: string,
  act: Act,
  facts: Facts = {},
): Plan {
  return {
    item: `${mail}-${act.id}`,
    seat,
    holder: pair.seats[seat].holder,
    kind: "notice",
    mail,
    at: act.at,
    facts,
  };
}

/** A notice to the other seat, if somebody who agreed to mail sits there. */
export function noticeToPartner(
  pair: Pair,
  seat: SeatId,
  mail: string,
  act: Act,
  facts: Facts = {},
): readonly Plan[] {
  const partner = otherSeat(seat);
  return isWrittenTo(pair.seats[partner]) ? [noticeTo(pair, partner, mail, act, facts)] : [];
}

/** A notice to the first coordinator of the pair's cohort. */
export function noticeToCoordinator(mail: string, act: Act, facts: Facts = {}): Plan {
  return {
    item: `${mail}-${act.id}`,
    seat: "coordinator",
    holder: 1,
    kind: "notice",
    mail,
    at: act.at,
    facts,
  };
}

/** True for a holder whom notices reach: present or paused, not stopped, bounced or still invited. */
export function isWrittenTo(seat: Seat): boolean {
  return seat.state.kind === "present" || seat.state.kind === "paused";
}
