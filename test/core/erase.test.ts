import { describe, expect, test } from "vitest";
import { ERASED_END_DAYS, eraseHolder, eraseSuccessor } from "../../functions/core/erase.ts";
import { nameSuccessor } from "../../functions/core/handover.ts";
import { fireHold, HOLD_END_DAYS, openSeat, pause, waitLonger } from "../../functions/core/hold.ts";
import { plusDays } from "../../functions/core/instant.ts";
import { end } from "../../functions/core/life.ts";
import type { Pair } from "../../functions/core/pair.ts";
import type { Change } from "../../functions/core/plan.ts";
import { actAt, NOW, pairOf, pendingPair } from "../support/builders.ts";

const NOBODY = { name: "", email: "", agency: "", aliases: [] };
const COLLEAGUE = { name: "Cal Colleague", email: "cal@harbor.example", agency: "Harbor House" };

function changed(change: Change | undefined): Change {
  if (change === undefined) throw new Error("nothing changed");
  return change;
}

function inDays(days: number) {
  return actAt(plusDays(NOW, days));
}

function mailsOf({ plans }: Change): readonly string[] {
  return plans.map(({ mail, seat }) => `${mail} ${seat}`);
}

describe("a person who is erased", () => {
  const present = pairOf();
  const states: readonly (readonly [string, Pair])[] = [
    ["is present", present],
    ["takes a break", changed(pause(present, "sp", actAt())).pair],
    ["cannot be reached", pairOf({}, { sp: { state: { kind: "unreachable", since: NOW } } })],
    ["has stopped", changed(openSeat(present, "sp", "stopped", actAt())).pair],
    ["was asked to confirm", pendingPair("signer")],
    ["waits for the partner", pendingPair("partner")],
    ["was in a pair that ended", end(present, "quiet", actAt()).pair],
  ];

  test.each(states)("who %s leaves the row at once, and the ledger says so", (_, pair) => {
    const { pair: erased, consents } = changed(eraseHolder(pair, "sp", inDays(1)));
    expect(erased.seats.sp).toMatchObject(NOBODY);
    expect(consents).toContainEqual({
      seat: "sp",
      holder: 1,
      state: "erased",
      ...inDays(1),
    });
    expect(eraseHolder(erased, "sp", inDays(2))).toBeUndefined();
  });

  test("is told of to the partner as an open seat, but not a second time", () => {
    expect(mailsOf(changed(eraseHolder(present, "sp", actAt())))).toEqual(["notice-seat-open le"]);
    const stopped = changed(openSeat(present, "sp", "stopped", actAt())).pair;
    expect(mailsOf(changed(eraseHolder(stopped, "sp", inDays(1))))).toEqual([]);
  });
});

describe("the clock after an erasure", () => {
  const erased = changed(eraseHolder(pairOf(), "sp", actAt())).pair;

  test("asks nobody, and ends the pair four weeks later with a final note", () => {
    expect(erased.timers.hold).toEqual({ at: plusDays(NOW, ERASED_END_DAYS), item: "erased" });
    const over = fireHold(erased, "erased", inDays(ERASED_END_DAYS));
    expect(over.pair.state).toMatchObject({ kind: "ended", reason: "erased" });
    expect(mailsOf(over)).toEqual(["notice-final le"]);
  });

  test("runs on when the other seat takes a break meanwhile", () => {
    const paused = changed(pause(erased, "le", inDays(3), "2026-11-30")).pair;
    expect(paused.timers.hold).toEqual(erased.timers.hold);
  });

  test.each([
    ["before", (pair: Pair) => pair, "erase"],
    ["after", () => erased, "name"],
  ])("waits as for WAIT when a colleague was named %s it", (_, start, first) => {
    const named = changed(nameSuccessor(start(pairOf()), "sp", COLLEAGUE, inDays(1))).pair;
    const both = first === "erase" ? changed(eraseHolder(named, "sp", inDays(1))).pair : named;
    expect(both.seats.sp.successor).toMatchObject(COLLEAGUE);
    expect(both.timers.hold).toEqual({ at: plusDays(NOW, 1 + HOLD_END_DAYS), item: "end" });
  });

  test("gives way to the other seat's WAIT", () => {
    expect(changed(waitLonger(erased, inDays(2))).pair.timers.hold?.item).toBe("end");
  });
});

test("a colleague who was named and is erased leaves the row; the coordinator is told that nobody follows", () => {
  const named = changed(nameSuccessor(pairOf(), "sp", COLLEAGUE, actAt())).pair;
  const change = changed(eraseSuccessor(named, "sp", 2, inDays(1)));
  expect(change.pair.seats.sp.successor).toBeUndefined();
  expect(change.consents).toEqual([{ seat: "sp", holder: 2, state: "erased", ...inDays(1) }]);
  expect(mailsOf(change)).toEqual(["notice-declined-successor coordinator"]);
  expect(eraseSuccessor(change.pair, "sp", 2, inDays(2))).toBeUndefined();
});
