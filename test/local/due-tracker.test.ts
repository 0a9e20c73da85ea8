import * as fc from "fast-check";
import { expect, test } from "vitest";
import { earliestDueAt } from "../../functions/adapters/due-index.ts";
import { ALL_DUE_SHARDS } from "../../functions/adapters/due-shard.ts";
import { memoryTable } from "../../functions/adapters/memory-table.ts";
import type { Row, Table } from "../../functions/ports.ts";
import { trackDue } from "../../local/due-tracker.ts";

const minute = fc
  .integer({ min: 0, max: 59 })
  .map((m) => `2026-10-05T15:${String(m).padStart(2, "0")}:00.000Z`);

/** A watermark's row has no due instant in the service; here any row stands for one that has. */
function row(id: number, version: number, dueAt: string | undefined, shard: string): Row {
  const key = {
    pk: `PAIR#pair${id}`,
    sk: "GAP#sp1",
    item: "lesson-01",
    at: "2026-10-05T15:00:00.000Z",
  };
  return { ...key, version, ...(dueAt === undefined ? {} : { dueAt, dueShard: shard }) };
}

/** The memory table without its row schema, which knows no gap that is due. */
function plainTable(): Table {
  const rows = new Map<string, Row>();
  const table = memoryTable();
  return {
    ...table,
    put: async (stored) => {
      rows.set(stored.pk, stored);
      return "written";
    },
    remove: async ({ pk }) => {
      rows.delete(pk);
      return "written";
    },
    due: async (shard, from, until, limit) =>
      [...rows.values()]
        .flatMap(({ pk, sk, dueAt, dueShard }) =>
          dueAt !== undefined && dueShard === shard && dueAt >= from && dueAt <= until
            ? [{ pk, sk, dueAt }]
            : [],
        )
        .sort((one, other) => (one.dueAt < other.dueAt ? -1 : 1))
        .slice(0, limit),
  };
}

const write = fc.record({
  id: fc.integer({ min: 1, max: 5 }),
  dueAt: fc.option(minute, { nil: undefined }),
  shard: fc.constantFrom(...ALL_DUE_SHARDS),
  removes: fc.boolean(),
});

test("what is next and what is due are what the index says, whatever was written", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(write, { maxLength: 20 }), minute, async (writes, now) => {
      const inner = plainTable();
      const tracked = trackDue(inner);
      for (const { id, dueAt, shard, removes } of writes) {
        const stored = row(id, 1, dueAt, shard);
        if (removes) await tracked.remove(stored, 1);
        else await tracked.put(stored, "absent");
      }
      expect(tracked.nextDueAt()).toBe(await earliestDueAt(inner));
      expect(tracked.nextDueAt(now)).toBe(await earliestDueAt(inner, now));
      for (const shard of ALL_DUE_SHARDS) {
        const range = [shard, "0000", now, 100] as const;
        expect(await tracked.due(...range)).toEqual(await inner.due(...range));
      }
    }),
  );
});

test("what was stored before the process began is known after loading", async () => {
  const inner = plainTable();
  await inner.put(row(1, 1, "2026-10-05T15:30:00.000Z", "7"), "absent");
  const tracked = trackDue(inner);
  expect(tracked.nextDueAt()).toBeUndefined();
  await tracked.load();
  expect(tracked.nextDueAt()).toBe("2026-10-05T15:30:00.000Z");
  expect(await tracked.due("7", "0000", "9999", 10)).toHaveLength(1);
});
