import { expect, test } from "vitest";
import { localDay, localTime } from "../../functions/core/instant.ts";
import { actOnOwnPage } from "../../functions/partner/own-page.ts";
import { liftAddress, stopAddress } from "../../functions/partner/stop-address.ts";
import { createTestService, startPair, type TestService } from "../support/service.ts";

const ZONE = "America/New_York";
const START = "2026-10-05T15:00:00.000Z";

/** `2026-10-06 lesson-01_sp1` for every mail of these kinds. */
function sent(service: TestService, kinds = /./): readonly string[] {
  return service.mails
    .filter(({ tags }) => kinds.test(tags.kind ?? ""))
    .map(({ at, sendId }) => `${localDay(at, ZONE)} ${sendId.split("_").slice(1).join("_")}`);
}

async function started(): Promise<TestService> {
  const service = await createTestService(START);
  await startPair(service);
  return service;
}

test("each seat gets eleven lessons in order, seven local days apart at its wall time across a DST change", async () => {
  const service = await started();
  await service.advanceTo("2027-01-01T00:00:00.000Z");
  for (const seat of ["sp1", "le1"]) {
    const lessons = service.mails.filter(({ sendId }) =>
      new RegExp(`_lesson-\\d\\d_${seat}$`).test(sendId),
    );
    const days = lessons.map(({ at }) => Date.parse(localDay(at, ZONE)) / 86_400_000);
    expect(lessons.map(({ sendId }) => sendId.split("_")[1])).toEqual(
      Array.from({ length: 11 }, (_, index) => `lesson-${String(index + 1).padStart(2, "0")}`),
    );
    expect(days.slice(1).map((day, index) => day - (days[index] ?? 0))).toEqual(Array(10).fill(7));
    expect(new Set(lessons.map(({ at }) => localTime(at, ZONE)))).toEqual(new Set(["10:04"]));
  }
});

test("nobody gets a mail twice in a course and the year after it, and nothing is held", async () => {
  const service = await started();
  await service.advanceTo("2028-03-01T00:00:00.000Z");
  const ids = service.mails.map(({ sendId }) => sendId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(service.log.filter((line) => line.startsWith("ERROR"))).toEqual([]);
});

test("graduation comes a week after lesson 11, then agreement and meeting prompts and quarterly check-ins", async () => {
  const service = await started();
  await service.advanceTo("2027-06-30T00:00:00.000Z");
  const prompts = sent(service, /graduation|mou|meet|check-in/).filter((line) => /sp1$/.test(line));
  expect(prompts).toEqual([
    "2026-12-22 graduation_sp1",
    "2026-12-23 mou-1_sp1",
    "2026-12-29 meet-1_sp1",
    "2027-01-12 meet-1-again_sp1",
    "2027-02-23 meet-2_sp1",
    "2027-03-09 meet-2-again_sp1",
    "2027-03-23 check-in-1_sp1",
    "2027-04-20 meet-3_sp1",
    "2027-05-04 meet-3-again_sp1",
    "2027-06-15 meet-4-keep_sp1",
    "2027-06-22 check-in-2_sp1",
  ]);
});

test("four check-ins without a reply end the series with a final note", async () => {
  const service = await started();
  await service.advanceTo("2028-06-01T00:00:00.000Z");
  expect((await service.pair()).state).toMatchObject({ kind: "ended", reason: "quiet" });
  expect(sent(service, /notice/).map((line) => line.replace(/-[0-9a-f]{16}/, ""))).toEqual([
    "2028-03-21 notice-final_sp1",
    "2028-03-21 notice-final_le1",
  ]);
});

test("a pause of one seat holds both, and resuming goes on without skipping or stacking a lesson", async () => {
  const service = await started();
  await service.advanceTo("2026-10-21T00:00:00.000Z");
  const { id } = await service.pair();
  const le = { pairId: id, seat: "le", holder: 1 } as const;
  await actOnOwnPage(service.ports, le, { kind: "pause" });
  await service.advanceTo("2026-11-11T12:00:00.000Z");
  await actOnOwnPage(service.ports, le, { kind: "resume" });
  await service.advanceTo("2026-11-25T12:00:00.000Z");
  expect(sent(service, /lesson|notice/).map((line) => line.replace(/-[0-9a-f]{16}/, ""))).toEqual([
    "2026-10-06 lesson-01_sp1",
    "2026-10-06 lesson-01_le1",
    "2026-10-13 lesson-02_sp1",
    "2026-10-13 lesson-02_le1",
    "2026-10-20 lesson-03_sp1",
    "2026-10-20 lesson-03_le1",
    "2026-10-20 notice-on-hold_sp1",
    "2026-11-11 notice-back_sp1",
    "2026-11-17 lesson-04_sp1",
    "2026-11-17 lesson-04_le1",
    "2026-11-24 lesson-05_sp1",
    "2026-11-24 lesson-05_le1",
  ]);
});

test("a lesson that a pause took back goes out on resuming to the seat that missed it, once", async () => {
  const service = await started();
  const { id } = await service.pair();
  await service.advanceTo("2026-10-13T14:04:34.459Z");
  // The pause comes after the lesson was planned for both seats and before the second one was sent.
  service.answerWith(({ sendId }) =>
    /lesson-02_le1/.test(sendId) ? { kind: "not-now" } : { kind: "accepted", sesId: sendId },
  );
  await service.advanceTo("2026-10-13T14:04:40.000Z");
  const le = { pairId: id, seat: "le", holder: 1 } as const;
  await actOnOwnPage(service.ports, le, { kind: "pause" });
  service.answerWith(undefined);
  await service.advanceTo("2026-10-15T15:00:00.000Z");
  expect(sent(service, /lesson/).filter((line) => /lesson-02/.test(line))).toEqual([
    "2026-10-13 lesson-02_sp1",
  ]);
  await actOnOwnPage(service.ports, le, { kind: "resume" });
  await service.advanceTo("2026-10-29T15:00:00.000Z");
  expect(sent(service, /lesson/).filter((line) => !/lesson-01/.test(line))).toEqual([
    "2026-10-13 lesson-02_sp1",
    "2026-10-15 lesson-02_le1",
    "2026-10-20 lesson-03_sp1",
    "2026-10-20 lesson-03_le1",
    "2026-10-27 lesson-04_sp1",
    "2026-10-27 lesson-04_le1",
  ]);
});

test("after a stop nothing goes to that address; START brings the seat back to the next lesson", async () => {
  const service = await started();
  await service.advanceTo("2026-10-14T00:00:00.000Z");
  const { id } = await service.pair();
  const sp = { pairId: id, seat: "sp", holder: 1 } as const;
  await stopAddress(service.ports, sp, { at: service.now(), id: "0000000000000001" });
  await service.advanceTo("2026-10-28T00:00:00.000Z");
  expect(sent(service).filter((line) => /sp1$/.test(line) && line > "2026-10-14")).toEqual([]);
  expect(sent(service, /notice/).at(-1)).toBe("2026-10-13 notice-seat-open-0000000000000001_le1");
  await liftAddress(service.ports, sp, { at: service.now(), id: "0000000000000002" });
  await service.advanceTo("2026-11-05T00:00:00.000Z");
  expect(sent(service, /lesson/).slice(-2)).toEqual([
    "2026-11-03 lesson-03_sp1",
    "2026-11-03 lesson-03_le1",
  ]);
});

test("a hold that nobody answers asks at four weeks and ends the pair at twelve", async () => {
  const service = await started();
  await service.advanceTo("2026-10-14T00:00:00.000Z");
  const { id } = await service.pair();
  const sp = { pairId: id, seat: "sp", holder: 1 } as const;
  await stopAddress(service.ports, sp, { at: service.now(), id: "0000000000000001" });
  await service.advanceTo("2027-01-30T00:00:00.000Z");
  expect(service.log.filter((line) => line.startsWith("ERROR"))).toEqual([]);
  expect(sent(service, /notice/).map((line) => line.replace(/-[0-9a-f]{16}/, ""))).toEqual([
    "2026-10-13 notice-seat-open_le1",
    "2026-11-10 notice-hold-question_le1",
    "2026-11-10 notice-hold-question-coordinator_coordinator1",
    "2027-01-05 notice-final_le1",
  ]);
  expect((await service.pair()).state).toMatchObject({ kind: "ended", reason: "on-hold-too-long" });
});

test("a pause with a day resumes by itself on that day and tells both", async () => {
  const service = await started();
  await service.advanceTo("2026-10-14T16:00:00.000Z");
  const { id } = await service.pair();
  const sp = { pairId: id, seat: "sp", holder: 1 } as const;
  await actOnOwnPage(service.ports, sp, { kind: "pause", weeks: 6 });
  await service.advanceTo("2026-12-03T00:00:00.000Z");
  expect(
    sent(service, /notice|lesson/)
      .map((line) => line.replace(/-[0-9a-f]{16}/, ""))
      .slice(4),
  ).toEqual([
    "2026-10-14 notice-on-hold_le1",
    "2026-11-25 notice-back_le1",
    "2026-11-25 notice-back_sp1",
    "2026-12-01 lesson-03_sp1",
    "2026-12-01 lesson-03_le1",
  ]);
});

test("a lesson that an outage delays by hours goes at once; by more than a day, at the next slot", async () => {
  const service = await started();
  await service.advanceTo("2026-10-13T14:00:00.000Z");
  service.answerWith(() => ({ kind: "not-now" }));
  await service.advanceTo("2026-10-13T20:00:00.000Z");
  service.answerWith(undefined);
  await service.advanceTo("2026-10-20T14:00:00.000Z");
  service.answerWith(() => ({ kind: "not-now" }));
  await service.advanceTo("2026-10-22T20:00:00.000Z");
  service.answerWith(undefined);
  await service.advanceTo("2026-11-04T00:00:00.000Z");
  expect(sent(service, /lesson/).filter((line) => /sp1/.test(line))).toEqual([
    "2026-10-06 lesson-01_sp1",
    "2026-10-13 lesson-02_sp1",
    "2026-10-27 lesson-03_sp1",
    "2026-11-03 lesson-04_sp1",
  ]);
});

test("an answer that was lost is not sent again while the grace runs, and once after it", async () => {
  const service = await started();
  service.answerWith(({ sendId }) =>
    /lesson-01_le1/.test(sendId) ? { kind: "unknown" } : { kind: "accepted", sesId: sendId },
  );
  await service.advanceTo("2026-10-06T20:00:00.000Z");
  service.answerWith(undefined);
  await service.advanceTo("2026-10-07T14:00:00.000Z");
  expect(sent(service, /lesson/)).toEqual(["2026-10-06 lesson-01_sp1"]);
  await service.advanceTo("2026-10-14T00:00:00.000Z");
  expect(sent(service, /lesson/)).toEqual([
    "2026-10-06 lesson-01_sp1",
    "2026-10-07 lesson-01_le1",
    "2026-10-13 lesson-02_sp1",
    "2026-10-13 lesson-02_le1",
  ]);
});
