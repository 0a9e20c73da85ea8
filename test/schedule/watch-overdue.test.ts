import { expect, test } from "vitest";
import { plusHours, plusMs } from "../../functions/core/instant.ts";
import type { DueIndex } from "../../functions/ports.ts";
import { readTick } from "../../functions/schedule/tick-event.ts";
import { OVERDUE_HOURS, watchOverdue } from "../../functions/schedule/watch-overdue.ts";
import { NOW } from "../support/builders.ts";

const SEND = { owner: "abcdefgh234567ab", item: "lesson-03", seat: "sp", holder: 1 } as const;

/** An index in which one pair and one send are due since that instant. */
function dueSince(at: string): DueIndex {
  const isIn = (from: string, until: string) => from <= at && at <= until;
  return {
    duePairs: async (from, until) => (isIn(from, until) ? ["abcdefgh234567ab"] : []),
    dueSends: async (from, until) => (isIn(from, until) ? [SEND] : []),
  };
}

async function linesFor(due: DueIndex): Promise<readonly string[]> {
  const lines: string[] = [];
  const write = (event: string, facts: object) => {
    lines.push(`${event} ${JSON.stringify(facts)}`);
  };
  await watchOverdue({ clock: { now: () => NOW }, due, log: { info: write, error: write } });
  return lines;
}

test("what has been due for more than two hours is counted, table by table", async () => {
  expect(await linesFor(dueSince(plusHours(NOW, -OVERDUE_HOURS)))).toEqual([
    'schedule.overdue {"table":"pairs","count":1}',
    'schedule.overdue {"table":"ledger","count":1}',
  ]);
});

test("what is due for less than that is left to the next tick", async () => {
  expect(await linesFor(dueSince(plusMs(plusHours(NOW, -OVERDUE_HOURS), 1)))).toEqual([]);
});

test("a tick says how far back it looks; anything else is no tick", () => {
  expect(readTick({ look: "from-the-beginning" })).toBe("from-the-beginning");
  expect(() => readTick({ look: "everywhere" })).toThrow();
});
