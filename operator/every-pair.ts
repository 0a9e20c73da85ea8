import type { Pair } from "../functions/core/pair.ts";
import type { OperatorPorts } from "./ports.ts";

const STATES = ["pending", "active", "completed", "ended"] as const;

/** All pairs of all cohorts, through the index of rosters, which may lag by a second. */
export async function everyPair({ pairs, settings }: OperatorPorts): Promise<readonly Pair[]> {
  const rosters = Object.keys(settings.cohorts).flatMap((cohort) =>
    STATES.map((state) => pairs.roster(cohort, state)),
  );
  return (await Promise.all(rosters)).flat();
}
