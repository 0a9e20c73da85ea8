import * as z from "zod";
import {
  type EnvironmentOf,
  readEnvironment,
  ServiceEnvironment,
} from "../adapters/environment.ts";

const Environment = ServiceEnvironment.extend({
  /** Bucket of raw inbound mail. */
  ARCHIVE: z.string().min(3),
});

/** What the stack writes into the environment of `receive`, the reading and the sweep alike. */
export type ReceiveEnvironment = EnvironmentOf<typeof Environment>;
export type ReceiveConfig = z.output<typeof Environment>;

/** @throws EnvironmentError that names all that is missing or wrong */
export function readReceiveConfig(environment: NodeJS.ProcessEnv): ReceiveConfig {
  return readEnvironment(Environment, environment);
}
