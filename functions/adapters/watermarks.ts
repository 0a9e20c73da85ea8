import type { RowKey, Table, Watermarks } from "../ports.ts";
import { changeRow } from "./optimistic.ts";
import { ONLY_ROW } from "./row-keys.ts";

/** Up to which instant each table's due index was read, over any table. A watermark never moves back. */
export function watermarks(table: Table): Watermarks {
  return {
    async read(name) {
      const row = await table.get(watermarkKey(name));
      return row === undefined ? undefined : String(row.at);
    },
    async move(name, to) {
      await changeRow(table, watermarkKey(name), (stored) =>
        stored !== undefined && String(stored.at) >= to ? undefined : { at: to },
      );
    },
  };
}

function watermarkKey(name: "pairs" | "ledger"): RowKey {
  return { pk: `WATERMARK#${name}`, sk: ONLY_ROW };
}
