import type { Cohort, SignUp } from "./enrollment.ts";
import { addDays, type Instant, plusDays, plusHours } from "./instant.ts";
import {
  type EndReason,
  otherSeat,
  type Pair,
  SEATS,
  type Seat,
  type SeatId,
  seatOfRole,
} from "./pair.ts";
import {
  type Act,
  type Change,
  type ConsentAct,
  changeOf,
  isWrittenTo,
  noticeTo,
  noticeToCoordinator,
  type Plan,
  planForBoth,
  withSeat,
} from "./plan.ts";
import { nextSlot, permittedFrom, withJitter } from "./slot.ts";
import { clearSeatTimer, dayOf, followUpAt, setSeatTimer, setTimer } from "./timers.ts";

/** How long the signer and a coordinator have to answer, and how long the invited partner has. */
export const SIGNER_DAYS = 14;
export const APPROVAL_DAYS = 14;
export const PARTNER_DAYS = 30;
export const REMINDER_DAYS = 4;
/** Names and addresses end this long after the pair does. */
export const RETENTION_DAYS = 90;
const WELCOME_LEAD_HOURS = 20;

/** A pair as the form makes it: pending, and nobody but the signer is written to. */
export function enroll(id: string, signUp: SignUp, cohort: Cohort, act: Act): Change {
  const signer = seatOfRole(signUp.role);
  const seats = {
    [signer]: newSeat(signUp.name, signUp.email, signUp.agency),
    [otherSeat(signer)]: newSeat(signUp.partnerName, signUp.partnerEmail, signUp.partnerAgency),
  } as Record<SeatId, Seat>;
  const pair: Pair = {
    id,
    cohort: cohort.name,
    course: cohort.course,
    locale: "en",
    createdAt: act.at,
    signer,
    state: { kind: "pending", waitsFor: "signer", since: act.at },
    slot: signUp.slot,
    seats,
    lessons: [],
    timers: {},
    rounds: { meetAnswered: 0, checkInAnswered: 0 },
    version: 0,
  };
  return changeOf(withInviteTimers(pair, signer, SIGNER_DAYS, act.at), {
    consents: [{ seat: signer, holder: 1, state: "invited", ...act }],
    plans: [invitation(pair, signer, "invitation-signer", act.at, plusDays(act.at, SIGNER_DAYS))],
  });
}

/**
 * A seat says yes. The signer's yes invites the partner, or asks a coordinator first; the partner's
 * starts the course. @returns undefined when this seat is not the one that is asked
 */
export function confirm(
  pair: Pair,
  seat: SeatId,
  act: Act,
  needsApproval: boolean,
): Change | undefined {
  if (pair.state.kind !== "pending" || pair.seats[seat].state.kind !== "invited") return undefined;
  const isSigner = seat === pair.signer;
  if (pair.state.waitsFor !== (isSigner ? "signer" : "partner")) return undefined;
  const present = withSeat(clearSeatTimer(pair, seat, "reminder"), seat, {
    state: { kind: "present", since: act.at },
  });
  const given: ConsentAct = {
    seat,
    holder: present.seats[seat].holder,
    state: "given",
    ...act,
    onlyFrom: "invited",
  };
  const next = isSigner ? afterSigner(present, act, needsApproval) : start(present, act);
  return { ...next, consents: [given, ...next.consents] };
}

/** A coordinator approves the sign-up: the partner is invited. */
export function approve(pair: Pair, act: Act): Change | undefined {
  if (pair.state.kind !== "pending" || pair.state.waitsFor !== "approval") return undefined;
  return invitePartner(pair, act);
}

/** A seat says no, or a coordinator does not approve. @returns undefined when nothing is pending */
export function decline(pair: Pair, by: SeatId | "coordinator", act: Act): Change | undefined {
  if (pair.state.kind !== "pending") return undefined;
  if (by === "coordinator") {
    return pair.state.waitsFor === "approval" ? end(pair, "not-approved", act) : undefined;
  }
  if (pair.seats[by].state.kind !== "invited") return undefined;
  const declined: ConsentAct = {
    seat: by,
    holder: pair.seats[by].holder,
    state: "declined",
    ...act,
    onlyFrom: "invited",
  };
  const ended = end(pair, by === pair.signer ? "not-confirmed" : "not-taken-up", act);
  return { ...ended, consents: [declined, ...ended.consents.filter(({ seat }) => seat !== by)] };
}

/** Nobody answered in time. */
export function expire(pair: Pair, act: Act): Change | undefined {
  if (pair.state.kind !== "pending") return undefined;
  const reasons = {
    signer: "not-confirmed",
    approval: "not-approved",
    partner: "not-taken-up",
  } as const;
  return end(pair, reasons[pair.state.waitsFor], act);
}

/** The one reminder of day 4: to the person asked, or to the coordinator whose approval is missing. */
export function remind(pair: Pair, seat: SeatId, act: Act): Change | undefined {
  if (pair.state.kind !== "pending") return undefined;
  const cleared = clearSeatTimer(pair, seat, "reminder");
  if (pair.state.waitsFor === "approval") {
    return changeOf(cleared, { plans: [noticeToCoordinator("notice-approval-reminder", act)] });
  }
  const mail = seat === pair.signer ? "reminder-signer" : "reminder-partner";
  const until = pair.timers.expiry?.at ?? act.at;
  return changeOf(cleared, {
    plans: [{ ...invitation(pair, seat, mail, act.at, until), item: "reminder", kind: "reminder" }],
  });
}

/** END: the one who says it has an answer, the other a last note. */
export function endByPartner(pair: Pair, seat: SeatId, act: Act): Change {
  const ended = end(pair, "ended-by-partner", act, seat);
  return { ...ended, plans: ended.plans.filter((plan) => plan.seat !== seat) };
}

/**
 * Ends a pair; who is told what depends on the reason. Nothing of the course goes out any more.
 *
 * @param by whose word it is, if it is a partner's; for everybody else it follows
 */
export function end(pair: Pair, reason: EndReason, act: Act, by?: SeatId): Change {
  const consents = SEATS.flatMap((seat) =>
    endedConsents(pair, seat, {
      state: "ended",
      ...act,
      ...(seat === by ? {} : { follows: true }),
    }),
  );
  const { hold: _, ...rest } = pair;
  const ended: Pair = { ...rest, state: { kind: "ended", endedAt: act.at, reason }, timers: {} };
  const forgotten = SEATS.reduce(forgetInvited, withoutSeatTimers(ended));
  return changeOf(withRetention(forgotten, act.at), {
    consents: guardedFirst(consents),
    plans: lastNotes(pair, reason, act),
  });
}

type ConsentEnd = Omit<ConsentAct, "seat" | "holder">;

/** An end by timer must not run over a yes that came in the same second. */
function endedConsents(pair: Pair, seat: SeatId, ends: ConsentEnd): readonly ConsentAct[] {
  const { holder, state, successor } = pair.seats[seat];
  const ended = { seat, ...ends };
  const asked = (number: number): ConsentAct => ({
    ...ended,
    holder: number,
    onlyFrom: "invited",
  });
  const follower = successor === undefined ? [] : [asked(successor.holder)];
  if (state.kind === "open") return follower;
  if (state.kind !== "invited") return [{ ...ended, holder }, ...follower];
  if (pair.state.kind !== "pending" || seat === pair.signer) return [asked(holder)];
  const { waitsFor } = pair.state;
  // While the signer is asked, their own row decides; an approval is decided by who takes the partner's.
  if (waitsFor === "signer") return [];
  return waitsFor === "partner" ? [asked(holder)] : [{ ...ended, holder, onlyFrom: "unasked" }];
}

/** The rows that can refuse the end are written first: if one does, nobody's consent has changed yet. */
function guardedFirst(acts: readonly ConsentAct[]): readonly ConsentAct[] {
  const isGuarded = ({ onlyFrom }: ConsentAct) => onlyFrom !== undefined;
  return [...acts.filter(isGuarded), ...acts.filter((act) => !isGuarded(act))];
}

/** Whoever never agreed is forgotten at once: an invited partner, and a colleague who was named to follow. */
function forgetInvited(pair: Pair, seat: SeatId): Pair {
  if (pair.seats[seat].state.kind === "invited") return forget(pair, seat);
  const { successor: _, ...kept } = pair.seats[seat];
  return { ...pair, seats: { ...pair.seats, [seat]: kept } };
}

/** Takes a person's name and addresses out of the row; what was logged stays as kinds and days. */
export function forget(pair: Pair, seat: SeatId): Pair {
  const { successor: _, ...kept } = pair.seats[seat];
  return forgetHolder({ ...pair, seats: { ...pair.seats, [seat]: kept } }, seat);
}

/** The same for the holder alone: a colleague who was named to follow stays named. */
export function forgetHolder(pair: Pair, seat: SeatId): Pair {
  return withSeat(pair, seat, { name: "", email: "", agency: "", aliases: [] });
}

/**
 * The signer corrects the partner's address, once, after it bounced: the next holder is invited, or a
 * coordinator is asked about the new address first, as about the old one.
 *
 * @param taken the highest number that the ledger knows of this seat (`highestHolder`)
 */
export function correctPartner(
  pair: Pair,
  email: string,
  act: Act,
  needsApproval: boolean,
  taken = 0,
): Change | undefined {
  const seat = otherSeat(pair.signer);
  const asked = pair.state.kind === "pending" && pair.state.waitsFor === "partner";
  if (!asked || pair.seats[seat].holder > 1 || pair.seats[seat].state.kind !== "unreachable") {
    return undefined;
  }
  const corrected = withSeat(pair, seat, {
    email,
    holder: Math.max(1, taken) + 1,
    state: { kind: "invited" },
  });
  return afterSigner(corrected, act, needsApproval);
}

export function newSeat(name: string, email: string, agency: string): Seat {
  return {
    holder: 1,
    name,
    email,
    agency,
    aliases: [],
    state: { kind: "invited" },
    nudgesIgnored: 0,
    softBounces: { count: 0 },
    prompts: { meet: 0, mou: 0 },
    timers: {},
  };
}

function afterSigner(pair: Pair, act: Act, needsApproval: boolean): Change {
  if (!needsApproval) return invitePartner(pair, act);
  const waiting: Pair = {
    ...pair,
    state: { kind: "pending", waitsFor: "approval", since: act.at },
  };
  return changeOf(withInviteTimers(waiting, pair.signer, APPROVAL_DAYS, act.at), {
    plans: [noticeToCoordinator("notice-approval", act)],
  });
}

function invitePartner(pair: Pair, act: Act): Change {
  const seat = otherSeat(pair.signer);
  const waiting: Pair = { ...pair, state: { kind: "pending", waitsFor: "partner", since: act.at } };
  const cleared = clearSeatTimer(waiting, pair.signer, "reminder");
  return changeOf(withInviteTimers(cleared, seat, PARTNER_DAYS, act.at), {
    consents: [{ seat, holder: pair.seats[seat].holder, state: "invited", ...act }],
    plans: [invitation(pair, seat, "invitation-partner", act.at, plusDays(act.at, PARTNER_DAYS))],
  });
}

function start(pair: Pair, act: Act): Change {
  const welcomeAt = permittedFrom(act.at, pair.slot);
  const firstAt = withJitter(
    nextSlot(plusHours(welcomeAt, WELCOME_LEAD_HOURS), pair.slot),
    pair.id,
  );
  const active: Pair = { ...pair, state: { kind: "active", startedAt: act.at }, timers: {} };
  return planForBoth(
    setTimer(active, "lesson", { at: firstAt, item: "next" }),
    { item: "welcome", kind: "welcome", mail: "welcome" },
    welcomeAt,
  );
}

function invitation(pair: Pair, seat: SeatId, mail: string, at: Instant, expiresAt: Instant): Plan {
  return {
    item: "invitation",
    seat,
    holder: pair.seats[seat].holder,
    kind: "invitation",
    mail,
    at,
    expiresAt,
    facts: { until: dayOf(pair, expiresAt) },
  };
}

function withInviteTimers(pair: Pair, seat: SeatId, days: number, now: Instant): Pair {
  const remindAt = followUpAt(pair, addDays(dayOf(pair, now), REMINDER_DAYS));
  const asked = setTimer(pair, "expiry", { at: plusDays(now, days), item: "expiry" });
  return setSeatTimer(asked, seat, "reminder", { at: remindAt, item: "reminder" });
}

/** Whoever confirmed is told how it ended; both leaving, a lost address and erasure end without a mail. */
function lastNotes(pair: Pair, reason: EndReason, act: Act): readonly Plan[] {
  const toConfirmed = (mail: string) =>
    SEATS.filter((seat) => isWrittenTo(pair.seats[seat])).map((seat) =>
      noticeTo(pair, seat, mail, act),
    );
  switch (reason) {
    case "not-approved":
      return toConfirmed("notice-not-approved");
    case "not-taken-up":
      return toConfirmed("notice-not-taken-up");
    case "on-hold-too-long":
    case "ended-by-partner":
    case "quiet":
    case "erased":
      return toConfirmed("notice-final");
    case "not-confirmed":
    case "address-failed":
    case "both-left":
      return [];
  }
}

function withRetention(pair: Pair, now: Instant): Pair {
  const knowsAnybody = SEATS.some((seat) => pair.seats[seat].email !== "");
  if (!knowsAnybody) return pair;
  return setTimer(pair, "retention", { at: plusDays(now, RETENTION_DAYS), item: "retention" });
}

function withoutSeatTimers(pair: Pair): Pair {
  return SEATS.reduce((changed, seat) => withSeat(changed, seat, { timers: {} }), pair);
}
