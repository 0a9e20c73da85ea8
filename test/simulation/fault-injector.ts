import type { Dice } from "./dice.ts";
import type { Faults } from "./faults.ts";
import type { Process } from "./processes.ts";

/**
 * What can befall one call. `crash-before`: the process dies and nothing was asked; `crash-after`: it
 * dies and what was asked for happened. `error`: refused, nothing happened. `ambiguous`: it happened,
 * and the process is told of a failure.
 */
export const FAULT_KINDS = ["crash-before", "crash-after", "error", "ambiguous"] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface FaultInjector {
  decide(process: Process, name: string): FaultKind | undefined;
  skewMs(): number;
  latencyMs(name: string): number;
  /** Whether processes keep the names of all their calls. */
  readonly wantsPaths: boolean;
}

/** Faults by chance, as one seed has drawn them; none once the bad time is over. */
export function chanceInjector(
  faults: Faults,
  dice: Dice,
  isBadTime: () => boolean,
): FaultInjector {
  return {
    wantsPaths: false,
    decide(process, name) {
      if (!isBadTime()) return undefined;
      // A deployment writes a hundred rows one after the other; at full rates it would never get through.
      if (process.name === "publish" && !dice.chance(0.05)) return undefined;
      if (dice.chance(faults.crash)) return dice.chance(0.5) ? "crash-before" : "crash-after";
      // What SES answers is drawn where SES is modelled.
      if (name.startsWith("mailer")) return undefined;
      if (dice.chance(faults.error)) return "error";
      if (dice.chance(faults.ambiguous)) return "ambiguous";
      return undefined;
    },
    skewMs: () =>
      faults.skewMs === 0 || !isBadTime() ? 0 : dice.between(-faults.skewMs, faults.skewMs),
    latencyMs(name) {
      if (isBadTime() && dice.chance(faults.slow)) return dice.between(500, 40_000);
      return name.startsWith("mailer") ? dice.between(40, 400) : dice.between(2, 30);
    },
  };
}

/** One call of a run that is otherwise without faults, by its place in the order of all calls. */
export interface PlannedFault {
  readonly call: number;
  readonly kind: FaultKind;
}

/** Counts every call, names it with its way through the workflow, and lets the planned ones fail. */
export function plannedInjector(
  planned: readonly PlannedFault[],
  onCall: (call: number, path: readonly string[]) => void = () => undefined,
): FaultInjector {
  let calls = 0;
  return {
    wantsPaths: true,
    decide(process) {
      calls += 1;
      onCall(calls, process.path);
      return planned.find(({ call }) => call === calls)?.kind;
    },
    skewMs: () => 0,
    latencyMs: (name) => (name.startsWith("mailer") ? 100 : 10),
  };
}
