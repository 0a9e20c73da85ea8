import type { Consent } from "./consent.ts";
import { comeBack, openSeat, pause } from "./hold.ts";
import { toMs } from "./instant.ts";
import { confirm } from "./life.ts";
import type { Pair } from "./pair.ts";
import { type Act, andThen, type Change, changeOf } from "./plan.ts";

/**
 * Puts right a pair whose second write was lost: the ledger is written first, so where the two differ
 * the ledger holds. A pause found this way has no end, for the day was lost with the write; its owner
 * is asked after 30 days.
 *
 * @param needsApproval whether a confirmed signer's partner waits for a coordinator
 */
export function syncSeats(
  pair: Pair,
  consents: readonly Consent[],
  needsApproval: boolean,
): Change {
  return consents.reduce(
    (change, consent) => andThen(change, (next) => syncSeat(next, consent, needsApproval)),
    changeOf(pair),
  );
}

function syncSeat(pair: Pair, consent: Consent, needsApproval: boolean): Change | undefined {
  const { seat } = consent;
  const { kind } = pair.seats[seat].state;
  const act: Act = { at: consent.at, id: toMs(consent.at).toString(16).padStart(16, "0") };
  switch (consent.state) {
    case "given":
      if (kind === "invited") return confirm(pair, seat, act, needsApproval);
      return kind === "paused" || kind === "open" ? comeBack(pair, seat, act) : undefined;
    case "paused":
      return kind === "present" ? pause(pair, seat, act) : undefined;
    case "left":
      return openSeat(pair, seat, "stopped", act);
    case "erased":
      return kind === "open" ? undefined : openSeat(pair, seat, "erased", act);
    case "invited":
    case "declined":
    case "ended":
      return undefined;
  }
}
