import { describe, expect, test } from "vitest";
import { plusDays } from "../../functions/core/instant.ts";
import { cg } from "../support/operator.ts";
import { mailsTo, running } from "../support/stories.ts";

const ADA = "ada@harbor.example";
const AFTER_LESSON = "2026-10-06T20:00:00.000Z";

/** A course in which SES refused the first lesson to both. */
async function refusedLesson() {
  const { service, pair } = await running();
  await service.advanceTo("2026-10-06T12:00:00.000Z");
  service.answerWith(() => ({ kind: "refused", why: "MessageRejected" }));
  await service.advanceTo(AFTER_LESSON);
  service.answerWith(undefined);
  const send = `${pair.id}_lesson-01_sp1`;
  const stateOf = async () =>
    (await service.ports.ledger.read({ owner: pair.id, item: "lesson-01", seat: "sp", holder: 1 }))
      ?.state;
  const lessons = () => mailsTo(service, ADA).filter((mail) => mail === "lesson-01 sp1");
  return { service, pair, send, stateOf, lessons };
}

describe("resend", () => {
  test("sends a held mail under its own key, once", async () => {
    const { service, send, stateOf, lessons } = await refusedLesson();
    expect(await stateOf()).toBe("held");
    const seen = await cg(service.ports, ["resend", send, "--yes"]);
    expect(seen).toMatchObject({ code: 0, out: `${send} is planned.\n` });
    await service.drain();
    await service.advanceTo(plusDays(AFTER_LESSON, 1));
    expect(lessons()).toHaveLength(1);
    expect(await stateOf()).toBe("sent");
    const again = await cg(service.ports, ["resend", send, "--yes"]);
    expect(again).toMatchObject({ code: 1, err: expect.stringContaining("That mail is sent") });
  });

  test("says before it asks that nobody knows whether the first one came", async () => {
    const { service, pair } = await refusedLesson();
    const key = { owner: pair.id, item: "lesson-01", seat: "sp", holder: 1 } as const;
    await service.ports.ledger.change(key, (stored) => ({ ...stored, unresolved: 2 }));
    const { asked } = await cg(service.ports, ["resend", `${pair.id}_lesson-01_sp1`], "no");
    expect(asked[0]).toMatch(
      /^This mails lesson-01 to sp of .*Nobody knows whether the first one came/,
    );
  });

  test("is no way around a stop or a pause", async () => {
    const { service, pair, send } = await refusedLesson();
    await cg(service.ports, ["pause", pair.id, "sp"]);
    const paused = await cg(service.ports, ["resend", send, "--yes"]);
    expect(paused.err).toMatch(/A pause or a hold keeps it back.*cg resume/);
    const address = service.ports.signer.hashAddress(ADA);
    await service.ports.ledger.suppress(address, "bounce", { at: service.now(), lifted: false });
    const bounced = await cg(service.ports, ["resend", send, "--yes"]);
    expect(bounced.err).toMatch(/stopped, bounced.*cg unsuppress/);
  });

  test("names what is no mail, and a mail that is of no use any more", async () => {
    const { service, pair } = await refusedLesson();
    expect((await cg(service.ports, ["resend", "x", "--yes"])).err).toMatch(
      /^send: is no mail's id/,
    );
    const unknown = await cg(service.ports, ["resend", `${pair.id}_lesson-09_sp1`, "--yes"]);
    expect(unknown.err).toMatch(/There is no mail .*_lesson-09_sp1\. cg show/);
    const welcome = await cg(service.ports, ["resend", `${pair.id}_welcome_sp1`, "--yes"]);
    expect(welcome.err).toMatch(/That mail is sent, so it waits for nobody/);
  });
});

describe("skip", () => {
  test("takes a held mail off the list of what waits for a person, and can be taken back", async () => {
    const { service, pair, send, stateOf, lessons } = await refusedLesson();
    await cg(service.ports, ["skip", `${pair.id}_lesson-01_le1`]);
    expect((await cg(service.ports, ["skip", send])).out).toBe(`${send} is given up.\n`);
    expect((await cg(service.ports, ["list", "--only", "held"])).out).toBe("No such pairs.\n");
    expect(await stateOf()).toBe("skipped");
    await cg(service.ports, ["resend", send, "--yes"]);
    await service.advanceTo(plusDays(AFTER_LESSON, 1));
    expect(lessons()).toHaveLength(1);
  });

  test("does not hold up the pair: the next lesson comes in its week, and the given-up one never", async () => {
    const { service, pair, send, lessons } = await refusedLesson();
    await cg(service.ports, ["skip", send]);
    await cg(service.ports, ["skip", `${pair.id}_lesson-01_le1`]);
    await service.advanceTo(plusDays(AFTER_LESSON, 8));
    expect(mailsTo(service, ADA)).toContain("lesson-02 sp1");
    expect(lessons()).toHaveLength(0);
  });

  test("takes only what is held", async () => {
    const { service, pair } = await running();
    const { code, err } = await cg(service.ports, ["skip", `${pair.id}_welcome_sp1`]);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining("is sent") });
  });
});
