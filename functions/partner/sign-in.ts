import { hashOfSecret } from "../adapters/session-cookie.ts";
import { type Instant, plusHours, plusMinutes } from "../core/instant.ts";
import { SEATS, type SeatId } from "../core/pair.ts";
import type { Send } from "../core/send.ts";
import type { LinkClaims, Ports, Session } from "../ports.ts";
import { personIn } from "../send/find-recipient.ts";
import { SIGN_IN_MINUTES } from "../send/mail-links.ts";
import { DEFAULT_COURSE } from "../send/write-mail.ts";

export type SignInPorts = Pick<
  Ports,
  | "pairs"
  | "ledger"
  | "courses"
  | "queues"
  | "sessions"
  | "limits"
  | "signer"
  | "ids"
  | "clock"
  | "settings"
>;

const REQUESTS_PER_HOUR = 5;
const HOUR_MS = 3_600_000;
/** A session ends after half an hour without a click, and after twelve hours in any case. */
export const SESSION_IDLE_MINUTES = 30;
export const SESSION_HOURS = 12;

/** Mails a sign-in link to every seat this address holds; says nothing about whether there is one. */
export async function requestPartnerSignIn(ports: SignInPorts, email: string): Promise<void> {
  const address = ports.signer.hashAddress(email);
  if (!(await mayAsk(ports, address))) return;
  for (const pairId of await ports.pairs.pairsOf(address)) {
    const pair = await ports.pairs.read(pairId);
    if (pair === undefined) continue;
    for (const seat of SEATS) {
      const { holder, email: own } = pair.seats[seat];
      if (own === "" || ports.signer.hashAddress(own) !== address) continue;
      await planSignIn(ports, { owner: pairId, seat, holder, mail: "sign-in" });
    }
  }
}

/** The same for a coordinator, once for each cohort that names the address. */
export async function requestCoordinatorSignIn(ports: SignInPorts, email: string): Promise<void> {
  if (!(await mayAsk(ports, ports.signer.hashAddress(email)))) return;
  for (const cohort of Object.values(ports.settings.cohorts)) {
    const place = cohort.coordinators.findIndex(
      (address) => ports.signer.hashAddress(address) === ports.signer.hashAddress(email),
    );
    if (place < 0) continue;
    const to = { owner: `cohort-${cohort.name}`, seat: "coordinator", holder: place + 1 } as const;
    await planSignIn(ports, { ...to, mail: "sign-in-coordinator" });
  }
}

/**
 * Opens a session with the link of a sign-in mail, once.
 *
 * @returns the cookie's value, which is stored nowhere but in the browser; undefined when the link
 * was used before or is older than an hour
 */
export async function openSession(
  ports: SignInPorts,
  claims: LinkClaims,
): Promise<string | undefined> {
  const now = ports.clock.now();
  const expiresAt = new Date(claims.expires * 1000).toISOString();
  if (now >= expiresAt) return undefined;
  const who = await whoOf(ports, claims);
  if (who === undefined) return undefined;
  if (!(await ports.sessions.redeem(`${claims.owner}-${claims.item}`, expiresAt))) return undefined;
  const secret = ports.ids.random(32);
  const idHash = hashOfSecret(secret);
  await ports.sessions.open({ idHash, who, openedAt: now, usedAt: now });
  return secret;
}

/** The open session of this cookie, touched; undefined when there is none or it has ended. */
export async function readSession(
  ports: Pick<Ports, "sessions" | "clock">,
  secret: string,
): Promise<Session | undefined> {
  const session = await ports.sessions.read(hashOfSecret(secret));
  const now = ports.clock.now();
  if (session === undefined || isOver(session, now)) return undefined;
  if (now > plusMinutes(session.usedAt, 1)) await ports.sessions.touch({ ...session, usedAt: now });
  return session;
}

export async function closeSession(ports: Pick<Ports, "sessions">, secret: string): Promise<void> {
  await ports.sessions.close(hashOfSecret(secret));
}

function isOver({ openedAt, usedAt }: Session, now: Instant): boolean {
  return (
    now >= plusMinutes(usedAt, SESSION_IDLE_MINUTES) || now >= plusHours(openedAt, SESSION_HOURS)
  );
}

async function mayAsk(ports: SignInPorts, address: string): Promise<boolean> {
  return ports.limits.take(`sign-in-${address}`, REQUESTS_PER_HOUR, HOUR_MS, ports.clock.now());
}

async function planSignIn(
  ports: SignInPorts,
  to: Pick<Send, "owner" | "seat" | "holder" | "mail">,
): Promise<void> {
  const now = ports.clock.now();
  const { edition } = await ports.courses.current(DEFAULT_COURSE);
  const item = `sign-in-${ports.signer.hash("sign-in", ports.ids.random(16))}`;
  const { owner, seat, holder } = to;
  await ports.ledger.plan({
    ...to,
    item,
    kind: "sign-in",
    edition,
    locale: "en",
    facts: {},
    plannedAt: now,
    plannedFor: now,
    // Shorter than the grace of an unresolved send, so it is never repeated: the person asks again.
    expiresAt: plusMinutes(now, SIGN_IN_MINUTES),
    state: "planned",
    unresolved: 0,
    dueAt: now,
    version: 0,
  });
  await ports.queues.put({ queue: "fast", send: { owner, item, seat, holder } });
}

async function whoOf(ports: SignInPorts, claims: LinkClaims): Promise<Session["who"] | undefined> {
  if (claims.seat !== "coordinator") return partnerOf(ports, claims, claims.seat);
  const cohort = claims.owner.slice("cohort-".length);
  const address = ports.settings.cohorts[cohort]?.coordinators[claims.holder - 1];
  return address === undefined
    ? undefined
    : { kind: "coordinator", cohort, address: ports.signer.hashAddress(address) };
}

async function partnerOf(
  ports: SignInPorts,
  claims: LinkClaims,
  seat: SeatId,
): Promise<Session["who"] | undefined> {
  const pair = await ports.pairs.read(claims.owner);
  if (pair === undefined || personIn(pair, seat, claims.holder) === undefined) return undefined;
  return { kind: "partner", pairId: pair.id, seat, holder: claims.holder };
}
