import { describe, expect, test } from "vitest";
import { shutValve } from "../../functions/core/valve.ts";
import { cg, factsIn } from "../support/operator.ts";
import { running } from "../support/stories.ts";

describe("sending", () => {
  async function paused() {
    const { service } = await running();
    await service.ports.valve.change((state) => shutValve(state, state, "bounce", service.now()));
    return service;
  }

  test("says that course mail goes out, or since when and why it is paused", async () => {
    const { service } = await running();
    expect((await cg(service.ports, ["sending"])).out).toMatch(/^Course mail goes out\.\n/);
    const shut = await paused();
    expect((await cg(shut.ports, ["sending"])).out).toMatch(
      /^Course mail is paused since 2026-10-05 15:00 UTC: too many mails failed \(bounce\)\.\n/,
    );
  });

  test("is opened again by a person who says that the cause is found", async () => {
    const service = await paused();
    const no = await cg(service.ports, ["resume-mail"], "perhaps");
    expect(no.asked[0]).toContain("Is the cause found and ended?");
    expect((await service.ports.valve.read()).shut).toBeDefined();
    expect((await cg(service.ports, ["resume-mail"], "yes")).code).toBe(0);
    expect((await service.ports.valve.read()).shut).toBeUndefined();
    expect((await cg(service.ports, ["resume-mail", "--yes"])).err).toMatch(
      /^Course mail is not paused/,
    );
  });
});

describe("dead letters", () => {
  async function withDead() {
    const { service } = await running();
    const redriven: string[] = [];
    const deadLetters = {
      counts: async () => [
        { queue: "due", waiting: 1, dead: 2 },
        { queue: "feedback", waiting: 0, dead: 0 },
      ],
      redrive: async (queue: string) => void redriven.push(queue),
    };
    return { ports: { ...service.ports, deadLetters }, redriven };
  }

  test("are counted beside what waits", async () => {
    const { ports } = await withDead();
    const { out } = await cg(ports, ["queues"]);
    expect(out).toBe("queue     waiting  dead\ndue       1        2\nfeedback  0        0\n");
  });

  test("are put back by the queue's name, and only where there are any", async () => {
    const { ports, redriven } = await withDead();
    expect((await cg(ports, ["redrive", "due"])).out).toBe("2 dead letters of due put back.\n");
    expect(factsIn(await cg(ports, ["redrive", "feedback", "--json"]))).toMatchObject({
      redriven: 0,
    });
    expect(redriven).toEqual(["due"]);
  });

  test("of a queue that does not exist are refused with those that do", async () => {
    const { ports } = await withDead();
    const { code, err } = await cg(ports, ["redrive", "inbox"]);
    expect({ code, err }).toEqual({
      code: 1,
      err: "There is no queue inbox. Known: due, feedback.\n",
    });
  });
});
