import { highestHolder } from "../core/consent.ts";
import { domainOf, needsApproval } from "../core/enrollment.ts";
import { nameSuccessor, withdrawNaming } from "../core/handover.ts";
import { isRunning } from "../core/hold.ts";
import { otherSeat, type Pair, type SeatId } from "../core/pair.ts";
import { type Act, changeOf, noticeToCoordinator } from "../core/plan.ts";
import type { Ports } from "../ports.ts";
import { type ChangePairPorts, changePair } from "../schedule/change-pair.ts";

export type NameColleaguePorts = ChangePairPorts & Pick<Ports, "limits" | "settings">;

/** Whose word it is: the seat's own holder, or a coordinator, who also vouches for the address. */
export type NamedBy =
  | { readonly kind: "leaver"; readonly holder: number }
  | { readonly kind: "coordinator" };

export interface Naming {
  readonly pairId: string;
  readonly seat: SeatId;
  readonly email: string;
  readonly by: NamedBy;
}

/**
 * `own`, `partner`: an address that sits in the pair already. `ask-coordinator`: this group's coordinators
 * look at such an address first, and were told. `later`: too many were named. `over`: nothing to take over.
 */
export type NamingOutcome =
  | "named"
  | "already-named"
  | "own"
  | "partner"
  | "ask-coordinator"
  | "later"
  | "over";

const MONTH_MS = 30 * 86_400_000;
/** Each naming mails somebody who did not ask for it. */
export const NAMINGS_PER_SEAT = 5;
export const NAMINGS_PER_ADDRESS = 3;

/** Names who is to take a seat over; they are invited at this address, and the seat stays as it is until they say yes. */
export async function nameColleague(
  ports: NameColleaguePorts,
  naming: Naming,
  act: Act,
): Promise<NamingOutcome> {
  const pair = await ports.pairs.read(naming.pairId);
  if (pair === undefined || !isTheirs(pair, naming)) return "over";
  const refusal = refusalOf(ports, pair, naming);
  if (refusal === "ask-coordinator") await tellCoordinator(ports, naming, act);
  if (refusal !== undefined) return refusal;
  if (!(await isWithinLimits(ports, naming, act))) return "later";
  const outcome = await changePair(ports, naming.pairId, async (current) => {
    if (!isTheirs(current, naming)) return undefined;
    const taken = highestHolder(await ports.ledger.consents(current.id), naming.seat, act);
    return nameSuccessor(current, naming.seat, personAt(current, naming), act, taken);
  });
  return outcome.kind === "changed" ? "named" : "already-named";
}

/** Takes the naming back; the colleague's link then says that the invitation has ended. */
export async function unnameColleague(
  ports: NameColleaguePorts,
  naming: Omit<Naming, "email">,
  act: Act,
): Promise<void> {
  await changePair(ports, naming.pairId, (pair) =>
    isTheirs(pair, naming) ? withdrawNaming(pair, naming.seat, act) : undefined,
  );
}

/** True where a leaver's own word is not enough for this address, or, without one, for any. */
export function isForCoordinator(
  ports: Pick<Ports, "settings">,
  pair: Pick<Pair, "cohort">,
  email?: string,
): boolean {
  const cohort = ports.settings.cohorts[pair.cohort];
  if (cohort === undefined) return true;
  return needsApproval(cohort, email === undefined ? [] : [email]);
}

function isTheirs(pair: Pair, { seat, by }: Pick<Naming, "seat" | "by">): boolean {
  return isRunning(pair) && (by.kind === "coordinator" || pair.seats[seat].holder === by.holder);
}

function refusalOf(
  ports: NameColleaguePorts,
  pair: Pair,
  { seat, email, by }: Naming,
): NamingOutcome | undefined {
  const is = (other: string) => ports.signer.hashAddress(other) === ports.signer.hashAddress(email);
  if (pair.seats[seat].successor !== undefined) return "already-named";
  if (is(pair.seats[seat].email)) return "own";
  if (is(pair.seats[otherSeat(seat)].email)) return "partner";
  const isUnvouched = by.kind === "leaver" && isForCoordinator(ports, pair, email);
  return isUnvouched ? "ask-coordinator" : undefined;
}

async function isWithinLimits(
  ports: NameColleaguePorts,
  { pairId, seat, email }: Naming,
  act: Act,
): Promise<boolean> {
  const seatKey = `naming-${pairId}-${seat}`;
  const addressKey = `named-${ports.signer.hashAddress(email)}`;
  return (
    (await ports.limits.take(seatKey, NAMINGS_PER_SEAT, MONTH_MS, act.at, act.id)) &&
    (await ports.limits.take(addressKey, NAMINGS_PER_ADDRESS, MONTH_MS, act.at, act.id))
  );
}

async function tellCoordinator(
  ports: NameColleaguePorts,
  { pairId, seat }: Naming,
  act: Act,
): Promise<void> {
  await changePair(ports, pairId, (pair) =>
    changeOf(pair, { plans: [noticeToCoordinator("notice-handover", act, { about: seat })] }),
  );
}

/** The name is the colleague's to say. They work where the one before them does, or, if that was deleted, at their domain. */
function personAt(pair: Pair, { seat, email }: Naming) {
  const { agency } = pair.seats[seat];
  return { name: "", email, agency: agency === "" ? domainOf(email) : agency };
}
