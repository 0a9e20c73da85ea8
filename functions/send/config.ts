import * as z from "zod";
import {
  type EnvironmentOf,
  readEnvironment,
  ServiceEnvironment,
} from "../adapters/environment.ts";

const Environment = ServiceEnvironment.extend({
  LANE: z.enum(["fast", "bulk"]),
  /** The account's sending rate and daily quota, as SES granted them. */
  SES_PER_SECOND: z.coerce.number().positive(),
  SES_PER_DAY: z.coerce.number().int().positive(),
  FEEDBACK_QUEUE: z.url(),
  FEEDBACK_DEAD_LETTERS: z.url(),
});

/** What the stack writes into the environment of `send`, once for each lane. */
export type SendEnvironment = EnvironmentOf<typeof Environment>;
export type SendConfig = z.output<typeof Environment>;

/** @throws EnvironmentError that names all that is missing or wrong */
export function readSendConfig(environment: NodeJS.ProcessEnv): SendConfig {
  return readEnvironment(Environment, environment);
}
