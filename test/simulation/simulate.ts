import { parseArgs } from "node:util";
import { OWN_CODE } from "./code.ts";
import type { Job } from "./job.ts";
import { type Profile, runSeed } from "./run.ts";
import {
  type AwaitPoint,
  faultPairJobs,
  recordAwaits,
  singleFaultJobs,
  spread,
  workflowsWithout,
} from "./single-faults.ts";
import { addResult, emptySummary, type Summary } from "./summary.ts";
import { codesOf, type JobRun, runJobs } from "./workers.ts";

/**
 * `npm run simulate -- --seeds N [--from S]`, or `--seed S` to see one run line by line. The last line is
 * one JSON object; the exit code says whether anything was violated. docs/SIMULATION.md tells the rest.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "200" },
    from: { type: "string", default: "1" },
    seed: { type: "string" },
    workers: { type: "string", default: "1" },
    weeks: { type: "string" },
    pairs: { type: "string" },
    old: { type: "string" },
    careful: { type: "boolean", default: false },
    "send-events-lost": { type: "string" },
    "until-violation": { type: "boolean", default: false },
    "single-faults": { type: "boolean", default: false },
    "fault-pairs": { type: "string" },
    points: { type: "string" },
  },
});

/** More than these say nothing new. */
const VIOLATIONS_SHOWN = 20;
const say = (line: string) => process.stdout.write(`${line}\n`);

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new Error(`${text} is no whole number above 0`);
  return number;
}

function shareOf(text: string): number {
  const share = Number(text);
  if (!(share > 0 && share <= 1)) throw new Error(`${text} is no share above 0 and up to 1`);
  return share;
}

function profileOf(weeks: number | undefined, pairs: number | undefined): { profile?: Profile } {
  if (weeks === undefined && pairs === undefined) return {};
  return { profile: { weeks: weeks ?? 5, pairs: pairs ?? 2 } };
}

/** What all runs of this call have in common. */
function commonJob(): Omit<Job, "seed"> {
  const lost = values["send-events-lost"];
  return {
    isCareful: values.careful,
    ...(lost === undefined ? {} : { faultOptions: { sendEventsLost: shareOf(lost) } }),
    ...profileOf(numberOf(values.weeks), numberOf(values.pairs)),
  };
}

function* seedJobs(): Iterable<Job> {
  const from = numberOf(values.from) ?? 1;
  const count = numberOf(values.seeds) ?? 200;
  const common = commonJob();
  for (let seed = from; seed < from + count; seed += 1) yield { ...common, seed };
}

function runAll(jobs: Iterable<Job>): AsyncGenerator<JobRun> {
  const workers = numberOf(values.workers) ?? 1;
  return runJobs(jobs, { workers, ...(values.old === undefined ? {} : { old: values.old }) });
}

/** What was violated, and how to see it again. */
function tell({ job, result }: JobRun, options = ""): void {
  for (const { check, detail, at } of result.violations) {
    say(`seed ${job.seed}: ${check} at ${at}: ${detail}`);
    say(`  again, line by line: npm run simulate -- --seed ${job.seed}${options}`);
  }
}

async function manySeeds(): Promise<Summary> {
  const summary = emptySummary();
  const lost = values["send-events-lost"];
  for await (const run of runAll(seedJobs())) {
    addResult(summary, run.result);
    if (summary.violations.length <= VIOLATIONS_SHOWN)
      tell(run, lost === undefined ? "" : ` --send-events-lost ${lost}`);
    if (values["until-violation"] && run.result.violations.length > 0) break;
  }
  return summary;
}

/** One seed, line by line. */
async function oneSeed(seed: number): Promise<Summary> {
  const options = { ...commonJob(), seed, codes: await codesOf(values.old), keepsHistory: true };
  const { lines, ...result } = await runSeed(options);
  for (const line of lines) say(line);
  say(`history ${result.history}, ${result.calls} calls, faults ${JSON.stringify(result.faults)}`);
  tell({ job: { seed }, result });
  return addResult(emptySummary(), result);
}

/** Fair runs whose awaits are tried one by one; together they reach every workflow. */
const SINGLE_FAULT_SEEDS = 45;

async function plannedFaults(pairs: number | undefined): Promise<Summary> {
  const profile = { weeks: numberOf(values.weeks) ?? 3, pairs: 1 };
  const seeds = Array.from({ length: SINGLE_FAULT_SEEDS }, (_, index) => index + 1);
  const awaits = await recordAwaits({ code: OWN_CODE, seeds, profile });
  const missing = workflowsWithout(awaits.points);
  if (missing.length > 0) throw new Error(`no await was passed of ${missing.join(", ")}`);
  const points = spread(awaits.points, numberOf(values.points) ?? awaits.points.length);
  const jobs =
    pairs === undefined ? singleFaultJobs(points, profile) : faultPairJobs(awaits, profile, pairs);
  const summary = emptySummary();
  for await (const run of runAll(jobs)) {
    addResult(summary, run.result);
    if (run.result.violations.length > 0 && summary.violations.length <= VIOLATIONS_SHOWN)
      tellPlanned(run, points);
  }
  if (pairs === undefined) tellCoverage(points);
  return summary;
}

function tellPlanned({ job, result }: JobRun, points: readonly AwaitPoint[]): void {
  for (const { call, kind } of job.planned ?? []) {
    const point = points.find((one) => one.seed === job.seed && one.call === call);
    say(`seed ${job.seed}, ${kind} at call ${call}${point === undefined ? "" : `: ${point.path}`}`);
  }
  for (const { check, detail } of result.violations) say(`  ${check}: ${detail}`);
}

function tellCoverage(points: readonly AwaitPoint[]): void {
  const sites = new Set(points.map(({ site }) => site));
  say(`${points.length} ways to ${sites.size} awaits of all workflows, each with 4 faults`);
}

async function simulate(): Promise<Summary> {
  const pairs = numberOf(values["fault-pairs"]);
  if (values["single-faults"] || pairs !== undefined) return plannedFaults(pairs);
  const seed = numberOf(values.seed);
  return seed === undefined ? manySeeds() : oneSeed(seed);
}

const summary = await simulate();
if (summary.violations.length > 0) process.exitCode = 1;
say(JSON.stringify({ ...summary, violations: summary.violations.slice(0, VIOLATIONS_SHOWN) }));
