import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  daysBetween,
  type Instant,
  localDay,
  plusDays,
  plusHours,
  weekdayOf,
} from "../../functions/core/instant.ts";
import {
  changeSlot,
  fireLesson,
  LESSON_LATE_HOURS,
  type LessonFacts,
  nextLesson,
  nextLessonAt,
} from "../../functions/core/lessons.ts";
import type { Pair } from "../../functions/core/pair.ts";
import type { Send, SendState } from "../../functions/core/send.ts";
import {
  completedPair,
  entryOf,
  lessonsUntil,
  NOW,
  OUTLINE,
  pairOf,
  sendOf,
  settledLesson,
} from "../support/builders.ts";

const ZONE = "America/New_York";

function factsOf(sends: readonly Send[] = [], changes: Partial<LessonFacts> = {}): LessonFacts {
  return { outline: OUTLINE, sends, entries: [], ...changes };
}

/** A pair that had so many lessons, the last one a week ago, with the lesson timer ringing now. */
function pairAfter(count: number, item = "next"): Pair {
  return pairOf({
    lessons: lessonsUntil(count, plusDays(NOW, -7)),
    timers: { lesson: { at: NOW, item } },
  });
}

function settled(count: number, changes: Partial<Send> = {}): readonly Send[] {
  return lessonsUntil(count, plusDays(NOW, -7)).flatMap(({ id, plannedFor }) =>
    settledLesson(id, { plannedFor, settledAt: plannedFor, ...changes }),
  );
}

/** The last lesson's send of one seat in this state, all others sent. */
function withLast(count: number, seat: "sp" | "le", state: SendState, holder = 1) {
  return settled(count).map((send) =>
    send.item === `lesson-0${count}` && send.seat === seat ? { ...send, state, holder } : send,
  );
}

function planned(pair: Pair, facts: LessonFacts, now: Instant = NOW): readonly string[] {
  return fireLesson(pair, facts, now).plans.map(
    ({ item, seat, holder }) => `${item} ${seat}${holder}`,
  );
}

describe("a lesson's turn", () => {
  test("plans the next unsent lesson for both, and the slot after it", () => {
    const change = fireLesson(pairAfter(2), factsOf(settled(2)), NOW);
    expect(planned(pairAfter(2), factsOf(settled(2)))).toEqual(["lesson-03 sp1", "lesson-03 le1"]);
    expect(change.pair.lessons.at(-1)).toEqual({ id: "lesson-03", plannedFor: NOW });
    expect(localDay(change.pair.timers.lesson?.at ?? "", ZONE)).toBe("2026-10-20");
  });

  test.each(["planned", "claimed", "unresolved"] as const)(
    "waits while the last lesson is %s for one seat",
    (state) => {
      const facts = factsOf(withLast(2, "le", state));
      expect(planned(pairAfter(2), facts)).toEqual([]);
      expect(fireLesson(pairAfter(2), facts, NOW).pair.timers.lesson?.at).toBe(plusHours(NOW, 1));
    },
  );

  test.each(["held", "bounced", "complained", "delivered"] as const)(
    "does not wait for a last lesson that is %s",
    (state) => {
      expect(planned(pairAfter(2), factsOf(withLast(2, "le", state)))).toHaveLength(2);
    },
  );

  test.each(["withdrawn", "stopped"] as const)(
    "first gives a %s lesson back to the seat that missed it, and the next comes at a later slot",
    (state) => {
      const change = fireLesson(pairAfter(2, "catch-up"), factsOf(withLast(2, "le", state)), NOW);
      expect(change.plans).toMatchObject([
        { item: "lesson-02", seat: "le", holder: 1, revive: true },
      ]);
      expect(localDay(change.pair.timers.lesson?.at ?? "", ZONE)).toBe("2026-10-20");
      expect(change.pair.lessons).toHaveLength(2);
    },
  );

  test("gives the last lesson to a successor whose predecessor missed it, and not when the seat had it", () => {
    const seats = { le: { holder: 2 } };
    const pair = { ...pairAfter(2), seats: pairOf({}, seats).seats };
    expect(planned(pair, factsOf(withLast(2, "le", "stopped")))).toEqual(["lesson-02 le2"]);
    expect(planned(pair, factsOf(settled(2)))).toEqual(["lesson-03 sp1", "lesson-03 le2"]);
  });

  test("is never less than four local days after the last lesson went out", () => {
    const late = plusDays(NOW, -3);
    const facts = factsOf(settled(2, { settledAt: late }));
    expect(planned(pairAfter(2), facts)).toEqual([]);
    const at = fireLesson(pairAfter(2), facts, NOW).pair.timers.lesson?.at ?? "";
    expect(daysBetween(localDay(late, ZONE), localDay(at, ZONE))).toBeGreaterThanOrEqual(4);
  });

  test("that comes more than a day late waits for the next slot; hours late it goes at once", () => {
    const facts = factsOf(settled(2));
    expect(planned(pairAfter(2), facts, plusHours(NOW, LESSON_LATE_HOURS))).toHaveLength(2);
    const tooLate = plusHours(NOW, LESSON_LATE_HOURS + 1);
    expect(planned(pairAfter(2), facts, tooLate)).toEqual([]);
    const at = fireLesson(pairAfter(2), facts, tooLate).pair.timers.lesson?.at ?? "";
    expect(localDay(at, ZONE)).toBe("2026-10-20");
  });

  test("coming off a hold waits for its slot", () => {
    expect(planned(pairAfter(2, "catch-up"), factsOf(settled(2)))).toEqual([]);
  });

  test("knows from the ledger what a lost write or a restored backup forgot", () => {
    expect(planned(pairAfter(2), factsOf(settled(3)))).toEqual(["lesson-04 sp1", "lesson-04 le1"]);
    const { lessons } = fireLesson(pairAfter(2), factsOf(settled(3)), NOW).pair;
    expect(lessons.map(({ id }) => id)).toEqual(lessonsUntil(4, NOW).map(({ id }) => id));
  });

  test("sets a nudge two business days later for each seat, but keeps one already promised later", () => {
    const promised = { nudge: { at: plusDays(NOW, 9), item: "nudge-02-happened" } };
    const pair = { ...pairAfter(2), seats: pairOf({}, { le: { timers: promised } }).seats };
    const change = fireLesson(pair, factsOf(settled(2)), NOW);
    expect(localDay(change.pair.seats.sp.timers.nudge?.at ?? "", ZONE)).toBe("2026-10-15");
    expect(change.pair.seats.le.timers).toEqual(promised);
  });

  test("asks again about one thing that is open", () => {
    const change = fireLesson(pairAfter(1), factsOf(settled(1)), NOW);
    expect(change.plans[0]?.facts).toEqual({ recheck: "intro-call" });
    const done = factsOf(settled(1), { entries: [entryOf("intro-call", "2026-10-08")] });
    expect(fireLesson(pairAfter(1), done, NOW).plans[0]?.facts).toBeUndefined();
  });
});

describe("the end of the lessons", () => {
  test("sets graduation one week after the last lesson", () => {
    const change = fireLesson(pairAfter(10), factsOf(settled(10)), NOW);
    expect(change.pair.timers.lesson).toBeUndefined();
    expect(localDay(change.pair.timers.graduation?.at ?? "", ZONE)).toBe("2026-10-20");
  });

  test("comes as soon as the current order holds nothing unsent, also when an edition removes lessons", () => {
    const outline = { ...OUTLINE, lessons: OUTLINE.lessons.slice(0, 2) };
    const change = fireLesson(pairAfter(2), factsOf(settled(2), { outline }), NOW);
    expect(change.plans).toEqual([]);
    expect(change.pair.timers.graduation).toBeDefined();
  });

  test("waits for the last lesson to be settled", () => {
    const pair = pairAfter(10);
    const pending = settled(10).map((send) =>
      send.item === "lesson-10" ? { ...send, state: "unresolved" as const } : send,
    );
    expect(fireLesson(pair, factsOf(pending), NOW).pair.timers.graduation).toBeUndefined();
  });
});

test("the next lesson is the first in the current order that the pair has not had", () => {
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...OUTLINE.lessons]),
      fc.nat({ max: 11 }),
      (lessons, count) => {
        const pair = pairOf({ lessons: lessonsUntil(count, NOW) });
        const next = nextLesson(pair, { ...OUTLINE, lessons });
        const had = new Set(pair.lessons.map(({ id }) => id));
        expect(next).toEqual(lessons.find(({ id }) => !had.has(id)));
      },
    ),
  );
});

describe("a change of slot", () => {
  const friday = { weekday: 5, time: "16:00", timeZone: ZONE };

  test("moves the next lesson, at least four days and at most ten after the last", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 6 }),
        (weekday, daysSince) => {
          const now = plusDays(NOW, daysSince);
          const pair = pairOf({
            lessons: lessonsUntil(2, NOW),
            timers: { lesson: { at: plusDays(NOW, 7), item: "next" } },
          });
          const at = changeSlot(pair, { ...friday, weekday }, now).timers.lesson?.at ?? "";
          const gap = daysBetween(localDay(NOW, ZONE), localDay(at, ZONE));
          expect(at >= now).toBe(true);
          expect(weekdayOf(localDay(at, ZONE))).toBe(weekday);
          expect(gap).toBeGreaterThanOrEqual(4);
          expect(gap).toBeLessThanOrEqual(daysSince > 3 ? 13 : 10);
        },
      ),
    );
  });

  test("before the first lesson still leaves 20 hours after the start", () => {
    const pair = pairOf({
      state: { kind: "active", startedAt: NOW },
      timers: { lesson: { at: plusDays(NOW, 7), item: "next" } },
    });
    const today = { weekday: 2, time: "16:00", timeZone: ZONE };
    const at = changeSlot(pair, today, NOW).timers.lesson?.at ?? "";
    expect(localDay(at, ZONE)).toBe("2026-10-20");
  });

  test("after the last lesson changes only the slot", () => {
    expect(changeSlot(completedPair(), friday, NOW)).toEqual({ ...completedPair(), slot: friday });
  });
});

test("nobody is told of a next lesson on hold, before the start or after the last", () => {
  const timers = { lesson: { at: NOW, item: "next" } };
  expect(nextLessonAt(pairOf({ timers }))).toBe(NOW);
  expect(nextLessonAt(pairOf({ timers, hold: { since: NOW, countsFrom: NOW } }))).toBeUndefined();
  expect(nextLessonAt(completedPair())).toBeUndefined();
});

test("a planned send that is not settled is no lesson that went out", () => {
  expect(planned(pairAfter(1), factsOf([sendOf({ item: "lesson-01" })]))).toEqual([
    "lesson-01 le1",
  ]);
});
