import { describe, expect, test } from "vitest";
import type { LogEntry } from "../../functions/core/action.ts";
import {
  askAfter,
  CHECK_INS_UNANSWERED_MAX,
  type FollowUpFacts,
  fireCheckIn,
  fireFollowUp,
  graduate,
  isTooClose,
  keepMeeting,
  nudgeLater,
  reanchorAgreement,
  reanchorMeet,
} from "../../functions/core/follow-ups.ts";
import {
  type Day,
  localDay,
  plusDays,
  plusHours,
  weekdayOf,
} from "../../functions/core/instant.ts";
import type { Pair, SeatId, SeatTimers } from "../../functions/core/pair.ts";
import type { Change } from "../../functions/core/plan.ts";
import {
  actAt,
  completedPair,
  entryOf,
  lessonsUntil,
  NOW,
  OUTLINE,
  pairOf,
} from "../support/builders.ts";

const ZONE = "America/New_York";

function factsOf(entries: readonly LogEntry[] = []): FollowUpFacts {
  return { outline: OUTLINE, entries };
}

function mailsOf(change: Change): readonly string[] {
  return change.plans.map(({ item, mail, seat }) => `${item} ${mail} ${seat}`);
}

/** `2026-10-20 meet-2`: when a seat's timer rings, and for what. */
function timerOf(pair: Pair, seat: SeatId, name: keyof SeatTimers): string | undefined {
  const timer = pair.seats[seat].timers[name];
  return timer === undefined ? undefined : `${localDay(timer.at, ZONE)} ${timer.item}`;
}

function nudged(item: string, seat: Partial<Pair["seats"]["sp"]> = {}): Pair {
  const timers = { nudge: { at: NOW, item } };
  return pairOf({ lessons: lessonsUntil(3, plusDays(NOW, -2)) }, { sp: { timers, ...seat } });
}

function prompted(timers: SeatTimers, seat: Partial<Pair["seats"]["sp"]> = {}): Pair {
  return completedPair({}, { sp: { timers, ...seat } });
}

describe("a nudge", () => {
  test("asks about its lesson once, and counts as ignored until an answer comes", () => {
    const change = fireFollowUp(nudged("nudge-03"), "sp", "nudge", factsOf(), NOW);
    expect(mailsOf(change)).toEqual(["nudge-03 nudge sp"]);
    expect(change.pair.seats.sp).toMatchObject({ nudgesIgnored: 1, timers: {} });
  });

  test("stays away when the thing is logged, by either seat if they do it together", () => {
    const met = factsOf([entryOf("meet-informally", "2026-10-12", { seat: "le" })]);
    expect(mailsOf(fireFollowUp(nudged("nudge-03"), "sp", "nudge", met, NOW))).toEqual([]);
  });

  test("about a half of one's own stays away once the own half is logged, and not before", () => {
    const own = factsOf([entryOf("role-map", "2026-10-12")]);
    const other = factsOf([entryOf("role-map", "2026-10-12", { seat: "le" })]);
    expect(mailsOf(fireFollowUp(nudged("nudge-02"), "sp", "nudge", own, NOW))).toEqual([]);
    expect(mailsOf(fireFollowUp(nudged("nudge-02"), "sp", "nudge", other, NOW))).toHaveLength(1);
  });

  test("comes all the same when the entry was taken back", () => {
    const undone = factsOf([entryOf("meet-informally", "2026-10-12", { undoneAt: NOW })]);
    expect(mailsOf(fireFollowUp(nudged("nudge-03"), "sp", "nudge", undone, NOW))).toHaveLength(1);
  });

  test("is off after two ignored ones in a row, but a promised one still comes", () => {
    const ignored = { nudgesIgnored: 2 };
    expect(
      mailsOf(fireFollowUp(nudged("nudge-03", ignored), "sp", "nudge", factsOf(), NOW)),
    ).toEqual([]);
    expect(
      mailsOf(fireFollowUp(nudged("nudge-03-again", ignored), "sp", "nudge", factsOf(), NOW)),
    ).toEqual(["nudge-03-again nudge sp"]);
  });

  test("after a planned day asks whether it happened", () => {
    const pair = askAfter(nudged("nudge-03"), "sp", "2026-10-16");
    expect(timerOf(pair, "sp", "nudge")).toBe("2026-10-17 nudge-03-happened");
    expect(
      mailsOf(fireFollowUp(nudged("nudge-03-happened"), "sp", "nudge", factsOf(), NOW)),
    ).toEqual(["nudge-03-happened nudge-plan sp"]);
  });

  test("moves a week after NOT YET", () => {
    expect(timerOf(nudgeLater(nudged("nudge-03"), "sp", NOW), "sp", "nudge")).toBe(
      "2026-10-20 nudge-03-again",
    );
  });
});

describe("LATER", () => {
  test.each([
    ["nudge", nudged("nudge-03", { snoozedUntil: "2026-10-16" })],
    ["meet", prompted({ meet: { at: NOW, item: "meet-1" } }, { snoozedUntil: "2026-10-16" })],
    ["mou", prompted({ mou: { at: NOW, item: "mou-1" } }, { snoozedUntil: "2026-10-16" })],
  ] as const)("puts off a %s to the day that was asked for", (name, pair) => {
    const change = fireFollowUp(pair, "sp", name, factsOf(), NOW);
    expect(mailsOf(change)).toEqual([]);
    expect(timerOf(change.pair, "sp", name)?.slice(0, 10)).toBe("2026-10-16");
  });

  test("holds nothing back on that day itself", () => {
    const pair = nudged("nudge-03", { snoozedUntil: "2026-10-13" });
    expect(mailsOf(fireFollowUp(pair, "sp", "nudge", factsOf(), NOW))).toHaveLength(1);
  });
});

describe("graduation", () => {
  const taught = pairOf({ lessons: lessonsUntil(11, plusDays(NOW, -7)) });

  test("goes to both whatever was logged, and sets the quarterly check-in", () => {
    const change = graduate(taught, factsOf(), NOW);
    expect(change.pair.state).toMatchObject({ kind: "completed", completedAt: NOW });
    expect(mailsOf(change)).toEqual(["graduation graduation sp", "graduation graduation le"]);
    expect(localDay(change.pair.timers.checkIn?.at ?? "", ZONE)).toBe("2027-01-12");
  });

  test("asks a pair that never met one week later, one that met eight weeks after that day", () => {
    expect(timerOf(graduate(taught, factsOf(), NOW).pair, "sp", "meet")).toBe("2026-10-20 meet-1");
    const met = factsOf([entryOf("meet-informally", "2026-10-06")]);
    expect(timerOf(graduate(taught, met, NOW).pair, "le", "meet")).toBe("2026-12-01 meet-1");
  });

  test("done again, for a seat that missed it, starts nothing a second time", () => {
    const once = graduate(taught, factsOf(), NOW).pair;
    const twice = graduate(once, factsOf(), plusDays(NOW, 30));
    expect(twice.plans.every(({ item, revive }) => item === "graduation" && revive)).toBe(true);
    expect(twice.pair.state).toEqual(once.state);
    expect(twice.pair.timers.checkIn).toEqual(once.timers.checkIn);
  });
});

describe("a check-in", () => {
  function dueCheckIn(item: string, changes: Partial<Pair> = {}, meet?: Day): Pair {
    const timers =
      meet === undefined ? {} : { meet: { at: `${meet}T14:00:00.000Z`, item: "meet-2" } };
    const seat = { timers, prompts: { meet: 1, mou: 0 } };
    return completedPair(
      { timers: { checkIn: { at: NOW, item } }, ...changes },
      { sp: seat, le: seat },
    );
  }

  test("asks both and comes again after a quarter", () => {
    const change = fireCheckIn(dueCheckIn("check-in-1"), factsOf(), actAt());
    expect(mailsOf(change)).toEqual(["check-in-1 check-in sp", "check-in-1 check-in le"]);
    expect(change.pair.timers.checkIn?.item).toBe("check-in-2");
    expect(localDay(change.pair.timers.checkIn?.at ?? "", ZONE)).toBe("2027-01-12");
  });

  test("takes a coffee prompt of the next fourteen days with it, and leaves a later one alone", () => {
    const near = fireCheckIn(dueCheckIn("check-in-1", {}, "2026-10-27"), factsOf(), actAt());
    expect(near.plans.map(({ facts }) => facts?.withMeet)).toEqual([true, true]);
    expect(timerOf(near.pair, "sp", "meet")).toBe("2026-12-22 meet-3");
    const far = fireCheckIn(dueCheckIn("check-in-1", {}, "2026-10-28"), factsOf(), actAt());
    expect(far.plans.map(({ facts }) => facts?.withMeet)).toEqual([false, false]);
    expect(timerOf(far.pair, "sp", "meet")).toBe("2026-10-28 meet-2");
  });

  test("after four without a reply from either seat ends the series, and any answer starts the count again", () => {
    const silent = dueCheckIn(`check-in-${CHECK_INS_UNANSWERED_MAX + 1}`);
    expect(fireCheckIn(silent, factsOf(), actAt()).pair.state).toMatchObject({ reason: "quiet" });
    const answered = { ...silent, rounds: { meetAnswered: 0, checkInAnswered: 1 } };
    expect(fireCheckIn(answered, factsOf(), actAt()).pair.state.kind).toBe("completed");
    const fourth = dueCheckIn(`check-in-${CHECK_INS_UNANSWERED_MAX}`);
    expect(fireCheckIn(fourth, factsOf(), actAt()).pair.state.kind).toBe("completed");
  });
});

describe("a coffee prompt", () => {
  test("is a mail of its own with one reminder two weeks later", () => {
    const pair = prompted({ meet: { at: NOW, item: "meet-1" } });
    const change = fireFollowUp(pair, "sp", "meet", factsOf(), NOW);
    expect(mailsOf(change)).toEqual(["meet-1 meet sp"]);
    expect(change.pair.seats.sp.prompts.meet).toBe(1);
    expect(timerOf(change.pair, "sp", "meet")).toBe("2026-10-27 meet-1-again");
  });

  test("is not repeated when either seat answered the round", () => {
    const timers = { meet: { at: NOW, item: "meet-1-again" } };
    const pair = { ...prompted(timers), rounds: { meetAnswered: 1, checkInAnswered: 0 } };
    const change = fireFollowUp(pair, "sp", "meet", factsOf(), NOW);
    expect(mailsOf(change)).toEqual([]);
    expect(timerOf(change.pair, "sp", "meet")).toMatch(/ meet-2$/);
  });

  test("ends for good when nobody answered whether to keep them; KEEP starts them again", () => {
    const over = prompted(
      { meet: { at: NOW, item: "meet-4-over" } },
      { prompts: { meet: 4, mou: 0 } },
    );
    const ended = fireFollowUp(over, "sp", "meet", factsOf(), NOW);
    expect(mailsOf(ended)).toEqual([]);
    expect(ended.pair.seats.sp.timers.meet).toBeUndefined();
    expect(timerOf(keepMeeting(ended.pair, NOW), "sp", "meet")).toBe("2026-12-08 meet-5");
  });

  test("counts from the day they met, for both, on their weekday, and never for yesterday", () => {
    const pair = prompted({ meet: { at: NOW, item: "meet-2" } }, { prompts: { meet: 1, mou: 0 } });
    const met = reanchorMeet(pair, "2026-10-09", NOW);
    expect(timerOf(met, "sp", "meet")).toBe("2026-12-08 meet-2");
    expect(timerOf(met, "le", "meet")).toBe("2026-12-08 meet-1");
    expect(met.rounds.meetAnswered).toBe(1);
    const longAgo = reanchorMeet(pair, "2026-06-01", NOW).seats.sp.timers.meet?.at ?? "";
    expect(longAgo > NOW && weekdayOf(localDay(longAgo, ZONE)) === 2).toBe(true);
  });

  test("waits for graduation: until then a meeting moves nothing", () => {
    expect(reanchorMeet(pairOf(), "2026-10-09", NOW)).toEqual(pairOf());
  });
});

describe("an agreement prompt", () => {
  test("asks what its state calls for, once, and sets the next", () => {
    const signed = factsOf([
      entryOf("mou-signed", "2026-04-13", { reportedAt: "2026-04-13T15:00:00.000Z" }),
    ]);
    const pair = prompted(
      { mou: { at: NOW, item: "mou-1" } },
      { prompts: { meet: 0, mou: 0, agreementOn: "2026-10-12" } },
    );
    const change = fireFollowUp(pair, "sp", "mou", signed, NOW);
    expect(mailsOf(change)).toEqual(["mou-1 mou-review sp"]);
    expect(timerOf(change.pair, "sp", "mou")).toBe("2026-10-27 mou-2");
  });

  test("whose reason was logged away meanwhile is not sent", () => {
    const fresh = factsOf([entryOf("mou-signed", "2026-10-12")]);
    const pair = prompted(
      { mou: { at: NOW, item: "mou-1" } },
      { prompts: { meet: 0, mou: 0, agreementOn: "2026-10-12" } },
    );
    const change = fireFollowUp(pair, "sp", "mou", fresh, NOW);
    expect(mailsOf(change)).toEqual([]);
    expect(timerOf(change.pair, "sp", "mou")).toBe("2027-04-13 mou-1");
  });

  test("moves with what is logged, for both seats, from graduation on", () => {
    const sent = factsOf([entryOf("mou-sent", "2026-10-13")]);
    const moved = reanchorAgreement(completedPair(), sent, NOW);
    expect(timerOf(moved, "sp", "mou")).toBe("2026-11-17 mou-1");
    expect(timerOf(moved, "le", "mou")).toBe("2026-11-17 mou-1");
    expect(reanchorAgreement(pairOf(), sent, NOW)).toEqual(pairOf());
  });
});

test("a seat that got an item less than 20 hours ago is left alone, the other one is not", () => {
  const pair = pairOf({}, { sp: { prompts: { meet: 0, mou: 0, lastItemAt: NOW } } });
  expect(isTooClose(pair, "sp", plusHours(NOW, 19))).toBe(true);
  expect(isTooClose(pair, "sp", plusHours(NOW, 20))).toBe(false);
  expect(isTooClose(pair, "le", NOW)).toBe(false);
});
