import * as z from "zod";
import { type EnvironmentOf, readEnvironment } from "../adapters/environment.ts";

const Environment = z.object({
  PAIRS_TABLE: z.string().min(1),
  /** Folder of the function's own files, which Lambda names itself. */
  LAMBDA_TASK_ROOT: z.string().min(1),
});

/** What the stack writes into the environment of `publish`. */
export type PublishEnvironment = Omit<EnvironmentOf<typeof Environment>, "LAMBDA_TASK_ROOT">;
export type PublishConfig = z.output<typeof Environment>;

/** @throws EnvironmentError that names all that is missing or wrong */
export function readPublishConfig(environment: NodeJS.ProcessEnv): PublishConfig {
  return readEnvironment(Environment, environment);
}
