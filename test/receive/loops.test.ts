import fc from "fast-check";
import { expect, test } from "vitest";
import { localDay } from "../../functions/core/instant.ts";
import { ANSWERS_PER_DAY } from "../../functions/receive/answer-reply.ts";
import { createInbox, type ReplyMail, replyTo } from "../support/replies.ts";
import type { TestMail, TestService } from "../support/service.ts";
import { running } from "../support/stories.ts";

/** What a robot at a partner's address answers; a third of the products mark nothing at all. */
interface Robot {
  readonly says: string;
  readonly marks: readonly string[];
  readonly subject: string;
  readonly nullSender: boolean;
}

const SAYINGS = [
  "I am out of the office until Monday.",
  "Thank you, we have received your message.",
  "Your request is in our queue, number 4711.",
  "Please call the front desk.",
  "HELP",
  "What is this?",
];

const plainRobot: fc.Arbitrary<Robot> = fc.record({
  says: fc.constantFrom(...SAYINGS),
  marks: fc.constant([]),
  subject: fc.constant("Re: your mail"),
  nullSender: fc.constant(false),
});

const markedRobot: fc.Arbitrary<Robot> = fc.record({
  says: fc.constantFrom(...SAYINGS),
  marks: fc.subarray(
    ["Auto-Submitted: auto-replied", "X-Autoreply: yes", "Precedence: auto_reply"],
    { minLength: 1 },
  ),
  subject: fc.constantFrom("Re: your mail", "Automatic reply: your mail"),
  nullSender: fc.boolean(),
});

const ROUNDS_MAX = 40;

/** Both partners' robots answer every mail of ours, at once, for as long as anything comes. */
async function converse(robots: Readonly<Record<string, Robot>>): Promise<TestService> {
  const { service } = await running();
  await service.advanceTo("2026-10-06T16:00:00.000Z");
  const inbox = createInbox();
  let answered = 0;
  for (let round = 0; round < ROUNDS_MAX && answered < service.mails.length; round += 1) {
    const fresh = service.mails.slice(answered);
    answered = service.mails.length;
    for (const mail of fresh) await answerBy(service, inbox, robots[mail.to], mail);
  }
  expect(answered).toBe(service.mails.length);
  return service;
}

async function answerBy(
  service: TestService,
  inbox: ReturnType<typeof createInbox>,
  robot: Robot | undefined,
  mail: TestMail,
): Promise<void> {
  if (robot === undefined) return;
  const reply: ReplyMail = {
    body: robot.says,
    headers: robot.marks,
    subject: robot.subject,
    ...(robot.nullSender ? { sender: "" } : {}),
  };
  await replyTo(service, inbox, mail, reply);
}

function answersTo(service: TestService, address: string): readonly TestMail[] {
  return service.mails.filter(
    ({ to, tags, sendId }) =>
      to === address && (tags.kind === "receipt" || sendId.includes("was-it-you")),
  );
}

const ADA = "ada@harbor.example";
const BEN = "ben@police.example";

test("two robots that mark nothing come to rest: five answers a seat and day, and one coordinator's notice for each", async () => {
  await fc.assert(
    fc.asyncProperty(plainRobot, plainRobot, async (ada, ben) => {
      const service = await converse({ [ADA]: ada, [BEN]: ben });
      for (const address of [ADA, BEN]) {
        const days = answersTo(service, address).map(({ at }) => localDay(at, "America/New_York"));
        for (const day of new Set(days)) {
          expect(days.filter((other) => other === day).length).toBeLessThanOrEqual(ANSWERS_PER_DAY);
        }
      }
      const notices = service.mails.filter(({ to }) => to.startsWith("coordinator@"));
      expect(notices.length).toBeLessThanOrEqual(2 * ANSWERS_PER_DAY);
    }),
    { numRuns: 8 },
  );
}, 120_000);

test("robots that say what they are get no answer at all", async () => {
  await fc.assert(
    fc.asyncProperty(markedRobot, markedRobot, async (ada, ben) => {
      const service = await converse({ [ADA]: ada, [BEN]: ben });
      expect([...answersTo(service, ADA), ...answersTo(service, BEN)]).toEqual([]);
    }),
    { numRuns: 8 },
  );
}, 120_000);

test("no mail of a person is answered twice, however many times it is delivered", async () => {
  const { service } = await running();
  await service.advanceTo("2026-10-06T16:00:00.000Z");
  const inbox = createInbox();
  const lesson = service.mails.find(({ to, sendId }) => to === ADA && sendId.includes("lesson-01"));
  if (lesson === undefined) throw new Error("the first lesson went out");
  for (const body of ["DONE", "hm", "NOT YET"]) {
    const mail = { body, messageId: `${body.length}@mail.example` };
    for (let times = 0; times < 3; times += 1) await replyTo(service, inbox, lesson, mail);
  }
  expect(answersTo(service, ADA)).toHaveLength(3);
});
