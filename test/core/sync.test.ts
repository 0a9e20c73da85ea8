import { expect, test } from "vitest";
import type { ConsentState } from "../../functions/core/consent.ts";
import { openSeat, pause } from "../../functions/core/hold.ts";
import { plusDays } from "../../functions/core/instant.ts";
import { type Pair, SEATS, type SeatState } from "../../functions/core/pair.ts";
import { syncSeats } from "../../functions/core/sync.ts";
import { actAt, consentOf, NOW, pairOf, pendingPair } from "../support/builders.ts";

const AT = plusDays(NOW, 1);

function synced(pair: Pair, state: ConsentState) {
  const partner = pair.state.kind === "pending" ? "invited" : "given";
  const consents = [consentOf({ state, at: AT }), consentOf({ seat: "le", state: partner })];
  return syncSeats(pair, consents, false);
}

function inState(state: SeatState): Pair {
  const isErased = state.kind === "open" && state.reason === "erased";
  return pairOf({}, { sp: { state, ...(isErased ? NOBODY : {}) } });
}

const NOBODY = { name: "", email: "", agency: "" };

test("a pair that agrees with the ledger is left as it is", () => {
  const states: readonly (readonly [ConsentState, SeatState])[] = [
    ["given", { kind: "present", since: NOW }],
    ["paused", { kind: "paused", since: NOW }],
    ["left", { kind: "open", since: NOW, reason: "stopped" }],
    ["erased", { kind: "open", since: NOW, reason: "erased" }],
    ["given", { kind: "unreachable", since: NOW }],
  ];
  for (const [consent, state] of states) {
    const { pair, plans } = synced(inState(state), consent);
    expect([pair, plans]).toEqual([inState(state), []]);
  }
});

test("a yes whose second write was lost is carried on with, at its own instant", () => {
  const { pair, plans } = synced(pendingPair("signer"), "given");
  expect(pair.state).toEqual({ kind: "pending", waitsFor: "partner", since: AT });
  expect(plans.map(({ mail }) => mail)).toEqual(["invitation-partner"]);
  // Nobody was approved yet, so the partner's seat has no row.
  const signed = syncSeats(pendingPair("signer"), [consentOf({ at: AT })], true);
  expect(signed.pair.state).toMatchObject({ waitsFor: "approval" });
});

test("a restored pair catches up with everything its partner has said since it was approved", () => {
  const waiting = pendingPair("approval");
  const partner = SEATS.find((seat) => seat !== waiting.signer) ?? "le";
  const after = (state: ConsentState) =>
    syncSeats(waiting, [consentOf({ seat: partner, state, at: AT })], true);
  expect(after("invited").pair.state).toMatchObject({ waitsFor: "partner" });
  expect(after("given").pair.state).toMatchObject({ kind: "active" });
  expect(after("paused").pair.seats[partner].state).toMatchObject({ kind: "paused" });
  expect(after("left").pair.seats[partner].state).toMatchObject({ kind: "open" });
  expect(after("declined").pair.state).toMatchObject({ kind: "ended", reason: "not-taken-up" });
  expect(after("ended").pair).toBe(waiting);
  for (const state of ["given", "paused", "left"] as const) {
    const said = after(state).consents.filter(({ seat }) => seat === partner);
    expect(said.filter((act) => act.state === "given")).toEqual([]);
  }
});

test("a pair restored from before both had said yes begins, and then knows who has left since", () => {
  const consents = [
    consentOf({ state: "left", at: plusDays(AT, 1) }),
    consentOf({ seat: "le", state: "given", at: AT }),
  ];
  const { pair, plans, consents: written } = syncSeats(pendingPair("partner"), consents, false);
  expect(pair.state.kind).toBe("active");
  expect(pair.seats.sp.state).toMatchObject({ kind: "open", since: plusDays(AT, 1) });
  expect(written.filter(({ seat }) => seat === "le")).toEqual([]);
  expect(plans.map(({ mail, seat }) => `${mail} ${seat}`)).toContain("notice-seat-open le");
});

test("what puts a pair right names its mails by the act that the consent tells of", () => {
  const present = inState({ kind: "present", since: NOW });
  const consent = consentOf({ state: "paused", at: AT, act: "00000000000000aa" });
  const { plans } = syncSeats(present, [consent], false);
  const first = pause(present, "sp", actAt(AT, "00000000000000aa"));
  expect(plans).toEqual(first?.plans);
});

test("a pause, a stop and an erasure that the pair missed are made good", () => {
  const present = inState({ kind: "present", since: NOW });
  expect(synced(present, "paused").pair.seats.sp.state).toEqual({ kind: "paused", since: AT });
  expect(synced(present, "left").pair.seats.sp.state).toMatchObject({ reason: "stopped" });
  expect(synced(present, "erased").pair.seats.sp).toMatchObject({
    email: "",
    state: { reason: "erased" },
  });
  expect(synced(present, "paused").pair.hold).toBeDefined();
  const left = inState({ kind: "open", since: NOW, reason: "left" });
  const ended: Pair = { ...present, state: { kind: "ended", endedAt: NOW, reason: "quiet" } };
  for (const pair of [left, ended])
    expect(synced(pair, "erased").pair.seats.sp).toMatchObject(NOBODY);
});

test("a resume or START that the pair missed takes the seat again", () => {
  const paused = pause(pairOf(), "sp", actAt())?.pair ?? pairOf();
  const open = openSeat(pairOf(), "sp", "stopped", actAt())?.pair ?? pairOf();
  for (const pair of [paused, open]) {
    const back = synced(pair, "given").pair;
    expect(back.seats.sp.state).toEqual({ kind: "present", since: AT });
    expect(back.hold).toBeUndefined();
  }
});

test("doing it twice plans the same mails, under the same names", () => {
  const once = synced(inState({ kind: "present", since: NOW }), "left");
  const twice = synced(inState({ kind: "present", since: NOW }), "left");
  expect(once.plans.map(({ item }) => item)).toEqual(twice.plans.map(({ item }) => item));
  expect(synced(once.pair, "left").plans).toEqual([]);
});

test("an invitation and a refusal in the ledger move no pair", () => {
  for (const state of ["invited", "declined"] as const) {
    const present = inState({ kind: "present", since: NOW });
    expect(synced(present, state).pair).toEqual(present);
  }
});

test("an END that the pair missed ends it, and the other is told", () => {
  const { pair, plans, consents } = synced(inState({ kind: "present", since: NOW }), "ended");
  expect(pair.state).toEqual({ kind: "ended", endedAt: AT, reason: "ended-by-partner" });
  expect(plans.map(({ mail, seat }) => `${mail} ${seat}`)).toEqual(["notice-final le"]);
  expect(consents).toMatchObject([{ seat: "sp" }, { seat: "le", state: "ended", follows: true }]);
  expect(synced(pendingPair("signer"), "ended").pair.state.kind).toBe("pending");
});

test("what an end means for somebody who had agreed is written when the pair missed it", () => {
  const ended: Pair = { ...pairOf(), state: { kind: "ended", endedAt: AT, reason: "quiet" } };
  for (const state of ["given", "paused"] as const) {
    const { pair, consents } = synced(ended, state);
    expect(pair).toBe(ended);
    expect(consents[0]).toMatchObject({ seat: "sp", state: "ended", at: AT, follows: true });
  }
});

test("an approval whose second write was lost is carried on with, and does not run out", () => {
  const waiting = {
    ...pendingPair("approval"),
    timers: { expiry: { at: AT, item: "expiry" } },
  };
  const invited = consentOf({ seat: "le", state: "invited", at: AT });
  const { pair, plans } = syncSeats(waiting, [invited, consentOf()], true);
  expect(pair.state).toEqual({ kind: "pending", waitsFor: "partner", since: AT });
  expect(plans.map(({ mail }) => mail)).toEqual(["invitation-partner"]);
  expect(pair.timers.expiry?.at).toBe(plusDays(AT, 30));
});

test("a colleague's yes whose second write was lost gives them the seat, and its leaver no other end", () => {
  const named = { holder: 2, name: "Cy Next", email: "cy@harbor.example", agency: "Harbor House" };
  const pair = pairOf({}, { sp: { successor: { ...named, invitedAt: NOW }, holdersSpent: 2 } });
  const left = consentOf({ state: "left", at: AT });
  const given = consentOf({ holder: 2, state: "given", at: AT });
  const other = consentOf({ seat: "le" });
  const { pair: after, plans } = syncSeats(pair, [left, given, other], false);
  expect(after.seats.sp).toMatchObject({ ...named, state: { kind: "present", since: AT } });
  expect(after.seats.sp.successor).toBeUndefined();
  expect(after.hold).toBeUndefined();
  expect(plans.map(({ mail }) => mail)).toEqual(["notice-new-colleague", "notice-recap"]);
  expect(syncSeats(after, [left, given, other], false).pair).toEqual(after);
});

test("a colleague keeps the seat although the one before came back after the colleague's yes", () => {
  const named = { holder: 2, name: "Cy Next", email: "cy@harbor.example", agency: "Harbor House" };
  const pair = pairOf({}, { sp: { successor: { ...named, invitedAt: NOW }, holdersSpent: 2 } });
  const back = consentOf({ state: "given", at: plusDays(AT, 10) });
  const given = consentOf({ holder: 2, state: "given", at: AT });
  const { consents } = syncSeats(pair, [back, given, consentOf({ seat: "le" })], false);
  expect(consents).toContainEqual(
    expect.objectContaining({ seat: "sp", holder: 1, state: "left", at: plusDays(AT, 10) }),
  );
});
