import type { Code } from "./code.ts";
import { FAULT_KINDS, type FaultKind, singleInjector } from "./fault-injector.ts";
import { NO_FAULTS } from "./faults.ts";
import { type Profile, type RunResult, runSeed, type Violation } from "./run.ts";

/** One way through a workflow up to one of its awaits, and where in the run it is taken first. */
interface AwaitPoint {
  readonly path: string;
  readonly call: number;
}

export interface SingleFaultsResult {
  /** Runs without any fault whose awaits were taken. */
  readonly seeds: number;
  readonly points: number;
  readonly runs: number;
  readonly mails: number;
  readonly duplicates: number;
  readonly lost: number;
  readonly heldUnseen: number;
  readonly violations: readonly (Violation & {
    readonly fault: FaultKind;
    readonly path: string;
  })[];
}

export interface SingleFaultsOptions {
  readonly code: Code;
  /** Fair runs whose awaits are collected: more of them reach more of the code. */
  readonly seeds: readonly number[];
  readonly profile: Profile;
  /** Takes only so many of the points, spread over all of them. */
  readonly pointsMax?: number;
}

/**
 * Every await of every workflow, each once with every fault. The awaits are not listed by hand: runs
 * without a fault record each port call with the calls its process made before it, and each way that
 * leads to an await is one point. The run is then repeated with one fault at that very call.
 */
export async function runSingleFaults(options: SingleFaultsOptions): Promise<SingleFaultsResult> {
  const known = new Set<string>();
  const plan: { readonly seed: number; readonly point: AwaitPoint }[] = [];
  for (const seed of options.seeds) {
    for (const point of await recordAwaits(options, seed, known)) plan.push({ seed, point });
  }
  const taken = spread(plan, options.pointsMax ?? plan.length);
  const violations: SingleFaultsResult["violations"][number][] = [];
  const sums = { runs: 0, mails: 0, duplicates: 0, lost: 0, heldUnseen: 0 };
  for (const { seed, point } of taken) {
    for (const kind of FAULT_KINDS) {
      const result = await runWith(options, seed, { call: point.call, kind });
      sums.runs += 1;
      sums.mails += result.mails;
      sums.duplicates += result.duplicates;
      sums.lost += result.lost;
      sums.heldUnseen += result.heldUnseen;
      const found = result.violations.map((violation) => ({
        ...violation,
        fault: kind,
        path: point.path,
      }));
      violations.push(...found);
    }
  }
  return { seeds: options.seeds.length, points: taken.length, ...sums, violations };
}

async function recordAwaits(
  options: SingleFaultsOptions,
  seed: number,
  known: Set<string>,
): Promise<readonly AwaitPoint[]> {
  const points: AwaitPoint[] = [];
  const injector = singleInjector(undefined, (call, path) => {
    if (known.has(path)) return;
    known.add(path);
    points.push({ path, call });
  });
  const result = await runSeed({ ...runOptions(options, seed), injector });
  const [first] = result.violations;
  if (first !== undefined)
    throw new Error(`a run without faults breaks ${first.check}: ${first.detail}`);
  return points;
}

function runWith(
  options: SingleFaultsOptions,
  seed: number,
  fault: { readonly call: number; readonly kind: FaultKind },
): Promise<RunResult> {
  const injector = singleInjector(fault, () => undefined);
  return runSeed({ ...runOptions(options, seed), injector });
}

function runOptions({ code, profile }: SingleFaultsOptions, seed: number) {
  return { seed, codes: [code] as const, profile, faults: NO_FAULTS };
}

function spread<T>(items: readonly T[], count: number): readonly T[] {
  if (count >= items.length) return items;
  const step = items.length / count;
  return Array.from({ length: count }, (_, index) => items[Math.floor(index * step)] as T);
}
