import { describe, expect, test } from "vitest";
import { plusDays, plusHours } from "../../functions/core/instant.ts";
import { end } from "../../functions/core/life.ts";
import { eraseHolderOf } from "../../functions/partner/erase-person.ts";
import { changePair } from "../../functions/schedule/change-pair.ts";
import { createInbox, mailTo, type ReplyMail, replyTo } from "../support/replies.ts";
import { actOf, invited, mailsTo, read, running } from "../support/stories.ts";

const ADA = "ada@harbor.example";
const BEN = "ben@police.example";
const STRANGER = "ada.private@mail.example";
const AFTER_LESSON = "2026-10-06T16:00:00.000Z";

async function afterFirstLesson() {
  const { service, pair } = await running();
  await service.advanceTo(AFTER_LESSON);
  const inbox = createInbox();
  const lesson = mailTo(service, ADA, /lesson-01/);
  const reply = (mail: ReplyMail, answered = lesson) => replyTo(service, inbox, answered, mail);
  const logged = async () =>
    (await service.ports.pairs.log(pair.id)).map(
      ({ kind, on, seat, undoneAt }) =>
        `${kind} ${on} ${seat}${undoneAt === undefined ? "" : " undone"}`,
    );
  const answers = (address = ADA) =>
    service.mails.filter(
      ({ to, tags }) => to === address && /receipt|notice/.test(tags.kind ?? ""),
    );
  const answerMails = async (address = ADA) => {
    const sends = await service.ports.ledger.list(pair.id, "");
    const ids = new Set(answers(address).map(({ sendId }) => sendId.split("_")[1]));
    return sends.filter(({ item }) => ids.has(item)).map(({ mail }) => mail);
  };
  return { service, pair, inbox, lesson, reply, logged, answers, answerMails };
}

describe("DONE", () => {
  test("is logged, and answered with what was understood", async () => {
    const { reply, logged, answerMails } = await afterFirstLesson();
    expect(await reply({ body: "DONE" })).toBe("answered");
    expect(await logged()).toEqual(["intro-call 2026-10-06 sp"]);
    expect(await answerMails()).toEqual(["receipt-logged"]);
  });

  test("delivered twice, through To and Cc, is logged once and answered once", async () => {
    const { reply, logged, answers } = await afterFirstLesson();
    const mail = { body: "DONE", messageId: "one@mail.example" };
    expect([await reply(mail), await reply(mail)]).toEqual(["answered", "seen-before"]);
    expect(await logged()).toHaveLength(1);
    expect(answers()).toHaveLength(1);
  });

  test("delivered twice at once is logged once and answered once", async () => {
    const { reply, logged, answers } = await afterFirstLesson();
    const mail = { body: "DONE", messageId: "one@mail.example" };
    await Promise.all([reply(mail), reply(mail)]);
    expect(await logged()).toHaveLength(1);
    expect(answers()).toHaveLength(1);
  });

  test("without a Message-ID is told apart by sender, date and words", async () => {
    const { reply } = await afterFirstLesson();
    const mail = { body: "DONE", messageId: "", headers: ["Date: Tue, 6 Oct 2026 11:59:00 -0400"] };
    expect([await reply(mail), await reply(mail)]).toEqual(["answered", "seen-before"]);
    expect(await reply({ ...mail, body: "STOP" })).toBe("answered");
  });

  test("handled again after a crash is logged once and answered once", async () => {
    const { service, inbox, lesson, logged, answers } = await afterFirstLesson();
    const dying = {
      ...service.ports,
      pairs: {
        ...service.ports.pairs,
        rememberReply: async () => {
          throw new Error("the process ends here");
        },
      },
    };
    const mail = { body: "DONE", messageId: "one@mail.example" };
    await expect(replyTo(service, inbox, lesson, mail, dying)).rejects.toThrow();
    expect(inbox.stored.size).toBe(1);
    await service.drain();
    await replyTo(service, inbox, lesson, mail);
    expect(await logged()).toHaveLength(1);
    expect(answers()).toHaveLength(1);
  });

  test("whose answering broke off is answered by the next try", async () => {
    const { service, inbox, lesson, answers } = await afterFirstLesson();
    const dying = {
      ...service.ports,
      ledger: {
        ...service.ports.ledger,
        plan: async () => {
          throw new Error("the process ends here");
        },
      },
    };
    const mail = { body: "DONE", messageId: "one@mail.example" };
    await expect(replyTo(service, inbox, lesson, mail, dying)).rejects.toThrow();
    expect(await replyTo(service, inbox, lesson, mail)).toBe("answered");
    await service.drain();
    expect(answers()).toHaveLength(1);
  });

  test("does not count what stands in the quoted lesson", async () => {
    const { reply, logged } = await afterFirstLesson();
    await reply({
      body: "not yet",
      quoted: "Reply DONE when you have had the call.\nSTOP ends all mail.",
    });
    expect(await logged()).toEqual([]);
  });

  test("cancels the nudge, and the next one counts again from none ignored", async () => {
    const { service, pair, reply } = await afterFirstLesson();
    await reply({ body: "DONE" });
    await service.advanceTo("2026-10-12T00:00:00.000Z");
    expect(mailsTo(service, ADA).filter((mail) => /nudge/.test(mail))).toEqual([]);
    expect((await read(service, pair.id)).seats.sp.nudgesIgnored).toBe(0);
  });
});

describe("who wrote", () => {
  test("somebody else logs nothing; the owner is asked, at their own address", async () => {
    const { reply, logged, answers, answerMails, service } = await afterFirstLesson();
    await reply({ body: "DONE", from: STRANGER });
    expect(await logged()).toEqual([]);
    expect(await answerMails()).toEqual(["notice-was-it-you"]);
    expect(answers()[0]?.to).toBe(ADA);
    expect(service.mails.filter(({ to }) => to === STRANGER)).toEqual([]);
  });

  test("the owner's address without an aligned pass is somebody else", async () => {
    const { reply, logged, answerMails } = await afterFirstLesson();
    await reply({ body: "DONE", verdicts: { dmarc: "FAIL" } });
    await reply({ body: "DONE", verdicts: { dmarc: "GRAY", dkim: "FAIL", spf: "PASS" } });
    expect(await logged()).toEqual([]);
    expect(new Set(await answerMails())).toEqual(new Set(["notice-was-it-you"]));
  });

  test("a domain that publishes nothing is believed, for small counties publish nothing", async () => {
    const { reply, logged } = await afterFirstLesson();
    await reply({ body: "DONE", verdicts: { dmarc: "GRAY", dkim: "GRAY", spf: "GRAY" } });
    expect(await logged()).toHaveLength(1);
  });

  test("the partner cannot log for the other seat by answering a forwarded lesson", async () => {
    const { reply, logged } = await afterFirstLesson();
    await reply({ body: "DONE", from: BEN });
    expect(await logged()).toEqual([]);
  });

  test.each(["STOP", "PAUSE"])(
    "%s is honoured from anybody who has the mail, and told to the owner",
    async (body) => {
      const { service, pair, reply, answerMails } = await afterFirstLesson();
      await reply({ body, from: STRANGER, verdicts: { dmarc: "FAIL" } });
      expect((await read(service, pair.id)).hold).toBeDefined();
      expect(await answerMails()).toEqual([body === "STOP" ? "receipt-stopped" : "receipt-paused"]);
    },
  );

  test("a pause by somebody else logs nothing of what else it says", async () => {
    const { service, pair, reply, logged } = await afterFirstLesson();
    await reply({ body: "Done, and please pause for 2 weeks", from: STRANGER });
    expect(await logged()).toEqual([]);
    expect((await read(service, pair.id)).seats.sp.state.kind).toBe("paused");
  });

  test("a resume or a START by somebody else wakes nothing", async () => {
    const { service, pair, reply } = await afterFirstLesson();
    await reply({ body: "PAUSE" });
    await reply({ body: "RESUME", from: STRANGER });
    expect((await read(service, pair.id)).seats.sp.state.kind).toBe("paused");
    await reply({ body: "STOP" });
    await reply({ body: "START", from: STRANGER });
    expect((await read(service, pair.id)).seats.sp.state.kind).toBe("open");
    await reply({ body: "START" });
    expect((await read(service, pair.id)).seats.sp.state.kind).toBe("present");
  });
});

describe("a mail that is no answer of a person", () => {
  const automatic: readonly (readonly [string, ReplyMail])[] = [
    ["an out-of-office", { body: "I am away. DONE", headers: ["Auto-Submitted: auto-replied"] }],
    ["a bounce", { body: "DONE", sender: "", from: "mailer-daemon@police.example" }],
    ["a vacation notice without a header", { body: "DONE", subject: "Automatic reply: Week 1" }],
    ["a bulk mail", { body: "DONE", headers: ["Precedence: bulk"] }],
  ];

  test.each(automatic)("%s is never answered or logged", async (_, mail) => {
    const { reply, logged, answers, inbox } = await afterFirstLesson();
    expect(await reply(mail)).toBe("automatic");
    expect([await logged(), answers(), inbox.stored.size]).toEqual([[], [], 0]);
  });

  test("a virus is deleted unread", async () => {
    const { reply, logged, inbox } = await afterFirstLesson();
    expect(await reply({ body: "DONE", verdicts: { virus: "FAIL" } })).toBe("unsafe");
    expect([await logged(), inbox.stored.size]).toEqual([[], 0]);
  });

  test("one without a token of ours, or with an altered one, is dropped", async () => {
    const { reply, lesson, inbox } = await afterFirstLesson();
    const address = /<(r-[^>]+)>/.exec(Buffer.from(lesson.raw).toString("latin1"))?.[1] ?? "";
    const altered = address.replace(
      /^(r-.{5})./,
      (_, start) => `${start}${address[7] === "a" ? "b" : "a"}`,
    );
    for (const recipients of [
      ["hello@reply.common-ground.example"],
      [altered],
      ["r-x@elsewhere.example"],
    ]) {
      expect(await reply({ body: "STOP", recipients })).toBe("no-token");
    }
    expect(inbox.stored.size).toBe(0);
    expect(
      await reply({ body: "DONE", recipients: ["list@police.example", address.toUpperCase()] }),
    ).toBe("answered");
  });

  test("one that was read already is left alone", async () => {
    const { service, inbox, lesson } = await afterFirstLesson();
    const { archive } = inbox;
    const empty = { archive: { ...archive, read: async () => undefined }, stored: inbox.stored };
    expect(await replyTo(service, empty, lesson, { body: "DONE" })).toBe("already-read");
  });
});

describe("answers", () => {
  test("end at five a seat and day, and what is said is done all the same", async () => {
    const { service, reply, answers, logged } = await afterFirstLesson();
    for (let count = 0; count < 7; count += 1) await reply({ body: "what is this?" });
    await reply({ body: "DONE" });
    expect(answers()).toHaveLength(5);
    expect(await logged()).toHaveLength(1);
    await service.advanceTo(plusHours(AFTER_LESSON, 24));
    await reply({ body: "NOT YET" });
    expect(answers()).toHaveLength(6);
  });

  test("go to the enrolled address, in the thread of the mail that was answered", async () => {
    const { reply, answers, lesson } = await afterFirstLesson();
    await reply({ body: "DONE", from: "ADA@Harbor.Example" });
    const raw = Buffer.from(answers()[0]?.raw ?? "").toString("latin1");
    expect(raw).toContain(`In-Reply-To: <${lesson.sesId}@`);
    expect(raw).toContain("Auto-Submitted: auto-replied");
  });
});

describe("after the end", () => {
  test("a reply is still read, logged and answered", async () => {
    const { service, pair, reply, logged, answerMails } = await afterFirstLesson();
    await changePair(service.ports, pair.id, (stored) => end(stored, "quiet", actOf(service)));
    await reply({ body: "DONE" });
    expect(await logged()).toHaveLength(1);
    expect(await answerMails()).toContain("receipt-logged");
  });

  test("and after the names were deleted it is told that the series has ended, and logs nothing", async () => {
    const { service, pair, reply, logged } = await afterFirstLesson();
    await changePair(service.ports, pair.id, (stored) => end(stored, "both-left", actOf(service)));
    await service.advanceTo(plusDays(AFTER_LESSON, 100));
    const before = service.mails.length;
    await reply({ body: "DONE" });
    const answers = service.mails.slice(before).map(({ to, raw }) => [to, String(raw)] as const);
    expect(answers).toEqual([["ada@harbor.example", expect.stringContaining("has ended")]]);
    expect(await logged()).toEqual([]);
  });

  test("a reply that was answered with a question, before its owner was erased, gets no second answer", async () => {
    const { service, pair, inbox, lesson, reply } = await afterFirstLesson();
    const mail = { body: "DONE", from: STRANGER, messageId: "one@mail.example" };
    const rememberReply = async () => {
      throw new Error("the process ends here");
    };
    const dying = { ...service.ports, pairs: { ...service.ports.pairs, rememberReply } };
    const first = replyTo(service, inbox, lesson, mail, dying);
    await expect(first).rejects.toThrow("the process ends here");
    await service.drain();
    expect(mailsTo(service, ADA).at(-1)).toMatch(/^notice-was-it-you/);
    await eraseHolderOf(service.ports, { pairId: pair.id, seat: "sp", holder: 1 });
    await reply(mail);
    expect(mailsTo(service, STRANGER)).toEqual([]);
  });
});

describe("NO by reply", () => {
  test.each(["NO", "No, thank you.", "no gracias", "Nope, thanks!"])(
    "declines from the invited address, without another mail to them: %s",
    async (body) => {
      const { service, pair } = await invited();
      await replyTo(service, createInbox(), mailTo(service, BEN), { body });
      expect((await read(service, pair.id)).state).toMatchObject({ reason: "not-taken-up" });
      expect(mailsTo(service, BEN)).toEqual(["invitation le1"]);
      expect(mailsTo(service, ADA).at(-1)).toBe("notice-not-taken-up sp1");
    },
  );

  test.each(["No, not this month", "No idea who this is?", "Not now", "no, wait", "No. Yes."])(
    "that says more declines nothing, and is answered: %s",
    async (body) => {
      const { service, pair } = await invited();
      await replyTo(service, createInbox(), mailTo(service, BEN), { body });
      expect((await read(service, pair.id)).state.kind).toBe("pending");
      expect(mailsTo(service, BEN)).toEqual(["invitation le1", "receipt le1"]);
    },
  );

  test("from anybody else, or without an aligned pass, declines nothing", async () => {
    const { service, pair } = await invited();
    const invitation = mailTo(service, BEN);
    await replyTo(service, createInbox(), invitation, { body: "NO", from: STRANGER });
    await replyTo(service, createInbox(), invitation, { body: "NO", verdicts: { dmarc: "FAIL" } });
    expect((await read(service, pair.id)).state.kind).toBe("pending");
  });

  test("declines no seat that has said yes, nor anything in a course that runs", async () => {
    const { service, pair } = await invited();
    const own = mailTo(service, ADA, /invitation/);
    await replyTo(service, createInbox(), own, { body: "NO" });
    expect((await read(service, pair.id)).state.kind).toBe("pending");
    await replyTo(service, createInbox(), mailTo(service, BEN), { body: "YES" });
    await replyTo(service, createInbox(), own, { body: "NO" });
    expect((await read(service, pair.id)).state.kind).toBe("active");
  });

  test("is heard in answer to the mail that asks again, as YES is", async () => {
    const { service, pair } = await invited();
    const inbox = createInbox();
    await replyTo(service, inbox, mailTo(service, BEN), { body: "Maybe" });
    const asksAgain = mailTo(service, BEN, /receipt/);
    await replyTo(service, inbox, asksAgain, { body: "NO" });
    expect((await read(service, pair.id)).state).toMatchObject({ reason: "not-taken-up" });
    const other = await invited();
    await replyTo(other.service, inbox, mailTo(other.service, BEN), { body: "Maybe" });
    await replyTo(other.service, inbox, mailTo(other.service, BEN, /receipt/), { body: "YES" });
    expect((await read(other.service, other.pair.id)).state.kind).toBe("active");
  });

  test("handled again after a crash declines once", async () => {
    const { service, pair } = await invited();
    const inbox = createInbox();
    const rememberReply = async () => {
      throw new Error("the process ends here");
    };
    const dying = { ...service.ports, pairs: { ...service.ports.pairs, rememberReply } };
    const mail = { body: "NO", messageId: "one@mail.example" };
    const invitation = mailTo(service, BEN);
    await expect(replyTo(service, inbox, invitation, mail, dying)).rejects.toThrow();
    await replyTo(service, inbox, invitation, mail);
    expect((await read(service, pair.id)).state).toMatchObject({ reason: "not-taken-up" });
    expect(mailsTo(service, ADA).filter((sent) => /not-taken-up/.test(sent))).toHaveLength(1);
    expect(mailsTo(service, BEN)).toEqual(["invitation le1"]);
  });
});

describe("YES by reply", () => {
  test("confirms from the invited address, starts the pair, and says so", async () => {
    const { service, pair } = await invited();
    const invitation = mailTo(service, BEN);
    await replyTo(service, createInbox(), invitation, { body: "YES" });
    expect((await read(service, pair.id)).state.kind).toBe("active");
    expect(mailsTo(service, BEN).toSorted()).toEqual([
      "invitation le1",
      "receipt le1",
      "welcome le1",
    ]);
  });

  test("from anybody else confirms nothing", async () => {
    const { service, pair } = await invited();
    const invitation = mailTo(service, BEN);
    await replyTo(service, createInbox(), invitation, { body: "YES", from: STRANGER });
    await replyTo(service, createInbox(), invitation, { body: "YES", verdicts: { dmarc: "FAIL" } });
    expect((await read(service, pair.id)).state.kind).toBe("pending");
  });
});
