import {
  type EnvironmentOf,
  readEnvironment,
  type ServiceConfig,
  ServiceEnvironment,
} from "../adapters/environment.ts";

/** What the stack writes into the environment of `schedule`, the tick and the planning alike. */
export type ScheduleEnvironment = EnvironmentOf<typeof ServiceEnvironment>;
export type ScheduleConfig = ServiceConfig;

/** @throws EnvironmentError that names all that is missing or wrong */
export function readScheduleConfig(environment: NodeJS.ProcessEnv): ScheduleConfig {
  return readEnvironment(ServiceEnvironment, environment);
}
