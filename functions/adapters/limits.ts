import { plusMs } from "../core/instant.ts";
import type { Limits, Table } from "../ports.ts";
import { changeRow } from "./optimistic.ts";
import { toEpochSeconds } from "./row-keys.ts";

/**
 * Counters over any table. A window begins with its first use and ends `windowMs` later; a refused use
 * writes nothing, so that an attack costs reads only.
 */
export function limits(table: Table): Limits {
  return {
    async take(key, max, windowMs, now) {
      if (max < 1) return false;
      const place = { pk: `LIMIT#${key}`, sk: String(windowMs) };
      const counted = await changeRow(table, place, (stored) => {
        const startsAt = stored === undefined ? now : String(stored.startsAt);
        const isOver = stored === undefined || plusMs(startsAt, windowMs) <= now;
        if (isOver) return useOf(key, 1, now, windowMs);
        const uses = Number(stored.count);
        return uses >= max ? undefined : useOf(key, uses + 1, startsAt, windowMs);
      });
      return counted !== undefined;
    },
  };
}

function useOf(key: string, count: number, startsAt: string, windowMs: number) {
  return { key, count, startsAt, expiresAt: toEpochSeconds(plusMs(startsAt, windowMs)) };
}
