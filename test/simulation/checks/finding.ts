import { sendIdOf } from "../../../functions/core/send.ts";
import type { Row } from "../../../functions/ports.ts";
import { MINUTE_MS } from "../faults.ts";
import type { Check, CreateCheck } from "./check.ts";
import { toSend } from "./ledger-reading.ts";

/**
 * What is due is on a queue with the next tick that can see it, however far the index lags; the sweep of
 * every ten minutes is for what was lost on the way. Only where ticks come and clocks agree.
 */
export const foundWhenDue: CreateCheck = (scene): Check => {
  const name = "found-when-due";
  const { timeline, faults } = scene.world;
  const isWatched =
    faults.ticks.missed === 0 &&
    faults.ticks.gap === undefined &&
    faults.slow === 0 &&
    faults.skewMs === 0;
  const dueMs = new Map<string, number>();
  /** The answer to a letter that was read late is due as of the letter: no tick looks so far back, the sweep does. */
  const isBeforeTicks = (dueAt: string) =>
    timeline.nowMs() - Date.parse(dueAt) > LOOKS_BACK_MS - faults.indexLagMs - 2 * MINUTE_MS;
  let failedMs = 0;
  return {
    name,
    rows: [8, 11],
    failed(process) {
      if (process.name === "tick") failedMs = timeline.nowMs();
    },
    written({ before, after }) {
      const row = after ?? before;
      if (row === undefined)
        dueMs.clear(); // the table was restored
      else if (after?.dueAt === undefined) dueMs.delete(nameOf(row));
      else if (isBeforeTicks(after.dueAt)) dueMs.delete(nameOf(row));
      else if (before?.dueAt !== after.dueAt) {
        dueMs.set(nameOf(row), Math.max(timeline.nowMs(), Date.parse(after.dueAt)));
      }
    },
    queued(message) {
      if (message.afterSeconds !== undefined) return;
      const queued = message.queue === "due" ? message.pairId : sendIdOf(message.send);
      const since = dueMs.get(queued);
      dueMs.delete(queued);
      if (!isWatched || since === undefined) return;
      const lateMs = timeline.nowMs() - Math.max(since, failedMs);
      if (lateMs > faults.indexLagMs + 2 * MINUTE_MS) {
        scene.report(name, `${queued} was found ${Math.round(lateMs / 1_000)} s after it was due`);
      }
    },
  };
};

/** As `findDue`. */
const LOOKS_BACK_MS = 11 * MINUTE_MS;

/** A pair's id, or a send's; nothing else is ever due. */
function nameOf(row: Row): string {
  return row.sk === "PAIR" ? row.pk.slice("PAIR#".length) : sendIdOf(toSend(row));
}
