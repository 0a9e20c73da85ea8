import { parseArgs } from "node:util";
import { type Code, loadCode, OWN_CODE } from "./code.ts";
import { type Profile, type RunResult, runSeed, type Violation } from "./run.ts";
import { runSingleFaults } from "./single-faults.ts";

/**
 * `npm run simulate -- --seeds N [--from S]`, or `--seed S` to see one run line by line. The last line is
 * one JSON object; the exit code says whether anything was violated. docs/SIMULATION.md tells the rest.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "200" },
    from: { type: "string", default: "1" },
    seed: { type: "string" },
    weeks: { type: "string" },
    pairs: { type: "string" },
    old: { type: "string" },
    careful: { type: "boolean", default: false },
    "until-violation": { type: "boolean", default: false },
    "single-faults": { type: "boolean", default: false },
    points: { type: "string" },
  },
});

/** More than these say nothing new. */
const VIOLATIONS_SHOWN = 20;
const say = (line: string) => process.stdout.write(`${line}\n`);

/** What many runs add up to; the last line of the output. */
export interface Summary {
  seeds: number;
  mails: number;
  duplicates: number;
  /** Second mails whose first left no Send event behind: the one case that the promise leaves open. */
  residual: number;
  lost: number;
  heldUnseen: number;
  readonly violations: Violation[];
}

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new Error(`${text} is no whole number above 0`);
  return number;
}

function profileOf(weeks: number | undefined, pairs: number | undefined): { profile?: Profile } {
  if (weeks === undefined && pairs === undefined) return {};
  return { profile: { weeks: weeks ?? 5, pairs: pairs ?? 2 } };
}

async function codes(): Promise<readonly [Code, ...Code[]]> {
  return values.old === undefined ? [OWN_CODE] : [OWN_CODE, await loadCode(values.old)];
}

function add(summary: Summary, result: RunResult): void {
  summary.seeds += 1;
  summary.mails += result.mails;
  summary.duplicates += result.duplicates;
  summary.residual += result.residual;
  summary.lost += result.lost;
  summary.heldUnseen += result.heldUnseen;
  summary.violations.push(...result.violations);
}

function tell(violations: readonly Violation[]): void {
  for (const { seed, check, detail, at } of violations) {
    say(`seed ${seed}: ${check} at ${at}: ${detail}`);
    say(`  again, line by line: npm run simulate -- --seed ${seed}`);
  }
}

async function simulate(): Promise<Summary> {
  const summary: Summary = {
    ...{ seeds: 0, mails: 0, duplicates: 0, residual: 0, lost: 0, heldUnseen: 0 },
    violations: [],
  };
  const single = numberOf(values.seed);
  const from = single ?? numberOf(values.from) ?? 1;
  const count = single === undefined ? (numberOf(values.seeds) ?? 200) : 1;
  const options = {
    codes: await codes(),
    isCareful: values.careful,
    keepsHistory: single !== undefined,
    ...profileOf(numberOf(values.weeks), numberOf(values.pairs)),
  };
  for (let seed = from; seed < from + count; seed += 1) {
    const result = await runSeed({ ...options, seed });
    if (single !== undefined) {
      for (const line of result.lines) say(line);
      say(
        `history ${result.history}, ${result.calls} calls, faults ${JSON.stringify(result.faults)}`,
      );
    }
    add(summary, result);
    if (summary.violations.length <= VIOLATIONS_SHOWN) tell(result.violations);
    if (values["until-violation"] && result.violations.length > 0) break;
  }
  return summary;
}

/** Fair runs whose awaits are tried one by one; together they reach most of what the workflows do. */
const SINGLE_FAULT_SEEDS = 12;

async function everySingleFault(): Promise<Summary> {
  const points = numberOf(values.points);
  const result = await runSingleFaults({
    code: OWN_CODE,
    seeds: Array.from({ length: SINGLE_FAULT_SEEDS }, (_, index) => index + 1),
    profile: { weeks: numberOf(values.weeks) ?? 3, pairs: 1 },
    ...(points === undefined ? {} : { pointsMax: points }),
  });
  for (const { fault, path, seed, check, detail } of result.violations) {
    say(`seed ${seed}, ${fault} at ${path}`);
    say(`  ${check}: ${detail}`);
  }
  say(`${result.points} ways to an await, each with 4 faults: ${result.runs} runs`);
  const { points: _, runs, ...sums } = result;
  return { ...sums, seeds: runs, residual: 0, violations: [...result.violations] };
}

const summary = values["single-faults"] ? await everySingleFault() : await simulate();
if (summary.violations.length > 0) process.exitCode = 1;
say(JSON.stringify({ ...summary, violations: summary.violations.slice(0, VIOLATIONS_SHOWN) }));
