import { type ActionKind, LESSON_KINDS, type LogEntry } from "../../functions/core/action.ts";
import type { Consent } from "../../functions/core/consent.ts";
import type { CourseOutline, LessonId } from "../../functions/core/course.ts";
import { type Day, type Instant, plusDays } from "../../functions/core/instant.ts";
import { type Pair, SEATS, type Seat, type SeatId } from "../../functions/core/pair.ts";
import type { Act } from "../../functions/core/plan.ts";
import type { Send } from "../../functions/core/send.ts";

/** A Tuesday, 11:00 in New York; the slot of the pairs below is Tuesday 10:00 there. */
export const NOW: Instant = "2026-10-13T15:00:00.000Z";
export const TODAY: Day = "2026-10-13";

export function actAt(at: Instant = NOW, id = "00000000000000aa"): Act {
  return { at, id };
}

export function seatOf(changes: Partial<Seat> = {}): Seat {
  return {
    holder: 1,
    name: "Ada Provider",
    email: "ada@harbor.example",
    agency: "Harbor House",
    aliases: [],
    state: { kind: "present", since: plusDays(NOW, -8) },
    nudgesIgnored: 0,
    softBounces: { count: 0 },
    prompts: { meet: 0, mou: 0 },
    timers: {},
    ...changes,
  };
}

/** A pair under way: both seats taken, nothing planned unless a test says so. */
export function pairOf(
  changes: Partial<Omit<Pair, "seats">> = {},
  seats: Partial<Record<SeatId, Partial<Seat>>> = {},
): Pair {
  return {
    id: "abcdefgh234567ab",
    cohort: "demo",
    course: "partner-tips",
    locale: "en",
    createdAt: plusDays(NOW, -9),
    signer: "sp",
    state: { kind: "active", startedAt: plusDays(NOW, -8) },
    slot: { weekday: 2, time: "10:00", timeZone: "America/New_York" },
    seats: {
      sp: seatOf(seats.sp),
      le: seatOf({
        name: "Ben Officer",
        email: "ben@police.example",
        agency: "City Police",
        ...seats.le,
      }),
    },
    lessons: [],
    timers: {},
    rounds: { meetAnswered: 0, checkInAnswered: 0 },
    version: 3,
    ...changes,
  };
}

/** A pair whose lessons are over since that instant. */
export function completedPair(
  changes: Partial<Omit<Pair, "seats">> = {},
  seats: Partial<Record<SeatId, Partial<Seat>>> = {},
): Pair {
  const startedAt = plusDays(NOW, -90);
  return pairOf(
    {
      createdAt: startedAt,
      state: { kind: "completed", startedAt, completedAt: plusDays(NOW, -1) },
      lessons: OUTLINE.lessons.map(({ id }, index) => ({
        id,
        plannedFor: plusDays(NOW, 7 * (index - 12)),
      })),
      ...changes,
    },
    seats,
  );
}

/** A pair that waits for somebody to confirm. */
export function pendingPair(waitsFor: "signer" | "approval" | "partner", signer: SeatId = "sp") {
  const asked = { state: { kind: "invited" } } as const;
  const isConfirmed = (seat: SeatId) => seat === signer && waitsFor !== "signer";
  return pairOf(
    { signer, state: { kind: "pending", waitsFor, since: NOW } },
    { sp: isConfirmed("sp") ? {} : asked, le: isConfirmed("le") ? {} : asked },
  );
}

export function entryOf(kind: ActionKind, on: Day, changes: Partial<LogEntry> = {}): LogEntry {
  return {
    kind,
    on,
    assumed: false,
    seat: "sp",
    holder: 1,
    source: `${on}-${kind}`,
    reportedAt: `${on}T15:00:00.000Z`,
    ...changes,
  };
}

export function sendOf(changes: Partial<Send> = {}): Send {
  return {
    owner: "abcdefgh234567ab",
    item: "lesson-01",
    seat: "sp",
    holder: 1,
    kind: "lesson",
    mail: "lesson-01",
    edition: "5d41402abc4b2a76",
    locale: "en",
    facts: {},
    plannedAt: NOW,
    plannedFor: NOW,
    state: "planned",
    unresolved: 0,
    dueAt: NOW,
    version: 0,
    ...changes,
  };
}

/** The same lesson to both seats, as it stands after it was settled. */
export function settledLesson(item: LessonId, changes: Partial<Send> = {}): readonly Send[] {
  const { dueAt: _, ...settled } = sendOf({ state: "sent", settledAt: NOW });
  return SEATS.map((seat) => ({ ...settled, item, mail: item, seat, ...changes }));
}

export function consentOf(changes: Partial<Consent> = {}): Consent {
  return {
    pairId: "abcdefgh234567ab",
    seat: "sp",
    holder: 1,
    state: "given",
    at: NOW,
    address: "0123456789abcdef0123456789abcdef",
    ...changes,
  };
}

const RECHECKS: readonly (readonly ActionKind[])[] = [
  [],
  ["intro-call"],
  ["role-map"],
  ["meet-informally"],
  ["tension-preview"],
  ["role-map"],
  ["trust-checkin"],
  ["mou-draft"],
  ["meet-informally"],
  ["tension-preview"],
  ["cross-training", "mou-draft"],
];

/** Eleven lessons, as the fact sheet orders them. */
export const OUTLINE: CourseOutline = {
  slug: "partner-tips",
  edition: "5d41402abc4b2a76",
  lessons: LESSON_KINDS.map((done, index) => ({
    id: lessonId(index + 1),
    done,
    recheck: RECHECKS[index] ?? [],
  })),
};

export function lessonId(number: number): LessonId {
  return `lesson-${String(number).padStart(2, "0")}`;
}

/** The first so many lessons, a week apart, the last one planned for `lastAt`. */
export function lessonsUntil(count: number, lastAt: Instant): Pair["lessons"] {
  return Array.from({ length: count }, (_, index) => ({
    id: lessonId(index + 1),
    plannedFor: plusDays(lastAt, 7 * (index + 1 - count)),
  }));
}
