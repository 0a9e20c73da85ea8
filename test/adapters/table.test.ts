import fc from "fast-check";
import { expect, test } from "vitest";
import type { Row } from "../../functions/ports.ts";
import { describeOnEachTable } from "./each-table.ts";
import { LATER, NOON } from "./examples.ts";

const key = { pk: "PAIR#abc", sk: "GAP#sp1" };
const row: Row = { ...key, version: 1, item: "lesson-01", at: NOON };

/** A send's row is one that the due index can hold. */
function dueRow(pair: string, dueAt: string, shard = "3"): Row {
  return {
    pk: `PAIR#${pair}`,
    sk: "SEND#lesson-01#sp1",
    version: 1,
    owner: pair,
    item: "lesson-01",
    seat: "sp",
    holder: 1,
    kind: "lesson",
    mail: "lesson-01",
    edition: "abc",
    locale: "en",
    facts: {},
    plannedAt: NOON,
    plannedFor: NOON,
    state: "planned",
    unresolved: 0,
    dueAt,
    dueShard: shard,
  };
}

describeOnEachTable("a table", (newTable) => {
  test("gives a row back as it was put", async () => {
    const table = await newTable();
    expect(await table.put(row, "absent")).toBe("written");
    expect(await table.get(key)).toEqual(row);
    expect(await table.get({ ...key, sk: "GAP#le1" })).toBeUndefined();
  });

  test("puts a new row only where none is", async () => {
    const table = await newTable();
    await table.put(row, "absent");
    expect(await table.put({ ...row, item: "other" }, "absent")).toBe("conflict");
    expect(await table.get(key)).toEqual(row);
  });

  test("replaces only the version that the writer read", async () => {
    const table = await newTable();
    await table.put(row, "absent");
    const second = { ...row, version: 2, item: "second" };
    expect(await table.put(second, 1)).toBe("written");
    expect(await table.put({ ...row, version: 2, item: "late" }, 1)).toBe("conflict");
    expect(await table.get(key)).toEqual(second);
  });

  test("does not bring a deleted row back with a write that replaces it", async () => {
    const table = await newTable();
    expect(await table.put({ ...row, version: 2 }, 1)).toBe("conflict");
    expect(await table.get(key)).toBeUndefined();
  });

  test("keeps its own copy of what was put", async () => {
    const table = await newTable();
    const mine = { ...dueRow("abc", NOON), facts: { days: 1 } };
    await table.put(mine, "absent");
    mine.facts.days = 2;
    expect((await table.get(mine))?.facts).toEqual({ days: 1 });
  });

  test("leaves undefined values out", async () => {
    const table = await newTable();
    await table.put({ ...dueRow("abc", NOON), sesId: undefined }, "absent");
    expect(Object.keys((await table.get(dueRow("abc", NOON))) ?? {})).not.toContain("sesId");
  });

  test("removes a row of the version that was read, and one that is gone already", async () => {
    const table = await newTable();
    await table.put(row, "absent");
    expect(await table.remove(key, 7)).toBe("conflict");
    expect(await table.get(key)).toEqual(row);
    expect(await table.remove(key, 1)).toBe("written");
    expect(await table.get(key)).toBeUndefined();
    expect(await table.remove(key, 1)).toBe("written");
  });

  test("lists a partition by prefix, in the order of the sort keys", async () => {
    const table = await newTable();
    for (const sk of ["GAP#sp2", "GAP#le1", "GAP#sp1"]) {
      await table.put({ ...row, sk }, "absent");
    }
    await table.put({ ...row, pk: "PAIR#other" }, "absent");
    const sortKeys = async (prefix: string) =>
      (await table.query("PAIR#abc", prefix)).map(({ sk }) => sk);
    expect(await sortKeys("GAP#sp")).toEqual(["GAP#sp1", "GAP#sp2"]);
    expect(await sortKeys("")).toEqual(["GAP#le1", "GAP#sp1", "GAP#sp2"]);
    expect(await sortKeys("SEND#")).toEqual([]);
  });

  test("names what is due in one shard, oldest first and no more than was asked for", async () => {
    const table = await newTable();
    await table.put(dueRow("b", "2026-11-24T12:00:02.000Z"), "absent");
    await table.put(dueRow("a", "2026-11-24T12:00:01.000Z"), "absent");
    await table.put(dueRow("c", "2026-11-24T12:00:03.000Z"), "absent");
    await table.put(dueRow("elsewhere", NOON, "4"), "absent");
    const keyOf = (pair: string, dueAt: string) => ({
      pk: `PAIR#${pair}`,
      sk: "SEND#lesson-01#sp1",
      dueAt,
    });
    const [a, b] = [keyOf("a", "2026-11-24T12:00:01.000Z"), keyOf("b", "2026-11-24T12:00:02.000Z")];
    expect(await table.due("3", NOON, LATER, 2)).toEqual([a, b]);
    expect(await table.due("3", a.dueAt, b.dueAt, 10)).toEqual([a, b]);
    expect(await table.due("3", b.dueAt, b.dueAt, 10)).toEqual([b]);
    expect(await table.due("5", NOON, LATER, 10)).toEqual([]);
  });

  test("takes a row off the due index when it is no longer due, and moves it when it is later", async () => {
    const table = await newTable();
    await table.put(dueRow("a", NOON), "absent");
    await table.put({ ...dueRow("a", LATER), version: 2 }, 1);
    expect(await table.due("3", NOON, NOON, 10)).toEqual([]);
    expect(await table.due("3", NOON, LATER, 10)).toHaveLength(1);
    const { dueAt: _dueAt, dueShard: _dueShard, ...settled } = dueRow("a", LATER);
    await table.put({ ...settled, version: 3 } as Row, 2);
    expect(await table.due("3", NOON, LATER, 10)).toEqual([]);
  });

  test("hands every due key over however many pages that takes", async () => {
    const table = await newTable();
    const ids = Array.from({ length: 40 }, (_, index) => `pair-${index}`);
    await Promise.all(ids.map((id) => table.put(dueRow(id, NOON), "absent")));
    expect(await table.due("3", NOON, NOON, 100)).toHaveLength(40);
    expect(await table.due("3", NOON, NOON, 7)).toHaveLength(7);
  });

  test("refuses a row with an attribute, a value or a key that no row type lists", async () => {
    const table = await newTable();
    const refused = [
      { ...row, note: "Maria, case 12-345" },
      { ...dueRow("abc", NOON), facts: { words: "she told me" } },
      { ...row, item: "a whole sentence about somebody" },
      { ...row, sk: "NOTE#1" },
      { ...row, pk: "CLIENT#1" },
    ];
    for (const bad of refused) await expect(table.put(bad, "absent")).rejects.toThrow(Error);
    expect(await table.query(row.pk, "")).toEqual([]);
  });

  test("lets exactly one of several writers of the same version win", async () => {
    const writers = fc.integer({ min: 2, max: 8 });
    await fc.assert(
      fc.asyncProperty(writers, fc.boolean(), async (count, isNew) => {
        const table = await newTable();
        if (!isNew) await table.put(row, "absent");
        const outcomes = await Promise.all(
          Array.from({ length: count }, (_, writer) =>
            table.put({ ...row, version: 2, item: `writer-${writer}` }, isNew ? "absent" : 1),
          ),
        );
        const winner = outcomes.indexOf("written");
        expect(outcomes.filter((outcome) => outcome === "written")).toHaveLength(1);
        expect((await table.get(key))?.item).toBe(`writer-${winner}`);
      }),
      { numRuns: 20 },
    );
  });
});
