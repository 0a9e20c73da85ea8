import type fc from "fast-check";
import type { Table } from "../../functions/ports.ts";

/** A table whose every operation waits for its turn, which fast-check chooses: all interleavings are tried. */
export function scheduledTable(table: Table, scheduler: fc.Scheduler): Table {
  const inTurn = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    await scheduler.schedule(Promise.resolve(), name);
    return work();
  };
  return {
    get: (key) => inTurn(`get ${key.sk}`, () => table.get(key)),
    put: (row, replaces) => inTurn(`put ${row.sk}`, () => table.put(row, replaces)),
    remove: (key, replaces) => inTurn(`remove ${key.sk}`, () => table.remove(key, replaces)),
    query: (pk, prefix) => inTurn(`query ${prefix}`, () => table.query(pk, prefix)),
    due: (shard, from, until, limit) => inTurn("due", () => table.due(shard, from, until, limit)),
    roster: (rosterKey) => inTurn("roster", () => table.roster(rosterKey)),
  };
}
