import { toInstant, toMs } from "../../functions/core/instant.ts";
import type { InboundNotice } from "../../functions/receive/inbound-notice.ts";
import { HOUR_MS, isIn, MINUTE_MS } from "./faults.ts";
import type { QueuedMessage } from "./modelled-sqs.ts";
import type { Outcome } from "./processes.ts";
import type { World } from "./world.ts";

/** A step that is out of order for a while: a wrong permission, a failed deployment. */
export class Broken extends Error {
  override readonly name = "Broken";
}

/** Runs one message of a queue through the function that consumes it. */
export function handleMessage(
  world: World,
  message: QueuedMessage,
  onEnd: (outcome: Outcome) => void,
): void {
  const { processes, timeline, faults } = world;
  const name =
    message.queue === "fast" || message.queue === "bulk" ? `send.${message.queue}` : message.queue;
  processes.spawn(
    name,
    async () => {
      const code = world.code();
      const { ports } = world;
      if (message.queue === "feedback") {
        if (isIn(faults.feedbackStuck, timeline.nowMs())) throw new Broken("feedback");
        await code.settleEvent(ports, code.readMailEvent(JSON.parse(message.body)));
        return;
      }
      const body: unknown = JSON.parse(message.body);
      if (message.queue === "due") await code.advancePair(ports, code.readDueOrder(body));
      else await code.sendMail(ports, code.readSendOrder(body));
    },
    onEnd,
  );
}

/** The receipt rule's call: the mail it names is read. */
export function receiveNotice(
  world: World,
  notice: InboundNotice,
  onEnd: (outcome: Outcome) => void,
): void {
  world.processes.spawn("receive", () => world.code().receiveMail(world.ports, notice), onEnd);
}

/**
 * The two timers of `schedule` and the hourly one of `receive`. A tick that would find nothing due is left
 * out, so the clock can jump; one that finds something happens at its minute, again and again while
 * anything stays due.
 */
export function startTimers(world: World): void {
  const { timeline, processes, faults } = world;
  const dice = world.timerDice;
  let plannedFor: string | undefined;
  let tickAtMs = Number.POSITIVE_INFINITY;
  let sweepAtMs = Number.POSITIVE_INFINITY;
  let unreadAtMs = Number.POSITIVE_INFINITY;

  function planTick(): void {
    const dueAt = firstDueAt(world);
    if (dueAt === undefined || dueAt === plannedFor) return;
    plannedFor = dueAt;
    const next = ceilTo(Math.max(toMs(dueAt), timeline.nowMs() + 1), MINUTE_MS);
    if (next < tickAtMs) {
      tickAtMs = next;
      timeline.at(next, () => tick(next));
    }
    const sweep = ceilTo(Math.max(toMs(dueAt), timeline.nowMs() + 1), 10 * MINUTE_MS);
    if (sweep < sweepAtMs) {
      sweepAtMs = sweep;
      timeline.at(sweep, () => sweepAll(sweep));
    }
  }

  function tick(at: number): void {
    if (at !== tickAtMs) return;
    tickAtMs = Number.POSITIVE_INFINITY;
    plannedFor = undefined;
    const isBad = world.isBadTime();
    const isMissed = isBad && (isIn(faults.ticks.gap, at) || dice.chance(faults.ticks.missed));
    const dispatchers = isMissed ? 0 : isBad ? faults.ticks.dispatchers : 1;
    for (let count = 0; count < dispatchers; count += 1) {
      processes.spawn("tick", () => world.code().findDue(world.ports));
    }
    planTick();
  }

  function sweepAll(at: number): void {
    if (at !== sweepAtMs) return;
    sweepAtMs = Number.POSITIVE_INFINITY;
    plannedFor = undefined;
    const dueAt = firstDueAt(world);
    const isMissed = world.isBadTime() && isIn(faults.ticks.gap, at);
    if (!isMissed && dueAt !== undefined && dueAt <= toInstant(at)) {
      processes.spawn("sweep", async () => {
        const { ports } = world;
        await world.code().sweepDue(ports);
        await world.code().watchOverdue(ports);
      });
    }
    planTick();
  }

  function planUnread(): void {
    const oldest = world.inbound.oldestMs();
    if (oldest === undefined) return;
    const next = ceilTo(Math.max(oldest + 15 * MINUTE_MS, timeline.nowMs() + 1), HOUR_MS);
    if (next >= unreadAtMs) return;
    unreadAtMs = next;
    timeline.at(next, () => {
      if (unreadAtMs !== next) return;
      unreadAtMs = Number.POSITIVE_INFINITY;
      if (world.inbound.oldestMs() !== undefined) {
        processes.spawn("unread", () => world.code().sweepUnread(world.ports));
      }
      planUnread();
    });
  }

  world.watch({ written: planTick, stored: planUnread });
}

function firstDueAt(world: World): string | undefined {
  const [pair, send] = [world.pairs.firstDueAt(), world.ledger.firstDueAt()];
  if (pair === undefined || send === undefined) return pair ?? send;
  return pair < send ? pair : send;
}

function ceilTo(ms: number, unitMs: number): number {
  return Math.ceil(ms / unitMs) * unitMs;
}
