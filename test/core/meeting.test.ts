import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays, type Day, daysBetween } from "../../functions/core/instant.ts";
import {
  afterMeetTimer,
  MEET_WEEKS,
  type MeetStage,
  meetItem,
  nextMeetDay,
  parseMeetItem,
} from "../../functions/core/meeting.ts";

const START: Day = "2026-12-29";
const stage = fc.constantFrom<MeetStage>("prompt", "again", "keep", "happened", "over");

/** What rings, one after the other, when the last answered round stays the same. */
function rings(first: string, answeredRound = 0, count = 12): readonly string[] {
  const lines: string[] = [];
  let next: { item: string; on: Day } | undefined = { item: first, on: START };
  while (next !== undefined && lines.length < count) {
    lines.push(`+${daysBetween(START, next.on)} ${next.item}`);
    next = afterMeetTimer(next.item, next.on, { answeredRound });
  }
  return lines;
}

test("a meet item says its round and stage, and is read back as it was written", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99 }), stage, (round, which) => {
      expect(parseMeetItem(meetItem({ round, stage: which }))).toEqual({ round, stage: which });
    }),
  );
  expect(() => parseMeetItem("mou-2")).toThrow(RangeError);
});

test("three silent rounds, each with one reminder, end with the question whether to keep them", () => {
  expect(rings("meet-1")).toEqual([
    "+0 meet-1",
    "+14 meet-1-again",
    "+56 meet-2",
    "+70 meet-2-again",
    "+112 meet-3",
    "+126 meet-3-again",
    "+168 meet-4-keep",
    "+196 meet-4-over",
  ]);
});

test("an answer starts the count of silent rounds again", () => {
  expect(rings("meet-3", 2, 6).at(-1)).toBe("+126 meet-5-again");
  expect(rings("meet-3", 1, 5)).toEqual([
    "+0 meet-3",
    "+14 meet-3-again",
    "+56 meet-4",
    "+70 meet-4-again",
    "+112 meet-5-keep",
  ]);
});

test("KEEP goes on eight weeks after the question; no answer ends the prompts", () => {
  expect(afterMeetTimer("meet-4-over", START, { answeredRound: 3 })).toBeUndefined();
  expect(afterMeetTimer("meet-4-over", START, { answeredRound: 4 })).toEqual({
    item: "meet-5",
    on: addDays(START, 28),
  });
});

test("after the question whether a planned coffee happened, the next round is eight weeks away", () => {
  expect(afterMeetTimer("meet-2-happened", START, { answeredRound: 2 })).toEqual({
    item: "meet-3",
    on: addDays(START, 56),
  });
});

test("rounds count up and lie eight weeks apart, whichever stage rings", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      stage,
      fc.nat({ max: 60 }),
      (round, which, answeredRound) => {
        const next = afterMeetTimer(meetItem({ round, stage: which }), START, { answeredRound });
        if (next === undefined) return;
        const parsed = parseMeetItem(next.item);
        const isSameRound = parsed.round === round && ["again", "over"].includes(parsed.stage);
        expect(isSameRound || parsed.round === round + 1).toBe(true);
        expect(daysBetween(START, next.on)).toBeGreaterThanOrEqual(14);
        expect(daysBetween(START, next.on)).toBeLessThanOrEqual(56);
      },
    ),
  );
});

test("a logged coffee is asked about again eight weeks after the day it happened", () => {
  expect(daysBetween(START, nextMeetDay(START))).toBe(MEET_WEEKS * 7);
});
