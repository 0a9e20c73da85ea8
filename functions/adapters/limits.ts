import { type Instant, plusMs } from "../core/instant.ts";
import type { Limits, Row, Table } from "../ports.ts";
import { changeRow, removeRow } from "./optimistic.ts";
import { toEpochSeconds } from "./row-keys.ts";

/**
 * Counters over any table. A window begins with its first use and ends `windowMs` later; a refused use
 * writes nothing, so that an attack costs reads only.
 */
export function limits(table: Table): Limits {
  return {
    async take(key, max, windowMs, now, use) {
      if (max < 1) return false;
      const place = { pk: `LIMIT#${key}`, sk: String(windowMs) };
      let isKnown = false;
      const counted = await changeRow(table, place, (stored) => {
        const window = openWindow(stored, windowMs, now);
        isKnown = use !== undefined && window.uses.includes(use);
        if (isKnown || window.count >= max) return undefined;
        return {
          key,
          count: window.count + 1,
          startsAt: window.startsAt,
          ...(use === undefined ? {} : { uses: [...window.uses, use] }),
          expiresAt: toEpochSeconds(plusMs(window.startsAt, windowMs)),
        };
      });
      return isKnown || counted !== undefined;
    },
    async forget(key) {
      const windows = await table.query(`LIMIT#${key}`, "");
      for (const { pk, sk } of windows) await removeRow(table, { pk, sk });
      return windows.length;
    },
  };
}

interface Window {
  readonly startsAt: Instant;
  readonly count: number;
  readonly uses: readonly string[];
}

/** The window that runs now; a new one where the last is over. */
function openWindow(stored: Row | undefined, windowMs: number, now: Instant): Window {
  const startsAt = stored === undefined ? now : String(stored.startsAt);
  if (stored === undefined || plusMs(startsAt, windowMs) <= now) {
    return { startsAt: now, count: 0, uses: [] };
  }
  const uses = (stored.uses ?? []) as readonly string[];
  return { startsAt, count: Number(stored.count), uses };
}
