import * as z from "zod";
import { isTimeZone } from "../core/instant.ts";
import type { Slot } from "../core/slot.ts";

const CHOOSE_DAY = "Choose a day from Monday to Friday.";
const ENTER_TIME = "Enter a time, such as 10:00 or 2:30 pm.";
const CHOOSE_ZONE = "Choose a time zone from the list.";

/** The three fields of a slot as forms send them. */
export const SlotFields = z.object({
  weekday: z.string({ error: CHOOSE_DAY }).regex(/^[1-5]$/, { error: CHOOSE_DAY }),
  time: z.string({ error: ENTER_TIME }).transform((typed, context) => {
    const time = readTime(typed);
    if (time !== undefined) return time;
    context.addIssue({ code: "custom", message: ENTER_TIME });
    return z.NEVER;
  }),
  time_zone: z.string({ error: CHOOSE_ZONE }).trim().refine(isTimeZone, { error: CHOOSE_ZONE }),
});

export function slotOf(fields: z.output<typeof SlotFields>): Slot {
  return { weekday: Number(fields.weekday), time: fields.time, timeZone: fields.time_zone };
}

/** `9:30`, `09:30`, `09:30:00` (some browsers add seconds), `9:30 am`, `2 pm` as `HH:MM`; undefined for anything else. */
export function readTime(typed: string): string | undefined {
  const match = /^(\d{1,2})(?::(\d{2}))?(?::\d{2})? ?(?:([ap])\.?m\.?)?$/i.exec(typed.trim());
  const [, hour, minute, half] = match ?? [];
  if (hour === undefined || (minute === undefined && half === undefined)) return undefined;
  const hours = half === undefined ? Number(hour) : hoursOf(Number(hour), half);
  const minutes = Number(minute ?? 0);
  if (Number.isNaN(hours) || hours > 23 || minutes > 59) return undefined;
  return `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}

function hoursOf(hour: number, half: string): number {
  if (hour < 1 || hour > 12) return Number.NaN;
  return (hour % 12) + (half.toLowerCase() === "p" ? 12 : 0);
}
