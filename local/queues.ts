import * as z from "zod";
import { type Instant, plusMs } from "../functions/core/instant.ts";
import type { Clock, FeedbackQueue, Log, QueueMessage, Queues } from "../functions/ports.ts";
import type { InboundNotice } from "../functions/receive/inbound-notice.ts";
import { type Journal, noJournal } from "./stored-file.ts";

/** In the order in which they are served: what people wait for comes before what a slot brings. */
export const QUEUE_NAMES = ["inbound", "feedback", "fast", "due", "bulk"] as const;
export type QueueName = (typeof QUEUE_NAMES)[number];

/** A message of one of the queues that stand between the steps. */
export type Job =
  | QueueMessage
  | { readonly queue: "inbound"; readonly notice: InboundNotice }
  | { readonly queue: "feedback"; readonly event: unknown };

export interface QueuedJob {
  readonly id: number;
  readonly job: Job;
  readonly visibleAt: Instant;
  /** How often a handler took it, this time included. */
  readonly receives: number;
  /** Set once it was given up: it lies in its dead-letter queue. */
  readonly dead?: { readonly at: Instant; readonly error: string };
}

export interface LocalQueues extends Queues {
  /** @param visibleAt nobody takes it before this instant; at once when absent */
  put(job: Job, visibleAt?: Instant): Promise<void>;
  readonly feedback: FeedbackQueue;
  /** Hands over everything visible, and what that puts onto the queues, until nothing is left to take now. */
  drain(handle: (job: Job) => Promise<void>): Promise<void>;
  /** When the next message that waits becomes visible. */
  nextVisibleAt(): Instant | undefined;
  waiting(): readonly QueuedJob[];
  deadLetters(): readonly QueuedJob[];
  /** Puts the dead letters back onto their queues, or those of one, as a person would after mending the cause. */
  redrive(queue?: QueueName): void;
}

/** As in `infra`: six times a function's timeout of 30 seconds. */
export const VISIBILITY_MS = 180_000;
export const RECEIVES_MAX = 5;
/** Below this many lines a journal is not worth tidying. */
const JOURNAL_LINES_MIN = 1_000;

export interface LocalQueuesParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly journal?: Journal;
}

/**
 * The queues of the deployed service in one process, with its rules: a message whose handler throws
 * becomes visible again after the visibility timeout, and after five tries lies in the dead letters.
 * What a journal has taken is not lost by a killed process; a message that was being handled then is
 * handled again at once, for nobody else holds it.
 */
export function createQueues({ clock, log, journal = noJournal() }: LocalQueuesParts): LocalQueues {
  const store = createJobStore(journal);

  async function take(job: QueuedJob, handle: (job: Job) => Promise<void>): Promise<void> {
    if (job.receives >= RECEIVES_MAX) {
      store.set({ ...job, dead: { at: clock.now(), error: "The process ended while it ran." } });
      return;
    }
    const taken = { ...job, receives: job.receives + 1 };
    store.set(taken);
    try {
      await handle(taken.job);
    } catch (error) {
      store.set(failed(taken, error, clock.now()));
      log.error("queue.failed", { queue: job.job.queue, receives: taken.receives });
      return;
    }
    store.remove(taken);
  }

  return {
    put: async (job, visibleAt = visibleFrom(job, clock.now())) => store.add(job, visibleAt),
    feedback: { isEmpty: async () => !store.all().some(({ job }) => job.queue === "feedback") },
    drain: async (handle) => {
      for (;;) {
        const next = store.firstVisible(clock.now());
        if (next === undefined) return;
        await take(next, handle);
      }
    },
    nextVisibleAt: () =>
      store
        .all()
        .filter((job) => job.dead === undefined)
        .map(({ visibleAt }) => visibleAt)
        .sort()[0],
    waiting: () => store.all().filter((job) => job.dead === undefined),
    deadLetters: () => store.all().filter((job) => job.dead !== undefined),
    redrive: (queue) => {
      for (const { id, job, dead } of store.all()) {
        const isMeant = queue === undefined || job.queue === queue;
        if (dead !== undefined && isMeant) {
          store.set({ id, job, visibleAt: clock.now(), receives: 0 });
        }
      }
    },
  };
}

function visibleFrom(job: Job, now: Instant): Instant {
  return "afterSeconds" in job ? plusMs(now, 1_000 * (job.afterSeconds ?? 0)) : now;
}

function failed(job: QueuedJob, error: unknown, now: Instant): QueuedJob {
  return job.receives < RECEIVES_MAX
    ? { ...job, visibleAt: plusMs(now, VISIBILITY_MS) }
    : { ...job, dead: { at: now, error: String(error).slice(0, 300) } };
}

interface JobStore {
  add(job: Job, visibleAt: Instant): void;
  set(job: QueuedJob): void;
  remove(job: QueuedJob): void;
  all(): readonly QueuedJob[];
  firstVisible(now: Instant): QueuedJob | undefined;
}

/** Messages by queue in the order in which they came, every change written to the journal first. */
function createJobStore(journal: Journal): JobStore {
  const queues = new Map<QueueName, Map<number, QueuedJob>>(
    QUEUE_NAMES.map((name) => [name, new Map()]),
  );
  let lastId = 0;
  let lines = 0;

  const queueOf = (job: QueuedJob) => queues.get(job.job.queue) ?? new Map<number, QueuedJob>();
  const all = () => [...queues.values()].flatMap((queue) => [...queue.values()]);
  const record = (line: unknown) => {
    journal.append(line);
    lines += 1;
  };
  const tidy = () => {
    if (lines < JOURNAL_LINES_MIN || lines < 4 * all().length) return;
    journal.rewrite(all());
    lines = 0;
  };
  const set = (job: QueuedJob) => {
    record(job);
    queueOf(job).set(job.id, job);
  };
  for (const job of replay(journal.values)) {
    queueOf(job).set(job.id, job);
    lastId = Math.max(lastId, job.id);
  }
  journal.rewrite(all());
  return {
    set,
    all,
    add: (job, visibleAt) => {
      lastId += 1;
      set({ id: lastId, job, visibleAt, receives: 0 });
    },
    remove: (job) => {
      record({ id: job.id, gone: true });
      queueOf(job).delete(job.id);
      tidy();
    },
    firstVisible: (now) => {
      for (const queue of queues.values()) {
        for (const job of queue.values()) {
          if (job.dead === undefined && job.visibleAt <= now) return job;
        }
      }
      return undefined;
    },
  };
}

const JournalLine = z.union([
  z.object({ id: z.number(), gone: z.literal(true) }),
  z.looseObject({ id: z.number(), job: z.looseObject({ queue: z.enum(QUEUE_NAMES) }) }),
]);

/** The last word about each message decides. */
function replay(values: readonly unknown[]): readonly QueuedJob[] {
  const jobs = new Map<number, QueuedJob>();
  for (const value of values) {
    const line = JournalLine.parse(value);
    // What is no removal is what `set` wrote; its shape is checked as far as it decides where it goes.
    if ("gone" in line) jobs.delete(line.id);
    else jobs.set(line.id, line as unknown as QueuedJob);
  }
  return [...jobs.values()].sort((one, other) => one.id - other.id);
}
