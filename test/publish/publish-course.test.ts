import { expect, test } from "vitest";
import { courseStore } from "../../functions/adapters/course-store.ts";
import { memoryTable } from "../../functions/adapters/memory-table.ts";
import { type CompiledCourse, publishCourse } from "../../functions/publish/publish-course.ts";
import { compiledCourse, createTestService, startPair } from "../support/service.ts";

/** The course after an editor corrected the first lesson's subject. */
function corrected({ outline, mails }: CompiledCourse): CompiledCourse {
  return {
    outline: { ...outline, edition: "c0".repeat(32) },
    mails: mails.map((record) =>
      record.mail === "lesson-01"
        ? { ...record, content: { ...(record.content as object), subject: ["Week 1: corrected"] } }
        : record,
    ),
  };
}

test("publishes every mail of the compiled course, and says so once", async () => {
  const course = compiledCourse();
  const courses = courseStore(memoryTable());
  const lines: unknown[] = [];
  const log = { info: (...line: unknown[]) => void lines.push(line), error: () => undefined };
  await publishCourse({ courses, log }, course);
  await publishCourse({ courses, log }, course);
  const { slug, edition } = course.outline;
  expect(lines).toEqual([
    ["publish.course", { edition, outcome: "published" }],
    ["publish.course", { edition, outcome: "unchanged" }],
  ]);
  for (const record of course.mails) {
    expect(await courses.mail(slug, edition, record.mail, record.locale)).toEqual(record);
  }
});

test("a correction between plan and send makes no second mail and does not reach the planned one", async () => {
  const service = await createTestService("2026-10-05T15:00:00.000Z");
  const pair = await startPair(service);
  const key = { owner: pair.id, item: "lesson-01", seat: "sp", holder: 1 } as const;
  // The lesson is planned and SES is away; the correction comes before it answers again.
  service.answerWith((mail) => {
    return mail.sendId.includes("lesson-01")
      ? { kind: "not-now" }
      : { kind: "accepted", sesId: "ses-x" };
  });
  await service.advanceTo("2026-10-06T14:10:00.000Z");
  const planned = await service.ports.ledger.read(key);
  await publishCourse(service.ports, corrected(compiledCourse()));
  service.answerWith(undefined);
  await service.advanceTo("2026-10-06T15:00:00.000Z");
  const lessons = service.mails.filter(({ sendId }) => sendId.includes("lesson-01_sp1"));
  expect(lessons).toHaveLength(1);
  expect(Buffer.from(lessons[0]?.raw ?? []).toString()).not.toContain("Week 1: corrected");
  expect((await service.ports.ledger.read(key))?.edition).toBe(planned?.edition);
});

test("a correction reaches whoever has not had the lesson", async () => {
  const service = await createTestService("2026-10-05T15:00:00.000Z");
  await publishCourse(service.ports, corrected(compiledCourse()));
  await startPair(service);
  await service.advanceTo("2026-10-14T00:00:00.000Z");
  const lessons = service.mails.filter(({ sendId }) => sendId.includes("lesson-01_"));
  expect(lessons).toHaveLength(2);
  for (const { raw } of lessons) {
    expect(Buffer.from(raw).toString()).toContain("Subject: Week 1: corrected");
  }
});
