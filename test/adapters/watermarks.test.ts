import { expect, test } from "vitest";
import { watermarks } from "../../functions/adapters/watermarks.ts";
import { describeOnEachTable } from "./each-table.ts";
import { LATER, NOON } from "./examples.ts";

describeOnEachTable("watermarks", (newTable) => {
  test("stand where they were moved to, each table's by itself", async () => {
    const marks = watermarks(await newTable());
    expect(await marks.read("pairs")).toBeUndefined();
    await marks.move("pairs", NOON);
    await marks.move("ledger", LATER);
    expect(await marks.read("pairs")).toBe(NOON);
    expect(await marks.read("ledger")).toBe(LATER);
  });

  test("never move back, whichever of two ticks ends last", async () => {
    const marks = watermarks(await newTable());
    await Promise.all([marks.move("pairs", LATER), marks.move("pairs", NOON)]);
    await marks.move("pairs", NOON);
    expect(await marks.read("pairs")).toBe(LATER);
  });
});
