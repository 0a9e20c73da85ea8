import { type Instant, toMs } from "../core/instant.ts";

/** The partition that holds everything of one pair, in both tables. */
export function pairPartition(pairId: string): string {
  return `PAIR#${pairId}`;
}

/** Sort key of a partition's only row. */
export const ONLY_ROW = "-";

/** Expiry as the table's time to live wants it: whole seconds since 1970. */
export function toEpochSeconds(instant: Instant): number {
  return Math.ceil(toMs(instant) / 1000);
}
