import { laneOf, sendIdOf } from "../../../functions/core/send.ts";
import { HOUR_MS, isIn, MINUTE_MS, type Window } from "../faults.ts";
import type { Check, CreateCheck } from "./check.ts";
import { allSends, isSendRow, storedSend, toSend } from "./ledger-reading.ts";

/** A lane closes after three answers in a row that nobody got. */
const LOST_MAX = 3;
/** From reading that a lane is open to handing the mail over, where no call is slow. */
const UNDER_WAY_MS = 10_000;

/**
 * While SES is away, a closed lane leaves mails planned instead of trying them all. However many were under
 * way when the third answer was lost, and however often SES put them off before: nobody asks after it.
 */
export const lanesClose: CreateCheck = (scene): Check => {
  const name = "lanes-close";
  const { world } = scene;
  const lost = new Map<Window, number>();
  const closedMs = new Map<Window, number>();
  const current = () => world.faults.outages.find((window) => isIn(window, world.timeline.nowMs()));
  return {
    name,
    rows: [6],
    written({ before, after }) {
      if (!isSendRow(before) || !isSendRow(after)) return;
      const outage = current();
      const isLost = before.state === "claimed" && after.state === "unresolved";
      if (outage === undefined || !isLost || laneOf(toSend(after).kind) !== "bulk") return;
      const count = (lost.get(outage) ?? 0) + 1;
      lost.set(outage, count);
      if (count === LOST_MAX) closedMs.set(outage, world.timeline.nowMs());
    },
    handed(_, { sendId }) {
      const outage = current();
      const since = outage === undefined ? undefined : closedMs.get(outage);
      const send = storedSend(world, sendId);
      if (world.faults.isAlone !== true || since === undefined || send === undefined) return;
      const lateMs = world.timeline.nowMs() - since;
      if (laneOf(send.kind) !== "bulk" || lateMs < UNDER_WAY_MS) return;
      scene.report(name, `${sendId} was tried ${lateMs} ms after the third answer was lost`);
    },
  };
};

/** An hour after an outage nothing waits any more that was due in it and may go. */
export const backlogIsGone: CreateCheck = (scene): Check => {
  const name = "backlog-is-gone";
  const { world } = scene;
  /** Until a person resumes, the safety valve holds back what no outage does any more. */
  let pausedUntilMs = Number.NEGATIVE_INFINITY;
  for (const { untilMs } of world.faults?.outages ?? []) {
    world.timeline.at(untilMs + HOUR_MS, () => {
      if (world.faults.isAlone === true && pausedUntilMs < untilMs) look(untilMs);
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
  return {
    name,
    rows: [6],
    logged(_, event) {
      if (event === "feedback.paused") pausedUntilMs = Number.POSITIVE_INFINITY;
      if (event === "coordinator.resumed") pausedUntilMs = world.timeline.nowMs();
    },
  };
};
