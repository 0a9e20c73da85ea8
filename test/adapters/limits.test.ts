import fc from "fast-check";
import { expect, test } from "vitest";
import { limits } from "../../functions/adapters/limits.ts";
import { plusMs } from "../../functions/core/instant.ts";
import { describeOnEachTable } from "./each-table.ts";
import { NOON } from "./examples.ts";

const HOUR = 3_600_000;

describeOnEachTable("limits", (newTable) => {
  test("let a key through as often as they allow within its window", async () => {
    const counters = limits(await newTable());
    const take = (ms: number) => counters.take("client#abc", 2, HOUR, plusMs(NOON, ms));
    expect([await take(0), await take(1), await take(2)]).toEqual([true, true, false]);
    expect(await take(HOUR - 1)).toBe(false);
    expect(await take(HOUR)).toBe(true);
  });

  test("count keys and windows apart", async () => {
    const counters = limits(await newTable());
    expect(await counters.take("a", 1, HOUR, NOON)).toBe(true);
    expect(await counters.take("b", 1, HOUR, NOON)).toBe(true);
    expect(await counters.take("a", 1, 24 * HOUR, NOON)).toBe(true);
    expect(await counters.take("a", 1, HOUR, NOON)).toBe(false);
    expect(await counters.take("c", 0, HOUR, NOON)).toBe(false);
  });

  test("forget a key in all its windows, and no other key", async () => {
    const counters = limits(await newTable());
    await counters.take("a", 1, HOUR, NOON);
    await counters.take("a", 1, 24 * HOUR, NOON);
    await counters.take("ab", 1, HOUR, NOON);
    expect(await counters.forget("a")).toBe(2);
    expect(await counters.forget("a")).toBe(0);
    expect(await counters.take("a", 1, HOUR, NOON)).toBe(true);
    expect(await counters.take("ab", 1, HOUR, NOON)).toBe(false);
  });

  test("let exactly as many of a crowd through as they allow", async () => {
    const crowd = fc.integer({ min: 1, max: 12 });
    await fc.assert(
      fc.asyncProperty(crowd, crowd, async (max, count) => {
        const counters = limits(await newTable());
        const all = Array.from({ length: count }, () => counters.take("site", max, HOUR, NOON));
        const passed = (await Promise.all(all)).filter(Boolean);
        expect(passed).toHaveLength(Math.min(max, count));
      }),
      { numRuns: 8 },
    );
  });

  test("count a use that is tried again once, and still let it through", async () => {
    const counters = limits(await newTable());
    const take = (use: string, ms = 0) => counters.take("answers", 2, HOUR, plusMs(NOON, ms), use);
    expect([await take("a"), await take("a"), await take("b")]).toEqual([true, true, true]);
    expect([await take("c"), await take("a"), await take("b", 1)]).toEqual([false, true, true]);
    expect([await take("c", HOUR), await take("d", HOUR)]).toEqual([true, true]);
  });

  test("refuse a key that holds an address", async () => {
    const counters = limits(await newTable());
    await expect(counters.take("rosa@shelter.example", 1, HOUR, NOON)).rejects.toThrow(Error);
  });
});
