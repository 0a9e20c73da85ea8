import type { Pair } from "../../../functions/core/pair.ts";
import { type Send, wentOut } from "../../../functions/core/send.ts";
import { DAY_MS } from "../faults.ts";
import type { Check, CreateCheck } from "./check.ts";
import { allPairs, isPairRow, isSendRow, toPair, toSend } from "./ledger-reading.ts";

/** A lesson as it was planned first, and when each seat had it. */
interface Lesson {
  readonly item: string;
  readonly forMs: number;
  readonly outMs: Map<string, number>;
}

/**
 * A lesson that both seats had on its day is followed by the next at the next slot, unless the pair was held
 * up: also where its row came back from a backup and knows nothing of that lesson any more.
 */
export const noWeekIsLost: CreateCheck = (scene): Check => {
  const name = "no-week-is-lost";
  const { world } = scene;
  const known = new Map<string, Pair>();
  const heldUpMs = new Map<string, number>();
  const lessons = new Map<string, Lesson>();

  function look(pair: Pair): void {
    const before = known.get(pair.id);
    known.set(pair.id, pair);
    if (before === undefined || standing(before) === standing(pair)) return;
    heldUpMs.set(pair.id, world.timeline.nowMs());
  }

  function noteOut(send: Send): void {
    const lesson = lessons.get(send.owner);
    if (lesson?.item !== send.item || lesson.outMs.has(send.seat) || !wentOut(send)) return;
    lesson.outMs.set(send.seat, world.timeline.nowMs());
  }

  function notePlanned({ owner, item, plannedFor }: Send): void {
    const last = lessons.get(owner);
    if (last?.item === item) return;
    const forMs = Date.parse(plannedFor);
    lessons.set(owner, { item, forMs, outMs: new Map() });
    if (last === undefined || (heldUpMs.get(owner) ?? 0) > last.forMs) return;
    const outMs = [...last.outMs.values()];
    const wasOnTime = outMs.length === 2 && outMs.every((ms) => ms < last.forMs + DAY_MS);
    if (wasOnTime && forMs - last.forMs > 9 * DAY_MS) {
      const days = Math.round((forMs - last.forMs) / DAY_MS);
      scene.report(name, `${owner} had ${last.item} and got ${item} ${days} days later`);
    }
  }

  return {
    name,
    rows: [9, 20],
    written({ before, after }) {
      if (world.faults.zoneChangeMs !== undefined || world.faults.poisonMs.length > 0) return;
      const isRestored = before === undefined && after === undefined;
      if (isRestored) for (const pair of allPairs(world)) look(pair);
      if (isPairRow(after)) look(toPair(after));
      if (!isSendRow(after) || after.kind !== "lesson") return;
      if (before === undefined) notePlanned(toSend(after));
      else noteOut(toSend(after));
    },
  };
};

/** What has to stay as it is for the lessons to come week by week. */
function standing({ state, slot, hold, seats }: Pair): string {
  const { sp, le } = seats;
  const seated = [sp.state.kind, sp.holder, le.state.kind, le.holder];
  return JSON.stringify([state.kind, slot, hold?.since, seated]);
}
