import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type DeploymentSettings, readSettings, SettingsError } from "./config.ts";

const CDK_JSON = fileURLToPath(new URL("../cdk.json", import.meta.url));

/**
 * The settings of one stage, as its deployment read them, for a command that looks at it from outside.
 *
 * @param file the settings alone, as for `--context settings=…`; `cdk.json` when absent
 * @throws SettingsError also when the file is another stage's
 */
export function stageSettings(stage: string | undefined, file?: string): DeploymentSettings {
  const settings = readSettings(
    file === undefined ? contextSettings() : readFileSync(file, "utf8"),
  );
  if (stage !== undefined && stage !== settings.stage) {
    const where = file ?? "cdk.json";
    throw new SettingsError([
      `stage: ${where} has the settings of ${settings.stage}; name the file of ${stage} with --settings`,
    ]);
  }
  return settings;
}

function contextSettings(): unknown {
  const { context } = JSON.parse(readFileSync(CDK_JSON, "utf8")) as {
    readonly context: Readonly<Record<string, unknown>>;
  };
  return context.settings;
}
