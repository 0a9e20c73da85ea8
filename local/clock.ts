import { type Instant, plusMs } from "../functions/core/instant.ts";
import type { Clock } from "../functions/ports.ts";
import { readIfThere, replaceFile } from "./stored-file.ts";

/** A clock that runs on in real time from where it was set, can be moved forward by hand, and never goes back. */
export interface LocalClock extends Clock {
  /** Shows this instant from now on; one that has passed already changes nothing. */
  moveTo(instant: Instant): void;
  /** Stands still while the work runs, so that what falls due at one instant happens at that instant. */
  whileStill<T>(work: () => Promise<T>): Promise<T>;
  /** Remembers where it stopped; for an orderly end. */
  close(): void;
}

/** Where a clock that goes on after a restart keeps its instant. */
export interface ClockMemory {
  read(): Instant | undefined;
  write(instant: Instant): void;
}

/** How far ahead the kept instant lies: at most so much passes at once for the service after it was killed. */
export const KEPT_AHEAD_MS = 10_000;

/**
 * @param startAt where it begins when the memory holds nothing; a kept instant goes before
 * @param elapsedMs real time that passed since some fixed point, such as `performance.now`
 */
export function createClock(
  startAt: Instant,
  elapsedMs: () => number,
  memory: ClockMemory = forgetful,
): LocalClock {
  let base = memory.read() ?? startAt;
  let basedAtMs = elapsedMs();
  let keptUntil = "";
  let holds = 0;

  const read = () => (holds > 0 ? base : plusMs(base, Math.floor(elapsedMs() - basedAtMs)));
  const rebase = (instant: Instant) => {
    base = instant;
    basedAtMs = elapsedMs();
  };
  // No instant is ever shown that lies behind the kept one, so a killed process cannot send the clock back.
  const show = (instant: Instant): Instant => {
    if (instant > keptUntil) {
      keptUntil = plusMs(instant, KEPT_AHEAD_MS);
      memory.write(keptUntil);
    }
    return instant;
  };
  return {
    now: () => show(read()),
    moveTo: (instant) => {
      if (instant > read()) rebase(show(instant));
    },
    whileStill: async (work) => {
      rebase(read());
      holds += 1;
      try {
        return await work();
      } finally {
        holds -= 1;
        rebase(base);
      }
    },
    close: () => memory.write(read()),
  };
}

export function clockFile(path: string): ClockMemory {
  return {
    read: () => readIfThere(path)?.toString("utf8").trim(),
    write: (instant) => replaceFile(path, `${instant}\n`),
  };
}

const forgetful: ClockMemory = { read: () => undefined, write: () => undefined };
