import type { PlantedBug } from "./planted-bug.ts";

/** Slots, timers, ticks and what a pair gets next. */
export const BUGS_IN_LESSONS: readonly PlantedBug[] = [
  {
    name: "a week has 168 hours",
    rows: [9],
    file: "functions/core/slot.ts",
    changes: [
      {
        find: `  const gapOver = slotFrom(addDays(localDay(lastLessonAt, slot.timeZone), LESSON_GAP_DAYS), slot);`,
        put: `  const gapOver = plusMs(nextSlot(plusMs(lastLessonAt, -JITTER_WINDOW_MS), slot), 168 * 3_600_000);`,
      },
    ],
    checks: ["same-wall-time"],
    test: {
      file: "test/core/slot.test.ts",
      title:
        "eleven weekly lessons keep weekday and wall time, whichever clock changes lie between",
    },
  },
  {
    name: "a slot is read as UTC",
    rows: [9],
    file: "functions/core/slot.ts",
    changes: [
      {
        find: `return instantAt(day, slot.time, slot.timeZone);`,
        put: `return instantAt(day, slot.time, "UTC");`,
      },
    ],
    checks: ["same-wall-time"],
    test: {
      file: "test/core/slot.test.ts",
      title:
        "a slot shows its wall time, save for the hour a clock change skips, which moves forward",
    },
  },
  {
    name: "a changed slot leaves the next lesson at the old one",
    rows: [9],
    file: "functions/core/lessons.ts",
    changes: [
      {
        find: `return setTimer(changed, "lesson", { at: withJitter(at, pair.id), item: "next" });`,
        put: `return at === "" ? pair : changed;`,
      },
    ],
    checks: ["same-wall-time", "no-week-is-lost"],
    test: {
      file: "test/core/lessons.test.ts",
      title: "moves the next lesson, at least four days and at most ten after the last",
    },
  },
  {
    name: "a missed lesson is given up instead of owed",
    rows: [22, 23],
    file: "functions/core/lessons.ts",
    changes: [
      {
        find: `if (sends.some(wentOut)) return false;`,
        put: `if (sends.length > 0) return false;`,
      },
    ],
    checks: ["nobody-stands-still", "no-lesson-is-skipped"],
    test: {
      file: "test/core/lessons.test.ts",
      title:
        "gives the last lesson to a successor whose predecessor missed it, and not when the seat had it",
    },
  },
  {
    name: "a pair starts with one yes",
    rows: [17],
    file: "functions/core/life.ts",
    changes: [
      {
        find: `isSigner ? afterSigner(present, act, needsApproval) : start(present, act)`,
        put: `isSigner && needsApproval ? afterSigner(present, act, needsApproval) : start(present, act)`,
      },
    ],
    checks: ["starts-once"],
    test: {
      file: "test/core/life.test.ts",
      title: "of the signer invites the partner, who has 30 days from then",
    },
  },
  {
    name: "a couple is not claimed",
    rows: [25],
    file: "functions/enroll/enroll-pair.ts",
    changes: [
      {
        find: `const owner = await ports.pairs.claimCouple(couple, pairId);`,
        put: `const owner = couple === "" ? couple : pairId;`,
      },
    ],
    checks: ["one-couple-one-pair"],
    test: {
      file: "test/enroll/enroll-pair.test.ts",
      title: "are one pair either way round, and nothing goes to who was signed up second",
    },
  },
  {
    name: "what a pause took back is never given again",
    rows: [23],
    file: "functions/core/lessons.ts",
    changes: [
      {
        find: `(seat) => ({ ...lessonPlan(pair, seat, last.id, at), revive: true }),`,
        put: `(seat) => lessonPlan(pair, seat, last.id, at),`,
      },
    ],
    checks: ["nobody-stands-still", "no-lesson-is-skipped"],
    test: {
      file: "test/schedule/course.test.ts",
      title:
        "a lesson that a pause took back goes out on resuming to the seat that missed it, once",
    },
  },
  {
    name: "a confirmation counts twice",
    rows: [17],
    file: "functions/core/life.ts",
    changes: [
      {
        find: `if (pair.state.kind !== "pending" || pair.seats[seat].state.kind !== "invited") return undefined;
  const isSigner = seat === pair.signer;
  if (pair.state.waitsFor !== (isSigner ? "signer" : "partner")) return undefined;`,
        put: `if (pair.state.kind === "ended") return undefined;
  const isSigner = seat === pair.signer;`,
      },
    ],
    checks: ["starts-once"],
    test: {
      file: "test/core/life.test.ts",
      title: "of anybody once the course runs changes nothing",
    },
  },
  {
    name: "the next lesson does not wait for the last",
    rows: [6, 11, 23],
    file: "functions/core/lessons.ts",
    changes: [
      {
        find: `if (!isLastSettled(pair, facts.sends)) return changeOf(lookAgain(pair, now));`,
        put: ``,
      },
    ],
    checks: ["lessons-keep-their-distance"],
    test: {
      file: "test/core/lessons.test.ts",
      title: "waits for the last lesson to be settled",
    },
  },
  {
    name: "a restored pair does not ask the ledger what it had",
    rows: [20],
    file: "functions/core/lessons.ts",
    changes: [
      { find: `const pair = absorbLedger(stored, facts.sends, now);`, put: `const pair = stored;` },
    ],
    checks: ["no-week-is-lost"],
    test: {
      file: "test/core/lessons.test.ts",
      title: "knows from the ledger what a lost write or a restored backup forgot",
    },
  },
  {
    name: "mails are planned after the pair is written",
    rows: [1],
    file: "functions/schedule/change-pair.ts",
    changes: [
      {
        find: `  const sends = await planSends(ports, change.pair, change.plans);
  await moveAddresses(ports, before, change);
  if ((await ports.pairs.save(change.pair)) === "stale") return "again";`,
        put: `  await moveAddresses(ports, before, change);
  if ((await ports.pairs.save(change.pair)) === "stale") return "again";
  const sends = await planSends(ports, change.pair, change.plans);`,
      },
    ],
    checks: ["no-mail-is-missing"],
    test: {
      file: "test/schedule/change-pair.test.ts",
      title: "what a step plans is in the ledger before the pair says that it was planned",
    },
  },
];
