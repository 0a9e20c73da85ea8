import { type Consent, changeConsent, type Suppression, suppressedBy } from "../core/consent.ts";
import { eraseHolder, eraseSuccessor } from "../core/erase.ts";
import type { Instant } from "../core/instant.ts";
import { type Pair, SEATS, type SeatId } from "../core/pair.ts";
import { andThen, type Change, changeOf, withSeat } from "../core/plan.ts";
import type { Send } from "../core/send.ts";
import { actOf } from "../core/sync.ts";
import type { Ports } from "../ports.ts";
import { type ChangePairPorts, changePair, coupleOfTwo } from "../schedule/change-pair.ts";
import { personIn } from "../send/find-recipient.ts";
import type { Holder } from "./stop-address.ts";

export type ErasePersonPorts = ChangePairPorts & Pick<Ports, "limits" | "sesSuppressions">;

/** What was removed, by count: a receipt that can be kept, for it names nobody. */
export interface Erasure {
  /** Pairs in which something of theirs was found. */
  readonly pairs: number;
  /** Seats they held at the end, each with name, address and agency. */
  readonly seats: number;
  /** Seats they were named to take over. */
  readonly invitations: number;
  /** Consents whose fingerprint of the address went, of seats they held at any time. */
  readonly consents: number;
  /** Facts of mails, and further addresses of seats, that held a fingerprint of theirs. */
  readonly fingerprints: number;
  /** Counters of the form and of sign-in links. */
  readonly limits: number;
  /** Addresses taken off SES's own list of what bounced or complained. */
  readonly sesList: number;
  /** The one thing that stays: that this address is not to be written to. */
  readonly keptSuppressions: number;
}

type Counts = { -readonly [name in keyof Erasure]: number };

/**
 * Erases one person everywhere: the one way, for their own page and for an operator. In each pair what only
 * repeats their address goes first, then the ledger says "erased", then the pair forgets; so a crash anywhere
 * leaves the address findable, or a ledger that puts the pair right. Doing it again completes it, and nothing
 * later brings anything back.
 *
 * @param alsoIn pairs to look into, last, besides those in which the address sits or ever sat
 */
export async function erasePerson(
  ports: ErasePersonPorts,
  email: string,
  alsoIn: readonly string[] = [],
): Promise<Erasure> {
  const address = ports.signer.hashAddress(email);
  const suppression = await ports.ledger.suppression(address);
  const counts: Counts = {
    pairs: 0,
    seats: 0,
    invitations: 0,
    consents: 0,
    fingerprints: 0,
    limits: 0,
    sesList: await eraseFromSes(ports, email, suppression),
    keptSuppressions: suppression === undefined ? 0 : 1,
  };
  const satIn = await ports.pairs.pairsEverOf(address);
  for (const pairId of [...satIn.filter((id) => !alsoIn.includes(id)), ...alsoIn]) {
    await eraseFromPair(ports, address, pairId, counts);
  }
  for (const key of limitKeys(address)) counts.limits += await ports.limits.forget(key);
  ports.log.info("partner.erased", { count: counts.pairs });
  return counts;
}

/** The same for somebody who is signed in. Their own seat goes last: while it stands they can do it again. */
export async function eraseHolderOf(
  ports: ErasePersonPorts,
  { pairId, seat, holder }: Holder,
): Promise<void> {
  const pair = await ports.pairs.read(pairId);
  const person = pair && personIn(pair, seat, holder);
  // A session may outlive what it stands for.
  if (person !== undefined) await erasePerson(ports, person.email, [pairId]);
}

/** SES's own list of what bounced or complained holds the address in clear; ours keeps others from writing there. */
async function eraseFromSes(
  { sesSuppressions }: ErasePersonPorts,
  email: string,
  suppression: Suppression | undefined,
): Promise<number> {
  if (suppressedBy(suppression).every((ground) => ground === "stop")) return 0;
  await sesSuppressions.remove(email);
  return 1;
}

/** As signing up, signing in and naming a colleague call them. */
function limitKeys(address: string): readonly string[] {
  return [`signer-${address}`, `sign-in-${address}`, `named-${address}`];
}

async function eraseFromPair(
  ports: ErasePersonPorts,
  address: string,
  pairId: string,
  counts: Counts,
): Promise<void> {
  const pair = await ports.pairs.read(pairId);
  const consents = await ports.ledger.consents(pairId);
  const theirs = consents.filter((consent) => consent.address === address);
  const roles = pair === undefined ? NO_ROLES : rolesIn(ports, pair, address);
  const before = counts.consents + counts.fingerprints + counts.seats + counts.invitations;
  counts.fingerprints += await eraseFacts(ports, address, pairId, theirs);
  if (pair !== undefined) {
    await releaseCouples(ports, address, pair, consents);
    await eraseFromRow(ports, address, pairId, counts);
  }
  counts.seats += roles.seats.length;
  counts.invitations += roles.invitations.length;
  counts.consents += theirs.length;
  await eraseConsents(ports, theirs);
  await ports.pairs.forgetAddress(address, pairId);
  const after = counts.consents + counts.fingerprints + counts.seats + counts.invitations;
  if (after > before) counts.pairs += 1;
}

interface Roles {
  readonly seats: readonly SeatId[];
  readonly invitations: readonly SeatId[];
}

const NO_ROLES: Roles = { seats: [], invitations: [] };

function rolesIn({ signer }: ErasePersonPorts, { seats }: Pair, address: string): Roles {
  const isTheirs = (email: string | undefined) =>
    email !== undefined && email !== "" && signer.hashAddress(email) === address;
  return {
    seats: SEATS.filter((seat) => isTheirs(seats[seat].email)),
    invitations: SEATS.filter((seat) => isTheirs(seats[seat].successor?.email)),
  };
}

/** A mail remembers the fingerprint of whoever answered it from another address; theirs, or one they may own. */
async function eraseFacts(
  ports: ErasePersonPorts,
  address: string,
  pairId: string,
  theirs: readonly Consent[],
): Promise<number> {
  const isTheirs = (send: Send) =>
    send.facts.address === address ||
    theirs.some(({ seat, holder }) => seat === send.seat && holder === send.holder);
  const sends = (await ports.ledger.list(pairId, "")).filter(
    (send) => send.facts.address !== undefined && isTheirs(send),
  );
  for (const send of sends) await ports.ledger.change(send, withoutAddress);
  return sends.length;
}

function withoutAddress(send: Send): Send {
  const { address: _, ...facts } = send.facts;
  return { ...send, facts };
}

/** Before the pair forgets, for the key is made of addresses; whoever else sat there, the row goes only if this pair owns it. */
async function releaseCouples(
  ports: ErasePersonPorts,
  address: string,
  pair: Pair,
  consents: readonly Consent[],
): Promise<void> {
  const current = SEATS.map((seat) => pair.seats[seat].email).filter((email) => email !== "");
  const known = [
    ...consents.flatMap((consent) => consent.address ?? []),
    ...current.map((email) => ports.signer.hashAddress(email)),
  ];
  for (const other of new Set(known)) {
    await ports.pairs.releaseCouple(coupleOfTwo(address, other, pair.course), pair.id);
  }
}

async function eraseFromRow(
  ports: ErasePersonPorts,
  address: string,
  pairId: string,
  counts: Counts,
): Promise<void> {
  const at = ports.clock.now();
  let aliases = 0;
  await changePair(ports, pairId, (pair) => {
    aliases = SEATS.filter((seat) => pair.seats[seat].aliases.includes(address)).length;
    return eraseRoles(pair, rolesIn(ports, pair, address), address, at);
  });
  counts.fingerprints += aliases;
}

function eraseRoles(pair: Pair, roles: Roles, address: string, at: Instant): Change | undefined {
  const act = actOf({ at });
  const withoutAliases = SEATS.reduce(
    (changed, seat) => withoutAlias(changed, seat, address),
    pair,
  );
  const withoutInvitations = roles.invitations.reduce(
    (change, seat) =>
      andThen(change, (next) =>
        eraseSuccessor(next, seat, next.seats[seat].successor?.holder ?? 0, act),
      ),
    changeOf(withoutAliases),
  );
  const erased = roles.seats.reduce(
    (change, seat) => andThen(change, (next) => eraseHolder(next, seat, act)),
    withoutInvitations,
  );
  return erased.pair === pair ? undefined : erased;
}

function withoutAlias(pair: Pair, seat: SeatId, address: string): Pair {
  const { aliases } = pair.seats[seat];
  return aliases.includes(address)
    ? withSeat(pair, seat, { aliases: aliases.filter((alias) => alias !== address) })
    : pair;
}

/** Those of seats they left; the pair's own change has written the others. */
async function eraseConsents(ports: ErasePersonPorts, theirs: readonly Consent[]): Promise<void> {
  const act = actOf({ at: ports.clock.now() });
  for (const consent of theirs) {
    await ports.ledger.changeConsent(consent, (stored) =>
      changeConsent(stored, { state: "erased", ...act }),
    );
  }
}
