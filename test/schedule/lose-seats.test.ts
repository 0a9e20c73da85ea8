import { expect, test } from "vitest";
import type { Suppression } from "../../functions/core/consent.ts";
import type { Pair } from "../../functions/core/pair.ts";
import { changeOf } from "../../functions/core/plan.ts";
import { loseSuppressedSeats } from "../../functions/schedule/lose-seats.ts";
import { NOW, pairOf, pendingPair } from "../support/builders.ts";
import { createTestService } from "../support/service.ts";

/** A look at a pair when both its people have stopped all mail. */
async function lookAfterStops(pair: Pair) {
  const { ports } = await createTestService(NOW);
  const stopped = async (address: string): Promise<Suppression> => ({
    address,
    stop: { at: NOW, lifted: false },
  });
  const ledger = { ...ports.ledger, suppression: stopped };
  const change = changeOf(pair);
  return { change, settled: await loseSuppressedSeats({ ...ports, ledger }, change, NOW) };
}

test("who has stopped all mail loses a seat of a pair under way", async () => {
  const { settled } = await lookAfterStops(pairOf());
  expect(settled.pair.seats.sp.state).toMatchObject({ kind: "open", reason: "stopped" });
});

test.each([
  ["is pending, for it runs out by itself", pendingPair("partner")],
  ["has ended", pairOf({ state: { kind: "ended", endedAt: NOW, reason: "quiet" } })],
  [
    "waits for both of its people, until one of them comes back",
    pairOf(
      {},
      {
        sp: { state: { kind: "paused", since: NOW } },
        le: { state: { kind: "unreachable", since: NOW } },
      },
    ),
  ],
])("a pair that %s is left as it is", async (_what, pair) => {
  const { change, settled } = await lookAfterStops(pair);
  expect(settled).toBe(change);
});
