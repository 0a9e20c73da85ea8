import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memoryTable } from "../../functions/adapters/memory-table.ts";
import { emptyPace, grantSlot, type PaceLimits } from "../../functions/adapters/pace.ts";
import { type PacerSettings, pacer } from "../../functions/adapters/pacer.ts";
import { plusMs, toMs } from "../../functions/core/instant.ts";
import type { Pacer, Table } from "../../functions/ports.ts";
import { describeOnEachTable } from "./each-table.ts";
import { NOON } from "./examples.ts";

const NOON_MS = toMs(NOON);
const DAY_MS = 86_400_000;
const plenty = 10_000_000;

/** Most slots that any second (or any other span) holds, wherever it begins; the end is not part of it. */
function mostWithin(instants: readonly number[], spanMs: number): number {
  const sorted = [...instants].sort((one, other) => one - other);
  let most = 0;
  let first = 0;
  sorted.forEach((instant, index) => {
    while (instant - (sorted[first] ?? instant) >= spanMs) first += 1;
    most = Math.max(most, index - first + 1);
  });
  return most;
}

/** Asks for slot after slot as fast as they come, and answers the instants of the slots. */
function slotsInARow(limits: PaceLimits, count: number): readonly number[] {
  let pace = emptyPace();
  let nowMs = NOON_MS;
  return Array.from({ length: count }, () => {
    const grant = grantSlot(pace, limits, nowMs);
    expect(grant.isSlot).toBe(true);
    pace = grant.pace;
    nowMs = grant.atMs;
    return grant.atMs;
  });
}

const endless = { aheadMsMax: Number.POSITIVE_INFINITY, standsInLine: false };

describe("the pace", () => {
  test.each([1, 14, 50, 500])(
    "uses at least 95 percent of %i mails a second and never more",
    (perSecond) => {
      const instants = slotsInARow({ perSecond, perDay: plenty, ...endless }, perSecond * 60);
      const seconds = ((instants.at(-1) ?? 0) - NOON_MS) / 1_000;
      expect(mostWithin(instants, 1_000)).toBeLessThanOrEqual(perSecond);
      expect(instants.length / seconds).toBeGreaterThanOrEqual(0.95 * perSecond);
    },
  );

  test("never exceeds rate or quota, whenever and by whatever clock slots are asked for", () => {
    const gaps = fc.array(fc.integer({ min: -2_000, max: 900_000 }), {
      minLength: 1,
      maxLength: 300,
    });
    const perSecond = fc.integer({ min: 1, max: 20 });
    const perDay = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(gaps, perSecond, perDay, fc.boolean(), (steps, rate, quota, isDense) => {
        const limits = { perSecond: rate, perDay: quota, aheadMsMax: 3_000, standsInLine: true };
        let pace = emptyPace();
        let nowMs = NOON_MS;
        const instants = steps.flatMap((step) => {
          nowMs += isDense ? Math.abs(step) % 200 : step;
          const grant = grantSlot(pace, limits, nowMs);
          pace = grant.pace;
          expect(grant.atMs).toBeGreaterThanOrEqual(nowMs);
          return grant.isSlot ? [grant.atMs] : [];
        });
        expect(mostWithin(instants, 1_000)).toBeLessThanOrEqual(rate);
        expect(mostWithin(instants, DAY_MS)).toBeLessThanOrEqual(quota);
      }),
    );
  });

  test("uses at least 95 % of a daily quota that is the bottleneck", () => {
    const limits = { perSecond: 14, perDay: 200, ...endless };
    const instants = slotsInARow(limits, 2_000);
    const days = ((instants.at(-1) ?? 0) - NOON_MS) / DAY_MS;
    expect(mostWithin(instants, DAY_MS)).toBeLessThanOrEqual(200);
    expect(instants.length / days).toBeGreaterThanOrEqual(0.95 * 200);
  });

  test("gives nothing of the quota back a minute before the day is over", () => {
    const limits = { perSecond: 14, perDay: 1, aheadMsMax: 0, standsInLine: false };
    const { pace } = grantSlot(emptyPace(), limits, NOON_MS + 29 * 60_000);
    expect(grantSlot(pace, limits, NOON_MS + 28 * 60_000 + DAY_MS).isSlot).toBe(false);
    expect(grantSlot(pace, limits, NOON_MS + 30 * 60_000 + DAY_MS).isSlot).toBe(true);
  });

  test("lets a burst go at once up to the rate", () => {
    const limits = { perSecond: 14, perDay: plenty, ...endless };
    expect(new Set(slotsInARow(limits, 14))).toEqual(new Set([NOON_MS]));
  });
});

const settings: PacerSettings = { perSecond: 5, perDay: plenty, lane: "fast", waitMsMax: 3_000 };
const noWait = async () => {};

describeOnEachTable("a pacer", (newTable) => {
  test("lets mail go now while there is room, and then says when to ask again", async () => {
    const paced = pacer(await newTable(), { ...settings, waitMsMax: 0 }, noWait);
    const answers = [];
    for (let index = 0; index < 6; index += 1) answers.push(await paced.lease(NOON));
    expect(answers.slice(0, 5)).toEqual([NOON, NOON, NOON, NOON, NOON]);
    const again = answers[5] ?? NOON;
    expect(toMs(again) - NOON_MS).toBeGreaterThan(0);
    expect(toMs(again) - NOON_MS).toBeLessThanOrEqual(1_025);
    expect(await paced.lease(again)).toBe(again);
  });

  test("waits for a slot that is near, and for none that is far", async () => {
    const waits: number[] = [];
    const wait = async (ms: number) => void waits.push(ms);
    const paced = pacer(await newTable(), { ...settings, perSecond: 1 }, wait);
    const answers = [];
    for (let index = 0; index < 4; index += 1) answers.push(await paced.lease(NOON));
    expect(answers.slice(0, 3)).toEqual([NOON, NOON, NOON]);
    expect(waits).toEqual([1_025, 2_050]);
    expect(toMs(answers[3] ?? NOON) - NOON_MS).toBe(3_075);
  });

  test("paces several senders as one account", async () => {
    const table = await newTable();
    const senders = [1, 2, 3].map(() => pacer(table, { ...settings, waitMsMax: 0 }, noWait));
    const answers = await Promise.all(
      senders.flatMap((sender) => Array.from({ length: 4 }, () => sender.lease(NOON))),
    );
    expect(answers.filter((answer) => answer === NOON)).toHaveLength(5);
  });

  test("gives the day's quota back for a mail that SES did not take, and takes none for a probe", async () => {
    const paced = pacer(await newTable(), { ...settings, perDay: 2, waitMsMax: 0 }, noWait);
    await paced.lease(NOON, "probe");
    await paced.giveBack(await paced.lease(NOON));
    expect(await paced.lease(NOON)).toBe(NOON);
    expect(await paced.lease(NOON)).toBe(NOON);
    expect(await paced.lease(NOON)).not.toBe(NOON);
  });

  test("gives no place in the second back, for SES was asked", async () => {
    const paced = pacer(await newTable(), { ...settings, perSecond: 1, waitMsMax: 0 }, noWait);
    await paced.giveBack(await paced.lease(NOON));
    expect(await paced.lease(NOON)).not.toBe(NOON);
  });

  test("holds mail back when the day is used up, and lets it go a day later", async () => {
    const paced = pacer(await newTable(), { ...settings, perDay: 2, waitMsMax: 0 }, noWait);
    await paced.lease(NOON);
    await paced.lease(plusMs(NOON, 1));
    const again = await paced.lease(plusMs(NOON, 2));
    expect(toMs(again) - NOON_MS).toBeGreaterThanOrEqual(DAY_MS);
    expect(toMs(again) - NOON_MS).toBeLessThanOrEqual(DAY_MS + 1_800_000);
    expect(await paced.lease(again)).toBe(again);
  });
});

describe("a pacer that knows the account's quota", () => {
  const asked = (quota: { perSecond: number; perDay: number } | undefined) =>
    pacer(memoryTable(), { ...settings, waitMsMax: 0, quota: async () => quota }, noWait);
  const atOnce = async (paced: Pacer) => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => paced.lease(NOON)));
    return answers.filter((answer) => answer === NOON).length;
  };

  test("keeps to what SES allows where that is less than what is set, and never exceeds what is set", async () => {
    expect(await atOnce(asked({ perSecond: 2, perDay: plenty }))).toBe(2);
    expect(await atOnce(asked({ perSecond: 14, perDay: plenty }))).toBe(5);
    expect(await atOnce(asked({ perSecond: 14, perDay: 3 }))).toBe(3);
  });

  test("goes by what is set while SES does not answer", async () => {
    expect(await atOnce(asked(undefined))).toBe(5);
  });

  test.each([1, 14, 50, 500])(
    "lets several senders use at least 95 percent of %i mails a second together, and never more",
    async (perSecond) => {
      const table = memoryTable();
      const quota = async () => ({ perSecond, perDay: plenty });
      const senders = Array.from({ length: 4 }, () => {
        const sender = { nowMs: NOON_MS };
        const wait = async (ms: number) => {
          sender.nowMs += ms;
        };
        const most = { ...settings, perSecond: 1_000, waitMsMax: 60_000, quota };
        return { sender, paced: pacer(table, most, wait) };
      });
      const sentMs: number[] = [];
      for (let mails = 0; mails < perSecond * 12; mails += 1) {
        const [next] = senders.toSorted((one, other) => one.sender.nowMs - other.sender.nowMs);
        await next?.paced.lease(plusMs(NOON, (next?.sender.nowMs ?? 0) - NOON_MS));
        sentMs.push(next?.sender.nowMs ?? 0);
      }
      const seconds = (Math.max(...sentMs) - NOON_MS) / 1_000;
      expect(mostWithin(sentMs, 1_000)).toBeLessThanOrEqual(perSecond);
      expect(sentMs.length / seconds).toBeGreaterThanOrEqual(0.95 * perSecond);
    },
  );
});

/** Counts the writes that go to a table. */
function countingWrites(table: Table) {
  const writes = { count: 0 };
  const put: Table["put"] = (row, replaces) => {
    writes.count += 1;
    return table.put(row, replaces);
  };
  return { writes, table: { ...table, put } };
}

describe("a pacer", () => {
  test("leases a batch of slots with one write", async () => {
    const { table, writes } = countingWrites(memoryTable());
    const paced = pacer(table, { ...settings, perSecond: 50 }, noWait);
    await Promise.all(Array.from({ length: 50 }, () => paced.lease(NOON)));
    expect(writes.count).toBe(1);
  });

  test("answers everybody although a write fails, and goes on afterwards", async () => {
    const table = memoryTable();
    let isDown = true;
    const put: Table["put"] = (row, replaces) =>
      isDown ? Promise.reject(new Error("down")) : table.put(row, replaces);
    const paced = pacer({ ...table, put }, settings, noWait);
    const answers = await Promise.allSettled([paced.lease(NOON), paced.lease(NOON)]);
    expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    isDown = false;
    expect(await paced.lease(NOON)).toBe(NOON);
  });

  test("gives a backlog of bulk mail instants of its own, at the pace at which it can go", async () => {
    const bulk = pacer(memoryTable(), { ...settings, lane: "bulk", waitMsMax: 0 }, noWait);
    const answers = await Promise.all(Array.from({ length: 105 }, () => bulk.lease(NOON)));
    const later = answers.filter((answer) => answer !== NOON).map(toMs);
    expect(later).toHaveLength(100);
    expect(mostWithin(later, 1_000)).toBeLessThanOrEqual(5);
    expect(Math.max(...later) - NOON_MS).toBeLessThanOrEqual(21_100);
  });

  test("finds a slot for a receipt while bulk mail fills every slot it may have", async () => {
    const table = memoryTable();
    const bulk = pacer(table, { ...settings, lane: "bulk" }, noWait);
    const fast = pacer(table, settings, noWait);
    await Promise.all(Array.from({ length: 100 }, () => bulk.lease(NOON)));
    expect(await fast.lease(NOON)).toBe(NOON);
  });

  test("keeps the last of the day's quota for mail that somebody waits for", async () => {
    const table = memoryTable();
    const small = { ...settings, perSecond: 1_000, perDay: 100, waitMsMax: 0 };
    const bulk = pacer(table, { ...small, lane: "bulk" }, noWait);
    const fast = pacer(table, small, noWait);
    const answers = await Promise.all(Array.from({ length: 100 }, () => bulk.lease(NOON)));
    expect(answers.filter((answer) => answer === NOON)).toHaveLength(97);
    expect(await fast.lease(NOON)).toBe(NOON);
  });

  test("brings a backlog of a day out at the rate, although each mail asks again and again", async () => {
    const table = memoryTable();
    const bulk = pacer(table, { ...settings, perDay: 1_000, lane: "bulk", waitMsMax: 0 }, noWait);
    const sentMs: number[] = [];
    let waiting = Array.from({ length: 1_500 }, () => NOON);
    let asks = 0;
    while (waiting.length > 0) {
      waiting.sort();
      const at = waiting[0] ?? NOON;
      const due = waiting.filter((instant) => instant === at);
      const answers = await Promise.all(due.map(() => bulk.lease(at)));
      asks += answers.length;
      sentMs.push(...answers.filter((answer) => answer === at).map(toMs));
      waiting = [...waiting.slice(due.length), ...answers.filter((answer) => answer > at)];
    }
    expect(sentMs).toHaveLength(1_500);
    expect(mostWithin(sentMs, 1_000)).toBeLessThanOrEqual(5);
    expect(mostWithin(sentMs, DAY_MS)).toBeLessThanOrEqual(1_000);
    expect(Math.max(...sentMs) - NOON_MS).toBeLessThan(1.1 * DAY_MS);
    expect(asks / sentMs.length).toBeLessThan(4);
  });
});
