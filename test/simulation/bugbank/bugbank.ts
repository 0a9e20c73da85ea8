import process from "node:process";
import { parseArgs } from "node:util";
import { ALL_BUGS } from "./all-bugs.ts";
import { type Copy, createCopy } from "./copy.ts";
import { runNamedTest, type Search, searchBug, type Testing } from "./find-bug.ts";
import type { PlantedBug } from "./planted-bug.ts";

/**
 * `npm run bugbank`: plants one bug after the other in a copy of the code and lets the simulator look for
 * it, and the test that is named for it. One line a bug, then one JSON object; the exit code says whether
 * a bug survived either of them.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "2000" },
    from: { type: "string", default: "1" },
    workers: { type: "string", default: "2" },
    /** Only the bugs whose name matches this expression. */
    only: { type: "string", default: "" },
    "no-tests": { type: "boolean", default: false },
  },
});

/** What became of one bug. */
interface Finding {
  readonly bug: PlantedBug;
  readonly search: Search;
  readonly testing: Testing | "not run";
  readonly seconds: number;
}

const say = (line: string) => process.stdout.write(`${line}\n`);
const seedsMax = Number(values.seeds);
const bugs = ALL_BUGS.filter(({ name }) => new RegExp(values.only).test(name));

async function tryBug(bug: PlantedBug, folder: string): Promise<Finding> {
  const startedMs = Date.now();
  const search = await searchBug(folder, seedsMax, Number(values.from));
  const testing = values["no-tests"] ? "not run" : await runNamedTest(folder, bug.test);
  return { bug, search, testing, seconds: (Date.now() - startedMs) / 1_000 };
}

/** Whatever goes wrong with one bug is told of it, and the others are tried all the same. */
async function plantAndTry(bug: PlantedBug, copy: Copy): Promise<Finding> {
  try {
    return await copy.withBug(bug, () => tryBug(bug, copy.folder));
  } catch (error) {
    const search = { kind: "not-planted", words: String(error) } as const;
    return { bug, search, testing: "not run", seconds: 0 };
  }
}

/** Takes the next bug until none is left. */
async function work(name: string, waiting: PlantedBug[]): Promise<readonly Finding[]> {
  const copy = createCopy(name);
  const findings: Finding[] = [];
  for (let bug = waiting.shift(); bug !== undefined; bug = waiting.shift()) {
    const finding = await plantAndTry(bug, copy);
    findings.push(finding);
    tell(finding);
  }
  copy.remove();
  return findings;
}

function tell({ bug, search, testing, seconds }: Finding): void {
  const test = testing === "not run" ? "" : `; the test "${bug.test.title}" ${testing}`;
  say(`${bug.name}: ${wordsOf(bug, search)}${test} (${seconds.toFixed(0)} s)`);
}

function wordsOf(bug: PlantedBug, search: Search): string {
  switch (search.kind) {
    case "found": {
      const isExpected = search.checks.some((check) => bug.checks.includes(check));
      const instead = isExpected ? "" : `, not by ${bug.checks.join(" or ")}`;
      return `found in ${search.seeds} seeds by ${search.checks.join(", ")}${instead}`;
    }
    case "survived":
      return `SURVIVED ${search.seeds} seeds`;
    case "no-answer":
      return `THE SIMULATOR GAVE NO ANSWER: ${search.words}`;
    case "not-planted":
      return `COULD NOT BE PLANTED: ${search.words}`;
  }
}

async function run(): Promise<readonly Finding[]> {
  const waiting = [...bugs];
  const workers = Array.from({ length: Number(values.workers) }, (_, index) => String(index + 1));
  return (await Promise.all(workers.map((name) => work(name, waiting)))).flat();
}

const findings = await run();
const namesOf = (some: readonly Finding[]) => some.map(({ bug }) => bug.name);
const seeds = findings.flatMap(({ search }) => (search.kind === "found" ? [search.seeds] : []));
const survivors = findings.filter(({ search }) => search.kind !== "found");
const untested = findings.filter(({ testing }) => testing !== "fails" && testing !== "not run");
if (survivors.length + untested.length > 0 || findings.length === 0) process.exitCode = 1;
say(
  JSON.stringify({
    bugs: findings.length,
    found: seeds.length,
    seedsMost: Math.max(0, ...seeds),
    seedsMedian: seeds.toSorted((one, other) => one - other)[Math.floor(seeds.length / 2)] ?? 0,
    survivors: namesOf(survivors),
    untested: namesOf(untested),
  }),
);
