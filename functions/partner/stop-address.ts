import { type Consent, isSuppressed } from "../core/consent.ts";
import { declineSeat } from "../core/handover.ts";
import { comeBack, openSeat } from "../core/hold.ts";
import type { Pair } from "../core/pair.ts";
import { SEATS, type SeatId } from "../core/pair.ts";
import type { Act, Change } from "../core/plan.ts";
import { type ChangePairPorts, changePair } from "../schedule/change-pair.ts";

/** A seat's holder by number; the consent row knows the address even after the seat changed hands. */
export interface Holder {
  readonly pairId: string;
  readonly seat: SeatId;
  readonly holder: number;
}

/**
 * Stops all mail to a holder's address, everywhere in the service. The ledger has the stop before any
 * pair is changed, so a sender that reads consent from now on sends nothing.
 *
 * @returns `already` for an address that stopped before; `over` when nobody knows it any more
 */
export async function stopAddress(
  ports: ChangePairPorts,
  holder: Holder,
  act: Act,
): Promise<"done" | "already" | "over"> {
  const address = await addressOf(ports, holder);
  if (address === undefined) return "over";
  const before = await ports.ledger.suppression(address);
  await ports.ledger.suppress(address, "stop", { at: act.at, lifted: false });
  await changeEverySeat(ports, address, (pair, seat) => openSeat(pair, seat, "stopped", act));
  await refuseInvitations(ports, address, act);
  return before?.stop?.lifted === false ? "already" : "done";
}

/**
 * START: lifts the owner's own stop, and a bounce that their mail disproves; they take their seats
 * again where nobody followed them.
 */
export async function liftAddress(ports: ChangePairPorts, holder: Holder, act: Act): Promise<void> {
  const address = await addressOf(ports, holder);
  if (address === undefined) return;
  await ports.ledger.suppress(address, "stop", { at: act.at, lifted: true });
  const left = await ports.ledger.suppress(address, "bounce", { at: act.at, lifted: true });
  // A complaint stands until a coordinator lifts it; a seat that cannot be written to stays empty.
  if (isSuppressed(left)) return;
  await changeEverySeat(ports, address, (pair, seat) => comeBack(pair, seat, act));
}

/** Stopping is also a no to every seat that the address was named to take over. */
async function refuseInvitations(ports: ChangePairPorts, address: string, act: Act): Promise<void> {
  for (const pairId of await ports.pairs.pairsOf(address)) {
    for (const seat of SEATS) {
      await changePair(ports, pairId, (pair) => {
        const { successor } = pair.seats[seat];
        const isTheirs = successor && ports.signer.hashAddress(successor.email) === address;
        return isTheirs ? declineSeat(pair, seat, successor.holder, act) : undefined;
      });
    }
  }
}

async function addressOf(ports: ChangePairPorts, holder: Holder): Promise<string | undefined> {
  const consents = await ports.ledger.consents(holder.pairId);
  return consents.find((consent) => isOf(consent, holder))?.address;
}

function isOf(consent: Consent, { seat, holder }: Holder): boolean {
  return consent.seat === seat && consent.holder === holder;
}

/** Every seat of every pair that this address holds now. */
export async function changeEverySeat(
  ports: ChangePairPorts,
  address: string,
  decide: (pair: Pair, seat: SeatId) => Change | undefined,
): Promise<void> {
  for (const pairId of await ports.pairs.pairsOf(address)) {
    for (const seat of SEATS) {
      await changePair(ports, pairId, (pair) =>
        ports.signer.hashAddress(pair.seats[seat].email) === address
          ? decide(pair, seat)
          : undefined,
      );
    }
  }
}
