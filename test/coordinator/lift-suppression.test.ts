import { describe, expect, test } from "vitest";
import { liftSuppression } from "../../functions/coordinator/lift-suppression.ts";
import { pause } from "../../functions/core/hold.ts";
import { plusDays } from "../../functions/core/instant.ts";
import { liftAddress } from "../../functions/partner/stop-address.ts";
import { changePair } from "../../functions/schedule/change-pair.ts";
import type { TestService } from "../support/service.ts";
import { afterFirstLesson, tell } from "../support/ses-events.ts";
import { actOf, mailsTo, read, sayYes, signUp } from "../support/stories.ts";

const ADA = "ada@harbor.example";

/** A course under way in which Ada's mail failed; SES has her on its own list too. */
async function lost(type: "Bounce" | "Complaint" = "Bounce") {
  const { service, pair, lesson } = await afterFirstLesson();
  await tell(service, lesson, type);
  service.suppressedBySes.add(ADA);
  await service.advanceTo(plusDays(service.now(), 1));
  const lift = () =>
    liftSuppression(service.ports, { pairId: pair.id, seat: "sp" }, actOf(service));
  return { service, pair, lesson, lift };
}

async function stateOf(service: TestService, pairId: string): Promise<string> {
  return (await read(service, pairId)).seats.sp.state.kind;
}

function suppressionOf(service: TestService) {
  return service.ports.ledger.suppression(service.ports.signer.hashAddress(ADA));
}

describe.each(["Bounce", "Complaint"] as const)("lifting a %s", (type) => {
  test("clears our list and SES's in one act, and the course goes on", async () => {
    const { service, pair, lift } = await lost(type);
    expect(await lift()).toBe("lifted");
    expect([...service.suppressedBySes]).toEqual([]);
    expect(
      (await suppressionOf(service))?.[type === "Bounce" ? "bounce" : "complaint"],
    ).toMatchObject({ lifted: true });
    expect(await stateOf(service, pair.id)).toBe("present");
    await service.advanceTo(plusDays(service.now(), 8));
    expect(mailsTo(service, ADA)).toContain("lesson-02 sp1");
  });

  test("done again changes nothing", async () => {
    const { service, pair, lift } = await lost(type);
    await lift();
    const before = await read(service, pair.id);
    expect(await lift()).toBe("not-lost");
    expect(await read(service, pair.id)).toEqual(before);
  });
});

describe("lifting", () => {
  test("clears SES's list first: when that fails, ours stands, and doing it again does both", async () => {
    const { service, pair, lift } = await lost();
    const { sesSuppressions } = service.ports;
    const { remove } = sesSuppressions;
    Object.assign(sesSuppressions, { remove: () => Promise.reject(new Error("SES is down")) });
    await expect(lift()).rejects.toThrow();
    expect((await suppressionOf(service))?.bounce).toMatchObject({ lifted: false });
    Object.assign(sesSuppressions, { remove });
    expect(await lift()).toBe("lifted");
    expect(await stateOf(service, pair.id)).toBe("present");
  });

  test("finishes in the person's other pairs what broke off after the first", async () => {
    const { service, pair } = await afterFirstLesson();
    const other = await signUp(service, { partnerEmail: "dana@police.example" });
    for (const seat of ["sp", "le"] as const) await sayYes(service, other, seat);
    const lesson = service.mails.find(({ sendId }) => sendId.endsWith("lesson-01_sp1"));
    if (lesson === undefined) throw new Error("the first lesson went out");
    await tell(service, lesson, "Bounce");
    expect(await stateOf(service, other.id)).toBe("unreachable");
    await service.advanceTo(plusDays(service.now(), 1));
    const where = { pairId: pair.id, seat: "sp" } as const;
    const { save } = service.ports.pairs;
    let saves = 0;
    const failing: typeof save = async (saved) => {
      saves += 1;
      if (saves > 1) throw new Error("the process ends here");
      return save(saved);
    };
    Object.assign(service.ports.pairs, { save: failing });
    await expect(liftSuppression(service.ports, where, actOf(service))).rejects.toThrow();
    Object.assign(service.ports.pairs, { save });
    await liftSuppression(service.ports, where, actOf(service));
    expect(await stateOf(service, pair.id)).toBe("present");
    expect(await stateOf(service, other.id)).toBe("present");
  });

  test("leads back to a pause that stood before, and the partner is told nothing", async () => {
    const { service, pair, lesson } = await afterFirstLesson();
    await changePair(service.ports, pair.id, (stored) => pause(stored, "sp", actOf(service)));
    await tell(service, lesson, "Bounce");
    await service.drain();
    const told = mailsTo(service, "ben@police.example");
    await service.advanceTo(plusDays(service.now(), 1));
    await liftSuppression(service.ports, { pairId: pair.id, seat: "sp" }, actOf(service));
    const { state, timers } = (await read(service, pair.id)).seats.sp;
    expect(state.kind).toBe("paused");
    expect(timers.restart?.item).toBe("ask");
    expect(mailsTo(service, "ben@police.example")).toEqual(told);
  });

  test("leaves the owner's stop as it is", async () => {
    const { service, lift } = await lost();
    const address = service.ports.signer.hashAddress(ADA);
    await service.ports.ledger.suppress(address, "stop", { at: service.now(), lifted: false });
    await lift();
    expect((await suppressionOf(service))?.stop).toMatchObject({ lifted: false });
    const before = mailsTo(service, ADA);
    await service.advanceTo(plusDays(service.now(), 8));
    expect(mailsTo(service, ADA)).toEqual(before);
  });

  test("begins the count of soft bounces anew", async () => {
    const { service, pair, lesson } = await afterFirstLesson();
    for (const [index, day] of [0, 3, 7].entries()) {
      const mail = { ...lesson, sesId: `ses-soft-${index}` };
      await tell(service, mail, "Bounce", {
        at: plusDays(lesson.at, day),
        bounceType: "Transient",
      });
    }
    expect(await stateOf(service, pair.id)).toBe("unreachable");
    await liftSuppression(service.ports, { pairId: pair.id, seat: "sp" }, actOf(service));
    expect((await read(service, pair.id)).seats.sp.softBounces).toEqual({ count: 0 });
  });
});

describe("START from the address", () => {
  const holder = (pairId: string) => ({ pairId, seat: "sp", holder: 1 }) as const;

  test("after a bounce clears both lists", async () => {
    const { service, pair } = await lost();
    await liftAddress(service.ports, holder(pair.id), actOf(service));
    expect([...service.suppressedBySes]).toEqual([]);
    expect(await stateOf(service, pair.id)).toBe("present");
  });

  test("after a complaint leaves SES's list as it is, for ours stands too", async () => {
    const { service, pair } = await lost("Complaint");
    await liftAddress(service.ports, holder(pair.id), actOf(service));
    expect([...service.suppressedBySes]).toEqual([ADA]);
  });

  test("sent before the bounce and found after it lifts neither", async () => {
    const { service, pair, lesson } = await lost();
    await liftAddress(service.ports, holder(pair.id), { ...actOf(service), at: lesson.at });
    expect([...service.suppressedBySes]).toEqual([ADA]);
    expect((await suppressionOf(service))?.bounce).toMatchObject({ lifted: false });
  });
});
