import * as z from "zod";

/** What a tick looks at: what became due since the last one, or everything from the beginning. */
export type Look = "since-the-last" | "from-the-beginning";

/** The input that the stack's two timers hand over. */
export interface TickEvent {
  readonly look: Look;
}

const Event = z.object({ look: z.enum(["since-the-last", "from-the-beginning"]) });

/** @throws z.ZodError for a call that came from none of the stack's timers */
export function readTick(event: unknown): Look {
  return Event.parse(event).look;
}
