import type { Code } from "./code.ts";
import { type PlannedFault, plannedInjector } from "./fault-injector.ts";
import { DAY_MS, type FaultOptions, type Faults, NO_FAULTS } from "./faults.ts";
import { type Profile, type RunResult, runSeed } from "./run.ts";

/** One run, in words that can be handed to another process. */
export interface Job {
  readonly seed: number;
  readonly profile?: Profile;
  readonly isCareful?: boolean;
  readonly faultOptions?: FaultOptions;
  /** Absent: what the seed draws. Otherwise nothing else goes wrong. */
  readonly planned?: readonly PlannedFault[];
}

export type JobResult = Omit<RunResult, "lines">;

export async function runJob(
  codes: readonly [Code, ...Code[]],
  { planned, ...job }: Job,
): Promise<JobResult> {
  const { lines: _, ...result } = await runSeed({
    ...job,
    codes,
    ...(planned === undefined ? {} : { faults: otherwiseFair, injector: plannedInjector(planned) }),
  });
  return result;
}

/** Nothing fails; a deployment brings a new edition, and some notices of mail get lost, so that the sweep has work. */
export function otherwiseFair(startMs: number): Faults {
  return {
    ...NO_FAULTS,
    editionMs: [startMs + 5 * DAY_MS],
    events: { ...NO_FAULTS.events, noticeLost: 0.2 },
  };
}
