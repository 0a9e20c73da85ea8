import { type Instant, plusMs, toMs } from "./instant.ts";
import type { Lane } from "./send.ts";

/**
 * What is known of one lane's way to SES. A lane that is closed sends nothing but probes, so an outage
 * leaves mails planned, which go out afterwards, and not unresolved, which wait for their grace.
 */
export interface LaneState {
  /** Answers that stayed unknown since SES last took or refused a mail of this lane. */
  readonly unknown: number;
  /** Absent while the lane is open. */
  readonly closed?: {
    readonly since: Instant;
    /** Nobody probes before. */
    readonly probeAt: Instant;
  };
}

/** What one answer of SES says about the way to it; that a mail has to wait says nothing. */
export type Answer = "known" | "unknown";

export const OPEN_LANE: LaneState = { unknown: 0 };
export const UNKNOWN_MAX = 3;
export const PROBE_EVERY_MS = 30_000;

/** The lane after an answer; undefined when it says nothing new. A closed lane is opened by a probe only. */
export function noteAnswer(lane: LaneState, answer: Answer, now: Instant): LaneState | undefined {
  if (lane.closed !== undefined) return undefined;
  if (answer === "known") return lane.unknown === 0 ? undefined : OPEN_LANE;
  const unknown = lane.unknown + 1;
  if (unknown < UNKNOWN_MAX) return { unknown };
  return { unknown, closed: { since: now, probeAt: plusMs(now, PROBE_EVERY_MS) } };
}

/** Takes the next probe. @returns undefined when the lane is open, or its next probe is not due yet */
export function takeProbe(lane: LaneState, now: Instant): LaneState | undefined {
  if (lane.closed === undefined || lane.closed.probeAt > now) return undefined;
  return { ...lane, closed: { ...lane.closed, probeAt: plusMs(now, PROBE_EVERY_MS) } };
}

const ASK_MS_MIN = 30_000;
/**
 * What holds mail back: a closed lane, or the safety valve. Somebody waits for the fast lane; a backlog
 * of lessons may take a few minutes to come back, and up to an hour after a person resumed.
 */
const ASK_MS_MAX: Readonly<Record<Lane | "valve", number>> = {
  fast: 60_000,
  bulk: 600_000,
  valve: 3_600_000,
};
/** A mail waits a quarter of the time for which it was held back. */
const ASK_SHARE = 4;

/**
 * When a mail that is held back asks again: the later the longer this has lasted, so that hours of
 * outage cost few writes, and not all at once.
 *
 * @param spread from 0 to 1, each mail's own
 */
export function askAgainAt(
  heldBy: Lane | "valve",
  since: Instant,
  now: Instant,
  spread: number,
): Instant {
  const heldMs = toMs(now) - toMs(since);
  const waitMs = Math.min(ASK_MS_MAX[heldBy], Math.max(ASK_MS_MIN, heldMs / ASK_SHARE));
  return plusMs(now, Math.ceil(waitMs * (1 + spread) * 0.5));
}
