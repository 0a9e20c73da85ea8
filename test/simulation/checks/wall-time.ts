import {
  daysBetween,
  localDay,
  localTime,
  toInstant,
  weekdayOf,
} from "../../../functions/core/instant.ts";
import type { Pair } from "../../../functions/core/pair.ts";
import { parseSendId } from "../../../functions/core/send.ts";
import type { Slot } from "../../../functions/core/slot.ts";
import { DAY_MS, MINUTE_MS } from "../faults.ts";
import type { Acceptance } from "../modelled-ses.ts";
import { pairOf } from "../partners.ts";
import type { Check, CreateCheck } from "./check.ts";
import { isPairRow, storedSend, toPair } from "./ledger-reading.ts";

/** The pair's own delay, the tick and the process that plans. */
const LATE_MINUTES_MAX = 15;
/** What a clock change skips at those times of day that the slots have here. */
const SKIPPED_MINUTES = 60;
/** Between two lessons lie four days or more, and never a slot that could have been taken: from slot to slot, seven. */
const [DAYS_MIN, DAYS_MAX] = [4, 10];

/**
 * Where nothing goes wrong, a lesson comes on the slot's weekday at its wall time, and at the first slot that lies
 * four days after the last lesson: each week. A lesson that a seat missed is made up for between the slots,
 * and the week after it is shorter or longer; whoever moved the slot or held the pair up moved the week too.
 */
export const sameWallTime: CreateCheck = (scene): Check => {
  const name = "same-wall-time";
  const movedMs = new Map<string, number>();
  /** When a seat of the pair last got each lesson. */
  const outMs = new Map<string, ReadonlyMap<string, number>>();

  function lastOutMs(owner: string, item: string): number | undefined {
    const others = [...(outMs.get(owner) ?? [])].filter(([other]) => other !== item);
    return others.length === 0 ? undefined : Math.max(...others.map(([, ms]) => ms));
  }

  function judge(sendId: string, pair: Pair, item: string, plannedMs: number): void {
    const slotMs = slotMinuteMs(plannedMs, pair.slot);
    if (slotMs === undefined) {
      const at = localTime(toInstant(plannedMs), pair.slot.timeZone);
      scene.report(name, `${sendId} came at ${at} and not at ${pair.slot.time}`);
      return;
    }
    const day = localDay(toInstant(slotMs), pair.slot.timeZone);
    if (weekdayOf(day) !== pair.slot.weekday) scene.report(name, `${sendId} came on ${day}`);
    const last = lastOutMs(pair.id, item);
    if (last === undefined || (movedMs.get(pair.id) ?? 0) > last) return;
    const days = daysBetween(localDay(toInstant(last), pair.slot.timeZone), day);
    if (days < DAYS_MIN || days > DAYS_MAX) {
      scene.report(name, `${sendId} came ${days} days after the last`);
    }
  }

  return {
    name,
    rows: [9],
    written({ before, after }) {
      if (!isPairRow(after) || before === undefined) return;
      const [was, is] = [toPair(before), toPair(after)];
      const isMoved = JSON.stringify(was.slot) !== JSON.stringify(is.slot) || was.hold !== is.hold;
      if (isMoved) movedMs.set(is.id, scene.world.timeline.nowMs());
    },
    accepted({ sendId, kind, atMs }: Acceptance) {
      const key = parseSendId(sendId);
      if (kind !== "lesson" || key === undefined || !scene.isFair) return;
      const { owner, item } = key;
      const pair = pairOf(scene.world, owner);
      if (pair === undefined) return;
      // What another item of the same day held up by hours was planned for its slot all the same.
      const plannedMs = Date.parse(storedSend(scene.world, sendId)?.plannedFor ?? "");
      if (atMs - plannedMs > DAY_MS) scene.report(name, `${sendId} came a day late`);
      const isMoving = (movedMs.get(owner) ?? 0) > plannedMs;
      if (isFirstPlan(pair, item, plannedMs) && !isMoving) judge(sendId, pair, item, plannedMs);
      outMs.set(owner, new Map([...(outMs.get(owner) ?? []), [item, atMs]]));
    },
  };
};

/** False for a lesson that is made up for, which whoever missed it gets as soon as they may. */
function isFirstPlan({ lessons }: Pair, item: string, plannedMs: number): boolean {
  const first = lessons.find(({ id }) => id === item);
  return first !== undefined && Date.parse(first.plannedFor) === plannedMs;
}

/**
 * The minute in which the slot's clock showed its time, a quarter of an hour before this at most. Where the
 * clocks skip that time it is an hour later; undefined when neither is so.
 */
function slotMinuteMs(ms: number, slot: Slot): number | undefined {
  const shown = lastShownMs(ms, slot);
  if (shown === undefined) return isAnHourLate(ms, slot) ? ms : undefined;
  return ms - shown < (LATE_MINUTES_MAX + 1) * MINUTE_MS ? shown : undefined;
}

/** The last minute before this in which the clock showed the slot's time, if it lies that near. */
function lastShownMs(ms: number, { time, timeZone }: Slot): number | undefined {
  const minute = Math.floor(ms / MINUTE_MS) * MINUTE_MS;
  const minutes = Array.from({ length: SKIPPED_MINUTES + LATE_MINUTES_MAX + 1 }, (_, back) => back);
  const back = minutes.find(
    (at) => localTime(toInstant(minute - at * MINUTE_MS), timeZone) === time,
  );
  return back === undefined ? undefined : minute - back * MINUTE_MS;
}

function isAnHourLate(ms: number, { time, timeZone }: Slot): boolean {
  const late = minutesOf(localTime(toInstant(ms), timeZone)) - minutesOf(time) - SKIPPED_MINUTES;
  return late >= 0 && late <= LATE_MINUTES_MAX;
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}
