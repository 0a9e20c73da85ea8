import { type Code, WORKFLOWS } from "./code.ts";
import { createDice } from "./dice.ts";
import { FAULT_KINDS, type PlannedFault, plannedInjector } from "./fault-injector.ts";
import { type Job, otherwiseFair } from "./job.ts";
import { type Profile, runSeed } from "./run.ts";

/** One way through a workflow up to one of its awaits, and where in the run it is taken first. */
export interface AwaitPoint {
  readonly seed: number;
  readonly call: number;
  /** The way: workflows entered and ports called, by name. */
  readonly path: string;
  /** The workflow that waits there, and for what: `sendMail: ledger.put PAIR/SEND`. */
  readonly site: string;
}

/** The awaits that runs without a fault pass, and how many each of these runs makes in all. */
export interface Awaits {
  readonly points: readonly AwaitPoint[];
  readonly callsBySeed: ReadonlyMap<number, number>;
}

export interface AwaitOptions {
  readonly code: Code;
  /** Fair runs whose awaits are collected: more of them reach more of the code. */
  readonly seeds: readonly number[];
  readonly profile: Profile;
}

/**
 * Every await of every workflow. They are not listed by hand: runs without a fault record each port call
 * with the calls its process made before it, and each way that leads to an await is one point.
 */
export async function recordAwaits({ code, seeds, profile }: AwaitOptions): Promise<Awaits> {
  const points = new Map<string, AwaitPoint>();
  const callsBySeed = new Map<number, number>();
  for (const seed of seeds) {
    const injector = plannedInjector([], (call, steps) => {
      callsBySeed.set(seed, call);
      const path = wayOf(steps);
      if (!points.has(path)) points.set(path, { seed, call, path, site: siteOf(steps) });
    });
    const options = { seed, codes: [code] as const, profile, injector, faults: otherwiseFair };
    const { violations } = await runSeed(options);
    const [first] = violations;
    if (first !== undefined)
      throw new Error(`a run without faults breaks ${first.check}: ${first.detail}`);
  }
  return { points: [...points.values()], callsBySeed };
}

/** In a loop the second turn stands for all that follow. */
function wayOf(steps: readonly string[]): string {
  return steps
    .filter((step, place) => step !== steps[place - 1] || step !== steps[place - 2])
    .join(">");
}

function siteOf(steps: readonly string[]): string {
  const workflow = steps.findLast((step) => step.endsWith(":")) ?? `${steps[0]}:`;
  return `${workflow} ${steps.at(-1)}`;
}

/** Workflows none of whose awaits was passed: what the faults would say nothing about. */
export function workflowsWithout(points: readonly AwaitPoint[]): readonly string[] {
  const reached = new Set(points.flatMap(({ path }) => path.split(">")));
  return WORKFLOWS.filter((name) => !reached.has(`${name}:`));
}

/** Each point once with every fault. */
export function* singleFaultJobs(points: readonly AwaitPoint[], profile: Profile): Iterable<Job> {
  for (const { seed, call } of points) {
    for (const kind of FAULT_KINDS) yield { seed, profile, planned: [{ call, kind }] };
  }
}

/** Two faults of one run, each at any of its calls. */
export function* faultPairJobs(
  { callsBySeed }: Awaits,
  profile: Profile,
  count: number,
): Iterable<Job> {
  const dice = createDice(count, "fault pairs");
  const runs = [...callsBySeed];
  const kinds = [...FAULT_KINDS] as [PlannedFault["kind"], ...PlannedFault["kind"][]];
  for (let made = 0; made < count; made += 1) {
    const [seed, calls] = runs[dice.between(0, runs.length - 1)] ?? [1, 1];
    const fault = (): PlannedFault => ({ call: dice.between(1, calls), kind: dice.pick(kinds) });
    yield { seed, profile, planned: [fault(), fault()] };
  }
}

/** So many of them, spread over all. */
export function spread<T>(items: readonly T[], count: number): readonly T[] {
  if (count >= items.length) return items;
  const step = items.length / count;
  return Array.from({ length: count }, (_, index) => items[Math.floor(index * step)] as T);
}
