import { describe, expect, test } from "vitest";
import { advance } from "../../functions/core/advance.ts";
import { nameSuccessor } from "../../functions/core/handover.ts";
import { pause } from "../../functions/core/hold.ts";
import { localDay, plusDays, plusHours, plusMs } from "../../functions/core/instant.ts";
import type { LessonFacts } from "../../functions/core/lessons.ts";
import { end } from "../../functions/core/life.ts";
import type { Pair } from "../../functions/core/pair.ts";
import { pairDueAt } from "../../functions/core/timers.ts";
import {
  actAt,
  completedPair,
  lessonsUntil,
  NOW,
  OUTLINE,
  pairOf,
  pendingPair,
  settledLesson,
} from "../support/builders.ts";

const SETTLED = lessonsUntil(2, plusDays(NOW, -7)).flatMap(({ id, plannedFor }) =>
  settledLesson(id, { plannedFor, settledAt: plannedFor }),
);
const FACTS: LessonFacts = { outline: OUTLINE, sends: SETTLED, entries: [] };

function mailsOf(pair: Pair, now = NOW, facts = FACTS): readonly string[] {
  return advance(pair, facts, now).plans.map(({ item, seat }) => `${item} ${seat}`);
}

const ringing = { at: NOW, item: "next" } as const;

test("nothing due, nothing planned, and the pair stays as it is", () => {
  const pair = pairOf({ timers: { lesson: { at: plusMs(NOW, 1), item: "next" } } });
  expect(advance(pair, FACTS, NOW)).toEqual({ pair, plans: [], consents: [], log: [] });
});

test("afterwards nothing is due any more", () => {
  const pair = pairOf({
    lessons: lessonsUntil(2, plusDays(NOW, -7)),
    timers: { lesson: ringing },
  });
  const { pair: rested } = advance(pair, FACTS, plusHours(NOW, 1));
  expect((pairDueAt(rested) ?? "") > plusHours(NOW, 1)).toBe(true);
});

describe("several things due on one day", () => {
  test("the lesson goes first, and an open nudge gives way to that lesson's own", () => {
    const timers = { nudge: { at: NOW, item: "nudge-02-again" } };
    const pair = pairOf(
      { lessons: lessonsUntil(2, plusDays(NOW, -7)), timers: { lesson: ringing } },
      { sp: { timers } },
    );
    expect(mailsOf(pair)).toEqual(["lesson-03 sp", "lesson-03 le"]);
    const moved = advance(pair, FACTS, NOW).pair.seats.sp.timers.nudge?.at ?? "";
    expect(localDay(moved, "America/New_York")).toBe("2026-10-15");
  });

  test("the agreement goes before the coffee, which moves by a day", () => {
    const timers = {
      mou: { at: NOW, item: "mou-1" },
      meet: { at: NOW, item: "meet-1" },
    };
    const seat = { timers, prompts: { meet: 0, mou: 0, agreementOn: "2026-10-10" } };
    let pair = completedPair({}, { sp: seat });
    const order: string[] = [];
    for (let day = 0; day < 3; day += 1) {
      const change = advance(pair, FACTS, plusDays(NOW, day));
      order.push(...change.plans.filter((plan) => plan.seat === "sp").map(({ item }) => item));
      pair = change.pair;
    }
    expect(order).toEqual(["mou-1", "meet-1"]);
  });

  test("a check-in and an agreement prompt do not meet in one day", () => {
    const timers = { mou: { at: NOW, item: "mou-1" } };
    const seat = { timers, prompts: { meet: 0, mou: 0, agreementOn: "2026-10-10" } };
    const pair = completedPair(
      { timers: { checkIn: { at: NOW, item: "check-in-1" } } },
      { sp: seat },
    );
    expect(mailsOf(pair)).toEqual(["check-in-1 sp", "check-in-1 le"]);
  });
});

test("what became due while nobody looked is planned once, however many slots went by", () => {
  const timers = { meet: { at: plusDays(NOW, -200), item: "meet-1" } };
  const pair = completedPair(
    { timers: { checkIn: { at: plusDays(NOW, -100), item: "check-in-1" } } },
    { sp: { timers }, le: { timers } },
  );
  const mails = mailsOf(pair);
  expect(mails.filter((mail) => mail.endsWith("sp"))).toHaveLength(1);
  expect(mails.filter((mail) => mail.endsWith("le"))).toHaveLength(1);
});

test("while a pair is on hold only the hold's own timers ring", () => {
  const running = pairOf(
    { lessons: lessonsUntil(2, plusDays(NOW, -7)), timers: { lesson: ringing } },
    { le: { timers: { nudge: { at: NOW, item: "nudge-02" } } } },
  );
  const held = pause(running, "sp", actAt(plusHours(NOW, -1)))?.pair ?? running;
  expect(mailsOf(held)).toEqual([]);
  expect(mailsOf(held, plusDays(NOW, 28)).map((mail) => mail.replace(/-[0-9a-f]{16}/, ""))).toEqual(
    ["notice-hold-question le", "notice-hold-question-coordinator coordinator"],
  );
});

test("redoing a step after a crash names its mails the same, whatever the clock says by then", () => {
  const held = pause(pairOf(), "sp", actAt())?.pair ?? pairOf();
  const due = plusDays(NOW, 28);
  expect(mailsOf(held, due)).toEqual(mailsOf(held, plusHours(due, 1)));
});

test("a colleague who does not answer for 30 days has declined, and the coordinator is told", () => {
  const person = { name: "Cara", email: "cara@harbor.example", agency: "Harbor House" };
  const named = nameSuccessor(pairOf(), "sp", person, actAt())?.pair ?? pairOf();
  expect(mailsOf(named, plusDays(NOW, 29))).toEqual([]);
  const change = advance(named, FACTS, plusDays(NOW, 31));
  expect(change.plans.map(({ mail }) => mail)).toEqual(["notice-declined-successor"]);
  expect(change.pair.seats.sp.successor).toBeUndefined();
});

test("an invitation is reminded of before it expires, and an expiry leaves no reminder behind", () => {
  const timers = { reminder: { at: plusDays(NOW, 4), item: "reminder" } };
  const base = pendingPair("partner");
  const pending: Pair = {
    ...base,
    timers: { expiry: { at: plusDays(NOW, 30), item: "expiry" } },
    seats: { ...base.seats, le: { ...base.seats.le, timers } },
  };
  expect(mailsOf(pending, plusDays(NOW, 4))).toEqual(["reminder le"]);
  const late = advance(pending, FACTS, plusDays(NOW, 40));
  expect(late.plans.map(({ mail }) => mail)).toEqual(["notice-not-taken-up"]);
});

test("90 days after the end the names are gone and nothing is left to do", () => {
  const ended = end(pairOf(), "quiet", actAt()).pair;
  expect(advance(ended, FACTS, plusDays(NOW, 89)).pair.seats.sp.name).toBe("Ada Provider");
  const { pair } = advance(ended, FACTS, plusDays(NOW, 90));
  expect(
    [pair.seats.sp, pair.seats.le].map(({ name, email, agency }) => name + email + agency),
  ).toEqual(["", ""]);
  expect(pairDueAt(pair)).toBeUndefined();
});
