import { type LaneState, OPEN_LANE } from "../core/breaker.ts";
import type { Lane } from "../core/send.ts";
import type { Breaker, Row, RowKey, Table } from "../ports.ts";
import { changeRow } from "./optimistic.ts";
import { ONLY_ROW } from "./row-keys.ts";

/** One row a lane, over any table. A lane of which nothing was ever written is open. */
export function breaker(table: Table): Breaker {
  return {
    async read(lane) {
      const row = await table.get(breakerKey(lane));
      return row === undefined ? OPEN_LANE : toState(row);
    },
    async change(lane, decide) {
      const changed = await changeRow(table, breakerKey(lane), (stored) => {
        const next = decide(stored === undefined ? OPEN_LANE : toState(stored));
        return next === undefined ? undefined : { ...next };
      });
      return changed === undefined ? undefined : toState(changed);
    },
  };
}

function breakerKey(lane: Lane): RowKey {
  return { pk: `BREAKER#${lane}`, sk: ONLY_ROW };
}

function toState(row: Row): LaneState {
  const { pk: _pk, sk: _sk, version: _version, ...state } = row;
  return state as unknown as LaneState;
}
