import path from "node:path";
import { App } from "aws-cdk-lib";
import { BUNDLED_STEPS, bundleSteps, UncompiledCourseError } from "./bundle.ts";
import { readSettings, SettingsError } from "./config.ts";
import { addStacks } from "./deployment.ts";

/** `npx cdk synth`, `npx cdk deploy --all`: the whole service on AWS. */
const app = new App();
try {
  const settings = readSettings(app.node.tryGetContext("settings"));
  const { folders, bytes } = await bundleSteps(path.join(app.outdir, "bundles"));
  for (const step of BUNDLED_STEPS) {
    process.stderr.write(`${step.padEnd(12)} ${Math.round(bytes[step] / 1024)} KB\n`);
  }
  addStacks(app, settings, folders);
  app.synth();
} catch (error) {
  if (!(error instanceof SettingsError || error instanceof UncompiledCourseError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
