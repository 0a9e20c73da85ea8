import * as z from "zod";
import type { Settings } from "../ports.ts";

/** What a function's environment holds, as the stack that sets it has to write it: every name, all of them text. */
export type EnvironmentOf<S extends z.ZodObject> = {
  readonly [Name in keyof z.input<S>]-?: string;
};

/** A function that lacks a setting, or has a wrong one, must not begin to work. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}

/**
 * Reads an environment once and whole.
 *
 * @throws EnvironmentError that names every variable that is missing or wrong, and shows no value
 */
export function readEnvironment<S extends z.ZodObject>(
  schema: S,
  environment: Readonly<Record<string, string | undefined>>,
): z.output<S> {
  const reading = schema.safeParse(environment);
  if (reading.success) return reading.data;
  const problems = reading.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new EnvironmentError(`The environment is wrong. ${problems.join("; ")}`);
}

const text = z.string().min(1);

/** A value of several parts travels as JSON in one variable. */
function json<S extends z.ZodType>(schema: S) {
  return z
    .string()
    .transform((value, context) => {
      try {
        return JSON.parse(value) as unknown;
      } catch {
        context.addIssue({ code: "custom", message: "is no JSON" });
        return z.NEVER;
      }
    })
    .pipe(schema);
}

const Cohort = z.object({
  name: text,
  title: text,
  course: text,
  coordinators: z.array(z.email()).min(1),
  approval: z.enum(["never", "unlisted-domains", "always"]),
  workDomains: z.array(text),
});

/** The queues between the steps, by their addresses. */
const queues = { FAST_QUEUE: z.url(), BULK_QUEUE: z.url(), DUE_QUEUE: z.url() };

const settings = {
  SITE_URL: z.url(),
  FROM_ADDRESS: z.email(),
  REPLY_DOMAIN: text,
  POSTAL_ADDRESS: text,
  CONFIGURATION_SET: text,
  MESSAGE_ID_DOMAIN: text,
  COHORTS: json(z.record(z.string(), Cohort)),
  DEFAULT_SLOT: json(z.object({ weekday: z.int().min(1).max(5), time: text, timeZone: text })),
  FORM_LIMITS: json(
    z.object({
      secondsMin: z.number().min(0),
      perClientHour: z.int().min(1),
      perDomainHour: z.int().min(1),
      perSiteDay: z.int().min(1),
    }),
  ),
};

/** What every step that reads and changes pairs has to be told. */
export const ServiceEnvironment = z.object({
  PAIRS_TABLE: text,
  LEDGER_TABLE: text,
  /** Where the keys of links and reply addresses are kept; the keys themselves never stand in an environment. */
  KEYS_SECRET: text,
  /** Where log lines that count are counted. */
  METRIC_NAMESPACE: text,
  ...queues,
  ...settings,
});

export type ServiceConfig = z.output<typeof ServiceEnvironment>;

export function settingsOf(config: ServiceConfig): Settings {
  return {
    siteUrl: config.SITE_URL,
    from: config.FROM_ADDRESS,
    replyDomain: config.REPLY_DOMAIN,
    postalAddress: config.POSTAL_ADDRESS,
    configurationSet: config.CONFIGURATION_SET,
    messageIdDomain: config.MESSAGE_ID_DOMAIN,
    cohorts: config.COHORTS,
    defaultSlot: config.DEFAULT_SLOT,
    form: config.FORM_LIMITS,
  };
}
