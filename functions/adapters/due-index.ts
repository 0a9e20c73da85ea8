import { type Instant, plusMs } from "../core/instant.ts";
import type { SendKey } from "../core/send.ts";
import type { DueIndex, DueKey, Table } from "../ports.ts";
import { ALL_DUE_SHARDS } from "./due-shard.ts";
import { readSendKey } from "./send-ledger.ts";

/** Keys read from one shard at once; the sweep picks up what lies beyond. */
const KEYS_MAX = 1_000;

/** The due index of both tables over their shards, each shard oldest first. */
export function dueIndex(pairs: Table, ledger: Table): DueIndex {
  return {
    duePairs: async (from, until) =>
      (await dueKeys(pairs, from, until)).map(({ pk }) => pk.slice("PAIR#".length)),
    dueSends: async (from, until) => (await dueKeys(ledger, from, until)).map(sendKeyOf),
  };
}

/**
 * The earliest instant at which anything in the table is due, later than `after` if that is given;
 * for a clock that jumps.
 */
export async function earliestDueAt(table: Table, after?: Instant): Promise<Instant | undefined> {
  const beginning = after === undefined ? "0000" : plusMs(after, 1);
  const end = "9999";
  const firsts = await Promise.all(
    ALL_DUE_SHARDS.map(async (shard) => (await table.due(shard, beginning, end, 1))[0]?.dueAt),
  );
  return firsts.filter((at) => at !== undefined).sort()[0];
}

async function dueKeys(table: Table, from: Instant, until: Instant): Promise<readonly DueKey[]> {
  const found = await Promise.all(
    ALL_DUE_SHARDS.map((shard) => table.due(shard, from, until, KEYS_MAX)),
  );
  return found.flat().sort((one, other) => (one.dueAt < other.dueAt ? -1 : 1));
}

function sendKeyOf(key: DueKey): SendKey {
  return readSendKey(key);
}
