import { nextTick } from "node:process";
import { setImmediate } from "node:timers";
import type { Dice } from "./dice.ts";
import type { FaultInjector, FaultKind } from "./fault-injector.ts";
import type { History } from "./history.ts";
import type { Timeline } from "./timeline.ts";

/** One invocation of one function: it lives from its start to its end, its crash or its timeout. */
export interface Process {
  readonly id: number;
  /** The workflow it runs, such as `send` or `receive`. */
  readonly name: string;
  readonly bornMs: number;
  /** What its clock shows beyond the true time. */
  readonly skewMs: number;
  /** When each row was last asked for, by its key: the serial of the call, in the order of the whole run. */
  readonly asked: Map<string, number>;
  /** Workflows it entered and calls it made, by name: where it stands. Kept where somebody asks for it. */
  readonly path: string[];
  ended?: "done" | "failed" | "killed";
  open: number;
}

export type Outcome = NonNullable<Process["ended"]>;

/** What a call does about faults that are no exception there (SES answers, it does not throw). */
export interface CallRules<T> {
  readonly onError?: () => T;
  readonly onAmbiguous?: (value: T) => T;
}

export interface Processes {
  /** Starts one invocation now; `onEnd` is told once how it ended. */
  spawn(
    name: string,
    work: (process: Process) => Promise<unknown>,
    onEnd?: (outcome: Outcome, error?: unknown) => void,
  ): void;
  /** The one that runs now: one thread, so whatever calls a port is it. */
  current(): Process;
  /** One call of a port by it: takes its time, may fail, and is a point at which the process may die. */
  call<T>(name: string, effect: () => T, rules?: CallRules<T>): Promise<T>;
  sleep(ms: number): Promise<void>;
  timeLeftMs(process: Process): number;
  /** Resolves when the process that runs now waits for a call or has ended. */
  rest(): Promise<void>;
  /** How many calls were made so far; also the order of everything. */
  serial(): number;
}

/** As the deployed functions: 30 seconds, then the platform ends them. */
export const FUNCTION_TIMEOUT_MS = 30_000;
/** More turns than any workflow takes between two calls; beyond it something spins. */
const TURNS_MAX = 100_000;

/** Only work that really waits for the machine takes more. */
const QUICK_TURNS = 100;

/** DynamoDB, SQS or S3 refused: nothing happened. */
export class ServiceRefused extends Error {
  override readonly name = "ServiceRefused";
}

/** The answer was lost: what was asked for happened all the same. */
export class AnswerLost extends Error {
  override readonly name = "AnswerLost";
}

interface PendingCall<T> {
  readonly fault: FaultKind | undefined;
  readonly effect: () => T;
  readonly rules: CallRules<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

export interface ProcessesParts {
  readonly timeline: Timeline;
  readonly injector: FaultInjector;
  readonly dice: Dice;
  readonly history: History;
  readonly onFailed: (process: Process, error: unknown) => void;
}

export function createProcesses(parts: ProcessesParts): Processes {
  const { timeline, injector, dice, history } = parts;
  let lastId = 0;
  let calls = 0;
  let current: Process | undefined;
  const endings = new Map<number, (outcome: Outcome, error?: unknown) => void>();

  function end(process: Process, outcome: Outcome, error?: unknown): void {
    if (process.ended !== undefined) return;
    process.ended = outcome;
    history.note(timeline.nowMs(), `${process.name}#${process.id} ${outcome}${wordsOf(error)}`);
    if (outcome !== "done") parts.onFailed(process, error);
    const onEnd = endings.get(process.id);
    endings.delete(process.id);
    onEnd?.(outcome, error);
  }

  function start(process: Process, work: (process: Process) => Promise<unknown>): void {
    current = process;
    void work(process).then(
      () => end(process, "done"),
      (error: unknown) => end(process, "failed", error),
    );
  }

  /** The request is at the other side, and so at once is its answer. */
  function arrive<T>(process: Process, call: PendingCall<T>): void {
    if (process.ended !== undefined) return;
    current = process;
    const { fault, effect, rules, resolve, reject } = call;
    const isLate = timeline.nowMs() - process.bornMs > FUNCTION_TIMEOUT_MS;
    if (isLate || fault === "crash-after") {
      // What was under way when the platform ended the function may have arrived.
      if (fault === "crash-after" || dice.chance(0.5)) quietly(effect);
      end(process, "killed");
      return;
    }
    process.open -= 1;
    try {
      if (fault === "error") resolve((rules.onError ?? refuse)());
      else if (fault === "ambiguous") resolve((rules.onAmbiguous ?? loseAnswer)(effect()));
      else resolve(effect());
    } catch (error) {
      reject(error);
    }
  }

  function running(): Process {
    if (current === undefined) throw new Error("a port is called, and no process runs");
    return current;
  }

  return {
    spawn(name, work, onEnd) {
      lastId += 1;
      const process: Process = {
        id: lastId,
        name,
        bornMs: timeline.nowMs(),
        skewMs: injector.skewMs(),
        asked: new Map(),
        path: [name],
        open: 0,
      };
      if (onEnd !== undefined) endings.set(process.id, onEnd);
      timeline.at(timeline.nowMs(), () => start(process, work));
    },
    current: running,
    call(name, effect, rules = {}) {
      const process = running();
      if (process.ended !== undefined) return never();
      calls += 1;
      if (injector.wantsPaths) process.path.push(name);
      const fault = injector.decide(process, name);
      const suffix = fault === undefined ? "" : ` ${fault}`;
      history.note(timeline.nowMs(), `${process.name}#${process.id} ${name}${suffix}`);
      if (fault === "crash-before") {
        end(process, "killed");
        return never();
      }
      process.open += 1;
      return new Promise((resolve, reject) => {
        timeline.at(timeline.nowMs() + injector.latencyMs(name), () =>
          arrive(process, { fault, effect, rules, resolve, reject }),
        );
      });
    },
    sleep(ms) {
      const process = running();
      process.open += 1;
      return new Promise((resolve) => {
        timeline.at(timeline.nowMs() + ms, () => {
          if (process.ended !== undefined) return;
          current = process;
          process.open -= 1;
          resolve();
        });
      });
    },
    timeLeftMs: (process) => FUNCTION_TIMEOUT_MS - (timeline.nowMs() - process.bornMs),
    async rest() {
      if (current === undefined) return;
      for (let turns = 0; turns < TURNS_MAX; turns += 1) {
        await turn(turns);
        if (current.ended !== undefined || current.open > 0) {
          current = undefined;
          return;
        }
      }
      throw new Error(`${current.path.join(">")} neither ends nor asks for anything`);
    },
    serial: () => calls,
  };
}

function refuse(): never {
  throw new ServiceRefused("try again later");
}

function loseAnswer(): never {
  throw new AnswerLost("the answer was lost");
}

function quietly(effect: () => unknown): void {
  try {
    effect();
  } catch {
    // Nobody is there any more to be told.
  }
}

/** Until all that can go on without waiting has done so; a turn of the whole event loop takes far longer. */
function turn(count: number): Promise<void> {
  return new Promise((resolve) => {
    if (count < QUICK_TURNS) nextTick(resolve);
    else setImmediate(resolve);
  });
}

/** What a dead process waits for. */
function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? ` ${error.name}: ${error.message}` : "";
}
