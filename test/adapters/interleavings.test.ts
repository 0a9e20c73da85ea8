import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { courseStore } from "../../functions/adapters/course-store.ts";
import { limits } from "../../functions/adapters/limits.ts";
import { memoryTable } from "../../functions/adapters/memory-table.ts";
import { pairStore } from "../../functions/adapters/pair-store.ts";
import { sendLedger } from "../../functions/adapters/send-ledger.ts";
import { sessions } from "../../functions/adapters/sessions.ts";
import { watermarks } from "../../functions/adapters/watermarks.ts";
import type { SuppressionGround } from "../../functions/core/consent.ts";
import { plusMs } from "../../functions/core/instant.ts";
import { applyEvent, claimSend, type Send, type SendEvent } from "../../functions/core/send.ts";
import type { Table } from "../../functions/ports.ts";
import { scheduledTable } from "../support/scheduled-table.ts";
import { LATER, NOON, outline, pair, send } from "./examples.ts";

const { claim: _claim, sesId: _sesId, settledAt: _settledAt, ...planned } = send;

/** Starts all the work at once on one table and lets its steps happen in whatever order is drawn. */
async function interleave<T>(
  scheduler: fc.Scheduler,
  prepare: (table: Table) => Promise<unknown>,
  work: (table: Table) => readonly Promise<T>[],
): Promise<{ readonly table: Table; readonly outcomes: readonly T[] }> {
  const table = memoryTable();
  await prepare(table);
  const all = Promise.all(work(scheduledTable(table, scheduler)));
  return { table, outcomes: await scheduler.waitFor(all) };
}

const nothing = async () => undefined;
const crowd = fc.integer({ min: 2, max: 6 });
const times = (count: number) => Array.from({ length: count }, (_, index) => index);

describe("whatever order the steps happen in", () => {
  test("one consumer claims a send", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), crowd, async (scheduler, count) => {
        const { table, outcomes } = await interleave(
          scheduler,
          (fresh) => sendLedger(fresh).plan(planned),
          (shared) =>
            times(count).map((run) =>
              sendLedger(shared).change(planned, (stored) => claimSend(stored, `run-${run}`, NOON)),
            ),
        );
        const winners = outcomes.filter((outcome) => outcome !== undefined);
        expect(winners).toHaveLength(1);
        expect(await sendLedger(table).read(planned)).toEqual(winners[0]);
      }),
    );
  });

  test("no change of a send is lost", async () => {
    const count = (stored: Send): Send => ({ ...stored, unresolved: stored.unresolved + 1 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), crowd, async (scheduler, writers) => {
        const { table } = await interleave(
          scheduler,
          (fresh) => sendLedger(fresh).plan(planned),
          (shared) => times(writers).map(() => sendLedger(shared).change(planned, count)),
        );
        expect((await sendLedger(table).read(planned))?.unresolved).toBe(writers);
      }),
    );
  });

  test("events leave the same send behind", async () => {
    const types = ["send", "delivery", "hard-bounce", "complaint"] as const;
    const events = fc.shuffledSubarray([...types, ...types], { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), events, async (scheduler, drawn) => {
        const eventOf = (type: SendEvent["type"]): SendEvent => ({
          type,
          sesId: "ses-1",
          at: NOON,
        });
        const { table } = await interleave(
          scheduler,
          (fresh) => sendLedger(fresh).plan(planned),
          (shared) =>
            drawn.map((type) =>
              sendLedger(shared).change(planned, (stored) => applyEvent(stored, eventOf(type))),
            ),
        );
        const highest = types.findLast((type) => drawn.includes(type)) ?? "send";
        const state = applyEvent(planned, eventOf(highest))?.state;
        expect((await sendLedger(table).read(planned))?.state).toBe(state);
      }),
    );
  });

  test("each ground of a suppression ends at its latest act", async () => {
    const ground = fc.constantFrom<SuppressionGround>("stop", "bounce", "complaint");
    const act = fc.record({ ground, ms: fc.integer({ min: 0, max: 50 }), lifted: fc.boolean() });
    const acts = fc.uniqueArray(act, { minLength: 1, maxLength: 6, selector: ({ ms }) => ms });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), acts, async (scheduler, drawn) => {
        const { table } = await interleave(
          scheduler,
          (fresh) =>
            sendLedger(fresh).suppress("hmac", "stop", {
              at: "2026-01-01T00:00:00.000Z",
              lifted: false,
            }),
          (shared) =>
            drawn.map(({ ground: on, ms, lifted }) =>
              sendLedger(shared).suppress("hmac", on, { at: plusMs(NOON, ms), lifted }),
            ),
        );
        const latest = [...drawn]
          .filter((one) => one.ground === "stop")
          .sort((a, b) => b.ms - a.ms)[0];
        const stored = await sendLedger(table).suppression("hmac");
        expect(stored?.stop?.lifted).toBe(latest?.lifted ?? false);
      }),
    );
  });

  test("one item of several gets a seat's turn", async () => {
    const seat = { pairId: pair.id, seat: "sp", holder: 1 } as const;
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), crowd, async (scheduler, count) => {
        const { outcomes } = await interleave(scheduler, nothing, (shared) =>
          times(count).map((item) =>
            sendLedger(shared).takeTurn(seat, { item: `meet-${item}`, at: NOON, gapMs: 1_000 }),
          ),
        );
        expect(outcomes.filter((lastAt) => lastAt === undefined)).toHaveLength(1);
      }),
    );
  });

  test("one of several writers of a pair is not stale", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), crowd, async (scheduler, count) => {
        const { table, outcomes } = await interleave(
          scheduler,
          (fresh) => pairStore(fresh).create(pair),
          (shared) => times(count).map((n) => pairStore(shared).save({ ...pair, locale: `x${n}` })),
        );
        expect(outcomes.filter((outcome) => outcome === "saved")).toHaveLength(1);
        const stored = await pairStore(table).read(pair.id);
        expect(stored?.locale).toBe(`x${outcomes.indexOf("saved")}`);
      }),
    );
  });

  test("everybody agrees which pair owns a couple", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), crowd, async (scheduler, count) => {
        const { table, outcomes } = await interleave(scheduler, nothing, (shared) =>
          times(count).map((id) => pairStore(shared).claimCouple("couple", `pair-${id}`)),
        );
        expect(new Set(outcomes).size).toBe(1);
        expect(await pairStore(table).claimCouple("couple", "late")).toBe(outcomes[0]);
      }),
    );
  });

  test("a pair that releases a couple twice takes it from nobody", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), crowd, async (scheduler, count) => {
        const { table, outcomes } = await interleave<string | undefined>(
          scheduler,
          (fresh) => pairStore(fresh).claimCouple("couple", "pair-1"),
          (shared) => [
            pairStore(shared).claimCouple("couple", "pair-2"),
            ...times(count).map(() =>
              pairStore(shared)
                .releaseCouple("couple", "pair-1")
                .then(() => undefined),
            ),
          ],
        );
        const owner = await pairStore(table).claimCouple("couple", "pair-3");
        expect(owner).toBe(outcomes[0] === "pair-2" ? "pair-2" : "pair-3");
      }),
      { numRuns: 500 },
    );
  });

  test("a limit lets exactly as many through as it allows", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), crowd, crowd, async (scheduler, max, count) => {
        const { outcomes } = await interleave(scheduler, nothing, (shared) =>
          times(count).map(() => limits(shared).take("site", max, 1_000, NOON)),
        );
        expect(outcomes.filter(Boolean)).toHaveLength(Math.min(max, count));
      }),
    );
  });

  test("a session that was closed stays closed", async () => {
    const session = {
      idHash: "hash",
      who: { kind: "partner", pairId: pair.id, seat: "sp", holder: 1 },
      openedAt: NOON,
      usedAt: NOON,
    } as const;
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), crowd, async (scheduler, count) => {
        const { table } = await interleave(
          scheduler,
          (fresh) => sessions(fresh).open(session),
          (shared) => [
            sessions(shared).close("hash"),
            ...times(count).map(() => sessions(shared).touch({ ...session, usedAt: LATER })),
          ],
        );
        expect(await sessions(table).read("hash")).toBeUndefined();
      }),
    );
  });

  test("a watermark ends at the latest instant", async () => {
    const steps = fc.array(fc.nat({ max: 1_000 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), steps, async (scheduler, drawn) => {
        const { table } = await interleave(scheduler, nothing, (shared) =>
          drawn.map((ms) => watermarks(shared).move("pairs", plusMs(NOON, ms))),
        );
        expect(await watermarks(table).read("pairs")).toBe(plusMs(NOON, Math.max(...drawn)));
      }),
    );
  });

  test("every mail of the edition that is current can be read, at every moment", async () => {
    const mails = ["lesson-01", "lesson-02"].map((mail) => ({ mail, locale: "en", content: mail }));
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const readAll = async (shared: Table) => {
          const { edition } = await courseStore(shared).current("partner-tips");
          const read = mails.map(({ mail }) =>
            courseStore(shared).mail("partner-tips", edition, mail, "en"),
          );
          return (await Promise.all(read)).length;
        };
        const { outcomes } = await interleave<unknown>(
          scheduler,
          (fresh) => courseStore(fresh).publish(outline, mails),
          (shared) => [
            courseStore(shared).publish({ ...outline, edition: "second" }, mails),
            courseStore(shared).publish({ ...outline, edition: "third" }, mails),
            readAll(shared),
            readAll(shared),
          ],
        );
        expect(outcomes.slice(2)).toEqual([2, 2]);
      }),
    );
  });
});

test("a row that never stands still is an error, not an endless loop", async () => {
  const table = memoryTable();
  await sendLedger(table).plan(planned);
  let asked = 0;
  const restless: Table = {
    ...table,
    put: async () => {
      asked += 1;
      return "conflict";
    },
  };
  await expect(sendLedger(restless).change(planned, (stored) => stored)).rejects.toThrow("changed");
  expect(asked).toBeLessThanOrEqual(1_000);
});
