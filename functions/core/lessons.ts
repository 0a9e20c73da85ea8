import type { ActionKind, LogEntry } from "./action.ts";
import { agreementAt } from "./agreement.ts";
import type { CourseOutline, LessonId, LessonOutline } from "./course.ts";
import { addDays, type Instant, latest, plusHours } from "./instant.ts";
import { type Pair, SEATS, type SeatId } from "./pair.ts";
import { type Change, changeOf, type Plan, planForBoth } from "./plan.ts";
import { chooseRecheck } from "./recheck.ts";
import { type Send, wentOut } from "./send.ts";
import { businessDaysAfter, nextLessonSlot, nextSlot, permittedFrom, withJitter } from "./slot.ts";
import { clearTimer, dayOf, daysLater, followUpAt, setSeatTimer, setTimer } from "./timers.ts";

/** A lesson that could not be planned this long after its slot waits for the next slot. */
export const LESSON_LATE_HOURS = 24;
const NUDGE_BUSINESS_DAYS = 2;
const GRADUATION_DAYS = 7;

/** What is read before a lesson is decided about. */
export interface LessonFacts {
  readonly outline: CourseOutline;
  /** Every send of a lesson or the graduation to this pair. */
  readonly sends: readonly Send[];
  readonly entries: readonly LogEntry[];
}

/**
 * The lesson timer rang. First whoever missed the last lesson gets it (it was withdrawn, or the seat
 * changed hands); only when both seats are settled is the next lesson planned, for both, at a slot
 * and at least four local days after the last. So nothing is skipped and nothing stacks.
 */
export function fireLesson(stored: Pair, facts: LessonFacts, now: Instant): Change {
  const pair = absorbLedger(stored, facts.sends, now);
  const owed = owedPlans(pair, facts, now);
  if (owed.length > 0) return changeOf(atNextSlot(pair, now, now), { plans: owed });
  if (!isLastSettled(pair, facts.sends)) return changeOf(lookAgain(pair, now));
  const lastOutAt = lastLessonOutAt(pair, facts.sends);
  const next = nextLesson(pair, facts.outline);
  if (next === undefined) return changeOf(towardGraduation(pair, lastOutAt ?? now, now));
  return mustWait(pair, lastOutAt, now)
    ? changeOf(atNextSlot(pair, lastOutAt, now))
    : planLesson(pair, next, facts, now);
}

/** The first lesson in the course's current order that this pair has not had. */
export function nextLesson(pair: Pair, outline: CourseOutline): LessonOutline | undefined {
  const had = new Set(pair.lessons.map(({ id }) => id));
  return outline.lessons.find(({ id }) => !had.has(id));
}

/** When the next lesson is to go out; undefined before the start, on hold and after the last. */
export function nextLessonAt(pair: Pair): Instant | undefined {
  if (pair.state.kind !== "active" || pair.hold !== undefined) return undefined;
  return pair.timers.lesson?.at;
}

/** The lesson slot after a change of slot: the last choice counts, never less than four days after the last lesson. */
export function changeSlot(pair: Pair, slot: Pair["slot"], now: Instant): Pair {
  const changed = { ...pair, slot };
  if (pair.timers.lesson === undefined) return changed;
  const last = pair.lessons.at(-1)?.plannedFor;
  const earliestAt =
    last ?? plusHours(pair.state.kind === "active" ? pair.state.startedAt : now, 20);
  const at =
    last === undefined ? nextSlot(latest(now, earliestAt), slot) : nextLessonSlot(last, now, slot);
  return setTimer(changed, "lesson", { at: withJitter(at, pair.id), item: "next" });
}

function planLesson(pair: Pair, lesson: LessonOutline, facts: LessonFacts, now: Instant): Change {
  const recheck = recheckOf(pair, lesson, facts, now);
  const what = { item: lesson.id, kind: "lesson", mail: lesson.id } as const;
  const planned = planForBoth(
    pair,
    recheck === undefined ? what : { ...what, facts: { recheck } },
    now,
  );
  const had = withNudges(recordLesson(planned.pair, lesson.id, now), lesson.id, now);
  const isLast = nextLesson(had, facts.outline) === undefined;
  return { ...planned, pair: isLast ? towardGraduation(had, now, now) : atNextSlot(had, now, now) };
}

function recheckOf(
  pair: Pair,
  lesson: LessonOutline,
  { entries }: LessonFacts,
  now: Instant,
): ActionKind | undefined {
  const today = dayOf(pair, now);
  const lesson8 = pair.lessons.find(({ id }) => id === "lesson-08");
  return chooseRecheck({
    lesson,
    position: pair.lessons.length + 1,
    entries,
    today,
    agreement: agreementAt(entries, today),
    agreementAskedOn: dayOf(pair, pair.lessons.at(-1)?.plannedFor ?? pair.createdAt),
    anchors: lesson8 === undefined ? {} : { lesson8On: dayOf(pair, lesson8.plannedFor) },
  });
}

function withNudges(pair: Pair, lessonId: string, now: Instant): Pair {
  return SEATS.reduce<Pair>((changed, seat) => withNudge(changed, seat, lessonId, now), pair);
}

/** One nudge two business days later, unless a later one is already promised ("not yet" or a planned day). */
function withNudge(pair: Pair, seat: SeatId, lessonId: string, now: Instant): Pair {
  const promised = pair.seats[seat].timers.nudge;
  if (promised !== undefined && promised.at > now) return pair;
  const day = businessDaysAfter(dayOf(pair, now), NUDGE_BUSINESS_DAYS);
  const item = `nudge-${lessonId.slice("lesson-".length)}`;
  return setSeatTimer(pair, seat, "nudge", { at: followUpAt(pair, day), item });
}

/** The last lesson again for every seat whose present holder should have it and does not. */
function owedPlans(pair: Pair, facts: LessonFacts, now: Instant): readonly Plan[] {
  const last = pair.lessons.at(-1);
  if (last === undefined) return [];
  const at = permittedFrom(now, pair.slot);
  return SEATS.filter((seat) => isOwed(pair, seat, sendsOf(facts.sends, last.id, seat))).map(
    (seat) => ({ ...lessonPlan(pair, seat, last.id, at), revive: true }),
  );
}

function isOwed(pair: Pair, seat: SeatId, sends: readonly Send[]): boolean {
  if (sends.some(wentOut)) return false;
  const own = sends.find(({ holder }) => holder === pair.seats[seat].holder);
  return own === undefined || own.state === "withdrawn" || own.state === "stopped";
}

export function isLastSettled(pair: Pair, sends: readonly Send[]): boolean {
  const last = pair.lessons.at(-1);
  return last === undefined || SEATS.every((seat) => sendsOf(sends, last.id, seat).some(wentOut));
}

/** Not settled yet (an outage, an unknown answer): looked at again in an hour. */
function lookAgain(pair: Pair, now: Instant): Pair {
  return setTimer(pair, "lesson", {
    at: plusHours(now, 1),
    item: pair.timers.lesson?.item ?? "next",
  });
}

function lastLessonOutAt(pair: Pair, sends: readonly Send[]): Instant | undefined {
  const last = pair.lessons.at(-1);
  if (last === undefined) return undefined;
  const settledAts = sends
    .filter(({ item, settledAt }) => item === last.id && settledAt !== undefined)
    .map(({ settledAt }) => settledAt ?? last.plannedFor);
  return latest(last.plannedFor, ...settledAts);
}

/** Coming off a hold, after an outage, or too soon after the last lesson: the next one waits for its slot. */
function mustWait(pair: Pair, lastOutAt: Instant | undefined, now: Instant): boolean {
  return (
    pair.timers.lesson?.item === "catch-up" ||
    isTooLate(pair, now) ||
    isTooSoon(pair, lastOutAt, now)
  );
}

/**
 * The ledger knows better which lessons were planned: after a crash between the two writes, and after
 * the pairs' table was restored from an older backup. Those count as had.
 */
function absorbLedger(pair: Pair, sends: readonly Send[], now: Instant): Pair {
  const had = new Set<string>(pair.lessons.map(({ id }) => id));
  const missed = sends
    .filter(({ kind, item }) => kind === "lesson" && !had.has(item))
    .sort((one, other) => (one.plannedFor < other.plannedFor ? -1 : 1));
  return missed.reduce<Pair>(
    (known, { item, plannedFor }) => withNudges(recordLesson(known, item, plannedFor), item, now),
    pair,
  );
}

function recordLesson(pair: Pair, id: string, plannedFor: Instant): Pair {
  if (pair.lessons.some((lesson) => lesson.id === id)) return pair;
  return { ...pair, lessons: [...pair.lessons, { id: id as LessonId, plannedFor }] };
}

function isTooLate(pair: Pair, now: Instant): boolean {
  const at = pair.timers.lesson?.at;
  return at !== undefined && now > plusHours(at, LESSON_LATE_HOURS);
}

function isTooSoon(pair: Pair, lastOutAt: Instant | undefined, now: Instant): boolean {
  return lastOutAt !== undefined && dayOf(pair, now) < addDays(dayOf(pair, lastOutAt), 4);
}

function atNextSlot(pair: Pair, lastOutAt: Instant | undefined, now: Instant): Pair {
  const slot =
    lastOutAt === undefined
      ? nextSlot(latest(now, firstLessonFrom(pair)), pair.slot)
      : nextLessonSlot(lastOutAt, now, pair.slot);
  return setTimer(pair, "lesson", { at: withJitter(slot, pair.id), item: "next" });
}

function firstLessonFrom(pair: Pair): Instant {
  return pair.state.kind === "active" ? plusHours(pair.state.startedAt, 20) : pair.createdAt;
}

function towardGraduation(pair: Pair, lastOutAt: Instant, now: Instant): Pair {
  const weekLater = daysLater(pair, lastOutAt, GRADUATION_DAYS);
  const at = weekLater > now ? weekLater : permittedFrom(now, pair.slot);
  return setTimer(clearTimer(pair, "lesson"), "graduation", { at, item: "graduation" });
}

function lessonPlan(pair: Pair, seat: SeatId, id: string, at: Instant): Plan {
  return { item: id, seat, holder: pair.seats[seat].holder, kind: "lesson", mail: id, at };
}

function sendsOf(sends: readonly Send[], item: string, seat: SeatId): readonly Send[] {
  return sends.filter((send) => send.item === item && send.seat === seat);
}
