import { expect, test } from "vitest";
import { dueIndex } from "../../functions/adapters/due-index.ts";
import { memoryTable } from "../../functions/adapters/memory-table.ts";
import { pacer } from "../../functions/adapters/pacer.ts";
import { sendLedger } from "../../functions/adapters/send-ledger.ts";
import { watermarks } from "../../functions/adapters/watermarks.ts";
import { type Instant, plusHours, plusMs, toInstant, toMs } from "../../functions/core/instant.ts";
import type { Delivery, Ports, QueueMessage } from "../../functions/ports.ts";
import { findDue } from "../../functions/schedule/find-due.ts";
import { sendMail } from "../../functions/send/send-mail.ts";
import { PROBE_ADDRESS } from "../../functions/send/watch-lane.ts";
import { consentOf, pairOf, sendOf } from "../support/builders.ts";
import { compiledCourse, createTestService } from "../support/service.ts";

/** Tuesday 10:00 in New York, when the outage begins and every pair's lesson is due. */
const SLOT: Instant = "2026-10-13T14:00:00.000Z";
const BACK: Instant = plusHours(SLOT, 6);
const PAIRS = 1_000;
const PER_SECOND = 14;
const SEATS = ["sp", "le"] as const;

interface Waiting {
  readonly at: number;
  readonly message: QueueMessage;
}

/** Ticks each minute and queues that keep a message back, on a clock that jumps from one to the next. */
async function outageOf(hours: number) {
  const { ports: whole } = await createTestService(SLOT);
  const ledgerTable = memoryTable();
  const pairsTable = memoryTable();
  let nowMs = toMs(SLOT);
  const waiting: Waiting[] = [];
  const sent: { to: string; atMs: number }[] = [];
  const clock = { now: () => toInstant(nowMs) };
  const deliver = async ({ to }: { to: string }): Promise<Delivery> => {
    if (clock.now() < BACK) return { kind: "unknown" };
    if (to !== PROBE_ADDRESS) sent.push({ to, atMs: nowMs });
    return { kind: "accepted", sesId: `ses-${sent.length}` };
  };
  const pace = { perSecond: PER_SECOND, perDay: 50_000, lane: "bulk", waitMsMax: 0 } as const;
  const ports: Ports = {
    ...whole,
    clock,
    ledger: sendLedger(ledgerTable),
    due: dueIndex(pairsTable, ledgerTable),
    watermarks: watermarks(pairsTable),
    pacer: pacer(pairsTable, pace, async () => undefined),
    mailer: { deliver },
    queues: {
      put: async (message) =>
        void waiting.push({ at: nowMs + 1_000 * (message.afterSeconds ?? 0), message }),
    },
  };
  const run = async (untilMs: number) => {
    for (let tickMs = nowMs; tickMs <= untilMs; tickMs += 60_000) {
      nowMs = Math.max(nowMs, tickMs);
      await findDue(ports);
      const end = tickMs + 60_000;
      for (;;) {
        waiting.sort((one, other) => one.at - other.at);
        if ((waiting[0]?.at ?? end) >= end) break;
        const at = waiting[0]?.at ?? end;
        const due = waiting.splice(0, waiting.findLastIndex((one) => one.at <= at) + 1);
        nowMs = Math.max(nowMs, at);
        for (const { message } of due) {
          if (message.queue === "due") continue;
          await sendMail({ ...ports, timeLeftMs: () => 30_000 }, message.send);
        }
      }
    }
  };
  return { ports, sent, run, end: toMs(plusHours(SLOT, hours)) };
}

test("a backlog of 1,000 pairs is gone within an hour after six hours without SES, at the rate, and nobody gets two items", async () => {
  const { ports, sent, run, end } = await outageOf(7);
  const edition = compiledCourse().outline.edition;
  for (let index = 0; index < PAIRS; index += 1) {
    const id = `pair${index}`;
    const emails = { sp: `ada${index}@harbor.example`, le: `ben${index}@police.example` };
    const pair = pairOf({ id }, { sp: { email: emails.sp }, le: { email: emails.le } });
    await ports.pairs.create(pair);
    for (const seat of SEATS) {
      await ports.ledger.allocate(consentOf({ pairId: id, seat }));
      // Most became due when the outage was long under way; some seats have a second item waiting.
      const dueAt = plusMs(SLOT, index < 20 ? index * 100 : 5.5 * 3_600_000 + index * 600);
      const lesson = sendOf({
        owner: id,
        seat,
        edition,
        plannedFor: dueAt,
        plannedAt: SLOT,
        dueAt,
      });
      await ports.ledger.plan(lesson);
      if (index % 10 > 0) continue;
      const other = { item: "lesson-02", mail: "lesson-02" } as const;
      await ports.ledger.plan({ ...lesson, ...other });
    }
  }
  await run(end);
  const unresolved = 3;
  const people = new Set(sent.map(({ to }) => to));
  expect(people.size).toBeGreaterThanOrEqual(2 * PAIRS - unresolved);
  expect(sent).toHaveLength(people.size);
  const times = sent.map(({ atMs }) => atMs);
  expect(Math.max(...times) - toMs(BACK)).toBeLessThan(3_600_000);
  times.forEach((ms, index) => {
    const first = times[index - PER_SECOND];
    if (first !== undefined) expect(ms - first).toBeGreaterThanOrEqual(1_000);
  });
}, 120_000);
