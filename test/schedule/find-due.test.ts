import { expect, test } from "vitest";
import { memoryTable } from "../../functions/adapters/memory-table.ts";
import { watermarks } from "../../functions/adapters/watermarks.ts";
import { type Instant, plusMinutes } from "../../functions/core/instant.ts";
import type { Ports, QueueMessage } from "../../functions/ports.ts";
import type { FindDuePorts } from "../../functions/schedule/find-due.ts";
import { findDue, sweepDue } from "../../functions/schedule/find-due.ts";
import { NOW } from "../support/builders.ts";

/** A dispatcher over an index that says from when on it was read. */
function dispatcher(queue: Ports["queues"]["put"] = async () => undefined) {
  let now: Instant = NOW;
  const readFrom: Instant[] = [];
  const ports: FindDuePorts = {
    clock: { now: () => now },
    due: {
      duePairs: async (from) => {
        readFrom.push(from);
        return ["abcdefgh234567ab"];
      },
      dueSends: async () => [],
    },
    queues: { put: queue },
    watermarks: watermarks(memoryTable()),
    log: { info: () => undefined, error: () => undefined },
  };
  const at = (instant: Instant) => {
    now = instant;
  };
  return { ports, readFrom, at };
}

test("each tick looks eleven minutes behind the last one, for the index lags and clocks differ", async () => {
  const { ports, readFrom, at } = dispatcher();
  await findDue(ports);
  at(plusMinutes(NOW, 1));
  await findDue(ports);
  expect(readFrom[1]).toBe(plusMinutes(NOW, -11));
});

test("each send that is due goes to the queue of its own lane, so that no receipt waits behind lessons", async () => {
  const queued: QueueMessage[] = [];
  const { ports } = dispatcher(async (message) => void queued.push(message));
  const of = (item: string) =>
    ({ owner: "abcdefgh234567ab", item, seat: "sp", holder: 1 }) as const;
  const due = { ...ports.due, dueSends: async () => [of("lesson-03"), of("invitation")] };
  await findDue({ ...ports, due });
  const sends = queued.filter((message) => message.queue !== "due");
  expect(sends.map(({ queue, send }) => `${queue} ${send.item}`)).toEqual([
    "bulk lesson-03",
    "fast invitation",
  ]);
});

test("a tick that could not queue what it found is as if it had never been", async () => {
  let isBroken = true;
  const { ports, readFrom, at } = dispatcher(async () => {
    if (isBroken) throw new Error("the queue does not answer");
  });
  await expect(findDue(ports)).rejects.toThrow();
  isBroken = false;
  at(plusMinutes(NOW, 60));
  await findDue(ports);
  expect(readFrom[1]).toBe(readFrom[0]);
});

test("the sweep looks from the beginning, whatever ticks have seen", async () => {
  const { ports, readFrom } = dispatcher();
  await findDue(ports);
  await sweepDue(ports);
  expect((readFrom[1] ?? NOW) < "1971").toBe(true);
});
