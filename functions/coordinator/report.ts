import { AGREEMENT_STATES } from "../../emails/compiled.ts";
import { ACTION_KINDS, type ActionKind } from "../core/action.ts";
import { countingEntries } from "../core/log.ts";
import type { Pair } from "../core/pair.ts";
import { agreementView } from "../partner/own-page.ts";
import type { Ports } from "../ports.ts";
import { BETWEEN_THEM } from "./pair-page.tsx";

export type ReportPorts = Pick<Ports, "pairs" | "clock">;

/** A smaller group than this, and a smaller count, could tell of somebody (course, "Who sees what"). */
export const REPORT_PAIRS_MIN = 5;

/** One count of a report; `few` is one to four pairs. */
export interface ReportLine {
  readonly group: "pairs" | "logged" | "agreement";
  readonly what: string;
  readonly pairs: number | "few";
}

const STATES = ["pending", "active", "completed", "ended"] as const;

/**
 * A cohort in counts, for whoever funds it: no pair, no person, no day. What was logged and how agreements
 * stand is counted over the pairs that ever started.
 *
 * @returns undefined when there are too few pairs for any count
 */
export async function cohortReport(
  ports: ReportPorts,
  cohort: string,
): Promise<readonly ReportLine[] | undefined> {
  const rosters = await Promise.all(STATES.map((state) => ports.pairs.roster(cohort, state)));
  const pairs = rosters.flat();
  if (pairs.length < REPORT_PAIRS_MIN) return undefined;
  const started = pairs.filter(hasStarted);
  const lines = standingLines(pairs, started.length);
  return started.length < REPORT_PAIRS_MIN
    ? lines
    : [...lines, ...(await doneLines(ports, started))];
}

/** An ended pair has, if it ever got a lesson; before the start none is planned. */
function hasStarted({ state, lessons }: Pair): boolean {
  return state.kind === "active" || state.kind === "completed" || lessons.length > 0;
}

function standingLines(pairs: readonly Pair[], started: number): readonly ReportLine[] {
  const count = (test: (pair: Pair) => boolean) => pairs.filter(test).length;
  return [
    ["signed up", pairs.length],
    ["started", started],
    ["under way", count(({ state, hold }) => state.kind === "active" && hold === undefined)],
    ["on hold", count(({ hold }) => hold !== undefined)],
    ["all lessons sent", count(({ state }) => state.kind === "completed")],
    ["ended", count(({ state }) => state.kind === "ended")],
  ].map(([what, number]) => lineOf("pairs", String(what), Number(number)));
}

async function doneLines(
  ports: ReportPorts,
  started: readonly Pair[],
): Promise<readonly ReportLine[]> {
  const logs = await Promise.all(started.map(({ id }) => ports.pairs.log(id)));
  const kinds = logs.map((entries) => new Set(countingEntries(entries).map(({ kind }) => kind)));
  const withAny = (wanted: readonly ActionKind[]) =>
    kinds.filter((logged) => wanted.some((kind) => logged.has(kind))).length;
  const now = ports.clock.now();
  const agreements = started.map(
    (pair, index) => agreementView(pair, logs[index] ?? [], now).state,
  );
  return [
    ...ACTION_KINDS.filter((kind) => !BETWEEN_THEM.includes(kind)).map((kind) =>
      lineOf("logged", kind, withAny([kind])),
    ),
    lineOf("logged", "talks between them", withAny(BETWEEN_THEM)),
    ...AGREEMENT_STATES.map((state) =>
      lineOf("agreement", state, agreements.filter((one) => one === state).length),
    ),
  ];
}

function lineOf(group: ReportLine["group"], what: string, pairs: number): ReportLine {
  return { group, what, pairs: pairs > 0 && pairs < REPORT_PAIRS_MIN ? "few" : pairs };
}
