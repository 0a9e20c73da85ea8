import { type Instant, plusHours } from "../core/instant.ts";
import type { Ports } from "../ports.ts";

/** A pair or a send that is due for so long is stuck: every wait on purpose moves `dueAt` on. */
export const OVERDUE_HOURS = 2;
const BEGINNING: Instant = "1970-01-01T00:00:00.000Z";

/** Says how many rows of each table should have been handled hours ago; nothing while all goes well. */
export async function watchOverdue(ports: Pick<Ports, "clock" | "due" | "log">): Promise<void> {
  const until = plusHours(ports.clock.now(), -OVERDUE_HOURS);
  const pairs = await ports.due.duePairs(BEGINNING, until);
  const sends = await ports.due.dueSends(BEGINNING, until);
  if (pairs.length > 0)
    ports.log.error("schedule.overdue", { table: "pairs", count: pairs.length });
  if (sends.length > 0)
    ports.log.error("schedule.overdue", { table: "ledger", count: sends.length });
}
