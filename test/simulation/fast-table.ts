import type { DueKey, Row, RowKey, Table } from "../../functions/ports.ts";

/**
 * A table for simulated years: the semantics of `memoryTable`, without schema and copies, which would be
 * most of a run's time. Its due index lags, as the real one does. Rows are handed out as they are
 * stored; nobody changes one, which the careful mode checks by freezing them.
 */
export interface FastTable {
  get(key: RowKey): Row | undefined;
  put(row: Row, replaces: number | "absent"): "written" | "conflict";
  remove(key: RowKey, replaces: number): "written" | "conflict";
  query(pk: string, prefix: string): readonly Row[];
  /** What the lagging index shows now. */
  due(from: string, until: string): readonly DueKey[];
  roster(rosterKey: string): readonly Row[];
  /** The earliest due instant that is really there. */
  firstDueAt(): string | undefined;
  rows(): Iterable<Row>;
  snapshot(): Snapshot;
  restore(snapshot: Snapshot): void;
}

export type Snapshot = ReadonlyMap<string, ReadonlyMap<string, Row>>;

export interface FastTableParts {
  readonly nowMs: () => number;
  /** How much later the index shows the write that happens now. */
  readonly lagMs: () => number;
  /** Told of each write, and without rows after a restore. */
  readonly onWrite: (before: Row | undefined, after: Row | undefined) => void;
  /** Freezes and checks what is stored; slow. */
  readonly store?: (row: Row) => Row;
}

/** The same table as the stores ask it, without faults; its index shows what it shows now. */
export function asTable(table: FastTable): Table {
  return {
    get: async (key) => table.get(key),
    put: async (row, replaces) => table.put(row, replaces),
    remove: async (key, replaces) => table.remove(key, replaces),
    query: async (pk, prefix) => table.query(pk, prefix),
    due: async (shard, from, until, limit) =>
      table
        .due(from, until)
        .filter((key) => table.get(key)?.dueShard === shard)
        .slice(0, limit),
    roster: async (rosterKey) => table.roster(rosterKey),
  };
}

interface Entry {
  readonly dueAt: string;
  readonly pk: string;
  readonly sk: string;
}

interface Pending {
  readonly visibleMs: number;
  readonly before: Entry | undefined;
  readonly after: Entry | undefined;
  readonly name: string;
  readonly serial: number;
}

export function createFastTable(parts: FastTableParts): FastTable {
  const { nowMs, lagMs, onWrite, store = withoutUndefined } = parts;
  let partitions = new Map<string, Map<string, Row>>();
  const live: Entry[] = [];
  const shown = new Map<string, Entry>();
  const shownSerial = new Map<string, number>();
  let pending: Pending[] = [];
  let serial = 0;

  const get = ({ pk, sk }: RowKey) => partitions.get(pk)?.get(sk);

  function reindex(
    key: RowKey,
    before: Row | undefined,
    after: Row | undefined,
    lag: number,
  ): void {
    const [old, next] = [entryOf(before), entryOf(after)];
    if (old?.dueAt === next?.dueAt) return;
    if (old !== undefined) drop(live, old);
    if (next !== undefined) live.splice(placeOf(live, next), 0, next);
    serial += 1;
    const name = `${key.pk}\n${key.sk}`;
    pending.push({ visibleMs: nowMs() + lag, before: old, after: next, name, serial });
  }

  /** Each row's changes show in their order, whatever each one's lag. */
  function catchUp(): void {
    const now = nowMs();
    const ready = pending.filter(({ visibleMs }) => visibleMs <= now);
    if (ready.length === 0) return;
    pending = pending.filter(({ visibleMs }) => visibleMs > now);
    for (const change of ready) {
      if ((shownSerial.get(change.name) ?? 0) > change.serial) continue;
      shownSerial.set(change.name, change.serial);
      if (change.after === undefined) shown.delete(change.name);
      else shown.set(change.name, change.after);
    }
  }

  return {
    get,
    put(row, replaces) {
      const before = get(row);
      if ((before?.version ?? "absent") !== replaces) return "conflict";
      const after = store(row);
      const partition = partitions.get(row.pk) ?? new Map<string, Row>();
      partitions.set(row.pk, partition.set(row.sk, after));
      reindex(row, before, after, lagMs());
      onWrite(before, after);
      return "written";
    },
    remove(key, replaces) {
      const before = get(key);
      if (before === undefined) return "written";
      if (before.version !== replaces) return "conflict";
      partitions.get(key.pk)?.delete(key.sk);
      reindex(key, before, undefined, lagMs());
      onWrite(before, undefined);
      return "written";
    },
    query: (pk, prefix) =>
      [...(partitions.get(pk)?.values() ?? [])]
        .filter(({ sk }) => sk.startsWith(prefix))
        .sort((one, other) => (one.sk < other.sk ? -1 : 1)),
    due(from, until) {
      catchUp();
      return [...shown.values()]
        .filter(({ dueAt }) => from <= dueAt && dueAt <= until)
        .sort(compare);
    },
    roster: (rosterKey) =>
      [...all(partitions)]
        .filter((row) => row.rosterKey === rosterKey)
        .sort((one, other) => (String(one.rosterOn) < String(other.rosterOn) ? -1 : 1)),
    firstDueAt: () => live[0]?.dueAt,
    rows: () => all(partitions),
    snapshot: () => new Map([...partitions].map(([pk, rows]) => [pk, new Map(rows)])),
    restore(snapshot) {
      const names = new Set(
        [...all(partitions), ...all(snapshot)].map(({ pk, sk }) => `${pk}\n${sk}`),
      );
      const before = partitions;
      partitions = new Map([...snapshot].map(([pk, rows]) => [pk, new Map(rows)]));
      for (const name of names) {
        const [pk = "", sk = ""] = name.split("\n");
        reindex({ pk, sk }, before.get(pk)?.get(sk), get({ pk, sk }), 0);
      }
      onWrite(undefined, undefined);
    },
  };
}

function* all(partitions: Snapshot): Iterable<Row> {
  for (const rows of partitions.values()) yield* rows.values();
}

function entryOf(row: Row | undefined): Entry | undefined {
  if (row?.dueAt === undefined || row.dueShard === undefined) return undefined;
  return { dueAt: row.dueAt, pk: row.pk, sk: row.sk };
}

function withoutUndefined(row: Row): Row {
  for (const name in row) {
    if (row[name] === undefined) return JSON.parse(JSON.stringify(row)) as Row;
  }
  return row;
}

function compare(one: Entry, other: Entry): number {
  if (one.dueAt !== other.dueAt) return one.dueAt < other.dueAt ? -1 : 1;
  if (one.pk !== other.pk) return one.pk < other.pk ? -1 : 1;
  return one.sk < other.sk ? -1 : one.sk === other.sk ? 0 : 1;
}

function placeOf(entries: readonly Entry[], entry: Entry): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = entries[middle];
    if (found !== undefined && compare(found, entry) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function drop(entries: Entry[], entry: Entry): void {
  const place = placeOf(entries, entry);
  const found = entries[place];
  if (found !== undefined && compare(found, entry) === 0) entries.splice(place, 1);
}
