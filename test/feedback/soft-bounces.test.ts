import { describe, expect, test } from "vitest";
import { plusDays, plusMinutes } from "../../functions/core/instant.ts";
import { afterFirstLesson, tell } from "../support/ses-events.ts";
import { read } from "../support/stories.ts";

describe("soft bounces", () => {
  const soft = { bounceType: "Transient" };

  async function softBounces(days: readonly number[], deliveredAfter = -1) {
    const { service, pair, lesson } = await afterFirstLesson();
    for (const [index, day] of days.entries()) {
      const at = plusDays(lesson.at, day);
      const mail = { ...lesson, sesId: `ses-soft-${index}` };
      await tell(service, mail, "Bounce", { ...soft, at });
      if (index === deliveredAfter)
        await tell(service, mail, "Delivery", { at: plusMinutes(at, 1) });
    }
    return (await read(service, pair.id)).seats.sp.state.kind;
  }

  test("three in a row over a week make a seat unreachable; sooner or fewer do not", async () => {
    expect(await softBounces([0, 3, 7])).toBe("unreachable");
    expect(await softBounces([0, 1, 6])).toBe("present");
    expect(await softBounces([0, 8])).toBe("present");
  });

  test("count from the start again after a delivery", async () => {
    expect(await softBounces([0, 3, 7], 0)).toBe("present");
    expect(await softBounces([0, 3, 7, 11], 0)).toBe("unreachable");
  });

  test("count each mail once, however often SES tells of it", async () => {
    const { service, pair, lesson } = await afterFirstLesson();
    const first = { ...lesson, sesId: "ses-soft-1" };
    const second = { ...lesson, sesId: "ses-soft-2" };
    for (let times = 0; times < 3; times += 1) {
      await tell(service, first, "Bounce", { ...soft, at: lesson.at });
      await tell(service, second, "Bounce", { ...soft, at: plusDays(lesson.at, 8) });
    }
    const { sp } = (await read(service, pair.id)).seats;
    expect([sp.state.kind, sp.softBounces.count]).toEqual(["present", 2]);
  });

  test("count once although two processes read the same event at the same time", async () => {
    const { service, pair, lesson } = await afterFirstLesson();
    const told = () => tell(service, lesson, "Bounce", { ...soft, at: lesson.at });
    await Promise.all([told(), told()]);
    expect((await read(service, pair.id)).seats.sp.softBounces.count).toBe(1);
  });

  test("are not forgotten because of a delivery from before the first of them", async () => {
    const { service, pair, lesson } = await afterFirstLesson();
    const at = plusDays(lesson.at, 1);
    await tell(service, lesson, "Bounce", { ...soft, at });
    await tell(service, lesson, "Delivery", { at: lesson.at });
    expect((await read(service, pair.id)).seats.sp.softBounces).toMatchObject({
      count: 1,
      since: at,
    });
  });

  test("suppress nothing", async () => {
    const { service, lesson } = await afterFirstLesson();
    await tell(service, lesson, "Bounce", soft);
    const address = service.ports.signer.hashAddress("ada@harbor.example");
    expect(await service.ports.ledger.suppression(address)).toBeUndefined();
  });
});
