import { expect, test } from "vitest";
import { MissingMailError } from "../../functions/core/course.ts";
import { createInbox, mailTo, replyTo } from "../support/replies.ts";
import { running } from "../support/stories.ts";

const ADA = "ada@harbor.example";

test("a reply to a mail whose edition a restore has lost is read by what today's edition says", async () => {
  const { service, pair } = await running();
  await service.advanceTo("2026-10-06T16:00:00.000Z");
  const { courses } = service.ports;
  let isLost = true;
  const mail: typeof courses.mail = async (...asked) => {
    const wasLost = isLost;
    isLost = false;
    if (wasLost) throw new MissingMailError("published after the backup");
    return courses.mail(...asked);
  };
  const restored = { ...service.ports, courses: { ...courses, mail } };
  const lesson = mailTo(service, ADA, /lesson-01/);
  await replyTo(service, createInbox(), lesson, { body: "DONE" }, restored);
  expect((await service.ports.pairs.log(pair.id)).map(({ kind }) => kind)).toEqual(["intro-call"]);
});

test("a table that does not answer is no lost edition: the reply is read again later", async () => {
  const { service } = await running();
  await service.advanceTo("2026-10-06T16:00:00.000Z");
  const mail = async () => {
    throw new Error("try again later");
  };
  const broken = { ...service.ports, courses: { ...service.ports.courses, mail } };
  const lesson = mailTo(service, ADA, /lesson-01/);
  const reading = replyTo(service, createInbox(), lesson, { body: "DONE" }, broken);
  await expect(reading).rejects.toThrow("try again later");
});
