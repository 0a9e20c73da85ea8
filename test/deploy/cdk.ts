import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ACCOUNT, REGION, withoutAccount } from "./emulator.ts";
import { GAPS } from "./gaps.ts";
import type { Template } from "./template.ts";
import { ROOT, run } from "./tools.ts";

/** The CDK's own command line, as a person who deploys uses it. */
const CDK = path.join(ROOT, "node_modules/aws-cdk/bin/cdk");
const QUIET = ["--no-notices", "--no-color"];
const TIMEOUT_MS = 240_000;
const OUTPUT_MAX = 2 ** 26;

type Environment = Readonly<Record<string, string>>;

/**
 * `npx cdk synth` in a folder with the project's sources, with nothing about AWS to be found.
 *
 * @returns the seconds of a processor it took, which other work on the machine does not change
 */
export async function synthesize(
  sources: string,
  settings: string,
  outdir: string,
): Promise<number> {
  const args = ["synth", "--quiet", "--output", outdir, "--context", `settings=${settings}`];
  const command = [process.execPath, CDK, ...args, ...QUIET];
  const options = {
    cwd: sources,
    env: withoutAccount(),
    timeout: TIMEOUT_MS,
    maxBuffer: OUTPUT_MAX,
  };
  const timed = 'TIMEFORMAT="processor %U %S"; time "$@"';
  const { stderr } = await run("bash", ["-c", timed, "bash", ...command], options);
  const [, user, system] = /^processor (\S+) (\S+)$/m.exec(stderr) ?? [];
  return Number(user) + Number(system);
}

/**
 * Takes from synthesised stacks what the emulator would refuse. To be done before anything of them was
 * deployed: the CDK does not publish a template again whose original it has published.
 */
export function adaptToEmulator(outdir: string): void {
  for (const name of readdirSync(outdir).filter((file) => file.endsWith(".template.json"))) {
    const file = path.join(outdir, name);
    const template = JSON.parse(readFileSync(file, "utf8")) as Template;
    const adapted = GAPS.reduce((last, { adapt }) => adapt?.(last) ?? last, template);
    writeFileSync(file, JSON.stringify(adapted));
  }
}

/** In an empty folder: in the project's own the command would synthesise the app once more. */
export async function bootstrap(environment: Environment, work: string): Promise<void> {
  const empty = mkdtempSync(path.join(work, "bootstrap-"));
  await cdk(empty, environment, ["bootstrap", `aws://${ACCOUNT}/${REGION}`]);
}

/** @returns the outputs of all stacks */
export async function deploy(
  outdir: string,
  environment: Environment,
): Promise<Readonly<Record<string, string>>> {
  const outputs = path.join(outdir, "outputs.json");
  await cdk(ROOT, environment, [
    ...["deploy", "--all", "--app", outdir],
    ...["--require-approval", "never", "--outputs-file", outputs],
  ]);
  const byStack = JSON.parse(readFileSync(outputs, "utf8")) as Record<string, object>;
  return Object.assign({}, ...Object.values(byStack));
}

/** What a deployment of these stacks would change, in the command's words. */
export async function diff(outdir: string, environment: Environment): Promise<string> {
  return cdk(ROOT, environment, ["diff", "--app", outdir]);
}

async function cdk(
  cwd: string,
  environment: Environment,
  args: readonly string[],
): Promise<string> {
  const options = { cwd, env: { ...environment }, timeout: TIMEOUT_MS, maxBuffer: OUTPUT_MAX };
  const { stdout, stderr } = await run(process.execPath, [CDK, ...args, ...QUIET], options);
  return stdout + stderr;
}
