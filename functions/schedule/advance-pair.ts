import { advance } from "../core/advance.ts";
import { pairNeedsApproval } from "../core/enrollment.ts";
import { withEntries, withLogged } from "../core/heard.ts";
import type { Pair } from "../core/pair.ts";
import { andThen, type Change } from "../core/plan.ts";
import { syncSeats } from "../core/sync.ts";
import { pairDueAt } from "../core/timers.ts";
import type { Ports } from "../ports.ts";
import { type ChangePairPorts, changePair } from "./change-pair.ts";
import { loseSuppressedSeats } from "./lose-seats.ts";

export type AdvancePairPorts = ChangePairPorts & Pick<Ports, "settings">;

/**
 * Plans everything that is due for one pair. Reads the ledger too, and first puts right a pair that
 * missed the second write of a pause, a stop or a yes, or an address that is not written to any more,
 * whether anything else is due or not.
 */
export async function advancePair(ports: AdvancePairPorts, pairId: string): Promise<void> {
  await changePair(ports, pairId, (pair) => decide(ports, pair), "repair");
}

async function decide(ports: AdvancePairPorts, stored: Pair): Promise<Change | undefined> {
  const now = ports.clock.now();
  const synced = syncSeats(
    stored,
    await ports.ledger.consents(stored.id),
    pairNeedsApproval(ports.settings.cohorts, stored),
  );
  const known = await loseSuppressedSeats(ports, synced, now);
  const due = pairDueAt(known.pair);
  const isDue = due !== undefined && due <= now;
  const isInOrder = known.pair === stored && known.consents.length === 0;
  if (!isDue && isInOrder) return undefined;
  const facts = {
    outline: await ports.courses.current(known.pair.course),
    sends: await ports.ledger.list(known.pair.id, "lesson-"),
    entries: await ports.pairs.log(known.pair.id),
  };
  const settled = withLogged(known, facts, now);
  const entries = withEntries(facts.entries, settled.log);
  return andThen(settled, (pair) => advance(pair, { ...facts, entries }, now));
}
