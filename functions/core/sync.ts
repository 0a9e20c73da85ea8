import type { Consent } from "./consent.ts";
import { eraseHolder, eraseSuccessor } from "./erase.ts";
import { acceptSeat } from "./handover.ts";
import { comeBack, openSeat, pause } from "./hold.ts";
import { latest, toMs } from "./instant.ts";
import { approve, confirm } from "./life.ts";
import type { Pair } from "./pair.ts";
import { type Act, andThen, type Change, changeOf } from "./plan.ts";

/**
 * Puts right a pair whose second write was lost: the ledger is written first, so where the two differ
 * the ledger holds. A pause found this way has no end, for the day was lost with the write; its owner
 * is asked after 30 days.
 *
 * @param consents of each seat's holder, and of a colleague who was named to follow
 * @param needsApproval whether a confirmed signer's partner waits for a coordinator
 */
export function syncSeats(
  pair: Pair,
  consents: readonly Consent[],
  needsApproval: boolean,
): Change {
  return inOrder(pair, consents).reduce(
    (change, consent) =>
      andThen(change, (next) =>
        consent.holder === next.seats[consent.seat].holder
          ? syncSeat(next, consent, needsApproval)
          : syncSuccessor(next, consent, consents),
      ),
    changeOf(pair),
  );
}

/**
 * A colleague who has accepted comes first: what the one before said last is about their seat no more.
 * The signer comes before the partner, who is asked only after the signer's yes.
 */
function inOrder({ signer }: Pair, consents: readonly Consent[]): readonly Consent[] {
  return consents.toSorted(
    (one, other) =>
      other.holder - one.holder || Number(other.seat === signer) - Number(one.seat === signer),
  );
}

/** The seat is the colleague's since their yes, even if the one before said something after it. */
function syncSuccessor(
  pair: Pair,
  consent: Consent,
  consents: readonly Consent[],
): Change | undefined {
  const { seat, holder, state } = consent;
  if (pair.seats[seat].successor?.holder !== holder) return undefined;
  if (state === "erased") return eraseSuccessor(pair, seat, holder, actOf(consent));
  if (state !== "given") return undefined;
  const leaver = consents.find(
    (other) => other.seat === seat && other.holder === pair.seats[seat].holder,
  );
  const at = latest(consent.at, leaver?.at ?? consent.at);
  return acceptSeat(pair, seat, holder, actOf({ at }));
}

/** Also what an erasure names itself by, so that putting it right tells nobody twice. */
export function actOf({ at }: Pick<Consent, "at">): Act {
  return { at, id: toMs(at).toString(16).padStart(16, "0") };
}

function syncSeat(pair: Pair, consent: Consent, needsApproval: boolean): Change | undefined {
  const { seat } = consent;
  const { kind } = pair.seats[seat].state;
  const act = actOf(consent);
  switch (consent.state) {
    case "given":
      if (kind === "invited") return confirm(pair, seat, act, needsApproval);
      return kind === "paused" || kind === "open" ? comeBack(pair, seat, act) : undefined;
    case "paused":
      return kind === "present" ? pause(pair, seat, act) : undefined;
    case "left":
      return openSeat(pair, seat, "stopped", act);
    case "erased":
      return eraseHolder(pair, seat, act);
    case "invited":
      return seat === pair.signer ? undefined : approve(pair, act);
    case "declined":
    case "ended":
      return undefined;
  }
}
