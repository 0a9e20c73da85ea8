import { highestHolder } from "../core/consent.ts";
import { pairNeedsApproval } from "../core/enrollment.ts";
import { correctPartner } from "../core/life.ts";
import { otherSeat, type Pair } from "../core/pair.ts";
import { type Act, withSeat } from "../core/plan.ts";
import type { Ports } from "../ports.ts";
import { type ChangePairPorts, changePair, coupleOf } from "../schedule/change-pair.ts";
import type { Holder } from "./stop-address.ts";

export type CorrectAddressPorts = ChangePairPorts & Pick<Ports, "settings">;

/** `same`: the address that bounced. `own`: the signer's. `couple`: these two are a pair already. */
export type CorrectionOutcome = "corrected" | "same" | "own" | "couple" | "over";

/** The address of the invited partner that failed, while the signer may still correct it; else undefined. */
export function failedAddress(pair: Pair, { seat, holder }: Holder): string | undefined {
  const partner = pair.seats[otherSeat(pair.signer)];
  const isSigner = seat === pair.signer && pair.seats[seat].holder === holder;
  const isAsked = pair.state.kind === "pending" && pair.state.waitsFor === "partner";
  const isOpen = partner.state.kind === "unreachable" && partner.holder === 1;
  return isSigner && isAsked && isOpen ? partner.email : undefined;
}

/**
 * The signer corrects their partner's address after it bounced, once. Where the cohort asks for it, a
 * coordinator looks at the new address before anybody is written to there.
 */
export async function correctAddress(
  ports: CorrectAddressPorts,
  signer: Holder,
  email: string,
  act: Act,
): Promise<CorrectionOutcome> {
  const pair = await ports.pairs.read(signer.pairId);
  const failed = pair === undefined ? undefined : failedAddress(pair, signer);
  if (pair === undefined || failed === undefined) return "over";
  const hash = ports.signer.hashAddress(email);
  if (hash === ports.signer.hashAddress(failed)) return "same";
  if (hash === ports.signer.hashAddress(pair.seats[pair.signer].email)) return "own";
  const couple = coupleOf(ports.signer, withPartnerAt(pair, email));
  if ((await ports.pairs.claimCouple(couple, pair.id)) !== pair.id) return "couple";
  const outcome = await changePair(ports, pair.id, async (current) => {
    const consents = await ports.ledger.consents(current.id);
    return correctPartner(
      current,
      email,
      act,
      pairNeedsApproval(ports.settings.cohorts, withPartnerAt(current, email)),
      highestHolder(consents, otherSeat(current.signer), act),
    );
  });
  if (outcome.kind !== "changed") return "over";
  await ports.pairs.releaseCouple(coupleOf(ports.signer, pair), pair.id);
  return "corrected";
}

function withPartnerAt(pair: Pair, email: string): Pair {
  return withSeat(pair, otherSeat(pair.signer), { email });
}
