import { type Ground, type Suppression, suppressedBy } from "../core/consent.ts";
import { isRunning, loseSeat, openSeat } from "../core/hold.ts";
import type { Instant } from "../core/instant.ts";
import { type Pair, SEATS, type SeatId } from "../core/pair.ts";
import { type Act, andThen, type Change } from "../core/plan.ts";
import { actOf } from "../core/sync.ts";
import type { Ports } from "../ports.ts";

/**
 * Takes each seat of a running pair from a holder whose address is not written to any more. When the
 * bounce, complaint or stop came there was no such seat yet, or its handler died on the way here; nothing
 * would ever go out to it, and nobody would know.
 *
 * @param now when the seat counts as lost or open; what is planned is named by the act on the list
 */
export async function loseSuppressedSeats(
  { ledger, signer }: Pick<Ports, "ledger" | "signer">,
  change: Change,
  now: Instant,
): Promise<Change> {
  let settled = change;
  for (const seat of SEATS) {
    const { state, email } = change.pair.seats[seat];
    if (!isRunning(change.pair) || state.kind !== "present") continue;
    const suppression = await ledger.suppression(signer.hashAddress(email));
    settled = andThen(settled, (pair) => loseSuppressed(pair, seat, suppression, now));
  }
  return settled;
}

/** A stop leaves the seat to a colleague, which a failed address does not. */
function loseSuppressed(
  pair: Pair,
  seat: SeatId,
  suppression: Suppression | undefined,
  now: Instant,
): Change | undefined {
  const [ground] = suppressedBy(suppression);
  if (ground === undefined) return undefined;
  const act = namedAsFirst(suppression?.[ground], now);
  return ground === "stop" ? openSeat(pair, seat, "stopped", act) : loseSeat(pair, seat, act);
}

/** As its own handler names it, which may have planned notices and died. */
function namedAsFirst(ground: Ground | undefined, now: Instant): Act {
  return { at: now, id: actOf(ground ?? { at: now }).id };
}
