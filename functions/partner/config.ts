import {
  type EnvironmentOf,
  readEnvironment,
  type ServiceConfig,
  ServiceEnvironment,
} from "../adapters/environment.ts";

/** What the stack writes into the environment of `partner`. */
export type PartnerEnvironment = EnvironmentOf<typeof ServiceEnvironment>;

/** @throws EnvironmentError that names all that is missing or wrong */
export function readPartnerConfig(environment: NodeJS.ProcessEnv): ServiceConfig {
  return readEnvironment(ServiceEnvironment, environment);
}
