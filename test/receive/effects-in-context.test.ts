import { describe, expect, test } from "vitest";
import { plusDays, plusMinutes } from "../../functions/core/instant.ts";
import { sendIdOf } from "../../functions/core/send.ts";
import { wordsOf } from "../support/pages.ts";
import { createInbox, mailTo, replyTo } from "../support/replies.ts";
import { compiledCourse, type TestService } from "../support/service.ts";
import { consentsOf, invited, running } from "../support/stories.ts";
import { ADA, AFTER_LESSON, BEN, talking, underWay } from "../support/talking.ts";

const AFTER_COURSE = "2027-01-05T17:00:00.000Z";

test("a reply that something newer has overtaken changes no consent, and says so", async () => {
  const { service, pair, say, log, now } = await underWay();
  const ada = { pairId: pair.id, seat: "sp", holder: 1 } as const;
  const later = plusMinutes(service.now(), 5);
  await service.ports.ledger.changeConsent(ada, (given) => ({ ...given, at: later }));
  const answered = await say(ADA, /lesson-01/, "Done, we had the call today. PAUSE 2 WEEKS");
  expect(answered).toEqual(["receipt-overtaken sp"]);
  expect((await now()).seats.sp.state.kind).toBe("present");
  expect(wordsOf(mailTo(service, ADA))).toContain("another reply, or a button that you pressed");
  expect(await log()).toEqual(["intro-call 2026-10-06 sp"]);
});

describe("words that answer a question", () => {
  test("KEEP goes on with coffee after the lessons, and means nothing before", async () => {
    const early = await underWay();
    expect(await early.say(ADA, /lesson-01/, "KEEP")).toEqual(["receipt-ask sp"]);
    const { service, say } = await underWay(AFTER_COURSE);
    expect(await say(ADA, /graduation/, "KEEP")).toEqual(["receipt-kept sp"]);
    expect(wordsOf(mailTo(service, ADA))).toMatch(/around \w+day, (February|March) \d+/);
  });

  test("WAIT, HANDOVER and END answer the question of a hold; WAIT means nothing without one", async () => {
    const early = await underWay();
    expect(await early.say(ADA, /lesson-01/, "WAIT")).toEqual(["receipt-ask sp"]);
    for (const [word, mails, state] of [
      ["WAIT", ["receipt-waiting sp"], "active"],
      ["HANDOVER", ["notice-handover coordinator", "receipt-handover-other sp"], "active"],
      ["END", ["receipt-ended sp"], "ended"],
    ] as const) {
      const { service, say, now } = await underWay();
      await say(BEN, /lesson-01/, "STOP");
      await service.advanceTo(plusDays(AFTER_LESSON, 29));
      expect([...(await say(ADA, /hold-question/, word))].sort()).toEqual(mails);
      expect((await now()).state.kind).toBe(state);
    }
  });

  test("END ends the pair for both, although the other has said something since", async () => {
    const { service, pair, say, now } = await underWay();
    await say(BEN, /lesson-01/, "PAUSE");
    await service.advanceTo(plusDays(AFTER_LESSON, 29));
    const ben = { pairId: pair.id, seat: "le", holder: 1 } as const;
    const later = plusMinutes(service.now(), 5);
    await service.ports.ledger.changeConsent(ben, (said) => ({ ...said, at: later }));
    expect(await say(ADA, /hold-question/, "END")).toContain("receipt-ended sp");
    expect((await now()).state).toMatchObject({ kind: "ended", reason: "ended-by-partner" });
    expect(await consentsOf(service, pair.id)).toEqual(["le1 ended", "sp1 ended"]);
  });

  test("HANDOVER to the question of a hold is about the other seat", async () => {
    const { service, say } = await underWay();
    await say(BEN, /lesson-01/, "STOP");
    await service.advanceTo(plusDays(AFTER_LESSON, 29));
    await say(ADA, /hold-question/, "HANDOVER");
    const notice = mailTo(service, "coordinator@common-ground.example", /handover/);
    expect(wordsOf(notice)).toContain("law enforcement seat is to be passed on");
  });

  test("a question and a message for the partner get the automatic answer; the coordinator hears no words", async () => {
    for (const body of ["What does week 2 ask of me?", "Please tell her I can't come", "HELP"]) {
      const { service, say, log } = await underWay();
      expect([...(await say(ADA, /lesson-01/, body))].sort()).toEqual([
        "notice-help-asked coordinator",
        "receipt-help sp",
      ]);
      expect(wordsOf(mailTo(service, ADA))).toMatch(
        /Nobody has read your message, and it was not passed on\..*ben@police\.example.*coordinator@/,
      );
      expect(await log()).toEqual([]);
    }
  });
});

describe("before the start", () => {
  test.each(["YES", "yes please", "Sí"])(
    "%s to the invitation confirms that seat",
    async (body) => {
      const { service, pair } = await invited();
      const { say, now } = talking(service, pair.id);
      expect(await say(BEN, /invitation/, body)).toContain("receipt-confirmed le");
      expect((await now()).state.kind).toBe("active");
    },
  );

  test("a YES of somebody else, or without an aligned pass, confirms nothing and writes to nobody", async () => {
    for (const more of [{ from: ADA }, { verdicts: { dmarc: "FAIL" } }] as const) {
      const { service, pair } = await invited();
      const { say, now } = talking(service, pair.id);
      expect(await say(BEN, /invitation/, "YES", more)).toEqual([]);
      expect((await now()).state.kind).toBe("pending");
    }
  });

  test("a plain no to the invitation declines it, and the signer is told", async () => {
    const { service, pair } = await invited();
    const { say, now } = talking(service, pair.id);
    expect(await say(BEN, /invitation/, "No, thank you")).toEqual(["notice-not-taken-up sp"]);
    expect((await now()).state).toMatchObject({ kind: "ended", reason: "not-taken-up" });
  });

  test("anything else is asked back with the way to say no; nothing is logged", async () => {
    for (const body of ["DONE", "Who are you?", "No idea yet", "COFFEE"]) {
      const { service, pair } = await invited();
      const { say, log } = talking(service, pair.id);
      expect(await say(BEN, /invitation/, body)).toEqual(["receipt-invitation le"]);
      expect(await log()).toEqual([]);
    }
  });
});

describe("after the end", () => {
  async function ended() {
    const story = await underWay();
    await story.say(BEN, /lesson-01/, "PAUSE");
    await story.say(ADA, /lesson-01/, "END");
    expect((await story.now()).state.kind).toBe("ended");
    return story;
  }

  test("what happened is logged all the same, and can be taken back", async () => {
    const { say, log } = await ended();
    expect(await say(ADA, /lesson-01/, "DONE")).toEqual(["receipt-logged sp"]);
    expect(await say(ADA, /receipt/, "FIX")).toEqual(["receipt-fixed sp"]);
    expect(await log()).toEqual(["intro-call 2026-10-06 sp undone"]);
  });

  test.each(["PAUSE", "RESUME", "LATER", "NOT YET", "HANDOVER", "WAIT", "KEEP", "ok"])(
    "%s is answered with the end, and changes nothing",
    async (body) => {
      const { say, now } = await ended();
      const before = await now();
      expect(await say(ADA, /lesson-01/, body)).toEqual(["receipt-ended-series sp"]);
      expect((await now()).seats).toEqual(before.seats);
    },
  );
});

/** One mail of each content file that went to this person in the first three quarters of a year. */
async function everyMail(service: TestService, pairId: string) {
  const sends = await service.ports.ledger.list(pairId, "");
  const out = service.mails.filter(({ to }) => to === ADA);
  return new Map(
    out.flatMap((mail) => {
      const send = sends.find((candidate) => sendIdOf(candidate) === mail.sendId);
      return send === undefined ? [] : [[send.mail, { mail, send }] as const];
    }),
  );
}

test("DONE to every kind of mail logs what that mail declares, or asks, and is answered once", async () => {
  const { service, pair } = await running();
  await service.advanceTo("2027-06-15T16:00:00.000Z");
  const { mails } = compiledCourse();
  const seen = await everyMail(service, pair.id);
  expect([...seen.keys()]).toEqual(
    expect.arrayContaining(["invitation-signer", "welcome", "lesson-01", "lesson-11", "nudge"]),
  );
  expect([...seen.keys()]).toEqual(
    expect.arrayContaining(["graduation", "meet", "meet-again", "mou-decide", "check-in"]),
  );
  const inbox = createInbox();
  for (const [id, { mail, send }] of seen) {
    await service.advanceTo(plusDays(service.now(), 1));
    const before = (await service.ports.pairs.log(pair.id)).length;
    const answers = service.mails.length;
    await replyTo(service, inbox, mail, { body: "DONE" });
    const compiled = mails.find((record) => record.mail === id)?.content as { done?: string };
    const nudged = compiledCourse().outline.lessons.find(
      (lesson) => send.item.startsWith("nudge") && lesson.id.slice(7) === send.item.slice(6, 8),
    );
    const declared = compiled.done ?? nudged?.done;
    const added = (await service.ports.pairs.log(pair.id)).slice(before);
    const logged = (await service.ports.pairs.log(pair.id)).length - before;
    expect([id, logged]).toEqual([id, declared === undefined ? 0 : 1]);
    expect(added.length).toBe(logged);
    const receipts = service.mails
      .slice(answers)
      .filter(({ to, tags }) => to === ADA && tags.kind === "receipt");
    expect([id, receipts.length]).toEqual([id, 1]);
  }
}, 120_000);
