import { dueIndex, earliestDueAt } from "../../functions/adapters/due-index.ts";
import { sendLedger } from "../../functions/adapters/send-ledger.ts";
import type { Instant } from "../../functions/core/instant.ts";
import type { SendKey } from "../../functions/core/send.ts";
import type { SendLedger, Table } from "../../functions/ports.ts";
import type { WaitingRows } from "./account.ts";

/** The index does not say which sends are unresolved, so each has to be read; more than these are not. */
const SENDS_MAX = 1_000;
const AT_ONCE = 25;
const BEGINNING: Instant = "1970-01-01T00:00:00.000Z";
const END: Instant = "9999-12-31T23:59:59.999Z";

/** What waits in both tables. */
export async function waitingRows(pairs: Table, ledger: Table): Promise<WaitingRows> {
  const sends = await dueIndex(pairs, ledger).dueSends(BEGINNING, END);
  return {
    oldestPairDueAt: await earliestDueAt(pairs),
    oldestSendDueAt: await earliestDueAt(ledger),
    unresolvedUntil: await unresolvedUntil(sendLedger(ledger), sends.slice(0, SENDS_MAX)),
  };
}

/** The oldest first, as the index has them: what is stuck is among the first. */
async function unresolvedUntil(
  ledger: SendLedger,
  keys: readonly SendKey[],
): Promise<readonly Instant[]> {
  const found: Instant[] = [];
  for (let start = 0; start < keys.length; start += AT_ONCE) {
    const sends = await Promise.all(
      keys.slice(start, start + AT_ONCE).map((key) => ledger.read(key)),
    );
    for (const send of sends) {
      if (send?.state === "unresolved" && send.dueAt !== undefined) found.push(send.dueAt);
    }
  }
  return found;
}
