import type { JobResult } from "./job.ts";
import type { Violation } from "./run.ts";

/** What many runs add up to; the last line of the output. */
export interface Summary {
  seeds: number;
  mails: number;
  duplicates: number;
  /** Second mails whose first left no Send event in time: the one case that the promise leaves open. */
  residual: number;
  /** Those of them that raised the alarm. */
  residualTold: number;
  lost: number;
  heldUnseen: number;
  readonly violations: Violation[];
}

export function emptySummary(): Summary {
  return {
    ...{ seeds: 0, mails: 0, duplicates: 0, residual: 0, residualTold: 0, lost: 0, heldUnseen: 0 },
    violations: [],
  };
}

export function addResult(summary: Summary, result: JobResult): Summary {
  summary.seeds += 1;
  summary.mails += result.mails;
  summary.duplicates += result.duplicates;
  summary.residual += result.residual;
  summary.residualTold += result.residualTold;
  summary.lost += result.lost;
  summary.heldUnseen += result.heldUnseen;
  summary.violations.push(...result.violations);
  return summary;
}
