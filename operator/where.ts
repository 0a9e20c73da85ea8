import { SettingsError } from "../infra/config.ts";
import { stageSettings } from "../infra/stage-settings.ts";
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
 * @throws PlaceError when a stage is named whose settings are not there
 */
export function placeMeant({ url, stage, settings }: Where, port: string | undefined): Place {
  if (stage === undefined) {
    return { kind: "local", url: url ?? `http://127.0.0.1:${port ?? "3000"}` };
  }
  if (url !== undefined) throw new PlaceError("Name either --stage or --url, not both.");
  return { kind: "stage", stage, region: regionOf(stage, settings) };
}

function regionOf(stage: string, file: string | undefined): string {
  try {
    return stageSettings(stage, file).region;
  } catch (error) {
    if (error instanceof SettingsError) throw new PlaceError(error.message, { cause: error });
    throw error;
  }
}
