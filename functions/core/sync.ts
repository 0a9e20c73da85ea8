import type { Consent } from "./consent.ts";
import { eraseHolder, eraseSuccessor } from "./erase.ts";
import { acceptSeat } from "./handover.ts";
import { comeBack, openSeat, pause } from "./hold.ts";
import { latest, toMs } from "./instant.ts";
import { approve, confirm, decline } from "./life.ts";
import type { Pair, SeatId } from "./pair.ts";
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
  const act = actOf(consent);
  const steps: readonly ((pair: Pair) => Change | undefined)[] = [
    (next) => (wasAsked(next, consent) ? approve(next, act) : undefined),
    (next) => (saidYes(consent) ? confirmed(next, consent.seat, act, needsApproval) : undefined),
    (next) => followLast(next, consent),
  ];
  const changed = steps.reduce(andThen, changeOf(pair));
  return changed.pair === pair ? undefined : changed;
}

/** A partner who was invited, or answered, was approved: nobody else's invitation is written. */
function wasAsked({ signer }: Pair, { seat, state }: Consent): boolean {
  return seat !== signer && (state === "invited" || state === "declined" || saidYes({ state }));
}

/** Only who has said yes can pause or leave. */
function saidYes({ state }: Pick<Consent, "state">): boolean {
  return state === "given" || state === "paused" || state === "left";
}

/** The yes itself is in the ledger, and what was said after it must not be overwritten. */
function confirmed(pair: Pair, seat: SeatId, act: Act, needsApproval: boolean): Change | undefined {
  const change = confirm(pair, seat, act, needsApproval);
  if (change === undefined) return undefined;
  const others = change.consents.filter((consent) => consent.seat !== seat);
  return { ...change, consents: others };
}

/** What the holder said last, where the pair missed it. */
function followLast(pair: Pair, { seat, state, at }: Consent): Change | undefined {
  const { kind } = pair.seats[seat].state;
  const act = actOf({ at });
  switch (state) {
    case "given":
      return kind === "paused" || kind === "open" ? comeBack(pair, seat, act) : undefined;
    case "paused":
      return kind === "present" ? pause(pair, seat, act) : undefined;
    case "left":
      return openSeat(pair, seat, "stopped", act);
    case "erased":
      return eraseHolder(pair, seat, act);
    case "declined":
      return decline(pair, seat, act);
    case "invited":
    case "ended":
      return undefined;
  }
}
