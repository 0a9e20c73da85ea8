import { expect, test } from "vitest";
import { pacer } from "../../functions/adapters/pacer.ts";
import { valve } from "../../functions/adapters/valve.ts";
import { plusDays, plusHours, plusMinutes } from "../../functions/core/instant.ts";
import { OPEN_VALVE, shutValve } from "../../functions/core/valve.ts";
import type { Table } from "../../functions/ports.ts";
import { describeOnEachTable } from "./each-table.ts";
import { NOON } from "./examples.ts";

const PACE = { perSecond: 1_000, perDay: 100_000, lane: "fast", waitMsMax: 0 } as const;
const pacerOf = (table: Table) => pacer(table, PACE, async () => undefined);
const NOTHING = { sent: 0, bounce: 0, complaint: 0 };

describeOnEachTable("a valve", (newTable) => {
  test("is open and has counted nothing before anything happened", async () => {
    const stored = valve(await newTable());
    expect(await stored.read()).toEqual(OPEN_VALVE);
    expect(await stored.count(plusDays(NOON, -7))).toEqual(NOTHING);
  });

  test("is shut by one of those who want to shut it at once", async () => {
    const stored = valve(await newTable());
    const shut = () => stored.change((state) => shutValve(state, OPEN_VALVE, "bounce", NOON));
    const changed = await Promise.all([shut(), shut(), shut()]);
    expect(changed.filter((state) => state !== undefined)).toHaveLength(1);
    expect(await stored.read()).toEqual({ shut: { at: NOON, why: "bounce" } });
  });

  test("counts each mail's failure once, bounces and complaints apart", async () => {
    const stored = valve(await newTable());
    const one = { id: "aa", sentAt: NOON };
    for (let times = 0; times < 3; times += 1) await stored.note("bounce", one);
    await stored.note("complaint", one);
    await stored.note("bounce", { id: "bb", sentAt: plusDays(NOON, -3) });
    expect(await stored.count(plusDays(NOON, -7))).toEqual({ sent: 0, bounce: 2, complaint: 1 });
  });

  test("counts mails that went out from that instant on, and none from before", async () => {
    const stored = valve(await newTable());
    const from = plusDays(NOON, -7);
    for (const [id, sentAt] of [
      ["before", plusMinutes(from, -1)],
      ["first", from],
      ["ahead", plusHours(NOON, 12)], // by a clock that is ahead, after midnight
    ] as const) {
      await stored.note("bounce", { id, sentAt });
    }
    expect((await stored.count(from)).bounce).toBe(2);
  });

  test("knows how many mails went out in a week from what the pacer leased", async () => {
    const table = await newTable();
    const paced = pacerOf(table);
    for (const at of [plusDays(NOON, -8), plusDays(NOON, -6), NOON, NOON]) await paced.lease(at);
    expect((await valve(table).count(plusDays(NOON, -7))).sent).toBe(3);
    expect((await valve(table).count(NOON)).sent).toBe(2);
    expect((await valve(table).count(plusDays(NOON, 1))).sent).toBe(0);
  });

  test("counts neither probes nor mails that SES did not take", async () => {
    const table = await newTable();
    const paced = pacerOf(table);
    await paced.lease(NOON);
    await paced.lease(NOON, "probe");
    await paced.giveBack(await paced.lease(NOON));
    expect((await valve(table).count(plusDays(NOON, -7))).sent).toBe(1);
  });
});
