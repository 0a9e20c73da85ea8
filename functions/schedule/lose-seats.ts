import { type Ground, type Suppression, suppressedBy } from "../core/consent.ts";
import { isRunning, loseSeat } from "../core/hold.ts";
import { SEATS } from "../core/pair.ts";
import { type Act, andThen, type Change } from "../core/plan.ts";
import { actOf } from "../core/sync.ts";
import type { Ports } from "../ports.ts";

/**
 * Loses each seat of a running pair whose address bounced or complained before the pair ran, or in the same
 * second: when the event came there was no seat to lose, and nothing would ever go out to it.
 */
export async function loseSuppressedSeats(
  { ledger, signer }: Pick<Ports, "ledger" | "signer">,
  change: Change,
  act: Act,
): Promise<Change> {
  let settled = change;
  for (const seat of SEATS) {
    const { state, email } = change.pair.seats[seat];
    if (!isRunning(change.pair) || state.kind !== "present") continue;
    const failure = failureIn(await ledger.suppression(signer.hashAddress(email)));
    if (failure === undefined) continue;
    // Named as the event's own handler names it, which may have died half way.
    const { id } = actOf(failure);
    settled = andThen(settled, (pair) => loseSeat(pair, seat, { ...act, id }));
  }
  return settled;
}

function failureIn(suppression: Suppression | undefined): Ground | undefined {
  const [ground] = suppressedBy(suppression).filter((name) => name !== "stop");
  return ground && suppression?.[ground];
}
