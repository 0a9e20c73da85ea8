import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";
import { build } from "esbuild";
import type { NamedTest } from "./planted-bug.ts";

/** What the simulator made of a copy. */
export type Search =
  | { readonly kind: "found"; readonly seeds: number; readonly checks: readonly string[] }
  | { readonly kind: "survived"; readonly seeds: number }
  | { readonly kind: "no-answer"; readonly words: string }
  /** The code has changed where the bug was to be. */
  | { readonly kind: "not-planted"; readonly words: string };

/** What the named test says of the copy. */
export type Testing = "fails" | "passes" | "is not there";

interface Summary {
  readonly seeds: number;
  readonly violations: readonly { readonly check: string }[];
}

/** Runs one seed after the other of the copy's own simulator until one of them breaks a rule. */
export async function searchBug(folder: string, seeds: number, from = 1): Promise<Search> {
  await bundleSimulator(folder);
  const range = ["--seeds", String(seeds), "--from", String(from)];
  const args = [SIMULATOR, "--until-violation", ...range];
  const { output, errors } = await run(folder, args);
  const summary = readSummary(output);
  if (summary === undefined) return { kind: "no-answer", words: errors.slice(-2_000) };
  if (summary.violations.length === 0) return { kind: "survived", seeds: summary.seeds };
  const checks = [...new Set(summary.violations.map(({ check }) => check))];
  return { kind: "found", seeds: summary.seeds, checks };
}

/** Beside its source, which finds other files from where it stands. */
const SIMULATOR = "test/simulation/simulate.mjs";

/** One file starts in a third of the time that all the modules take, and most bugs are found in no more. */
async function bundleSimulator(folder: string): Promise<void> {
  await build({
    entryPoints: [join(folder, "test/simulation/simulate.ts")],
    outfile: join(folder, SIMULATOR),
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "error",
    // Packages that are no ES modules ask for their parts by `require`.
    banner: {
      js: `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`,
    },
  });
}

function readSummary(output: string): Summary | undefined {
  const last = output.trimEnd().split("\n").at(-1) ?? "";
  return last.startsWith("{") ? (JSON.parse(last) as Summary) : undefined;
}

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[];
  }[];
}

/** Runs one test of the copy by its name. */
export async function runNamedTest(folder: string, { file, title }: NamedTest): Promise<Testing> {
  const report = join(folder, "report.json");
  const vitest = join("../../../node_modules/vitest/vitest.mjs");
  const args = ["run", "--project", "fast", file, "--reporter=json", `--outputFile=${report}`];
  await run(folder, [vitest, ...args, "--testNamePattern", escaped(title)]);
  const results = readReport(report).filter((result) => result.title === title);
  if (results.length === 0) return "is not there";
  return results.some(({ status }) => status === "failed") ? "fails" : "passes";
}

function readReport(file: string): Report["testResults"][number]["assertionResults"] {
  const report = JSON.parse(readFileSync(file, "utf8")) as Report;
  rmSync(file);
  return report.testResults.flatMap(({ assertionResults }) => assertionResults);
}

function escaped(title: string): string {
  return title.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

async function run(cwd: string, args: readonly string[]) {
  const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  const [output, errors] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { output, errors };
}
