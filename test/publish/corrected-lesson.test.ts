import { expect, test } from "vitest";
import type { CompiledMail } from "../../emails/compiled.ts";
import type { CompiledMailRecord } from "../../functions/ports.ts";
import { type CompiledCourse, publishCourse } from "../../functions/publish/publish-course.ts";
import { compiledCourse, createTestService, startPair } from "../support/service.ts";

/** The course with other words in one lesson's subject, as an edition of its own. */
function corrected(lesson: string, subject: string): CompiledCourse {
  const course = compiledCourse();
  const mails = course.mails.map(
    (record): CompiledMailRecord =>
      record.mail === lesson
        ? { ...record, content: { ...(record.content as CompiledMail), subject: [subject] } }
        : record,
  );
  return { outline: { ...course.outline, edition: "ed".repeat(32) }, mails };
}

function subjectsOf(service: Awaited<ReturnType<typeof createTestService>>, item: string) {
  return service.mails
    .filter(({ sendId }) => sendId.includes(`_${item}_`))
    .map(({ raw }) => /^Subject: (.*)$/m.exec(Buffer.from(raw).toString("utf8"))?.[1]?.trim());
}

test("a corrected lesson reaches the pair that has not had it, and nobody gets another mail", async () => {
  const service = await createTestService("2026-10-05T15:00:00.000Z");
  await startPair(service);
  await service.advanceTo("2026-10-14T00:00:00.000Z");
  const before = service.mails.length;
  await publishCourse(service.ports, corrected("lesson-03", "Week 3: corrected"));
  await service.advanceTo("2026-10-19T00:00:00.000Z");
  const lessons = service.mails.slice(before).filter(({ tags }) => tags.kind === "lesson");
  expect(lessons).toEqual([]);
  await service.advanceTo("2026-10-21T00:00:00.000Z");
  expect(subjectsOf(service, "lesson-03")).toEqual(["Week 3: corrected", "Week 3: corrected"]);
});

test("a mail that was planned before the correction goes out as it was planned, once", async () => {
  const service = await createTestService("2026-10-05T15:00:00.000Z");
  await startPair(service);
  service.answerWith(() => ({ kind: "not-now" }));
  await service.advanceTo("2026-10-06T15:00:00.000Z");
  await publishCourse(service.ports, corrected("lesson-01", "Week 1: corrected"));
  service.answerWith(undefined);
  await service.advanceTo("2026-10-07T00:00:00.000Z");
  expect(subjectsOf(service, "lesson-01")).toEqual([
    "Week 1: a 15-minute call",
    "Week 1: a 15-minute call",
  ]);
});
