import type { TestProject } from "vitest/node";
import type { StageFacts } from "./stage.ts";
import { startStage } from "./stage.ts";

declare module "vitest" {
  interface ProvidedContext {
    stage: StageFacts;
  }
}

/**
 * Before the first test of this folder: one stage for all of them. A test file says
 * `const stage = openStage(inject("stage"))` and may rely on nothing another file has left there.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const started = performance.now();
  const { facts, stop } = await startStage();
  project.provide("stage", facts);
  process.env.DYNAMODB_ENDPOINT = facts.endpoint; // for the suites of the tables (test/adapters/each-table.ts)
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  const synth = `${facts.synthSeconds.toFixed(0)} s of a processor for the synthesis`;
  process.stdout.write(`A stage on the emulator, deployed in ${seconds} s (${synth}).\n`);
  return stop;
}
