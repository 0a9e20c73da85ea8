import type { Act } from "../core/plan.ts";
import type { Ports } from "../ports.ts";
import type { Holder } from "./stop-address.ts";

/**
 * What pressing a button does now, by one seat's holder. The id is the same for every press that finds
 * the pair as it stands, so that pressing again after a failure names the same mails and tells nobody twice.
 */
export async function actOfPress(
  { pairs, signer, clock }: Pick<Ports, "pairs" | "signer" | "clock">,
  { pairId, seat, holder }: Holder,
): Promise<Act> {
  const pair = await pairs.read(pairId);
  const id = signer.hash("press", pairId, `${seat}${holder}`, String(pair?.version ?? 0));
  return { at: clock.now(), id };
}
