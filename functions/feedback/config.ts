import {
  type EnvironmentOf,
  readEnvironment,
  type ServiceConfig,
  ServiceEnvironment,
} from "../adapters/environment.ts";

/** What the stack writes into the environment of `feedback`. */
export type FeedbackEnvironment = EnvironmentOf<typeof ServiceEnvironment>;
export type FeedbackConfig = ServiceConfig;

/** @throws EnvironmentError that names all that is missing or wrong */
export function readFeedbackConfig(environment: NodeJS.ProcessEnv): FeedbackConfig {
  return readEnvironment(ServiceEnvironment, environment);
}
