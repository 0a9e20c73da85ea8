import { describe, expect, test } from "vitest";
import { KEY_SETTLES_MS, KEYS_FRESH_MS, liveSigner } from "../../functions/adapters/secrets.ts";
import { type Instant, plusMs } from "../../functions/core/instant.ts";
import type { LinkClaims, Signer } from "../../functions/ports.ts";

const START: Instant = "2026-11-24T15:00:00.000Z";
const ROOT = "k".repeat(64);
const CLAIMS: LinkClaims = {
  purpose: "weak",
  owner: "abcdefgh234567ab",
  item: "lesson-03",
  seat: "sp",
  holder: 1,
  expires: 1_900_000_000,
};

interface Added {
  readonly id: number;
  readonly secret: string;
  readonly addedAt: Instant;
}

function setup() {
  const state = { now: START, signing: [] as Added[], reads: 0, isBroken: false };
  const read = async () => {
    state.reads += 1;
    if (state.isBroken) throw new Error("no answer");
    return JSON.stringify({ root: ROOT, signing: state.signing });
  };
  const clock = { now: () => state.now };
  return { state, clock, read, live: liveSigner(read, clock) };
}

const pass = (state: { now: Instant }, ms: number) => {
  state.now = plusMs(state.now, ms);
};

const canRead = (signer: Signer, token: string) => signer.verify(token, "weak") !== undefined;

describe("the keys of a deployment", () => {
  test("are made of one root, and are the same for every function that reads it", async () => {
    const { clock, read, live } = setup();
    const other = liveSigner(read, clock);
    await Promise.all([live.ready(), other.ready()]);
    expect(canRead(other.signer, live.signer.sign(CLAIMS))).toBe(true);
    expect(other.signer.hashAddress("ada@harbor.example")).toBe(
      live.signer.hashAddress("ada@harbor.example"),
    );
  });

  test("are never the root itself, nor the same for two purposes", async () => {
    const { live, clock } = setup();
    await live.ready();
    const own = liveSigner(
      async () => JSON.stringify({ root: live.signer.hash("x").padEnd(64, "0"), signing: [] }),
      clock,
    );
    await own.ready();
    expect(canRead(own.signer, live.signer.sign(CLAIMS))).toBe(false);
  });

  test("are read once by however many calls come at the same time", async () => {
    const { state, live } = setup();
    await Promise.all([live.ready(), live.ready(), live.ready()]);
    await live.ready();
    expect(state.reads).toBe(1);
  });

  test("cannot be used before they were read", () => {
    expect(() => setup().live.signer.hash("x")).toThrow("before they were read");
  });

  test("are read again after five minutes", async () => {
    const { state, live } = setup();
    await live.ready();
    pass(state, KEYS_FRESH_MS - 1);
    await live.ready();
    pass(state, 1);
    await live.ready();
    expect(state.reads).toBe(2);
  });

  test("that cannot be read at first are asked for again by the next call", async () => {
    const { state, live } = setup();
    state.isBroken = true;
    await expect(live.ready()).rejects.toThrow("no answer");
    state.isBroken = false;
    await live.ready();
    expect(live.signer.hash("x")).toMatch(/^[0-9a-f]+$/);
  });

  test("in hand go on when they cannot be read again", async () => {
    const { state, live } = setup();
    await live.ready();
    const token = live.signer.sign(CLAIMS);
    state.isBroken = true;
    pass(state, 10 * KEYS_FRESH_MS);
    await live.ready();
    expect(canRead(live.signer, token)).toBe(true);
  });

  test("that are no keys stop the function and not the next one", async () => {
    const live = liveSigner(async () => '{"signing":[]}', { now: () => START });
    await expect(live.ready()).rejects.toThrow();
  });
});

describe("a rotation", () => {
  test("breaks no link, at no minute of it, wherever it was signed and wherever it is opened", async () => {
    const { state, clock, read, live: early } = setup();
    const late = liveSigner(read, clock);
    await Promise.all([early.ready(), late.ready()]);
    const old = early.signer.sign(CLAIMS);
    state.signing = [{ id: 2, secret: "n".repeat(40), addedAt: state.now }];
    for (let minute = 0; minute < 40; minute += 1) {
      pass(state, 60_000);
      await early.ready();
      // This one was idle when it last had to read again, so it is up to five minutes behind.
      if (minute % 5 === 3) await late.ready();
      expect(canRead(late.signer, early.signer.sign(CLAIMS)), `minute ${minute}`).toBe(true);
      expect(canRead(early.signer, late.signer.sign(CLAIMS)), `minute ${minute}`).toBe(true);
      expect(canRead(late.signer, old) && canRead(early.signer, old)).toBe(true);
    }
  });

  test("signs with the new key once everybody knows it, replies too", async () => {
    const { state, clock, live } = setup();
    state.signing = [{ id: 2, secret: "n".repeat(40), addedAt: START }];
    await live.ready();
    const before = live.signer.sign(CLAIMS);
    pass(state, KEY_SETTLES_MS);
    await live.ready();
    const after = live.signer.sign(CLAIMS);
    const onlyFirst = liveSigner(async () => JSON.stringify({ root: ROOT, signing: [] }), clock);
    await onlyFirst.ready();
    expect(canRead(onlyFirst.signer, before)).toBe(true);
    expect(canRead(onlyFirst.signer, after)).toBe(false);
    const send = { owner: "abcdefgh234567ab", item: "lesson-03", seat: "sp", holder: 1 } as const;
    expect(onlyFirst.signer.readReplyLocalPart(live.signer.replyLocalPart(send))).toBeUndefined();
    expect(live.signer.readReplyLocalPart(onlyFirst.signer.replyLocalPart(send))).toEqual(send);
  });

  test("changes no hash of an address, for hashes stand in the tables", async () => {
    const { state, live } = setup();
    await live.ready();
    const before = live.signer.hashAddress("ada@harbor.example");
    state.signing = [{ id: 2, secret: "n".repeat(40), addedAt: START }];
    pass(state, 2 * KEY_SETTLES_MS);
    await live.ready();
    expect(live.signer.hashAddress("ada@harbor.example")).toBe(before);
  });
});
