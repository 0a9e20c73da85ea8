import { type Suppression, suppressedBy } from "../core/consent.ts";
import { reachAgain } from "../core/hold.ts";
import type { Pair, SeatId } from "../core/pair.ts";
import type { Act, Change } from "../core/plan.ts";
import { changeEverySeat, type LiftPorts, liftGrounds } from "../partner/stop-address.ts";

/**
 * A coordinator says that mail reaches a seat again: one act that clears the bounce or complaint on our
 * list and on SES's own. The owner's stop stands; only they lift it. The seat is again what its holder
 * agreed to, in every pair they sit in. Doing it again finishes what broke off.
 *
 * @returns `not-lost` when mail reached the seat, or nobody's address is kept any more
 */
export async function liftSuppression(
  ports: LiftPorts,
  { pairId, seat }: { readonly pairId: string; readonly seat: SeatId },
  act: Act,
): Promise<"lifted" | "not-lost"> {
  const lost = (await ports.pairs.read(pairId))?.seats[seat];
  if (lost === undefined || lost.email === "") return "not-lost";
  const address = ports.signer.hashAddress(lost.email);
  const before = await ports.ledger.suppression(address);
  await liftGrounds(ports, address, ["bounce", "complaint"], act);
  await changeEverySeat(ports, address, (pair, place) => takeAgain(ports, pair, place, act));
  return lost.state.kind === "unreachable" || hasFailed(before) ? "lifted" : "not-lost";
}

async function takeAgain(
  ports: LiftPorts,
  pair: Pair,
  seat: SeatId,
  act: Act,
): Promise<Change | undefined> {
  const { holder } = pair.seats[seat];
  const consents = await ports.ledger.consents(pair.id);
  const own = consents.find((consent) => consent.seat === seat && consent.holder === holder);
  return reachAgain(pair, seat, own?.state === "paused", act);
}

function hasFailed(suppression: Suppression | undefined): boolean {
  return suppressedBy(suppression).some((ground) => ground !== "stop");
}
