import { declineSeat } from "./handover.ts";
import { openSeat, waitLonger } from "./hold.ts";
import { plusDays } from "./instant.ts";
import { forgetHolder } from "./life.ts";
import type { Pair, SeatId } from "./pair.ts";
import { type Act, type Change, changeOf } from "./plan.ts";
import { setTimer } from "./timers.ts";

/** Nobody is asked whether to wait for a seat that was erased; without a successor the pair ends after this long. */
export const ERASED_END_DAYS = 28;

/**
 * The seat's holder is erased: it is empty at once, and their name, addresses and agency leave the row.
 * Their partner is told that the seat is open, and no more. A colleague who was named to follow stays named.
 *
 * @returns undefined when they were erased before
 */
export function eraseHolder(pair: Pair, seat: SeatId, act: Act): Change | undefined {
  if (isForgotten(pair, seat)) return undefined;
  if (pair.state.kind === "ended") {
    const { holder } = pair.seats[seat];
    return changeOf(forgetHolder(pair, seat), {
      consents: [{ seat, holder, state: "erased", ...act }],
    });
  }
  const opened = openSeat(pair, seat, "erased", act);
  return opened && { ...opened, pair: withErasedClock(opened.pair, seat, act) };
}

/** The colleague who was named to follow is erased: as if they had said no, and their consent says why. */
export function eraseSuccessor(
  pair: Pair,
  seat: SeatId,
  holder: number,
  act: Act,
): Change | undefined {
  const declined = declineSeat(pair, seat, holder, act);
  return declined && { ...declined, consents: [{ seat, holder, state: "erased", ...act }] };
}

/** The hold's clock: four weeks, without a question; a successor who is named already is an answer, as WAIT is. */
function withErasedClock(pair: Pair, seat: SeatId, act: Act): Pair {
  if (pair.hold === undefined) return pair;
  if (pair.seats[seat].successor !== undefined) return waitLonger(pair, act)?.pair ?? pair;
  return setTimer(pair, "hold", { at: plusDays(act.at, ERASED_END_DAYS), item: "erased" });
}

/** Only an erasure opens a seat without a name; after the end the names may have gone by themselves. */
function isForgotten(pair: Pair, seat: SeatId): boolean {
  const { name, email, state } = pair.seats[seat];
  const isErased = state.kind === "open" && state.reason === "erased";
  return name === "" && email === "" && (isErased || pair.state.kind === "ended");
}
