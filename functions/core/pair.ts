import type { LessonId } from "./course.ts";
import type { Day, Instant } from "./instant.ts";
import type { Slot } from "./slot.ts";

/** The two places of a pair: the service provider's and law enforcement's. */
export const SEATS = ["sp", "le"] as const;
export type SeatId = (typeof SEATS)[number];
export type Role = "service_provider" | "law_enforcement";

export const ROLES: Readonly<Record<SeatId, Role>> = {
  sp: "service_provider",
  le: "law_enforcement",
};

/**
 * Two partners and where they stand in the course. This row holds everything planning needs to know
 * about the future; what was sent, who consented and who is suppressed stands in the ledger.
 */
export interface Pair {
  /** 16 characters of lower-case base32 (80 random bits). */
  readonly id: string;
  readonly cohort: string;
  /** The course's slug, such as `partner-tips`. */
  readonly course: string;
  readonly locale: string;
  readonly createdAt: Instant;
  /** The seat of the partner who filled in the form. */
  readonly signer: SeatId;
  readonly state: PairState;
  readonly slot: Slot;
  readonly seats: Readonly<Record<SeatId, Seat>>;
  /** Lessons planned so far, in the order in which they were planned. */
  readonly lessons: readonly PlannedLesson[];
  readonly timers: PairTimers;
  /** Since when lessons wait because a seat is paused, unreachable or open; absent while they run. */
  readonly hold?: Hold;
  readonly rounds: Rounds;
  /** Day of the last thing logged, for the coordinator's list. */
  readonly lastActionOn?: Day;
  /** Replies that held identifying details; absent while there were none. */
  readonly slips?: Slips;
  /** Counts every write; a write names the version it read and fails if another came first. */
  readonly version: number;
}

export type PairState =
  | {
      readonly kind: "pending";
      readonly waitsFor: "signer" | "approval" | "partner";
      readonly since: Instant;
    }
  | { readonly kind: "active"; readonly startedAt: Instant }
  | { readonly kind: "completed"; readonly startedAt: Instant; readonly completedAt: Instant }
  | { readonly kind: "ended"; readonly endedAt: Instant; readonly reason: EndReason };

export type EndReason =
  | "not-confirmed" // the signer never confirmed
  | "not-approved" // a coordinator declined, or nobody answered
  | "not-taken-up" // the invited partner declined or did not answer
  | "address-failed" // the signer's own address bounced while pending
  | "both-left" // both seats stopped or left
  | "on-hold-too-long" // nobody answered the question of a hold
  | "ended-by-partner" // END
  | "quiet" // four check-ins without a reply
  | "erased"; // one person was erased and nobody followed

export interface PlannedLesson {
  readonly id: LessonId;
  /** The slot's instant for which it was planned (the pair's jitter included). */
  readonly plannedFor: Instant;
}

/** The person in a seat and how they stand. Names and addresses end 90 days after the pair does. */
export interface Seat {
  /** The n-th person in this seat, from 1; a new holder's mails, links and bounces are their own. */
  readonly holder: number;
  readonly name: string;
  readonly email: string;
  readonly agency: string;
  /** Other addresses this person said are theirs ("was this you?"), as HMACs. */
  readonly aliases: readonly string[];
  readonly state: SeatState;
  /** Follow-ups and nudges for this seat wait until this day. */
  readonly snoozedUntil?: Day;
  /** Nudges in a row that nothing answered; after two there are no more until a reply comes. */
  readonly nudgesIgnored: number;
  readonly softBounces: SoftBounces;
  readonly prompts: Prompts;
  readonly timers: SeatTimers;
  /** A colleague named to take the seat over, until they accept or decline. */
  readonly successor?: Successor;
  /** Highest holder number ever given out in this seat; a number is never used twice. */
  readonly holdersSpent?: number;
}

export type SeatState =
  | { readonly kind: "invited" }
  | { readonly kind: "present"; readonly since: Instant }
  | { readonly kind: "paused"; readonly since: Instant; readonly until?: Day }
  | { readonly kind: "unreachable"; readonly since: Instant }
  | {
      readonly kind: "open";
      readonly since: Instant;
      readonly reason: "stopped" | "left" | "erased";
    };

export interface Successor {
  readonly holder: number;
  readonly name: string;
  readonly email: string;
  readonly agency: string;
  readonly invitedAt: Instant;
}

/** What this seat was prompted for so far; rounds count up, so that no two prompts share a key. */
export interface Prompts {
  readonly meet: number;
  readonly mou: number;
  /** Day of the last agreement prompt; what fell due before it is not asked again. */
  readonly agreementOn?: Day;
  /** When the last item that keeps its distance was planned; the next one comes at least 20 hours later. */
  readonly lastItemAt?: Instant;
}

/** Soft bounces in a row and when the first of them came; a delivery resets both. */
export interface SoftBounces {
  readonly count: number;
  readonly since?: Instant;
  /** When the last of them happened: its event may be read twice at once. */
  readonly lastAt?: Instant;
}

export interface Hold {
  readonly since: Instant;
  /** The 12 weeks count from here; WAIT moves it. */
  readonly countsFrom: Instant;
}

/** Something that happens later: the instant, and the item it will plan, so that redoing it plans the same mail. */
export interface Timer {
  readonly at: Instant;
  readonly item: string;
}

export type PairTimerName = "lesson" | "graduation" | "checkIn" | "hold" | "expiry" | "retention";
export type SeatTimerName = "reminder" | "nudge" | "meet" | "mou" | "restart" | "successor";
export type PairTimers = Readonly<Partial<Record<PairTimerName, Timer>>>;
export type SeatTimers = Readonly<Partial<Record<SeatTimerName, Timer>>>;

/** Which prompts were answered last, by their round numbers. */
export interface Rounds {
  /** Last meet round that either seat answered or that a logged meeting made needless. */
  readonly meetAnswered: number;
  /** Last check-in that either seat answered. */
  readonly checkInAnswered: number;
}

/** How many letters held details we cannot keep, and by their ids the last of them: each counts once. */
export interface Slips {
  readonly count: number;
  readonly known: readonly string[];
}

export function otherSeat(seat: SeatId): SeatId {
  return seat === "sp" ? "le" : "sp";
}

export function seatOfRole(role: Role): SeatId {
  return role === "service_provider" ? "sp" : "le";
}
