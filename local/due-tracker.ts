import { ALL_DUE_SHARDS } from "../functions/adapters/due-shard.ts";
import { earliest, type Instant } from "../functions/core/instant.ts";
import type { Row, RowKey, Table } from "../functions/ports.ts";

/** A table that knows, without asking the engine, when the first of its rows is due. */
export interface TrackedTable extends Table {
  /** Reads the whole due index once, for what was stored before this process began. */
  load(): Promise<void>;
  /** The earliest instant at which a row is due; with `after`, the earliest later than that. */
  nextDueAt(after?: Instant): Instant | undefined;
}

const EVERYTHING = ["0000", "9999"] as const;
const KEYS_MAX = 100_000;

interface Due {
  readonly shard: string;
  readonly dueAt: Instant;
}

/**
 * A clock that jumps asks "what is next?" after every step, and sixteen empty pages a table would be
 * most of its work. All writes of this process pass here, so what is due when is known: "next" is
 * answered from memory, and a shard in which nothing is due is not asked. What a shard with something
 * due answers stays the index's business, as in the deployed service.
 */
export function trackDue(table: Table): TrackedTable {
  const known = new Map<string, Due>();
  const note = (key: RowKey, shard: string | undefined, dueAt: Instant | undefined) => {
    if (shard === undefined || dueAt === undefined) known.delete(nameOf(key));
    else known.set(nameOf(key), { shard, dueAt });
  };
  const isDueIn = (shard: string, until: Instant) =>
    [...known.values()].some((due) => due.shard === shard && due.dueAt <= until);
  return {
    ...table,
    async put(row: Row, replaces) {
      const outcome = await table.put(row, replaces);
      if (outcome === "written") note(row, row.dueShard, row.dueAt);
      return outcome;
    },
    async remove(key, replaces) {
      const outcome = await table.remove(key, replaces);
      if (outcome === "written") note(key, undefined, undefined);
      return outcome;
    },
    due: async (shard, from, until, limit) =>
      isDueIn(shard, until) ? table.due(shard, from, until, limit) : [],
    async load() {
      const [from, until] = EVERYTHING;
      for (const shard of ALL_DUE_SHARDS) {
        for (const key of await table.due(shard, from, until, KEYS_MAX)) {
          note(key, shard, key.dueAt);
        }
      }
    },
    nextDueAt(after) {
      const instants = [...known.values()].map(({ dueAt }) => dueAt);
      return earliest(...instants.filter((dueAt) => after === undefined || dueAt > after));
    },
  };
}

function nameOf({ pk, sk }: RowKey): string {
  return `${pk} ${sk}`;
}
