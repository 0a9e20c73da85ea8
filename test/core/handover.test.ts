import { expect, test } from "vitest";
import {
  acceptSeat,
  declineSeat,
  nameSuccessor,
  withdrawNaming,
} from "../../functions/core/handover.ts";
import { openSeat, pause } from "../../functions/core/hold.ts";
import { plusDays } from "../../functions/core/instant.ts";
import { end } from "../../functions/core/life.ts";
import type { Pair } from "../../functions/core/pair.ts";
import type { Change } from "../../functions/core/plan.ts";
import { actAt, completedPair, NOW, pairOf, pendingPair } from "../support/builders.ts";

const CARA = { name: "Cara Provider", email: "cara@harbor.example", agency: "Harbor House" };

function changed(change: Change | undefined): Change {
  if (change === undefined) throw new Error("this changes something");
  return change;
}

function mailsOf(change: Change): readonly string[] {
  return change.plans.map(({ mail, seat, holder }) => `${mail} ${seat}${holder}`);
}

function named(pair: Pair = pairOf()): Pair {
  return changed(nameSuccessor(pair, "sp", CARA, actAt())).pair;
}

test("naming a colleague reserves a number and invites them; the seat stays whose it is", () => {
  const change = changed(nameSuccessor(pairOf(), "sp", CARA, actAt()));
  expect(change.consents).toEqual([{ seat: "sp", holder: 2, state: "invited", ...actAt() }]);
  expect(mailsOf(change)).toEqual(["invitation-successor sp2"]);
  expect(change.plans[0]?.expiresAt).toBe(plusDays(NOW, 30));
  expect(change.pair.seats.sp).toMatchObject({ holder: 1, name: "Ada Provider" });
});

test("one colleague is named at a time, and only while the pair runs", () => {
  expect(nameSuccessor(named(), "sp", CARA, actAt())).toBeUndefined();
  expect(nameSuccessor(pendingPair("partner"), "sp", CARA, actAt())).toBeUndefined();
  const ended = end(pairOf(), "quiet", actAt()).pair;
  expect(nameSuccessor(ended, "sp", CARA, actAt())).toBeUndefined();
});

test("accepting changes the seat, tells the partner, and hands over a recap", () => {
  const change = changed(acceptSeat(named(), "sp", 2, actAt(plusDays(NOW, 1))));
  expect(change.pair.seats.sp).toMatchObject({ ...CARA, holder: 2, state: { kind: "present" } });
  expect(change.pair.seats.sp.successor).toBeUndefined();
  expect(mailsOf(change)).toEqual(["notice-new-colleague le1", "notice-recap sp2"]);
});

test("accepting is a reason to read the agreement through, which no seat reported", () => {
  const at = plusDays(NOW, 1);
  expect(changed(acceptSeat(named(), "sp", 2, actAt(at))).log).toMatchObject([
    { kind: "mou-revise", seat: "coordinator", on: "2026-10-14", reportedAt: at },
  ]);
});

test("a colleague without a name is called what their address lets guess, until they say it", () => {
  const unnamed = (email: string) =>
    changed(nameSuccessor(pairOf(), "sp", { ...CARA, name: "", email }, actAt())).pair;
  const nameAfter = (email: string, name?: string) =>
    acceptSeat(unnamed(email), "sp", 2, actAt(), name)?.pair.seats.sp.name;
  expect(nameAfter("cal.stone@harbor.example")).toBe("Cal Stone");
  expect(nameAfter("CSTONE2@harbor.example")).toBe("CSTONE");
  expect(nameAfter("007@harbor.example")).toBe("007@harbor.example");
  expect(nameAfter("cal.stone@harbor.example", "Calvin")).toBe("Calvin");
});

test("a naming that is taken back spends its number and tells nobody", () => {
  const change = changed(withdrawNaming(named(), "sp", actAt()));
  expect(change.plans).toEqual([]);
  expect(change.consents).toMatchObject([{ holder: 2, state: "ended", onlyFrom: "invited" }]);
  expect(change.pair.seats.sp).toMatchObject({ holder: 1, holdersSpent: 2 });
  expect(change.pair.seats.sp.timers.successor).toBeUndefined();
  expect(withdrawNaming(pairOf(), "sp", actAt())).toBeUndefined();
});

test("the colleague's own row is written before the leaver's, and only over the invitation", () => {
  const { consents } = changed(acceptSeat(named(), "sp", 2, actAt(plusDays(NOW, 1))));
  expect(consents).toMatchObject([
    { seat: "sp", holder: 2, state: "given", onlyFrom: "invited" },
    { seat: "sp", holder: 1, state: "left" },
  ]);
});

test("a pause, a snooze, ignored nudges and bounces belong to the one who left", () => {
  const leaver = named(
    pairOf(
      {},
      {
        sp: {
          aliases: ["a1"],
          snoozedUntil: "2026-12-01",
          nudgesIgnored: 2,
          softBounces: { count: 2, since: NOW },
          timers: { nudge: { at: NOW, item: "nudge-02" } },
        },
      },
    ),
  );
  const held = changed(pause(leaver, "sp", actAt(), "2026-12-24")).pair;
  const { pair } = changed(acceptSeat(held, "sp", 2, actAt(plusDays(NOW, 1))));
  expect(pair.hold).toBeUndefined();
  expect(pair.timers.lesson).toEqual({ at: plusDays(NOW, 1), item: "catch-up" });
  expect(pair.seats.sp).toMatchObject({ aliases: [], nudgesIgnored: 0, softBounces: { count: 0 } });
  expect(pair.seats.sp.snoozedUntil).toBeUndefined();
  expect(pair.seats.sp.timers).toEqual({});
});

test("after the lessons the colleague goes on being asked about coffee and the agreement", () => {
  const timers = {
    meet: { at: plusDays(NOW, 10), item: "meet-3" },
    mou: { at: plusDays(NOW, 20), item: "mou-2" },
  };
  const pair = named(completedPair({}, { sp: { prompts: { meet: 2, mou: 1 }, timers } }));
  const taken = changed(acceptSeat(pair, "sp", 2, actAt(plusDays(NOW, 1)))).pair;
  expect(taken.seats.sp.timers).toEqual(timers);
  expect(taken.seats.sp.prompts).toEqual({ meet: 2, mou: 1 });
});

test("an empty seat is taken the same way, and the pair goes on", () => {
  const open = changed(openSeat(pairOf(), "sp", "stopped", actAt())).pair;
  const { pair } = changed(acceptSeat(named(open), "sp", 2, actAt(plusDays(NOW, 1))));
  expect(pair.hold).toBeUndefined();
});

test("an answer with another number, or to a pair that has ended, takes no seat", () => {
  const act = actAt(plusDays(NOW, 1));
  expect(acceptSeat(named(), "sp", 1, act)).toBeUndefined();
  expect(acceptSeat(named(), "le", 2, act)).toBeUndefined();
  expect(acceptSeat(pairOf(), "sp", 2, act)).toBeUndefined();
  const pair = named();
  const ended: Pair = { ...pair, state: { kind: "ended", endedAt: NOW, reason: "quiet" } };
  expect(acceptSeat(ended, "sp", 2, act)).toBeUndefined();
});

test("a colleague who declines is told to the coordinator; the seat and its holder stay", () => {
  const change = changed(declineSeat(named(), "sp", 2, actAt()));
  expect(mailsOf(change)).toEqual(["notice-declined-successor coordinator1"]);
  expect(change.consents).toMatchObject([{ holder: 2, state: "declined", onlyFrom: "invited" }]);
  expect(change.pair.seats.sp).toMatchObject({ holder: 1, name: "Ada Provider" });
  expect(change.pair.seats.sp.timers.successor).toBeUndefined();
});

test("a number is never used twice, whatever became of the one who had it", () => {
  const refused = changed(declineSeat(named(), "sp", 2, actAt())).pair;
  const again = changed(nameSuccessor(refused, "sp", CARA, actAt(plusDays(NOW, 1))));
  expect(again.consents).toMatchObject([{ holder: 3, state: "invited" }]);
  const taken = changed(acceptSeat(again.pair, "sp", 3, actAt(plusDays(NOW, 2)))).pair;
  const next = changed(nameSuccessor(taken, "sp", CARA, actAt(plusDays(NOW, 3))));
  expect(next.consents).toMatchObject([{ holder: 4 }]);
});

test("a pair that ends forgets the colleague who had not answered, and closes that invitation", () => {
  const ended = end(named(), "ended-by-partner", actAt(plusDays(NOW, 1)));
  expect(ended.pair.seats.sp.successor).toBeUndefined();
  expect(ended.consents).toContainEqual({
    seat: "sp",
    holder: 2,
    state: "ended",
    ...actAt(plusDays(NOW, 1)),
    follows: true,
    onlyFrom: "invited",
  });
});
