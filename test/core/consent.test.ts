import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Consent,
  type ConsentState,
  changeConsent,
  changeSuppression,
  highestHolder,
  isSuppressed,
  keepsInvitationsAway,
  type Suppression,
  type SuppressionGround,
  suppressedBy,
} from "../../functions/core/consent.ts";
import { type Instant, plusDays, plusMinutes } from "../../functions/core/instant.ts";
import { consentOf, NOW } from "../support/builders.ts";

const LIVE: readonly ConsentState[] = ["given", "paused", "left", "ended"];

/** Acts of one person, each at its own instant. */
const acts = fc
  .uniqueArray(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 8 })
  .chain((minutes) =>
    fc.tuple(
      ...minutes.map((minute) =>
        fc.record({
          at: fc.constant(plusMinutes(NOW, minute + 1)),
          state: fc.constantFrom(...LIVE),
        }),
      ),
    ),
  );

/** What one person says, under an id made of its instant. */
function said(state: ConsentState, at: Instant) {
  return { state, at, id: `act-${at}` };
}

function after(consent: Consent, done: readonly { state: ConsentState; at: string }[]): Consent {
  return done.reduce<Consent>(
    (current, { state, at }) => changeConsent(current, said(state, at)) ?? current,
    consent,
  );
}

test("acts in any order: the latest by its own instant holds", () => {
  fc.assert(
    fc.property(
      acts.chain((done) =>
        fc.tuple(fc.constant(done), fc.shuffledSubarray(done, { minLength: done.length })),
      ),
      ([done, shuffled]) => {
        const latest = done.toSorted((one, other) => (one.at < other.at ? 1 : -1))[0];
        expect(after(consentOf({ state: "invited" }), shuffled)).toMatchObject(latest ?? {});
      },
    ),
  );
});

test("an old START found later does not undo a newer stop", () => {
  const stopped = consentOf({ state: "left", at: plusMinutes(NOW, 10) });
  expect(changeConsent(stopped, said("given", NOW))).toBeUndefined();
});

test("what follows from another's word counts although a clock that ran ahead wrote the consent", () => {
  const given = consentOf({ state: "given", at: plusMinutes(NOW, 5) });
  const ended = changeConsent(given, { ...said("ended", NOW), follows: true });
  expect(ended).toMatchObject({ state: "ended", at: plusMinutes(NOW, 5) });
  const declined = consentOf({ state: "declined" });
  expect(changeConsent(declined, { ...said("ended", NOW), follows: true })).toBeUndefined();
});

test("the same word said again later counts, so that an act between the two does not undo it", () => {
  const paused = consentOf({ state: "paused", at: NOW });
  const again = changeConsent(paused, said("paused", plusMinutes(NOW, 10)));
  expect(again?.at).toBe(plusMinutes(NOW, 10));
  expect(changeConsent(again ?? paused, said("given", plusMinutes(NOW, 5)))).toBeUndefined();
});

test("the same act twice changes nothing", () => {
  const given = consentOf({ state: "given", at: NOW });
  expect(changeConsent(given, said("given", NOW))).toBeUndefined();
});

test("nothing follows an erasure or a refused invitation", () => {
  for (const state of ["erased", "declined"] as const) {
    for (const next of LIVE) {
      const act = said(next, plusDays(NOW, 1));
      expect(changeConsent(consentOf({ state }), act)).toBeUndefined();
    }
  }
});

test("an erasure counts in whatever order it comes, also after a refusal, and keeps the later instant", () => {
  for (const state of ["given", "left", "ended", "declined"] as const) {
    const stored = consentOf({ state, at: plusMinutes(NOW, 5) });
    const erased = changeConsent(stored, said("erased", NOW));
    expect(erased).toMatchObject({
      state: "erased",
      at: plusMinutes(NOW, 5),
      act: `act-${NOW}`,
    });
    expect(erased).not.toHaveProperty("address");
  }
});

test("an erasure forgets even the hash of the address; nothing else does", () => {
  const erased = changeConsent(consentOf(), said("erased", plusDays(NOW, 1)));
  expect(erased).toMatchObject({ state: "erased" });
  expect(erased).not.toHaveProperty("address");
  const left = changeConsent(consentOf(), said("left", plusDays(NOW, 1)));
  expect(left?.address).toBe(consentOf().address);
});

const ground = fc.constantFrom<SuppressionGround>("stop", "bounce", "complaint", "decline");
const groundAct = fc.record({
  ground,
  minute: fc.integer({ min: 1, max: 5000 }),
  lifted: fc.boolean(),
});

/** An address on which every ground stands since before the acts below. */
const EVERY_GROUND: Suppression = {
  address: "a1",
  stop: { at: NOW, lifted: false },
  bounce: { at: NOW, lifted: false },
  complaint: { at: NOW, lifted: false },
};

function suppressed(
  list: readonly { ground: SuppressionGround; minute: number; lifted: boolean }[],
) {
  return list.reduce<Suppression>(
    (current, { ground: name, minute, lifted }) =>
      changeSuppression(current, name, { at: plusMinutes(NOW, minute), lifted }) ?? current,
    EVERY_GROUND,
  );
}

test("each ground of a suppression stands and falls by its own latest act", () => {
  const list = fc.uniqueArray(groundAct, { selector: ({ minute }) => minute, maxLength: 10 });
  fc.assert(
    fc.property(
      list.chain((done) =>
        fc.tuple(fc.constant(done), fc.shuffledSubarray(done, { minLength: done.length })),
      ),
      ([done, shuffled]) => {
        const standing = (["stop", "bounce", "complaint"] as const).filter((name) => {
          const own = done.filter((act) => act.ground === name);
          const latest = own.toSorted((one, other) => other.minute - one.minute)[0];
          return !(latest?.lifted ?? false);
        });
        expect(suppressedBy(suppressed(shuffled))).toEqual(standing);
        expect(isSuppressed(suppressed(shuffled))).toBe(standing.length > 0);
      },
    ),
  );
});

test("lifting a bounce leaves a stop standing", () => {
  const left = suppressed([{ ground: "bounce", minute: 3, lifted: true }]);
  expect(suppressedBy(left)).toEqual(["stop", "complaint"]);
});

test("lifting what never stood writes nothing", () => {
  expect(changeSuppression({ address: "a1" }, "stop", { at: NOW, lifted: true })).toBeUndefined();
});

test("a refused invitation keeps the invitations of others away for 90 days and stops nothing else", () => {
  const declined: Suppression = { address: "a1", decline: { at: NOW, lifted: false } };
  expect(keepsInvitationsAway(declined, plusDays(NOW, 89))).toBe(true);
  expect(keepsInvitationsAway(declined, plusDays(NOW, 90))).toBe(false);
  expect(isSuppressed(declined)).toBe(false);
  const lifted = { address: "a1", decline: { at: NOW, lifted: true } };
  expect(keepsInvitationsAway(lifted, plusDays(NOW, 1))).toBe(false);
});

test("an answer follows its invitation although the clock that wrote the invitation ran ahead", () => {
  const invited = consentOf({ state: "invited", at: plusMinutes(NOW, 5) });
  expect(changeConsent(invited, said("given", NOW))).toEqual({
    ...invited,
    state: "given",
    act: `act-${NOW}`,
  });
});

test("the highest holder of a seat is what the ledger knows, whoever it was and whatever became of them", () => {
  const consents = [
    consentOf({ holder: 3, state: "declined" }),
    consentOf({ holder: 2, state: "left" }),
    consentOf({ seat: "le", holder: 5 }),
  ];
  expect(highestHolder(consents, "sp", { at: NOW })).toBe(3);
  expect(highestHolder([], "sp", { at: NOW })).toBe(0);
});

test("an act that died after it took a number takes the same one again, and nobody else's", () => {
  const own = consentOf({ holder: 2, state: "invited", at: NOW });
  expect(highestHolder([consentOf(), own], "sp", { at: NOW })).toBe(1);
  expect(highestHolder([consentOf(), own], "sp", { at: plusMinutes(NOW, 1) })).toBe(2);
  expect(highestHolder([{ ...own, state: "given" }], "sp", { at: NOW })).toBe(2);
});
