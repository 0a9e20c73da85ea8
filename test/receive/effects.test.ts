import { describe, expect, test } from "vitest";
import { localDay, plusDays } from "../../functions/core/instant.ts";
import { pairLog } from "../../functions/core/log.ts";
import { browserOf, linkIn, wordsOf } from "../support/pages.ts";
import { mailTo } from "../support/replies.ts";
import { mailsTo, START } from "../support/stories.ts";
import { ADA, AFTER_LESSON, BEN, underWay, ZONE } from "../support/talking.ts";

describe("what happened", () => {
  test.each([
    ["DONE", "intro-call 2026-10-06 sp"],
    ["done, thanks!", "intro-call 2026-10-06 sp"],
    ["We talked on the phone yesterday.", "intro-call 2026-10-05 sp"],
    ["COFFEE October 5", "meet-informally 2026-10-05 sp"],
    ["LIST", "role-map 2026-10-06 sp"],
    ["TALKED", "tension-preview 2026-10-06 sp"],
    ["NUMBERS", "trust-checkin 2026-10-06 sp"],
    ["DRAFTED", "mou-draft 2026-10-06 sp"],
    ["SWAPPED", "timeline-swap 2026-10-06 sp"],
    ["BOXES", "info-sharing-map 2026-10-06 sp"],
    ["TRAINED", "cross-training 2026-10-06 sp"],
    ["RESET", "repair-conversation 2026-10-06 sp"],
    ["LOOKED BACK", "debrief 2026-10-06 sp"],
    ["NEED ONE", "mou-needed 2026-10-06 sp"],
    ["SENT", "mou-sent 2026-10-06 sp"],
    ["REVIEWED", "mou-review 2026-10-06 sp"],
    ["HECHO", "intro-call 2026-10-06 sp"],
  ])("%s is logged as %s and answered once", async (body, entry) => {
    const { say, log } = await underWay();
    expect(await say(ADA, /lesson-01/, body)).toEqual(["receipt-logged sp"]);
    expect(await log()).toEqual([entry]);
  });

  test("several things are each logged, in one receipt that names both", async () => {
    const { service, say, log } = await underWay();
    expect(await say(ADA, /lesson-01/, "DONE and COFFEE yesterday")).toEqual(["receipt-logged sp"]);
    expect([...(await log())].sort()).toEqual([
      "intro-call 2026-10-05 sp",
      "meet-informally 2026-10-05 sp",
    ]);
    expect(wordsOf(mailTo(service, ADA))).toMatch(/first call, Oct 5.*coffee, Oct 5/);
  });

  test("said again in another mail within a day is answered and counts once; FIX then takes it back", async () => {
    const { say, log } = await underWay();
    await say(ADA, /lesson-01/, "DONE");
    expect(await say(ADA, /lesson-01/, "DONE")).toEqual(["receipt-logged sp"]);
    expect(await log()).toEqual(["intro-call 2026-10-06 sp"]);
    expect(await say(ADA, /receipt/, "FIX")).toEqual(["receipt-fixed sp"]);
    expect(await log()).toEqual(["intro-call 2026-10-06 sp undone"]);
  });

  test("taken back and said again counts again", async () => {
    const { service, say, log } = await underWay();
    await say(ADA, /lesson-01/, "DONE");
    await say(ADA, /receipt/, "FIX");
    await say(ADA, /lesson-01/, "DONE");
    expect([...(await log())].sort()).toEqual([
      "intro-call 2026-10-06 sp",
      "intro-call 2026-10-06 sp undone",
    ]);
    expect(service.mails.filter(({ tags }) => tags.kind === "receipt")).toHaveLength(3);
  });

  test("from both seats within a week is one thing, with both entries kept", async () => {
    const { service, pair, say, log } = await underWay("2026-10-20T16:00:00.000Z");
    await say(ADA, /lesson-03/, "COFFEE October 19");
    await say(BEN, /lesson-03/, "We had coffee on October 16");
    expect(await log()).toHaveLength(2);
    expect(pairLog(await service.ports.pairs.log(pair.id))).toHaveLength(1);
  });

  test("in answer to an old lesson counts as that lesson says", async () => {
    const { say, log } = await underWay("2026-11-03T17:00:00.000Z");
    await say(ADA, /lesson-02/, "DONE");
    expect(await log()).toEqual(["role-map 2026-11-03 sp"]);
  });

  test("on a day to come is asked about, and the button of the guess logs it", async () => {
    const { service, say, log } = await underWay();
    expect(await say(ADA, /lesson-01/, "COFFEE October 15")).toEqual(["receipt-future sp"]);
    expect(await log()).toEqual([]);
    const token = linkIn(mailTo(service, ADA), "/guess").slice("/guess/".length);
    await browserOf(service).post("/guess", { token });
    expect(await log()).toEqual(["meet-informally 2026-10-06 sp"]);
  });
});

describe("not yet, later, a plan", () => {
  test.each([
    ["NOT YET", "receipt-not-yet sp", "nudge-01-again 2026-10-13"],
    ["We meet on October 9", "receipt-not-yet sp", "nudge-01-happened 2026-10-10"],
    ["INVITED October 20", "receipt-invited sp", "nudge-01-happened 2026-10-21"],
    ["INVITED", "receipt-invited sp", "nudge-01-again 2026-10-13"],
  ])("%s logs nothing and asks again on its day", async (body, receipt, nudge) => {
    const { say, log, now } = await underWay();
    expect(await say(ADA, /lesson-01/, body)).toEqual([receipt]);
    expect(await log()).toEqual([]);
    const timer = (await now()).seats.sp.timers.nudge;
    expect(`${timer?.item} ${localDay(timer?.at ?? START, ZONE)}`).toBe(nudge);
  });

  test.each([
    ["LATER", "2026-10-13"],
    ["SNOOZE 10", "2026-10-16"],
    ["REMIND ME 3", "2026-10-09"],
    ["LATER 400", "2026-12-05"],
  ])("%s holds reminders back until %s, and lessons go on", async (body, until) => {
    const { service, say, now } = await underWay();
    expect(await say(ADA, /lesson-01/, body)).toEqual(["receipt-snoozed sp"]);
    expect((await now()).seats.sp.snoozedUntil).toBe(until);
    await service.advanceTo("2026-10-13T16:00:00.000Z");
    expect(mailsTo(service, ADA)).toContain("lesson-02 sp1");
  });
});

describe("pause and resume", () => {
  test.each([
    ["PAUSE", undefined],
    ["PAUSE 3 WEEKS", "2026-10-27"],
    ["PAUSE UNTIL November 2", "2026-11-02"],
  ])("%s holds both; the partner is told without a reason", async (body, until) => {
    const { service, say, now } = await underWay();
    const mails = [...(await say(ADA, /lesson-01/, body))].sort();
    expect(mails).toEqual(["notice-on-hold le", "receipt-paused sp"]);
    const { state } = (await now()).seats.sp;
    expect(state.kind === "paused" ? state.until : "not paused").toBe(until);
    expect(wordsOf(mailTo(service, BEN))).not.toMatch(/pause[ds]|Ada/i);
  });

  test("a pause with a day ends by itself, told to both; one without is asked about once", async () => {
    const dated = await underWay();
    await dated.say(ADA, /lesson-01/, "PAUSE 2 WEEKS");
    await dated.service.advanceTo("2026-10-20T16:00:00.000Z");
    expect((await dated.now()).hold).toBeUndefined();
    for (const who of [ADA, BEN]) expect(mailsTo(dated.service, who).join()).toMatch(/notice-back/);
    const open = await underWay();
    await open.say(ADA, /lesson-01/, "PAUSE");
    await open.service.advanceTo(plusDays(AFTER_LESSON, 45));
    const asked = mailsTo(open.service, ADA).filter((mail) => mail.includes("restart"));
    expect(asked).toHaveLength(1);
  });

  test.each(["RESUME", "RESTART"])("%s goes on where they stopped", async (body) => {
    const { service, say, now } = await underWay();
    await say(ADA, /lesson-01/, "PAUSE");
    await service.advanceTo("2026-10-15T16:00:00.000Z");
    expect([...(await say(ADA, /receipt/, body))].sort()).toEqual([
      "notice-back le",
      "receipt-resumed sp",
    ]);
    expect((await now()).hold).toBeUndefined();
    await service.advanceTo("2026-10-21T16:00:00.000Z");
    for (const who of [ADA, BEN]) {
      expect(mailsTo(service, who).filter((mail) => mail.startsWith("lesson"))).toHaveLength(2);
    }
  });

  test("STOP gets one last receipt, START from the own address brings them back", async () => {
    const { service, say, now } = await underWay();
    expect([...(await say(ADA, /lesson-01/, "STOP"))].sort()).toEqual([
      "notice-seat-open le",
      "receipt-stopped sp",
    ]);
    await service.advanceTo("2026-10-15T16:00:00.000Z");
    expect(await say(ADA, /lesson-01/, "START", { from: BEN })).toEqual([]);
    expect((await now()).seats.sp.state.kind).toBe("open");
    expect(await say(ADA, /lesson-01/, "START")).toContain("receipt-started sp");
    expect((await now()).seats.sp.state.kind).toBe("present");
  });
});

describe("FIX and DISAGREE", () => {
  test.each([
    ["FIX", ["intro-call 2026-10-06 sp undone"], "receipt-fixed sp"],
    [
      "FIX October 5",
      ["intro-call 2026-10-05 sp", "intro-call 2026-10-06 sp undone"],
      "receipt-corrected sp",
    ],
    [
      "FIX coffee",
      ["intro-call 2026-10-06 sp undone", "meet-informally 2026-10-06 sp"],
      "receipt-corrected sp",
    ],
    [
      "FIX COFFEE October 5",
      ["intro-call 2026-10-06 sp undone", "meet-informally 2026-10-05 sp"],
      "receipt-corrected sp",
    ],
    ["FIX March 3", ["intro-call 2026-10-06 sp undone"], "receipt-fixed sp"],
  ])("%s to a receipt leaves %j", async (body, entries, receipt) => {
    const { say, log } = await underWay();
    await say(ADA, /lesson-01/, "DONE");
    expect(await say(ADA, /receipt/, body)).toEqual([receipt]);
    expect([...(await log())].sort()).toEqual([...entries].sort());
  });

  test("FIX to NOT NEEDED tells the partner, who hears of that decision for the first time", async () => {
    const { say, agreement } = await underWay();
    await say(ADA, /lesson-01/, "NEED ONE");
    expect(await say(ADA, /receipt/, "FIX NOT NEEDED")).toEqual([
      "notice-not-needed le",
      "receipt-corrected sp",
    ]);
    expect((await agreement()).kind).toBe("not-needed");
  });

  test("DISAGREE takes the partner's entry back, and both read which one", async () => {
    const { service, say, log } = await underWay();
    await say(BEN, /lesson-01/, "DONE");
    const mails = [...(await say(ADA, /lesson-01/, "DISAGREE"))].sort();
    expect(mails).toEqual(["notice-reopened le", "receipt-reopened sp"]);
    expect(await log()).toEqual(["intro-call 2026-10-06 le undone"]);
    for (const who of [ADA, BEN]) {
      expect(wordsOf(mailTo(service, who))).toContain("Open again: first call, Oct 6");
    }
  });

  test("DISAGREE to NOT NEEDED opens the question again for both", async () => {
    const { say, agreement } = await underWay();
    expect(await say(BEN, /lesson-01/, "NOT NEEDED")).toContain("notice-not-needed sp");
    await say(ADA, /notice-not-needed/, "DISAGREE");
    expect((await agreement()).kind).toBe("undecided");
  });
});

describe("the agreement", () => {
  test.each([
    ["NEED ONE", "drafting"],
    ["DRAFTED", "drafting"],
    ["SENT", "with-leadership"],
    ["SIGNED", "in-force"],
    ["HAVE ONE", "in-force"],
    ["SIGNED September 2026", "in-force"],
    ["SIGNED May 2019", "review-due"],
    ["HAVE ONE May 2019", "review-due"],
    ["REVIEWED", "in-force"],
    ["NOT NEEDED", "not-needed"],
    ["No agreement needed", "not-needed"],
    ["REVISE", "review-due"],
  ])("%s makes it %s", async (body, state) => {
    const { say, agreement } = await underWay();
    await say(ADA, /lesson-01/, body);
    expect((await agreement()).kind).toBe(state);
  });

  test("SIGNED without a month asks for it once, and the month takes the place of the day", async () => {
    const { say, log, agreement } = await underWay();
    expect(await say(ADA, /lesson-01/, "SIGNED")).toEqual(["receipt-signed-date sp"]);
    expect(await say(ADA, /receipt/, "SIGNED August 2026")).toEqual(["receipt-logged sp"]);
    expect([...(await log())].sort()).toEqual([
      "mou-signed 2026-08-01 sp",
      "mou-signed 2026-10-06 sp undone",
    ]);
    expect(await agreement()).toMatchObject({ kind: "in-force", signedOn: "2026-08-01" });
  });
});
