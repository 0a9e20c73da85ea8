import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Code, loadCode, OWN_CODE } from "./code.ts";
import { type Job, type JobResult, runJob } from "./job.ts";

export interface JobRun {
  readonly job: Job;
  readonly result: JobResult;
}

export interface WorkerOptions {
  readonly workers: number;
  /** A checkout whose workflows run beside these. */
  readonly old?: string;
}

/** Runs jobs and hands their results out in the order of the jobs, from however many processes. */
export async function* runJobs(
  jobs: Iterable<Job>,
  { workers, old }: WorkerOptions,
): AsyncGenerator<JobRun> {
  if (workers > 1) {
    yield* runInWorkers(jobs, workers, old);
    return;
  }
  const codes = await codesOf(old);
  for (const job of jobs) yield { job, result: await runJob(codes, job) };
}

export async function codesOf(old: string | undefined): Promise<readonly [Code, ...Code[]]> {
  return old === undefined ? [OWN_CODE] : [OWN_CODE, await loadCode(old)];
}

/** So many jobs lie ready for each worker, so that none waits for another. */
const AHEAD = 4;
const WORKER = fileURLToPath(new URL("./worker.ts", import.meta.url));

async function* runInWorkers(
  jobs: Iterable<Job>,
  count: number,
  old: string | undefined,
): AsyncGenerator<JobRun> {
  const args = old === undefined ? [] : [old];
  const workers = Array.from({ length: count }, () =>
    fork(WORKER, args, { execArgv: ["--import", "tsx"] }),
  );
  const waiting: { readonly job: Job; readonly result: Promise<JobResult> }[] = [];
  try {
    let serial = 0;
    for (const job of jobs) {
      const worker = workers[serial % count] as ChildProcess;
      serial += 1;
      waiting.push({ job, result: ask(worker, serial, job) });
      if (waiting.length < AHEAD * count) continue;
      const first = waiting.shift();
      if (first !== undefined) yield { job: first.job, result: await first.result };
    }
    for (const { job, result } of waiting) yield { job, result: await result };
  } finally {
    // Whoever stops at a finding waits for none of these any more.
    for (const { result } of waiting) result.catch(() => undefined);
    for (const worker of workers) worker.kill();
  }
}

/** What goes to a worker and comes back. */
export interface Ask {
  readonly serial: number;
  readonly job: Job;
}

export type Answer = { readonly serial: number } & (
  | { readonly result: JobResult }
  | { readonly error: string }
);

function ask(worker: ChildProcess, serial: number, job: Job): Promise<JobResult> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      worker.off("message", hear);
      worker.off("exit", fail);
    };
    const hear = (answer: Answer) => {
      if (answer.serial !== serial) return;
      stop();
      if ("result" in answer) resolve(answer.result);
      else reject(new Error(answer.error));
    };
    const fail = () => {
      stop();
      reject(new Error(`a worker ended with seed ${job.seed}`));
    };
    worker.on("message", hear);
    worker.on("exit", fail);
    worker.send({ serial, job } satisfies Ask);
  });
}
