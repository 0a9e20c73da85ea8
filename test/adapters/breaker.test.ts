import { expect, test } from "vitest";
import { breaker } from "../../functions/adapters/breaker.ts";
import { noteAnswer, OPEN_LANE, takeProbe } from "../../functions/core/breaker.ts";
import { plusMinutes } from "../../functions/core/instant.ts";
import type { Breaker } from "../../functions/ports.ts";
import { describeOnEachTable } from "./each-table.ts";
import { NOON } from "./examples.ts";

async function close(lanes: Breaker, lane: "fast" | "bulk"): Promise<void> {
  for (let answers = 0; answers < 3; answers += 1) {
    await lanes.change(lane, (state) => noteAnswer(state, "unknown", NOON));
  }
}

describeOnEachTable("a breaker", (newTable) => {
  test("has both lanes open before anything happened", async () => {
    const lanes = breaker(await newTable());
    expect([await lanes.read("fast"), await lanes.read("bulk")]).toEqual([OPEN_LANE, OPEN_LANE]);
  });

  test("closes one lane and leaves the other open", async () => {
    const lanes = breaker(await newTable());
    await close(lanes, "bulk");
    expect((await lanes.read("bulk")).closed?.since).toBe(NOON);
    expect(await lanes.read("fast")).toEqual(OPEN_LANE);
  });

  test("counts every lost answer although several senders count at once", async () => {
    const lanes = breaker(await newTable());
    const count = () => lanes.change("fast", (state) => noteAnswer(state, "unknown", NOON));
    const changed = await Promise.all([count(), count(), count()]);
    expect(changed.filter((state) => state?.closed !== undefined)).toHaveLength(1);
  });

  test("gives a probe to one of many senders who want it at once", async () => {
    const lanes = breaker(await newTable());
    await close(lanes, "bulk");
    const now = plusMinutes(NOON, 1);
    const take = () => lanes.change("bulk", (state) => takeProbe(state, now));
    const taken = await Promise.all([take(), take(), take(), take(), take()]);
    expect(taken.filter((state) => state !== undefined)).toHaveLength(1);
  });
});
