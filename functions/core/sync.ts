import type { Consent } from "./consent.ts";
import { eraseHolder, eraseSuccessor } from "./erase.ts";
import { acceptSeat } from "./handover.ts";
import { comeBack, isRunning, openSeat, pause } from "./hold.ts";
import { latest, toMs } from "./instant.ts";
import { approve, confirm, decline, endByPartner } from "./life.ts";
import type { Pair, SeatId } from "./pair.ts";
import { type Act, andThen, type Change, type ConsentAct, changeOf } from "./plan.ts";

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
  const known = inOrder(pair, consents);
  const agreed = known.reduce(
    (change, consent) =>
      andThen(change, (next) =>
        isOfHolder(next, consent)
          ? agree(next, consent, needsApproval)
          : syncSuccessor(next, consent, consents),
      ),
    changeOf(pair),
  );
  // Whoever left had said yes before, and so may their partner have: the course began, and was left then.
  const followed = known.reduce(
    (change, consent) =>
      andThen(change, (next) =>
        isOfHolder(next, consent) ? followLast(next, consent) : undefined,
      ),
    agreed,
  );
  return { ...followed, consents: [...followed.consents, ...leftOpen(pair, known)] };
}

function isOfHolder({ seats }: Pair, { seat, holder }: Consent): boolean {
  return seats[seat].holder === holder;
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
  return acceptSeat(pair, seat, holder, actOf({ ...consent, at }));
}

/**
 * The act that a consent tells of, named as its first try named it, so that putting it right tells nobody
 * twice. Acts that no row names are named by their instant.
 */
export function actOf({ at, act }: Pick<Consent, "at" | "act">): Act {
  return { at, id: act ?? toMs(at).toString(16).padStart(16, "0") };
}

/** The approval and the yes that the pair missed. */
function agree(pair: Pair, consent: Consent, needsApproval: boolean): Change {
  const act = actOf(consent);
  const approved = wasAsked(pair, consent) ? approve(pair, act) : undefined;
  return andThen(approved ?? changeOf(pair), (next) =>
    saidYes(consent) ? confirmed(next, consent.seat, act, needsApproval) : undefined,
  );
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
function followLast(pair: Pair, consent: Consent): Change | undefined {
  const { seat, state } = consent;
  const { kind } = pair.seats[seat].state;
  const act = actOf(consent);
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
    case "ended":
      // Of somebody who is here that can only be END, or an end that a restore has undone.
      return isRunning(pair) ? endByPartner(pair, seat, act) : undefined;
    case "invited":
      return undefined;
  }
}

/** The pair has ended, and what follows from that for these was not written any more. */
function leftOpen(pair: Pair, consents: readonly Consent[]): readonly ConsentAct[] {
  const { state } = pair;
  if (state.kind !== "ended") return [];
  return consents
    .filter((consent) => isOfHolder(pair, consent) && ["given", "paused"].includes(consent.state))
    .map(({ seat, holder }) => ({
      seat,
      holder,
      state: "ended",
      ...actOf({ at: state.endedAt }),
      follows: true,
    }));
}
