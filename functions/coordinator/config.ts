import {
  type EnvironmentOf,
  readEnvironment,
  type ServiceConfig,
  ServiceEnvironment,
} from "../adapters/environment.ts";

/** What the stack writes into the environment of `coordinator`. */
export type CoordinatorEnvironment = EnvironmentOf<typeof ServiceEnvironment>;

/** @throws EnvironmentError that names all that is missing or wrong */
export function readCoordinatorConfig(environment: NodeJS.ProcessEnv): ServiceConfig {
  return readEnvironment(ServiceEnvironment, environment);
}
