import { describe, expect, test } from "vitest";
import { addDays } from "../../functions/core/instant.ts";
import { decideReply, SNOOZE_DAYS_MAX } from "../../functions/core/reply-effect.ts";
import { ACTION_AGE_DAYS_MAX } from "../../functions/core/reply-hearing.ts";
import { actAt, NOW, pairOf, sendOf, TODAY } from "../support/builders.ts";
import { changedBy, effectOf, guessesOf, loggedBy, PAIR, readingOf } from "../support/hearings.ts";

describe("done", () => {
  const met = { intent: "done", actions: ["meet-informally"] } as const;

  test("is logged on its day, under the reply's own id, and shown in the receipt", () => {
    const effect = effectOf({ ...met, date: "2026-10-09" });
    expect(effect.log).toEqual([
      {
        kind: "meet-informally",
        on: "2026-10-09",
        assumed: false,
        seat: "sp",
        holder: 1,
        source: actAt().id,
        reportedAt: NOW,
      },
    ]);
    expect(effect.receipt?.mail).toBe("receipt-logged");
    expect(effect.receipt?.facts?.logged).toMatchObject([
      { kind: "meet-informally", on: "2026-10-09" },
    ]);
  });

  test("without a day is logged on the pair's day of the reply, marked assumed", () => {
    const late = effectOf(met, { act: actAt("2026-10-14T01:30:00.000Z") });
    expect(loggedBy(late)).toEqual(["meet-informally 2026-10-13 assumed"]);
  });

  test("of several things logs each and answers once", () => {
    const effect = effectOf({ intent: "done", actions: ["meet-informally", "tension-preview"] });
    expect(effect.log).toHaveLength(2);
    expect(effect.receipt?.mail).toBe("receipt-logged");
  });

  test("that is not certain logs nothing and asks, one button a guess", () => {
    const effect = effectOf({ ...met, certain: false, date: "2026-10-09" });
    expect(loggedBy(effect)).toEqual([]);
    expect(effect.receipt?.mail).toBe("receipt-ask");
    expect(guessesOf(effect)).toEqual(["meet-informally 2026-10-09"]);
  });

  test("with a day to come logs nothing and asks whether it has happened yet", () => {
    const effect = effectOf({ ...met, date: addDays(TODAY, 1) });
    expect(loggedBy(effect)).toEqual([]);
    expect(effect.receipt?.mail).toBe("receipt-future");
  });

  test("that lies too far back, or before the sign-up, logs nothing and asks for the day", () => {
    const oldest = addDays(TODAY, -ACTION_AGE_DAYS_MAX);
    expect(loggedBy(effectOf({ ...met, date: oldest }))).toHaveLength(1);
    const older = effectOf({ ...met, date: addDays(oldest, -1) });
    expect([loggedBy(older), older.receipt?.mail]).toEqual([[], "receipt-too-old"]);
    const before = effectOf({ ...met, date: "2026-10-01" }, { pair: pairOf() });
    expect(before.receipt?.mail).toBe("receipt-too-old");
  });

  test("may lie years back only for a signing or a review", () => {
    const signed = effectOf({ intent: "done", actions: ["mou-signed"], date: "2019-05-01" });
    expect(loggedBy(signed)).toEqual(["mou-signed 2019-05-01"]);
    const mixed = { intent: "done", actions: ["mou-signed", "meet-informally"] } as const;
    expect(loggedBy(effectOf({ ...mixed, date: "2019-05-01" }))).toEqual([]);
  });

  test("of a signing without a day asks for the month once, and counts from the reply", () => {
    const effect = effectOf({ intent: "done", actions: ["mou-signed"] });
    expect(loggedBy(effect)).toEqual([`mou-signed ${TODAY} assumed`]);
    expect(effect.receipt?.mail).toBe("receipt-signed-date");
  });

  test("NOT NEEDED tells the other seat, who may disagree", () => {
    const effect = effectOf({ intent: "done", actions: ["mou-not-needed"] });
    expect(changedBy(effect).mails).toEqual(["notice-not-needed le"]);
  });

  test("with LATER does both", () => {
    const effect = effectOf({ ...met, snoozeDays: 14 });
    expect(loggedBy(effect)).toHaveLength(1);
    expect(changedBy(effect).pair.seats.sp.snoozedUntil).toBe("2026-10-27");
  });

  test("with details of a person is logged, and the answer is the plain note without a repetition", () => {
    const effect = effectOf({ ...met, sensitive: true });
    expect(loggedBy(effect)).toHaveLength(1);
    expect(effect.receipt?.mail).toBe("receipt-details");
  });
});

describe("not yet, later, and a planned day", () => {
  test("NOT YET logs nothing and nudges again in a week", () => {
    const effect = effectOf({ intent: "not_yet" });
    expect(loggedBy(effect)).toEqual([]);
    expect(changedBy(effect).pair.seats.sp.timers.nudge?.item).toBe("nudge-03-again");
    expect(effect.receipt?.mail).toBe("receipt-not-yet");
  });

  test("a planned day moves the question to the day after; INVITED does the same", () => {
    for (const command of [undefined, "INVITED"] as const) {
      const reading = { intent: "not_yet", plannedOn: "2026-10-20" } as const;
      const effect = effectOf(command === undefined ? reading : { ...reading, command });
      const timer = changedBy(effect).pair.seats.sp.timers.nudge;
      expect(timer?.item).toBe("nudge-03-happened");
      expect(timer?.at.slice(0, 10)).toBe("2026-10-21");
      expect(loggedBy(effect)).toEqual([]);
    }
  });

  test("LATER holds back follow-ups for a week, or as long as was said, 60 days at most", () => {
    const days = [null, 3, 500].map(
      (snoozeDays) =>
        changedBy(effectOf({ intent: "snooze", snoozeDays })).pair.seats.sp.snoozedUntil,
    );
    expect(days).toEqual(["2026-10-20", "2026-10-16", addDays(TODAY, SNOOZE_DAYS_MAX)]);
  });

  test("LATER leaves lessons as they are", () => {
    const { pair } = changedBy(effectOf({ intent: "snooze" }));
    expect([pair.hold, pair.timers]).toEqual([PAIR.hold, PAIR.timers]);
  });
});

describe("a question or a call for help", () => {
  test("is answered automatically, and the coordinator hears that they asked, not what", () => {
    for (const intent of ["question", "help"] as const) {
      const effect = effectOf({ intent });
      const plans = effect.change?.(PAIR)?.plans ?? [];
      expect(plans).toMatchObject([{ mail: "notice-help-asked", seat: "coordinator", facts: {} }]);
      expect(effect.receipt?.mail).toBe("receipt-help");
    }
  });

  test("anything else asks what a bare DONE would have meant, or says what works", () => {
    expect(guessesOf(effectOf({ intent: "other" }))).toEqual([`meet-informally ${TODAY}`]);
    const checkIn = decideReply({
      reading: readingOf({}),
      act: actAt(),
      pair: PAIR,
      seat: "sp",
      today: TODAY,
      answered: sendOf({ item: "check-in-1" }),
      mail: "check-in",
      entries: [],
    });
    expect(checkIn.receipt?.mail).toBe("receipt-help");
  });

  test("REVISE is logged and leads to a review", () => {
    expect(loggedBy(effectOf({ intent: "question", command: "REVISE" }))).toEqual([
      `mou-revise ${TODAY} assumed`,
    ]);
  });
});
