import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { adaptToEmulator, deploy, synthesize } from "./cdk.ts";
import type { Stage } from "./stage.ts";
import { ROOT, run } from "./tools.ts";

/** One change in a file of the project, as a later commit would make it. */
export interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const SOURCES = ["cdk.json", "emails", "functions", "infra", "package.json", "tsconfig.json"];

/**
 * Synthesises the stacks from changed sources: the project's own, copied and edited.
 *
 * @returns the folder with the stacks, ready to be deployed
 */
export async function synthesizeEdited(stage: Stage, edits: readonly Edit[]): Promise<string> {
  const sources = path.join(stage.work, "sources");
  mkdirSync(sources);
  for (const name of SOURCES) {
    cpSync(path.join(ROOT, name), path.join(sources, name), { recursive: true });
  }
  symlinkSync(path.join(ROOT, "node_modules"), path.join(sources, "node_modules"));
  for (const edit of edits) applyEdit(sources, edit);
  await run("npm", ["run", "--silent", "build"], { cwd: sources });
  const outdir = path.join(stage.work, "second");
  await synthesize(sources, readFileSync(stage.settingsFile, "utf8"), outdir);
  adaptToEmulator(outdir);
  return outdir;
}

function applyEdit(sources: string, { file, from, to }: Edit): void {
  const name = path.join(sources, file);
  const text = readFileSync(name, "utf8");
  if (!text.includes(from)) throw new Error(`${file} does not say "${from}" any more.`);
  writeFileSync(name, text.replace(from, to));
}

/** Does something over and over for as long as the stage is deployed anew. */
export async function deployDuring(
  stage: Stage,
  outdir: string,
  doAgain: () => Promise<void>,
): Promise<void> {
  let isDone = false;
  const meanwhile = async () => {
    while (!isDone) await doAgain();
  };
  const deployment = deploy(outdir, stage.environment).finally(() => {
    isDone = true;
  });
  await Promise.all([deployment, meanwhile()]);
}
