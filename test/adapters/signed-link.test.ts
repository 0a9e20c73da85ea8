import { readdirSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createSigner, NO_TOKEN } from "../../functions/adapters/signed-link.ts";
import type { SendKey } from "../../functions/core/send.ts";
import type { LinkClaims, LinkPurpose } from "../../functions/ports.ts";

const first = { id: 1, secret: "first signing secret" };
const second = { id: 2, secret: "second signing secret" };
const address = "address secret";
const signer = createSigner({ signing: [first], address });

const pairId = fc.stringMatching(/^[a-z2-7]{16}$/);
const hash = fc.stringMatching(/^[0-9a-f]{16}$/);
const round = fc.integer({ min: 1, max: 99 }).map(String);
const lesson = fc.integer({ min: 1, max: 30 }).map((number) => String(number).padStart(2, "0"));
/** Names of all mails there are: notices, and some receipts and prompts, are planned as `<mail>-<act>`. */
const MAILS = readdirSync("emails/courses/partner-tips/en")
  .filter((name) => name.endsWith(".md") && !name.startsWith("week-"))
  .map((name) => name.slice(0, -".md".length));

/** Every shape of item that the planner and the workflows make. */
const item = fc.oneof(
  fc.constantFrom("graduation", "welcome", "invitation", "reminder"),
  fc.tuple(fc.constantFrom("lesson", "nudge"), lesson).map((parts) => parts.join("-")),
  lesson.map((number) => `nudge-${number}-again`),
  fc.tuple(fc.constantFrom("meet", "mou", "check-in", "invitation"), round).map((p) => p.join("-")),
  fc
    .tuple(round, fc.constantFrom("again", "keep", "happened"))
    .map(([number, rest]) => `meet-${number}-${rest}`),
  fc.tuple(fc.constantFrom("receipt", "sign-in", "was-it-you"), hash).map((p) => p.join("-")),
  fc.stringMatching(/^[a-z2-7]{16}$/).map((request) => `sign-in-${request}`),
  fc.tuple(fc.constantFrom(...MAILS), fc.oneof(hash, round)).map((parts) => parts.join("-")),
);
const anyItem = fc.stringMatching(/^[A-Za-z0-9-]{1,64}$/);
const seat = fc.constantFrom("sp", "le", "coordinator" as const);

const sendKey: fc.Arbitrary<SendKey> = fc.record({
  owner: pairId,
  item,
  seat,
  holder: fc.integer({ min: 1, max: 127 }),
});
const claims: fc.Arbitrary<LinkClaims> = fc.record({
  purpose: fc.constantFrom<LinkPurpose>("confirm", "approve", "weak", "unsubscribe", "sign-in"),
  owner: fc.oneof(pairId, fc.stringMatching(/^cohort-[a-z0-9-]{1,50}$/)),
  item: fc.oneof(item, anyItem),
  seat,
  holder: fc.integer({ min: 1, max: 9_999 }),
  expires: fc.integer({ min: 0, max: 2 ** 36 - 1 }),
});

describe("a reply address", () => {
  test("names its send exactly, within 64 characters, in whatever case it comes back", () => {
    fc.assert(
      fc.property(sendKey, (send) => {
        const localPart = signer.replyLocalPart(send);
        expect(localPart).toMatch(/^r-[a-z2-7]{1,62}$/);
        expect(signer.readReplyLocalPart(localPart)).toEqual(send);
        expect(signer.readReplyLocalPart(localPart.toUpperCase())).toEqual(send);
      }),
      { numRuns: 2_000 },
    );
  });

  test("has room for every mail there is, with the act that brought it about", () => {
    for (const mail of MAILS) {
      const send: SendKey = {
        owner: "abcdefgh234567ab",
        item: `${mail}-0123456789abcdef`,
        seat: "coordinator",
        holder: 127,
      };
      expect(signer.readReplyLocalPart(signer.replyLocalPart(send))).toEqual(send);
    }
  });

  test("still names pair, seat and holder when an item of a shape nobody foresaw is too long", () => {
    fc.assert(
      fc.property(sendKey, anyItem, (send, strange) => {
        const localPart = signer.replyLocalPart({ ...send, item: strange });
        const read = signer.readReplyLocalPart(localPart);
        expect(localPart.length).toBeLessThanOrEqual(64);
        expect({ ...read, item: "" }).toEqual({ ...send, item: "" });
        expect([strange, expect.stringMatching(/^notice-unknown-[0-9a-f]{16}$/)]).toContainEqual(
          read?.item,
        );
      }),
    );
  });

  test("is void when a single character of it was changed", () => {
    const other = fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz234567");
    fc.assert(
      fc.property(sendKey, fc.nat(), other, (send, place, character) => {
        const localPart = signer.replyLocalPart(send);
        const at = 2 + (place % (localPart.length - 2));
        fc.pre(localPart[at] !== character);
        const forged = localPart.slice(0, at) + character + localPart.slice(at + 1);
        expect(signer.readReplyLocalPart(forged)).toBeUndefined();
      }),
    );
  });

  test("of somebody else's making names nobody", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^r-[a-z2-7]{0,70}$/)), (text) => {
        expect(signer.readReplyLocalPart(text)).toBeUndefined();
      }),
    );
    expect(signer.readReplyLocalPart("")).toBeUndefined();
    expect(signer.readReplyLocalPart("r-")).toBeUndefined();
  });

  test("carries no token for mail that is about no pair", () => {
    const send: SendKey = {
      owner: "cohort-coast",
      item: "sign-in-1",
      seat: "coordinator",
      holder: 1,
    };
    expect(signer.replyLocalPart(send)).toBe(NO_TOKEN);
    expect(signer.readReplyLocalPart(NO_TOKEN)).toBeUndefined();
  });
});

describe("a link's token", () => {
  test("says what was signed, and is safe in an address", () => {
    fc.assert(
      fc.property(claims, (said) => {
        const token = signer.sign(said);
        expect(token).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(signer.verify(token, said.purpose)).toEqual(said);
      }),
    );
  });

  test("serves no other purpose", () => {
    const purpose = fc.constantFrom<LinkPurpose>("confirm", "approve", "weak", "unsubscribe");
    fc.assert(
      fc.property(claims, purpose, (said, other) => {
        fc.pre(other !== said.purpose);
        expect(signer.verify(signer.sign(said), other)).toBeUndefined();
      }),
    );
  });

  test("is void when any bit of it was changed", () => {
    const character = fc.constantFrom(..."ABCXYZabcxyz0189-_.=");
    fc.assert(
      fc.property(claims, fc.nat(), character, (said, place, other) => {
        const token = signer.sign(said);
        const at = place % token.length;
        fc.pre(token[at] !== other);
        const forged = token.slice(0, at) + other + token.slice(at + 1);
        expect(signer.verify(forged, said.purpose)).toBeUndefined();
      }),
    );
  });

  test("of somebody else's making is void, whatever it is", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String({ maxLength: 200 })), (text) => {
        expect(signer.verify(text, "confirm")).toBeUndefined();
      }),
    );
    const stranger = createSigner({ signing: [{ id: 1, secret: "another" }], address });
    fc.assert(
      fc.property(claims, (said) => {
        expect(signer.verify(stranger.sign(said), said.purpose)).toBeUndefined();
      }),
      { numRuns: 20 },
    );
  });

  test("of a reply address is none of a link, and the other way round", () => {
    fc.assert(
      fc.property(sendKey, claims, (send, said) => {
        expect(signer.verify(signer.replyLocalPart(send).slice(2), said.purpose)).toBeUndefined();
        expect(signer.readReplyLocalPart(`r-${signer.sign(said)}`)).toBeUndefined();
      }),
      { numRuns: 20 },
    );
  });
});

describe("signing keys", () => {
  const rotated = createSigner({ signing: [second, first], address });

  test("go on verifying what they signed after a newer one took over", () => {
    fc.assert(
      fc.property(sendKey, claims, (send, said) => {
        expect(rotated.verify(signer.sign(said), said.purpose)).toEqual(said);
        expect(rotated.readReplyLocalPart(signer.replyLocalPart(send))).toEqual(send);
      }),
      { numRuns: 50 },
    );
  });

  test("sign with the newest, whatever order they are listed in", () => {
    const onlyNewest = createSigner({ signing: [second], address });
    fc.assert(
      fc.property(claims, (said) => {
        expect(onlyNewest.verify(rotated.sign(said), said.purpose)).toEqual(said);
        expect(signer.verify(rotated.sign(said), said.purpose)).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });

  test("are refused where they cannot work", () => {
    const unfit = [[], [first, { ...first, secret: "x" }], [{ id: 256, secret: "x" }]];
    for (const signing of unfit) {
      expect(() => createSigner({ signing, address })).toThrow(RangeError);
    }
  });
});

describe("hashes", () => {
  test("are the same for one address however it is spelled, and under any signing key", () => {
    const rotated = createSigner({ signing: [first, second], address });
    const rosa = signer.hashAddress("rosa@shelter.example");
    expect(rosa).toMatch(/^[0-9a-f]{32}$/);
    expect(signer.hashAddress(" Rosa@Shelter.EXAMPLE ")).toBe(rosa);
    expect(rotated.hashAddress("rosa@shelter.example")).toBe(rosa);
    expect(signer.hashAddress("rosa@shelter2.example")).not.toBe(rosa);
  });

  test("differ between parts that only look alike when joined", () => {
    expect(signer.hash("ab", "c")).toMatch(/^[0-9a-f]{16}$/);
    expect(signer.hash("ab", "c")).toBe(signer.hash("ab", "c"));
    const alike = [signer.hash("ab", "c"), signer.hash("a", "bc"), signer.hash("abc")];
    expect(new Set(alike).size).toBe(3);
  });

  test("depend on the secret", () => {
    const other = createSigner({ signing: [first], address: "another" });
    expect(other.hashAddress("rosa@shelter.example")).not.toBe(
      signer.hashAddress("rosa@shelter.example"),
    );
    expect(other.hash("a")).not.toBe(signer.hash("a"));
  });
});
