import type { LogEntry } from "../core/action.ts";
import { type Consent, changeConsent } from "../core/consent.ts";
import { type Pair, SEATS, type SeatId } from "../core/pair.ts";
import type { Change, ConsentAct, Plan } from "../core/plan.ts";
import { laneOf, reviveSend, type Send, sendIdOf } from "../core/send.ts";
import type { Ports } from "../ports.ts";

export type ChangePairPorts = Pick<
  Ports,
  "pairs" | "ledger" | "courses" | "queues" | "signer" | "clock" | "log"
>;

/** Decides on the stored pair; `undefined` leaves everything as it is. */
export type Decide = (pair: Pair) => Change | undefined | Promise<Change | undefined>;

export type ChangeOutcome =
  | { readonly kind: "changed"; readonly pair: Pair }
  | { readonly kind: "unchanged"; readonly pair: Pair }
  | { readonly kind: "unknown-pair" };

/** Who changes a pair. `advancePair` is the repair that others call for, and its own message comes again. */
export type Changer = "caller" | "repair";

const ATTEMPTS_MAX = 8;
/** When whoever is writing has finished, or was ended by its timeout of 30 seconds. */
const REPAIR_SECONDS = 60;

/**
 * The one way in which a pair changes. Writes in this order: consents, log, sends, addresses, pair, what
 * its end means for the others' consents, couple, queue.
 * A crash after any of them is repaired by doing the step again, for every write is conditional and
 * every key deterministic; what was planned but not queued is found by the due index.
 *
 * @throws Error when other writers keep coming first; the caller's queue tries again
 */
export async function changePair(
  ports: ChangePairPorts,
  pairId: string,
  decide: Decide,
  changer: Changer = "caller",
): Promise<ChangeOutcome> {
  let callsForRepair = changer === "caller";
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const pair = await ports.pairs.read(pairId);
    if (pair === undefined) return { kind: "unknown-pair" };
    const change = await decide(pair);
    if (change === undefined) return { kind: "unchanged", pair };
    if (callsForRepair && change.consents.length > 0) {
      await callForRepair(ports, pairId);
      callsForRepair = false;
    }
    const outcome = await carryOut(ports, pair, change);
    if (outcome === "done") return { kind: "changed", pair: change.pair };
    if (outcome === "superseded") return { kind: "unchanged", pair };
  }
  throw new Error(`pair ${pairId} changed under every attempt`);
}

/** Writes a pair that does not exist yet, and what its first decision plans. */
export async function createPair(ports: ChangePairPorts, change: Change): Promise<void> {
  await writeConsents(ports, change.pair, change.consents);
  const sends = await planSends(ports, change.pair, change.plans);
  await ports.pairs.create(change.pair);
  await queueSends(ports, sends);
}

/** `again`: something changed while it was decided. `superseded`: a later act is stored already. */
type Attempt = "done" | "again" | "superseded";

async function carryOut(ports: ChangePairPorts, before: Pair, change: Change): Promise<Attempt> {
  const written = await writeConsents(ports, change.pair, ownWords(change));
  if (written !== "done") return written;
  await writeLog(ports, before.id, change.log);
  const sends = await planSends(ports, change.pair, change.plans);
  await moveAddresses(ports, before, change);
  if ((await ports.pairs.save(change.pair)) === "stale") return "again";
  await writeConsents(ports, change.pair, consequences(change));
  await releaseCouple(ports, before, change.pair);
  await queueSends(ports, sends);
  return "done";
}

/** What its holder said, or may still say otherwise: it decides about the pair, and is written first. */
function ownWords({ consents }: Change): readonly ConsentAct[] {
  return consents.filter((act) => !isConsequence(act));
}

/** The end of what others had agreed to: it is true only once the pair has ended, which another change may prevent. */
function consequences({ consents }: Change): readonly ConsentAct[] {
  return consents.filter(isConsequence);
}

function isConsequence({ state, follows, onlyFrom }: ConsentAct): boolean {
  return state === "ended" && follows === true && onlyFrom === undefined;
}

async function writeLog(
  { pairs }: ChangePairPorts,
  pairId: string,
  entries: readonly LogEntry[],
): Promise<void> {
  for (const entry of entries) await pairs.appendLog(pairId, entry);
}

/**
 * The ledger may soon say more than the pair does. If this process ends between the two writes, `advance`
 * makes them agree a minute from now, and not when the pair's next timer rings.
 */
export async function callForRepair(
  { queues }: Pick<Ports, "queues">,
  pairId: string,
): Promise<void> {
  await queues.put({ queue: "due", pairId, afterSeconds: REPAIR_SECONDS });
}

async function writeConsents(
  ports: ChangePairPorts,
  pair: Pair,
  acts: readonly ConsentAct[],
): Promise<Attempt> {
  for (const act of acts) {
    const outcome = await writeConsent(ports, pair, act);
    if (outcome !== "done") return outcome;
  }
  return "done";
}

async function writeConsent(ports: ChangePairPorts, pair: Pair, act: ConsentAct): Promise<Attempt> {
  if (act.state === "invited") return invite(ports, pair, act);
  if (act.onlyFrom === "unasked") return closeUnasked(ports, pair, act);
  const holder = { pairId: pair.id, seat: act.seat, holder: act.holder };
  let found: Consent | undefined;
  const changed = await ports.ledger.changeConsent(holder, (consent) => {
    found = consent;
    return (act.onlyFrom ?? consent.state) === consent.state
      ? changeConsent(consent, act)
      : undefined;
  });
  return judgeConsent(changed ?? found, act);
}

/** Reserves the holder number, unless its row was closed before anybody was asked there. */
async function invite(ports: ChangePairPorts, pair: Pair, act: ConsentAct): Promise<Attempt> {
  if ((await ports.ledger.allocate(newConsent(ports, pair, act))) === "allocated") return "done";
  return (await storedState(ports, pair, act)) === "ended" ? "again" : "done";
}

/** An end before this seat was asked: takes the row, so that an approval in the same second asks nobody. */
async function closeUnasked(ports: ChangePairPorts, pair: Pair, act: ConsentAct): Promise<Attempt> {
  const { seat, holder, state, at, id } = act;
  const closed: Consent = { pairId: pair.id, seat, holder, state, at, act: id };
  if ((await ports.ledger.allocate(closed)) === "allocated") return "done";
  return (await storedState(ports, pair, act)) === state ? "done" : "again";
}

async function storedState(
  ports: ChangePairPorts,
  pair: Pair,
  { seat, holder }: ConsentAct,
): Promise<Consent["state"] | undefined> {
  const consents = await ports.ledger.consents(pair.id);
  return consents.find((consent) => consent.seat === seat && consent.holder === holder)?.state;
}

function judgeConsent(stored: Consent | undefined, act: ConsentAct): Attempt {
  // No row: the seat was never invited, so there was no consent to change.
  if (stored === undefined || stored.state === act.state) return "done";
  if (act.onlyFrom !== undefined) return judgeGuarded(stored, act);
  const isClosed = stored.state === "declined" || stored.state === "erased";
  return isClosed && act.state !== "given" ? "done" : "superseded";
}

/** Something else was said meanwhile. To a no, another no adds nothing; a yes makes it all be decided again. */
function judgeGuarded(stored: Consent, act: ConsentAct): Attempt {
  if (act.state === "given") return stored.state === "declined" ? "superseded" : "again";
  return stored.state === "given" || stored.state === "paused" ? "again" : "done";
}

function newConsent(ports: ChangePairPorts, pair: Pair, act: ConsentAct): Consent {
  const address = ports.signer.hashAddress(addressOf(pair, act.seat, act.holder));
  return {
    pairId: pair.id,
    seat: act.seat,
    holder: act.holder,
    state: "invited",
    at: act.at,
    act: act.id,
    address,
  };
}

function addressOf(pair: Pair, seat: SeatId, holder: number): string {
  const { successor, email } = pair.seats[seat];
  return successor?.holder === holder ? successor.email : email;
}

async function planSends(
  ports: ChangePairPorts,
  pair: Pair,
  plans: readonly Plan[],
): Promise<readonly Send[]> {
  if (plans.length === 0) return [];
  const { edition } = await ports.courses.current(pair.course);
  const sends = plans.map((plan) => newSend(ports, pair, plan, edition));
  for (const [index, send] of sends.entries()) {
    const outcome = await ports.ledger.plan(send);
    if (outcome === "exists" && plans[index]?.revive === true) {
      await ports.ledger.change(send, (stored) => reviveSend(stored, send.plannedFor));
    }
    ports.log.info("schedule.planned", { sendId: sendIdOf(send), outcome });
  }
  return sends;
}

function newSend(ports: ChangePairPorts, pair: Pair, plan: Plan, edition: string): Send {
  return {
    owner: pair.id,
    item: plan.item,
    seat: plan.seat,
    holder: plan.holder,
    kind: plan.kind,
    mail: plan.mail,
    edition,
    locale: pair.locale,
    facts: plan.facts ?? {},
    plannedAt: ports.clock.now(),
    plannedFor: plan.at,
    ...(plan.expiresAt === undefined ? {} : { expiresAt: plan.expiresAt }),
    state: "planned",
    unresolved: 0,
    dueAt: plan.at,
    version: 0,
  };
}

async function queueSends(ports: ChangePairPorts, sends: readonly Send[]): Promise<void> {
  const now = ports.clock.now();
  for (const { owner, item, seat, holder, kind, plannedFor } of sends) {
    if (plannedFor > now) continue;
    await ports.queues.put({ queue: laneOf(kind), send: { owner, item, seat, holder } });
  }
}

/**
 * An address leads to its pair as long as somebody with it sits there or is named to follow, so that its
 * STOP reaches every seat and every invitation; and after that until its owner is erased.
 */
async function moveAddresses(
  { pairs, signer }: ChangePairPorts,
  before: Pair,
  change: Change,
): Promise<void> {
  const [left, came] = [addressesIn(before), addressesIn(change.pair)];
  const erased = erasedIn(before, change);
  for (const email of came.filter((address) => !left.includes(address))) {
    await pairs.linkAddress(signer.hashAddress(email), before.id);
  }
  for (const email of left.filter((address) => !came.includes(address))) {
    const leave = erased.includes(email) ? pairs.forgetAddress : pairs.unlinkAddress;
    await leave(signer.hashAddress(email), before.id);
  }
}

function erasedIn(before: Pair, { consents }: Change): readonly string[] {
  return consents
    .filter(({ state }) => state === "erased")
    .map(({ seat, holder }) => addressOf(before, seat, holder).toLowerCase());
}

function addressesIn({ seats }: Pair): readonly string[] {
  const named = SEATS.flatMap((seat) => [seats[seat].email, seats[seat].successor?.email ?? ""]);
  return [...new Set(named.filter((email) => email !== "").map((email) => email.toLowerCase()))];
}

/** The couple is free again when its pair has ended. Should this be lost, the next sign-up sees that it has. */
async function releaseCouple(ports: ChangePairPorts, before: Pair, after: Pair): Promise<void> {
  const isKnown = SEATS.every((seat) => before.seats[seat].email !== "");
  if (after.state.kind !== "ended" || !isKnown) return;
  await ports.pairs.releaseCouple(coupleOf(ports.signer, before), before.id);
}

/** The two addresses of a pair as one key, the same whichever of them signs up. */
export function coupleOf(signer: Ports["signer"], pair: Pick<Pair, "seats" | "course">): string {
  const [one, other] = [pair.seats.sp.email, pair.seats.le.email];
  return coupleOfTwo(signer.hashAddress(one), signer.hashAddress(other), pair.course);
}

/** @param one HMAC of an address, as is the other */
export function coupleOfTwo(one: string, other: string, course: string): string {
  return `${[one, other].sort().join(".")}#${course}`;
}
