import { existsSync, readFileSync } from "node:fs";
import { type DeploymentSettings, readSettings, SettingsError } from "../infra/config.ts";
import type { Where } from "./command-line.ts";
import { PlaceError } from "./place.ts";
import type { Stage } from "./stage.ts";

export type Place =
  | { readonly kind: "local"; readonly url: string }
  | ({ readonly kind: "stage" } & Stage);

/**
 * The place that is meant: a stage only if it is named, for nobody should change one by leaving a word out.
 *
 * @param port where the local service of this shell listens
 * @param context the text of `cdk.json`
 * @throws PlaceError when a stage is named and its region is not known
 */
export function placeMeant(
  { url, stage, region }: Where,
  port: string | undefined,
  context: string | undefined,
): Place {
  if (stage === undefined) {
    return { kind: "local", url: url ?? `http://127.0.0.1:${port ?? "3000"}` };
  }
  if (url !== undefined) throw new PlaceError("Name either --stage or --url, not both.");
  return { kind: "stage", stage, region: region ?? regionSetFor(stage, context) };
}

function regionSetFor(stage: string, context: string | undefined): string {
  const settings = context === undefined ? undefined : settingsIn(context);
  if (settings?.stage === stage) return settings.region;
  throw new PlaceError(
    `cdk.json is ${settings === undefined ? "not set for any stage" : `set for stage ${settings.stage}`}: add --region, such as --region us-east-1.`,
  );
}

function settingsIn(context: string): DeploymentSettings | undefined {
  const { context: values } = JSON.parse(context) as { context?: { settings?: unknown } };
  try {
    return values?.settings === undefined ? undefined : readSettings(values.settings);
  } catch (error) {
    if (error instanceof SettingsError) throw new PlaceError(error.message, { cause: error });
    throw error;
  }
}

export function readIfThere(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}
