import { type Instant, plusMinutes } from "../core/instant.ts";
import { kindOfItem } from "../core/items.ts";
import { laneOf, type SendKey } from "../core/send.ts";
import type { Ports } from "../ports.ts";

export type FindDuePorts = Pick<Ports, "clock" | "due" | "queues" | "watermarks" | "log">;

/** The index lags and clocks differ, so each tick looks back this far behind what it saw last. */
export const LOOK_BACK_MINUTES = 11;
const BEGINNING: Instant = "1970-01-01T00:00:00.000Z";

/**
 * One tick: puts on the queues what became due since the last tick. Nothing but due rows is looked
 * at, so the work grows with what is due and not with who is enrolled.
 */
export async function findDue(ports: FindDuePorts): Promise<void> {
  const now = ports.clock.now();
  await queuePairs(ports, await since(ports, "pairs"), now);
  await ports.watermarks.move("pairs", now);
  await queueSends(ports, await since(ports, "ledger"), now);
  await ports.watermarks.move("ledger", now);
}

/** Every ten minutes: from the beginning of the index, so that what was lost on the way is picked up. */
export async function sweepDue(ports: FindDuePorts): Promise<void> {
  const now = ports.clock.now();
  await queuePairs(ports, BEGINNING, now);
  await queueSends(ports, BEGINNING, now);
}

async function since(ports: FindDuePorts, table: "pairs" | "ledger"): Promise<Instant> {
  const watermark = await ports.watermarks.read(table);
  return watermark === undefined ? BEGINNING : plusMinutes(watermark, -LOOK_BACK_MINUTES);
}

async function queuePairs(ports: FindDuePorts, from: Instant, now: Instant): Promise<void> {
  for (const pairId of await ports.due.duePairs(from, now)) {
    await ports.queues.put({ queue: "due", pairId });
  }
}

async function queueSends(ports: FindDuePorts, from: Instant, now: Instant): Promise<void> {
  const sends: readonly SendKey[] = await ports.due.dueSends(from, now);
  for (const send of sends) {
    await ports.queues.put({ queue: laneOf(kindOfItem(send.item)), send });
  }
}
