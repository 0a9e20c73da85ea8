import { toInstant, toMs } from "../../functions/core/instant.ts";
import { nextSlot, type Slot } from "../../functions/core/slot.ts";
import { DAY_MS, type Faults, HOUR_MS, MINUTE_MS, NO_FAULTS } from "./faults.ts";

/**
 * Some seeds have many pairs with one slot: enough mail at once to see pace, breaker and safety valve at
 * work. One thing goes wrong in them, mostly at the last of their slots, so that what follows is its own doing.
 */
export type Crowd = "backlog" | "outage" | "storm" | "quota";

export const CROWD_SLOT: Slot = { weekday: 3, time: "10:00", timeZone: "America/New_York" };
const CROWD_EVERY = 100;
const CROWD_AT = 13;
const CROWDS: readonly Crowd[] = ["backlog", "outage", "storm", "quota"];

export function crowdOf(seed: number): Crowd | undefined {
  if (seed % CROWD_EVERY !== CROWD_AT) return undefined;
  return CROWDS[Math.floor(seed / CROWD_EVERY) % CROWDS.length];
}

export function crowdFaults(crowd: Crowd, calmMs: number): Faults {
  const slotMs = toMs(nextSlot(toInstant(calmMs - 7 * DAY_MS), CROWD_SLOT));
  const fromMs = slotMs - 10 * MINUTE_MS;
  const alone = { ...NO_FAULTS, isAlone: true };
  switch (crowd) {
    case "backlog": {
      const gap = { fromMs, untilMs: slotMs + 2 * HOUR_MS };
      return { ...alone, perSecond: 1, ticks: { dispatchers: 2, missed: 0, gap } };
    }
    case "outage":
      return { ...alone, outages: [{ fromMs, untilMs: slotMs + 6 * HOUR_MS }] };
    // Less than a day's lessons and their answers.
    case "quota":
      return { ...alone, perDay: 30 };
    case "storm":
      return { ...alone, storm: { fromMs, untilMs: slotMs + 3 * DAY_MS, share: 0.6 } };
  }
}
