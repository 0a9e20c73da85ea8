import type { Row, Table } from "../../../functions/ports.ts";

/** Units of DynamoDB on demand, as it bills them. */
export interface TableUnits {
  reads: number;
  writes: number;
  /** Writes into the indexes, which come on top. */
  indexWrites: number;
  /** Requests, however many units each takes. */
  requests: number;
  /** What the rows take up that were written and not deleted. */
  storedBytes: number;
}

export function noUnits(): TableUnits {
  return { reads: 0, writes: 0, indexWrites: 0, requests: 0, storedBytes: 0 };
}

const READ_BYTES = 4_096;
const WRITE_BYTES = 1_024;

/** A table that counts what each call costs on DynamoDB, and otherwise is the table it is given. */
export function countedTable(table: Table, units: TableUnits): Table {
  const read = (bytes: number, perPage = 1) => {
    units.requests += 1;
    units.reads += perPage * Math.max(1, Math.ceil(bytes / READ_BYTES));
  };
  const write = (before: Row | undefined, after: Row | undefined) => {
    units.requests += 1;
    units.writes += Math.max(1, Math.ceil(Math.max(sizeOf(before), sizeOf(after)) / WRITE_BYTES));
  };
  const store = (before: Row | undefined, after: Row | undefined) => {
    units.storedBytes += sizeOf(after) - sizeOf(before);
    units.indexWrites += indexWrites(before, after);
  };
  return {
    get: async (key) => {
      const row = await table.get(key);
      read(sizeOf(row));
      return row;
    },
    put: async (row, replaces) => {
      const before = await table.get(row);
      const outcome = await table.put(row, replaces);
      write(before, row); // one that is refused costs the same
      if (outcome === "written") store(before, row);
      return outcome;
    },
    remove: async (key, replaces) => {
      const before = await table.get(key);
      const outcome = await table.remove(key, replaces);
      write(before, undefined);
      if (outcome === "written") store(before, undefined);
      return outcome;
    },
    query: async (pk, prefix) => {
      const rows = await table.query(pk, prefix);
      read(rows.reduce((sum, row) => sum + sizeOf(row), 0));
      return rows;
    },
    due: async (...range) => {
      const keys = await table.due(...range);
      read(keys.length * KEY_BYTES, 0.5); // an index is read eventually consistent, for half
      return keys;
    },
    roster: async (rosterKey) => {
      const rows = await table.roster(rosterKey);
      read(rows.length * KEY_BYTES, 0.5);
      for (const row of rows) read(sizeOf(row));
      return rows;
    },
  };
}

/** A key with its names and the index's own attributes, about. */
const KEY_BYTES = 150;
/** The adapter adds the id of each write to the row. */
const WRITE_ID_BYTES = 23;

/** An index takes one write for a new entry and one for an old one that goes; of keys alone, no other. */
function indexWrites(before: Row | undefined, after: Row | undefined): number {
  return [entry(["dueShard", "dueAt"]), entry(["rosterKey", "rosterOn"])].reduce((sum, entryOf) => {
    const [old, fresh] = [entryOf(before), entryOf(after)];
    return old === fresh ? sum : sum + Number(old !== "") + Number(fresh !== "");
  }, 0);
}

function entry(names: readonly string[]): (row: Row | undefined) => string {
  return (row) => (row === undefined ? "" : names.map((name) => row[name] ?? "").join(""));
}

/** DynamoDB's own rule: names and text in UTF-8, a number in half its digits, three bytes a list or map. */
export function sizeOf(row: Row | undefined): number {
  return row === undefined ? 0 : bytesOf(row) + WRITE_ID_BYTES;
}

function bytesOf(value: unknown): number {
  if (typeof value === "string") return Buffer.byteLength(value);
  if (typeof value === "number") return Math.ceil(String(value).length / 2) + 1;
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + bytesOf(one) + 1, 3);
  if (typeof value !== "object" || value === null) return 1;
  return Object.entries(value)
    .filter(([, inside]) => inside !== undefined)
    .reduce((sum, [name, inside]) => sum + Buffer.byteLength(name) + bytesOf(inside) + 1, 3);
}
