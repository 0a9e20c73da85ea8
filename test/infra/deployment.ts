import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { BUNDLES, type Bundles } from "../../infra/bundle.ts";
import { readSettings } from "../../infra/config.ts";
import { addStacks, type Deployment } from "../../infra/deployment.ts";

const cdkJson = readFileSync(fileURLToPath(new URL("../../cdk.json", import.meta.url)), "utf8");

/** The context of `cdk.json`: settings that anybody can synthesise, and the feature flags. */
export const CONTEXT = (JSON.parse(cdkJson) as { context: Record<string, unknown> }).context;

export interface Synthesized {
  readonly app: App;
  readonly deployment: Deployment;
  readonly state: () => Template;
  readonly service: () => Template;
  remove(): void;
}

/** The stacks as `npx cdk synth` makes them, but with empty functions, in a folder of their own. */
export function synthesize(changes: Readonly<Record<string, unknown>> = {}): Synthesized {
  const folder = mkdtempSync(path.join(tmpdir(), "infra-"));
  const app = new App({
    context: CONTEXT,
    outdir: path.join(folder, "cdk.out"),
    builtinCloudFormationValidation: false, // takes seconds; the test that runs the app has it on
  });
  const settings = readSettings({ ...(CONTEXT.settings as object), ...changes });
  const deployment = addStacks(app, settings, emptyBundles(path.join(folder, "bundles")));
  return {
    app,
    deployment,
    state: once(() => Template.fromStack(deployment.state)),
    service: once(() => Template.fromStack(deployment.service)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function emptyBundles(folder: string): Bundles {
  const folders = BUNDLES.map((step) => [step, path.join(folder, step)] as const);
  for (const [step, own] of folders) {
    mkdirSync(own, { recursive: true });
    writeFileSync(path.join(own, "index.js"), `// ${step}\n`);
  }
  return Object.fromEntries(folders) as Bundles;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
