import type { Row, RowKey, Table } from "../ports.ts";

/** More conflicts in a row than real traffic on one row makes; a queue tries again later. */
const ATTEMPTS_MAX = 100;

/** What a decision sees of a row, and what it wants written: everything but key and version. */
export type RowContent = Readonly<Record<string, unknown>>;

/**
 * Reads one row consistently, decides, and writes unless another write came between; then it starts
 * over with what that one left. The decision may run several times and must be pure.
 * @returns the row as it stands afterwards, or undefined when the decision left it alone
 * @throws Error when the row changed under every attempt
 */
export async function changeRow(
  table: Table,
  key: RowKey,
  decide: (stored: Row | undefined) => RowContent | undefined,
): Promise<Row | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const stored = await table.get(key);
    const content = decide(stored);
    if (content === undefined) return undefined;
    const row: Row = { ...content, ...key, version: (stored?.version ?? 0) + 1 };
    if ((await table.put(row, stored?.version ?? "absent")) === "written") return row;
  }
  throw new Error(`A row changed under each of ${ATTEMPTS_MAX} attempts to write it.`);
}

/** Deletes a row that passes the test, whatever version it has by then. */
export async function removeRow(
  table: Table,
  key: RowKey,
  test: (stored: Row) => boolean = () => true,
): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const stored = await table.get(key);
    if (stored === undefined || !test(stored)) return;
    if ((await table.remove(key, stored.version)) === "written") return;
  }
  throw new Error(`A row changed under each of ${ATTEMPTS_MAX} attempts to delete it.`);
}
