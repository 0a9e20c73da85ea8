import {
  type Consent,
  isSuppressed,
  type Suppression,
  type SuppressionGround,
  suppressedBy,
} from "../core/consent.ts";
import { declineSeat } from "../core/handover.ts";
import { comeBack, openSeat } from "../core/hold.ts";
import type { Pair } from "../core/pair.ts";
import { SEATS, type SeatId } from "../core/pair.ts";
import type { Act, Change } from "../core/plan.ts";
import type { Ports } from "../ports.ts";
import { type ChangePairPorts, callForRepair, changePair } from "../schedule/change-pair.ts";

/** A seat's holder by number; the consent row knows the address even after the seat changed hands. */
export interface Holder {
  readonly pairId: string;
  readonly seat: SeatId;
  readonly holder: number;
}

/**
 * Stops all mail to a holder's address, everywhere in the service. The ledger has the stop before any
 * pair is changed, so a sender that reads consent from now on sends nothing. Pairs that this process does
 * not come to, should it end before, hear of the stop when they are looked at a minute later.
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
  for (const pairId of await ports.pairs.pairsOf(address)) await callForRepair(ports, pairId);
  await ports.ledger.suppress(address, "stop", { at: act.at, lifted: false, act: act.id });
  await changeEverySeat(ports, address, (pair, seat) => openSeat(pair, seat, "stopped", act));
  await refuseInvitations(ports, address, act);
  return before?.stop?.lifted === false ? "already" : "done";
}

export type LiftPorts = ChangePairPorts & Pick<Ports, "sesSuppressions">;

/**
 * START: lifts the owner's own stop, and a bounce that their mail disproves; they take their seats
 * again where nobody followed them.
 */
export async function liftAddress(ports: LiftPorts, holder: Holder, act: Act): Promise<void> {
  const address = await addressOf(ports, holder);
  if (address === undefined) return;
  const left = await liftGrounds(ports, address, ["stop", "bounce"], act);
  // A complaint stands until a coordinator lifts it; a seat that cannot be written to stays empty.
  if (isSuppressed(left)) return;
  await changeEverySeat(ports, address, (pair, seat) => comeBack(pair, seat, act));
}

/**
 * Lifts grounds on our list, and before that takes the address off SES's own: SES would take our mail,
 * drop it and call that a bounce. What broke off in between is done again, for our list still has it.
 *
 * @returns the suppression as it stands afterwards
 */
export async function liftGrounds(
  ports: LiftPorts,
  address: string,
  grounds: readonly SuppressionGround[],
  { at }: Act,
): Promise<Suppression | undefined> {
  const stored = await ports.ledger.suppression(address);
  const failed = suppressedBy(stored).filter((ground) => ground !== "stop");
  const isLifted = (ground: SuppressionGround) =>
    grounds.includes(ground) && at >= (stored?.[ground]?.at ?? at);
  if (failed.length > 0 && failed.every(isLifted)) await removeFromSes(ports, address);
  for (const ground of grounds) await ports.ledger.suppress(address, ground, { at, lifted: true });
  return ports.ledger.suppression(address);
}

/** SES knows plain addresses only; one that no pair keeps any more is not written to either. */
async function removeFromSes(ports: LiftPorts, address: string): Promise<void> {
  const pairs = await Promise.all((await ports.pairs.pairsOf(address)).map(ports.pairs.read));
  const emails = pairs.flatMap((pair) => SEATS.map((seat) => pair?.seats[seat].email ?? ""));
  const email = emails.find((one) => one !== "" && ports.signer.hashAddress(one) === address);
  if (email !== undefined) await ports.sesSuppressions.remove(email);
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
  decide: (pair: Pair, seat: SeatId) => Change | undefined | Promise<Change | undefined>,
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
