import { setTimeout } from "node:timers/promises";
import { earliest, type Instant, plusMinutes } from "../functions/core/instant.ts";
import type { Log, QueueMessage } from "../functions/ports.ts";
import type { InboundNotice } from "../functions/receive/inbound-notice.ts";
import type { LocalClock } from "./clock.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import type { Job, LocalQueues } from "./queues.ts";

/** The steps of the service that time and queues set going. What throws is tried again by its queue. */
export interface Handlers {
  /** Puts onto the queues what fell due since the last tick. */
  tick(): Promise<void>;
  /** The same from the beginning of time, for what was lost on the way. */
  sweep(): Promise<void>;
  /** Reads stored mail that was never read: its message was lost, or reading it failed. */
  sweepUnread(): Promise<void>;
  handle(message: QueueMessage): Promise<void>;
  receive(notice: InboundNotice): Promise<void>;
  feedback(event: unknown): Promise<void>;
  /** The earliest instant at which anything is due; with `after`, the earliest later than that. */
  nextDueAt(after?: Instant): Promise<Instant | undefined>;
}

export interface TimeMachine {
  /**
   * Does something that may change the service, alone, and then whatever it put onto the queues: when
   * this answers, what was asked for has happened.
   */
  run<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Moves the clock to an instant. Everything that falls due on the way happens at its own instant and
   * in order, for the clock jumps from one to the next and stands still until the queues are empty.
   */
  advanceTo(target: Instant): Promise<Advance>;
  /** The next instant at which something happens by itself. */
  nextAt(): Promise<Instant | undefined>;
  /** Lets things happen in real time, as the clock runs on. @returns stops it and waits for what is under way */
  start(): () => Promise<void>;
  /** Ends a move of the clock at the instant it has reached, and waits for what is under way. */
  close(): Promise<void>;
}

/** `now` is what the clock showed when the move ended, or was refused. */
export interface Advance {
  readonly kind: "moved" | "in-the-past";
  readonly now: Instant;
}

export interface TimeMachineParts {
  readonly clock: LocalClock;
  readonly queues: LocalQueues;
  readonly handlers: Handlers;
  readonly log: Log;
}

/** As the deployed service's rules for the tick and the sweep. */
export const TICK_MINUTES = 1;
export const SWEEP_MINUTES = 10;
const LOOK_EVERY_MS = 1_000;
const UNREAD_EVERY_MS = 3_600_000;

export function createTimeMachine(parts: TimeMachineParts): TimeMachine {
  const { clock, queues, handlers, log } = parts;
  const alone = oneAtATime();
  const happen = happenings(parts);
  // Looking into every shard each second would cost more than all the rest; only work changes the answer.
  let known: { readonly due: Instant | undefined } | undefined;
  let lookedAt: Instant | undefined;
  let isClosing = false;

  async function run<T>(work: () => Promise<T>): Promise<T> {
    return alone(async () => {
      try {
        const result = await work();
        await drain(parts);
        return result;
      } finally {
        known = undefined;
      }
    });
  }

  /** Where only a message becomes visible again, there is no tick: one that fails would call up copies of itself. */
  async function walkTo(target: Instant): Promise<void> {
    let due = await happen();
    for (;;) {
      const next = earliest(due, queues.nextVisibleAt());
      if (isClosing) return;
      if (next === undefined || next > target) break;
      clock.moveTo(next);
      due = next === due ? await happen() : await drainAt(next);
    }
    clock.moveTo(target);
    await handlers.sweepUnread();
  }

  async function drainAt(now: Instant): Promise<Instant | undefined> {
    await drain(parts);
    return handlers.nextDueAt(now);
  }

  async function nextAt(): Promise<Instant | undefined> {
    known ??= { due: await handlers.nextDueAt() };
    return earliest(known.due, queues.nextVisibleAt());
  }

  /** What is still due after it was looked at waits for the next minute, as it would for the next tick. */
  async function look(): Promise<void> {
    const now = clock.now();
    const next = await nextAt();
    if (next === undefined || next > now) return;
    const isNew = lookedAt === undefined || next > lookedAt;
    if (!isNew && !isOver(lookedAt, TICK_MINUTES, now)) return;
    lookedAt = now;
    await run(happen);
  }

  return {
    run,
    advanceTo: (target) =>
      run(async () => {
        const now = clock.now();
        if (target < now) return { kind: "in-the-past", now };
        await clock.whileStill(() => walkTo(target));
        return { kind: "moved", now: isClosing ? clock.now() : target };
      }),
    nextAt,
    start: () => {
      const stops = [
        every(LOOK_EVERY_MS, look, log),
        every(UNREAD_EVERY_MS, () => run(() => handlers.sweepUnread()), log),
      ];
      return async () => {
        await Promise.all(stops.map((stop) => stop()));
      };
    },
    close: () => {
      isClosing = true;
      return alone(async () => undefined);
    },
  };
}

/**
 * Does all that is due now. What a tick leaves behind was lost on the way or failed: the sweep's work.
 * What the sweep leaves too may wait for a claim to run out, of a process that was killed: the next
 * sweep looks once more.
 *
 * @returns when to look next, always later than now: a row that stays due holds up nothing behind it
 */
function happenings(parts: TimeMachineParts): () => Promise<Instant | undefined> {
  const { clock, handlers } = parts;
  let sweptAt: Instant | undefined;
  let again = { at: "", leftBehind: "" };
  return async () => {
    await handlers.tick();
    await drain(parts);
    const now = clock.now();
    const left = await handlers.nextDueAt();
    if (left === undefined || left > now) return left;
    if (isOver(sweptAt, SWEEP_MINUTES, now)) {
      sweptAt = now;
      await handlers.sweep();
      await drain(parts);
    }
    const later = await handlers.nextDueAt(now);
    if (later !== undefined && later <= now) throw new Error("what is due next lies in the past");
    if (left !== again.leftBehind)
      again = { at: plusMinutes(now, SWEEP_MINUTES), leftBehind: left };
    return again.at > now ? earliest(later, again.at) : later;
  };
}

function drain({ queues, handlers }: TimeMachineParts): Promise<void> {
  return queues.drain((job) => handOver(handlers, job));
}

function isOver(since: Instant | undefined, minutes: number, now: Instant): boolean {
  return since === undefined || plusMinutes(since, minutes) <= now;
}

function handOver(handlers: Handlers, job: Job): Promise<void> {
  switch (job.queue) {
    case "inbound":
      return handlers.receive(job.notice);
    case "feedback":
      return handlers.feedback(job.event);
    case "due":
    case "fast":
    case "bulk":
      return handlers.handle(job);
  }
}

/** Repeats the work with pauses between; one round that fails is logged and does not end it. */
function every(pauseMs: number, work: () => Promise<void>, log: Log): () => Promise<void> {
  const stop = new AbortController();
  const running = (async () => {
    while (!stop.signal.aborted) {
      await work().catch((error: unknown) => {
        log.error("clock.failed", { error: error instanceof Error ? error.name : "unknown" });
      });
      await pause(pauseMs, stop.signal);
    }
  })();
  return () => {
    stop.abort();
    return running;
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => undefined);
}
