import { isSuppressed } from "../core/consent.ts";
import { type Cohort, domainOf, type SignUp } from "../core/enrollment.ts";
import type { Instant } from "../core/instant.ts";
import { enroll } from "../core/life.ts";
import type { Change } from "../core/plan.ts";
import type { Ports } from "../ports.ts";
import { type ChangePairPorts, coupleOf, createPair } from "../schedule/change-pair.ts";

export type EnrollPairPorts = ChangePairPorts & Pick<Ports, "ids" | "limits" | "settings">;

/** `accepted` says nothing about whether the address was known, stopped or over its limit. */
export type EnrollOutcome = "accepted" | "later";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Mails to one address because of sign-ups: fewer while nobody there has ever confirmed. */
const UNKNOWN_PER_DAY = 1;
const UNKNOWN_PER_MONTH = 3;
const KNOWN_PER_DAY = 5;

/**
 * Writes a pending pair and mails its signer, and nobody else. The same two people are one pair: a
 * second sign-up, either way round, changes nothing and gets the same answer.
 *
 * @param client whom the form's limits count (the network address), already hashed or not; it is hashed here
 */
export async function enrollPair(
  ports: EnrollPairPorts,
  signUp: SignUp,
  client: string,
): Promise<EnrollOutcome> {
  const cohort = ports.settings.cohorts[signUp.cohort];
  if (cohort === undefined) return "later";
  const now = ports.clock.now();
  if (!(await isWithinFormLimits(ports, signUp, client, now))) return "later";
  if (await mayMailSigner(ports, signUp.email, now)) await writePair(ports, signUp, cohort, now);
  return "accepted";
}

async function writePair(
  ports: EnrollPairPorts,
  signUp: SignUp,
  cohort: Cohort,
  now: Instant,
): Promise<void> {
  const couple = coupleOf(ports.signer, enrollAs(ports, "", signUp, cohort, now).pair);
  const pairId = await pairIdFor(ports, couple);
  if (pairId === undefined) {
    ports.log.info("enroll.couple-exists", { cohort: cohort.name });
    return;
  }
  const change = enrollAs(ports, pairId, signUp, cohort, now);
  for (const email of [signUp.email, signUp.partnerEmail]) {
    await ports.pairs.linkAddress(ports.signer.hashAddress(email), pairId);
  }
  await createPair(ports, change);
  ports.log.info("enroll.enrolled", { pairId, cohort: cohort.name });
}

/** A first try that died on the way may have left its invitation behind: it gets its place back. */
function enrollAs(
  ports: EnrollPairPorts,
  pairId: string,
  signUp: SignUp,
  cohort: Cohort,
  now: Instant,
): Change {
  const change = enroll(pairId, signUp, cohort, { at: now, id: ports.signer.hash(pairId) });
  return { ...change, plans: change.plans.map((plan) => ({ ...plan, revive: true })) };
}

/**
 * The id under which these two are to be written; undefined when they are a pair already. A couple whose
 * pair was never written is taken over with its id: whether the process died in between or another one
 * is writing it right now, both write the same rows. One whose pair has ended is free again.
 */
async function pairIdFor(ports: EnrollPairPorts, couple: string): Promise<string | undefined> {
  const pairId = ports.ids.random(10);
  const owner = await ports.pairs.claimCouple(couple, pairId);
  const owned = owner === pairId ? undefined : await ports.pairs.read(owner);
  if (owned === undefined) return owner;
  if (owned.state.kind !== "ended") return undefined;
  await ports.pairs.releaseCouple(couple, owner);
  return ports.pairs.claimCouple(couple, pairId);
}

async function isWithinFormLimits(
  ports: EnrollPairPorts,
  signUp: SignUp,
  client: string,
  now: Instant,
): Promise<boolean> {
  const { perClientHour, perDomainHour, perSiteDay } = ports.settings.form;
  const clientKey = `client-${ports.signer.hash("client", client)}`;
  const domainKey = `domain-${ports.signer.hash("domain", domainOf(signUp.email))}`;
  return (
    (await ports.limits.take(clientKey, perClientHour, HOUR_MS, now)) &&
    (await ports.limits.take(domainKey, perDomainHour, HOUR_MS, now)) &&
    (await ports.limits.take("site", perSiteDay, DAY_MS, now))
  );
}

/** Silent where the address is stopped or over its limit: the answer is the same for all. */
async function mayMailSigner(
  ports: EnrollPairPorts,
  email: string,
  now: Instant,
): Promise<boolean> {
  const address = ports.signer.hashAddress(email);
  if (isSuppressed(await ports.ledger.suppression(address))) return false;
  const key = `signer-${address}`;
  if (await isKnown(ports, address)) return ports.limits.take(key, KNOWN_PER_DAY, DAY_MS, now);
  return (
    (await ports.limits.take(key, UNKNOWN_PER_DAY, DAY_MS, now)) &&
    (await ports.limits.take(key, UNKNOWN_PER_MONTH, 30 * DAY_MS, now))
  );
}

/** True when somebody confirmed this address in any pair. */
async function isKnown(ports: EnrollPairPorts, address: string): Promise<boolean> {
  for (const pairId of await ports.pairs.pairsOf(address)) {
    const consents = await ports.ledger.consents(pairId);
    const confirmed = consents.some(
      (consent) => consent.address === address && !["invited", "declined"].includes(consent.state),
    );
    if (confirmed) return true;
  }
  return false;
}
