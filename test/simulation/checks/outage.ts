import { laneOf, sendIdOf } from "../../../functions/core/send.ts";
import { HOUR_MS, isIn, MINUTE_MS, type Window } from "../faults.ts";
import type { Check, CreateCheck } from "./check.ts";
import { allSends, storedSend } from "./ledger-reading.ts";

/** A lane closes after three answers in a row that nobody got; those under way at that moment come on top. */
const REQUESTS_MAX = 10;

/** While SES is away, a closed lane leaves mails planned instead of trying them all. */
export const lanesClose: CreateCheck = (scene): Check => {
  const name = "lanes-close";
  const { world } = scene;
  const asked = new Map<Window, number>();
  return {
    name,
    rows: [6],
    handed(_, { sendId }) {
      const outage = world.faults.outages.find((window) => isIn(window, world.timeline.nowMs()));
      const send = storedSend(world, sendId);
      if (outage === undefined || send === undefined || laneOf(send.kind) !== "bulk") return;
      asked.set(outage, (asked.get(outage) ?? 0) + 1);
    },
    ended() {
      if (world.faults.isAlone !== true) return;
      for (const [{ fromMs }, count] of asked) {
        if (count <= REQUESTS_MAX) continue;
        scene.report(
          name,
          `${count} mails were tried in the outage of ${new Date(fromMs).toISOString()}`,
        );
      }
    },
  };
};

/** An hour after an outage nothing waits any more that was due in it and may go. */
export const backlogIsGone: CreateCheck = (scene): Check => {
  const name = "backlog-is-gone";
  const { world } = scene;
  for (const { untilMs } of world.faults?.outages ?? []) {
    world.timeline.at(untilMs + HOUR_MS, () => {
      if (world.faults.isAlone === true) look(untilMs);
    });
  }
  function look(untilMs: number): void {
    const now = world.timeline.nowMs();
    for (const send of allSends(world)) {
      if (send.state !== "planned" || send.dueAt === undefined) continue;
      const wasDueMs = Date.parse(send.plannedFor);
      // Quiet hours and the distance to another item may move it, then for hours; a closed lane may not.
      const waitsMs = Date.parse(send.dueAt) - now;
      if (wasDueMs < untilMs && waitsMs < 15 * MINUTE_MS) {
        scene.report(name, `${sendIdOf(send)} still waits an hour after the outage`);
      }
    }
  }
  return { name, rows: [6] };
};
