import type fc from "fast-check";
import {
  acceptInvitation,
  declineInvitation,
  type InvitationState,
} from "../../functions/confirm/answer-invitation.ts";
import type { SignUp } from "../../functions/core/enrollment.ts";
import { otherSeat, type Pair, type SeatId, seatOfRole } from "../../functions/core/pair.ts";
import { enrollPair } from "../../functions/enroll/enroll-pair.ts";
import type { Ports, Settings } from "../../functions/ports.ts";
import { createTestService, signUpOf, TEST_SETTINGS, type TestService } from "./service.ts";

/** Monday, 5 October 2026, 11:00 in New York; the first slot of the test pairs is the next day at 10:00. */
export const START = "2026-10-05T15:00:00.000Z";

/** `lesson-01 sp1`: the content file and the holder of every mail that went out, without hashes. */
export function mailsOf(service: TestService, kinds = /./): readonly string[] {
  return service.mails
    .filter(({ tags }) => kinds.test(tags.kind ?? ""))
    .map(({ sendId }) => withoutHash(sendId.split("_").slice(1).join(" ")));
}

/** The same for one address. */
export function mailsTo(service: TestService, address: string): readonly string[] {
  return service.mails
    .filter(({ to }) => to === address)
    .map(({ sendId }) => withoutHash(sendId.split("_").slice(1).join(" ")));
}

function withoutHash(text: string): string {
  return text.replace(/-[0-9a-f]{16}/, "");
}

export async function signUp(service: TestService, changes: Partial<SignUp> = {}): Promise<Pair> {
  const wanted = signUpOf(changes);
  await enrollPair(service.ports, wanted, "198.51.100.7");
  await service.drain();
  return newestPairOf(service, wanted.email);
}

/** The pair an address signed up for last. */
export async function newestPairOf(service: TestService, email: string): Promise<Pair> {
  const ids = await service.ports.pairs.pairsOf(service.ports.signer.hashAddress(email));
  const pairs = await Promise.all(ids.map((id) => service.ports.pairs.read(id)));
  const newest = pairs
    .filter((pair) => pair !== undefined)
    .toSorted((one, other) => (one.createdAt < other.createdAt ? 1 : -1))[0];
  if (newest === undefined) throw new Error("this address has no pair");
  return newest;
}

export function inviteeOf({ id, seats }: Pair, seat: SeatId) {
  return { owner: id, seat, holder: seats[seat].holder };
}

let acts = 0;

/** An act now, with an id of its own. */
export function actOf(service: TestService) {
  acts += 1;
  return { at: service.now(), id: acts.toString(16).padStart(16, "0") };
}

export async function sayYes(
  service: TestService,
  pair: Pair,
  seat: SeatId,
): Promise<InvitationState> {
  const state = await acceptInvitation(service.ports, inviteeOf(pair, seat), actOf(service));
  await service.drain();
  return state;
}

export async function sayNo(service: TestService, pair: Pair, seat: SeatId): Promise<string> {
  const answer = await declineInvitation(service.ports, inviteeOf(pair, seat), actOf(service));
  await service.drain();
  return answer;
}

/** A service in which somebody signed up, and nobody has confirmed. */
export async function signedUp(changes: Partial<SignUp> = {}, settings?: Settings) {
  const service = await createTestService(START, settings);
  const pair = await signUp(service, changes);
  return { service, pair };
}

/** A service in which the signer has confirmed and the partner is invited. */
export async function invited(changes: Partial<SignUp> = {}) {
  const { service, pair } = await signedUp(changes);
  const signer = seatOfRole(signUpOf(changes).role);
  await sayYes(service, pair, signer);
  return { service, pair: await read(service, pair.id), signer, partner: otherSeat(signer) };
}

/** A service in which the course has begun. */
export async function running(changes: Partial<SignUp> = {}) {
  const { service, pair, partner } = await invited(changes);
  await sayYes(service, pair, partner);
  return { service, pair: await read(service, pair.id) };
}

export async function read(service: TestService, pairId: string): Promise<Pair> {
  const pair = await service.ports.pairs.read(pairId);
  if (pair === undefined) throw new Error("there is no such pair");
  return pair;
}

export async function consentsOf(service: TestService, pairId: string): Promise<readonly string[]> {
  const consents = await service.ports.ledger.consents(pairId);
  return consents.map(({ seat, holder, state }) => `${seat}${holder} ${state}`);
}

/** A process that dies when it is about to write the pair. */
export function dyingAtThePair(ports: Ports): Ports {
  const save = async () => {
    throw new Error("the process ends here");
  };
  return { ...ports, pairs: { ...ports.pairs, save } };
}

/** The form's limits as they are, save for these. */
export function withLimits(form: Partial<Settings["form"]>): Settings {
  return { ...TEST_SETTINGS, form: { ...TEST_SETTINGS.form, ...form } };
}

/** Ports whose every read and write waits for its turn, which fast-check chooses. */
export function interleaved(ports: Ports, scheduler: fc.Scheduler): Ports {
  return {
    ...ports,
    pairs: inTurns(ports.pairs, scheduler),
    ledger: inTurns(ports.ledger, scheduler),
    limits: inTurns(ports.limits, scheduler),
  };
}

function inTurns<Port extends object>(port: Port, scheduler: fc.Scheduler): Port {
  const methods = Object.entries(port).map(([name, method]) => [
    name,
    async (...values: readonly unknown[]) => {
      await scheduler.schedule(Promise.resolve(), name);
      return method(...values);
    },
  ]);
  return Object.fromEntries(methods) as Port;
}
