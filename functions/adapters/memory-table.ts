import type { Row, RowKey, Table } from "../ports.ts";
import { storableRow } from "./row-schema.ts";
import { type IndexEntry, type SortedIndex, sortedIndex } from "./sorted-index.ts";

/**
 * A table in memory, for tests and simulated years. Rows are kept as JSON text, so that nobody can
 * change a stored row by holding on to it. Its indexes are up to date at once.
 */
export function memoryTable(): Table {
  const partitions = new Map<string, Map<string, string>>();
  const due = sortedIndex();
  const roster = sortedIndex();

  const read = ({ pk, sk }: RowKey): Row | undefined => {
    const text = partitions.get(pk)?.get(sk);
    return text === undefined ? undefined : (JSON.parse(text) as Row);
  };
  const reindex = (before: Row | undefined, after: Row | undefined) => {
    moveEntry(due, dueEntry(before), dueEntry(after));
    moveEntry(roster, rosterEntry(before), rosterEntry(after));
  };
  return {
    get: async (key) => read(key),
    async put(row, replaces) {
      const storable = storableRow(row);
      const stored = read(row);
      if ((stored?.version ?? "absent") !== replaces) return "conflict";
      const partition = partitions.get(row.pk) ?? new Map<string, string>();
      partitions.set(row.pk, partition.set(row.sk, JSON.stringify(storable)));
      reindex(stored, storable);
      return "written";
    },
    async remove(key, replaces) {
      const stored = read(key);
      if (stored === undefined) return "written";
      if (stored.version !== replaces) return "conflict";
      partitions.get(key.pk)?.delete(key.sk);
      reindex(stored, undefined);
      return "written";
    },
    async query(pk, prefix) {
      const sortKeys = [...(partitions.get(pk)?.keys() ?? [])];
      return sortKeys
        .filter((sk) => sk.startsWith(prefix))
        .sort()
        .flatMap((sk) => read({ pk, sk }) ?? []);
    },
    due: async (shard, from, until, limit) =>
      due.between(shard, from, until, limit).map(({ sort, pk, sk }) => ({ pk, sk, dueAt: sort })),
    roster: async (rosterKey) =>
      roster
        .between(rosterKey, "", "\uffff", Number.MAX_SAFE_INTEGER)
        .flatMap((entry) => read(entry) ?? []),
  };
}

interface PlacedEntry {
  readonly partition: string;
  readonly entry: IndexEntry;
}

function moveEntry(
  index: SortedIndex,
  before: PlacedEntry | undefined,
  after: PlacedEntry | undefined,
): void {
  if (before !== undefined) index.remove(before.partition, before.entry);
  if (after !== undefined) index.add(after.partition, after.entry);
}

function dueEntry(row: Row | undefined): PlacedEntry | undefined {
  return placed(row, row?.dueShard, row?.dueAt);
}

function rosterEntry(row: Row | undefined): PlacedEntry | undefined {
  return placed(row, row?.rosterKey, row?.rosterOn);
}

function placed(row: Row | undefined, partition: unknown, sort: unknown): PlacedEntry | undefined {
  if (row === undefined || typeof partition !== "string" || typeof sort !== "string") {
    return undefined;
  }
  return { partition, entry: { sort, pk: row.pk, sk: row.sk } };
}
