import { describe, expect, test } from "vitest";
import { resumeSending, viewSending } from "../../functions/coordinator/resume-sending.ts";
import { plusDays, plusHours, plusMinutes } from "../../functions/core/instant.ts";
import { SEATS } from "../../functions/core/pair.ts";
import { createTestService, type TestMail, type TestService } from "../support/service.ts";
import { tell } from "../support/ses-events.ts";
import { START, sayYes, signUp } from "../support/stories.ts";

/** Some pairs under way, shortly after their first lesson went out. */
async function pairs(count: number): Promise<TestService> {
  const service = await createTestService(START);
  for (let index = 0; index < count; index += 1) {
    const people = {
      email: `ada${index}@harbor.example`,
      partnerEmail: `ben${index}@police.example`,
    };
    const pair = await signUp(service, people);
    for (const seat of SEATS) await sayYes(service, pair, seat);
  }
  await service.advanceTo(FIRST_LESSONS);
  return service;
}

const FIRST_LESSONS = "2026-10-06T16:00:00.000Z";
const SECOND_LESSONS = "2026-10-13T16:00:00.000Z";

const lessonsOf = (service: TestService, item: string) =>
  service.mails.filter(({ sendId }) => sendId.includes(`_${item}_`));
const lines = (service: TestService, start: string) =>
  service.log.filter((line) => line.startsWith(start));

async function fail(
  service: TestService,
  mails: readonly TestMail[],
  type: "Bounce" | "Complaint" = "Bounce",
): Promise<void> {
  for (const mail of mails) await tell(service, mail, type);
}

describe("when five of the week's mails bounced for good, and these are 4 % or more", () => {
  test("no lesson goes out any more, and all of them wait", async () => {
    const service = await pairs(6);
    await fail(service, lessonsOf(service, "lesson-01").slice(0, 4));
    expect(await service.ports.valve.read()).toEqual({});
    await fail(service, lessonsOf(service, "lesson-01").slice(4, 5));
    expect(await service.ports.valve.read()).toMatchObject({ shut: { why: "bounce" } });
    expect(lines(service, "ERROR feedback.paused")).toHaveLength(1);
    await service.advanceTo(SECOND_LESSONS);
    expect(lessonsOf(service, "lesson-02")).toEqual([]);
  });

  test("what somebody waits for still goes out", async () => {
    const service = await pairs(6);
    await fail(service, lessonsOf(service, "lesson-01").slice(0, 5));
    await signUp(service, { email: "cara@harbor.example", partnerEmail: "dan@police.example" });
    await service.advanceTo(plusHours(service.now(), 1));
    const kinds = service.mails
      .filter(({ to }) => to === "cara@harbor.example")
      .map(({ tags }) => tags.kind);
    expect(kinds).toEqual(["invitation"]);
  });

  test("one event told many times counts once", async () => {
    const service = await pairs(6);
    const [mail] = lessonsOf(service, "lesson-01");
    if (mail === undefined) throw new Error("the first lesson went out");
    await fail(service, [mail, mail, mail, mail, mail, mail]);
    expect(await service.ports.valve.read()).toEqual({});
  });

  test("an event whose handling broke off after it was counted shuts the valve when it is told again", async () => {
    const service = await pairs(6);
    const mails = lessonsOf(service, "lesson-01").slice(0, 5);
    await fail(service, mails.slice(0, 4));
    const { valve } = service.ports;
    const { read } = valve;
    Object.assign(valve, { read: () => Promise.reject(new Error("the process ends here")) });
    await expect(fail(service, mails.slice(4))).rejects.toThrow();
    Object.assign(valve, { read });
    await fail(service, mails.slice(4));
    expect(await valve.read()).toMatchObject({ shut: { why: "bounce" } });
  });
});

test("three complaints among few mails pause lessons; five soft bounces do not", async () => {
  const service = await pairs(3);
  const mails = lessonsOf(service, "lesson-01");
  for (const mail of mails) await tell(service, mail, "Bounce", { bounceType: "Transient" });
  expect(await service.ports.valve.read()).toEqual({});
  await fail(service, mails.slice(0, 3), "Complaint");
  expect(await service.ports.valve.read()).toMatchObject({ shut: { why: "complaint" } });
});

test("five bounces among very many mails pause nothing", async () => {
  const service = await pairs(6);
  await service.ports.pacer.lease(service.now());
  for (let mails = 0; mails < 150; mails += 1) await service.ports.pacer.lease(service.now());
  await fail(service, lessonsOf(service, "lesson-01").slice(0, 5));
  expect(await service.ports.valve.read()).toEqual({});
});

describe("after a person resumed", () => {
  async function resumed() {
    const service = await pairs(9);
    await fail(service, lessonsOf(service, "lesson-01").slice(0, 5));
    await service.advanceTo(plusMinutes(service.now(), 30));
    expect(await resumeSending(service.ports)).toBe("resumed");
    return service;
  }

  test("lessons go out again, to those whose mail did not bounce", async () => {
    const service = await resumed();
    await service.advanceTo(SECOND_LESSONS);
    expect(lessonsOf(service, "lesson-02").length).toBeGreaterThan(0);
  });

  test("late bounces of mails from before pause nothing again", async () => {
    const service = await resumed();
    await fail(service, lessonsOf(service, "lesson-01"));
    expect(await service.ports.valve.read()).toMatchObject({ resumed: {} });
    expect((await service.ports.valve.read()).shut).toBeUndefined();
  });

  test("new mails that fail as often pause it again, whatever went out that day before", async () => {
    const service = await resumed();
    for (let mails = 0; mails < 100; mails += 1) await service.ports.pacer.lease(service.now());
    const mails = lessonsOf(service, "lesson-01").slice(5, 10);
    const later = mails.map((mail, index) => ({
      ...mail,
      at: service.now(),
      sesId: `ses-new-${index}`,
    }));
    await fail(service, later);
    expect((await service.ports.valve.read()).shut?.why).toBe("bounce");
  });

  test("resuming once more changes nothing, and the view says that nothing is paused", async () => {
    const service = await resumed();
    const before = await service.ports.valve.read();
    expect(await resumeSending(service.ports)).toBe("not-paused");
    expect(await service.ports.valve.read()).toEqual(before);
    expect(await viewSending(service.ports)).toEqual({
      counts: { sent: 0, bounce: 0, complaint: 0 },
    });
  });
});

test("a pause that was judged before somebody resumed comes too late", async () => {
  const service = await pairs(6);
  const mails = lessonsOf(service, "lesson-01").slice(0, 6);
  await fail(service, mails.slice(0, 4));
  const { valve } = service.ports;
  const { count } = valve;
  Object.assign(valve, {
    count: async (from: string) => {
      const counts = await count(from);
      await valve.change(() => ({ resumed: { at: service.now(), sent: counts.sent } }));
      return counts;
    },
  });
  await fail(service, mails.slice(4, 5));
  expect((await valve.read()).shut).toBeUndefined();
});

test("what fails is forgotten after the week it counts in", async () => {
  const service = await pairs(6);
  await fail(service, lessonsOf(service, "lesson-01").slice(0, 4));
  await service.advanceTo(plusDays(FIRST_LESSONS, 8));
  const [late] = lessonsOf(service, "lesson-02");
  if (late === undefined) throw new Error("the second lesson went out");
  await fail(service, [late]);
  expect(await service.ports.valve.read()).toEqual({});
});
