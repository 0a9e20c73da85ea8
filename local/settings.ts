import { parseArgs } from "node:util";
import { Temporal } from "temporal-polyfill";
import * as z from "zod";
import { type Instant, toInstant } from "../functions/core/instant.ts";
import type { Settings } from "../functions/ports.ts";

/** What a start of the local service can be set to. */
export interface LocalSettings {
  /** 0 takes any free port. */
  readonly port: number;
  readonly smtpPort: number;
  /** Where the clock begins; a clock kept in the data folder goes before. */
  readonly startAt?: Instant;
  /** Folder in which everything is kept; in memory when absent. */
  readonly dataDir?: string;
}

export type SettingsReading =
  | { readonly kind: "valid"; readonly settings: LocalSettings }
  /** One sentence for each thing that is wrong. */
  | { readonly kind: "invalid"; readonly problems: readonly string[] };

const PORT_DEFAULT = 3000;
const SMTP_PORT_DEFAULT = 2525;

/** Reads the environment and the command line, and says everything that is wrong with them at once. */
export function readLocalSettings(
  env: Readonly<Record<string, string | undefined>>,
  args: readonly string[],
): SettingsReading {
  const line = readCommandLine(args);
  const parsed = Environment.safeParse(env);
  if (parsed.success && line.kind === "valid") {
    const { PORT, SMTP_PORT, START_AT } = parsed.data;
    const startAt = START_AT === undefined ? {} : { startAt: START_AT };
    return {
      kind: "valid",
      settings: { port: PORT, smtpPort: SMTP_PORT, ...startAt, ...line.data },
    };
  }
  const ofEnvironment = parsed.success ? [] : parsed.error.issues.map(({ message }) => message);
  const ofLine = line.kind === "valid" ? [] : [line.problem];
  return { kind: "invalid", problems: [...ofEnvironment, ...ofLine] };
}

const Environment = z
  .object({
    PORT: port("PORT", PORT_DEFAULT),
    SMTP_PORT: port("SMTP_PORT", SMTP_PORT_DEFAULT),
    START_AT: z.string().optional().transform(readStart),
  })
  .refine(({ PORT, SMTP_PORT }) => PORT === 0 || PORT !== SMTP_PORT, {
    error: "PORT and SMTP_PORT must differ.",
  });

function port(name: string, standard: number) {
  const error = `${name} must be a port number from 0 to 65535, such as ${standard}.`;
  return z
    .string()
    .regex(/^\d{1,5}$/, { error })
    .transform(Number)
    .refine((number) => number <= 65_535, { error })
    .default(standard);
}

function readStart(text: string | undefined, context: z.RefinementCtx): Instant | undefined {
  if (text === undefined || text === "") return undefined;
  try {
    return toInstant(Temporal.Instant.from(text).epochMilliseconds);
  } catch {
    const message = "START_AT must be an instant with its zone, such as 2026-12-01T15:00:00Z.";
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  }
}

type CommandLine =
  | { readonly kind: "valid"; readonly data: { readonly dataDir?: string } }
  | { readonly kind: "invalid"; readonly problem: string };

function readCommandLine(args: readonly string[]): CommandLine {
  try {
    const { values } = parseArgs({ args: [...args], options: { data: { type: "string" } } });
    if (values.data === "") return { kind: "invalid", problem: "--data needs a folder." };
    return { kind: "valid", data: values.data === undefined ? {} : { dataDir: values.data } };
  } catch (error) {
    const why = error instanceof Error ? error.message : "The command line cannot be read.";
    return { kind: "invalid", problem: `${why} (Known: --data DIR.)` };
  }
}

export const COORDINATOR = "coordinator@common-ground.example";
export const COURSE = "partner-tips";

/** The settings of the service itself, for one machine on which one person plays everybody. */
export function serviceSettings(siteUrl: string): Settings {
  return {
    siteUrl,
    from: "hello@common-ground.example",
    replyDomain: "reply.common-ground.example",
    postalAddress: "1 Example Plaza, Albany, NY 12207",
    configurationSet: "common-ground",
    messageIdDomain: "email.amazonses.com",
    cohorts: {
      demo: {
        name: "demo",
        title: "Demo county",
        course: COURSE,
        coordinators: [COORDINATOR],
        approval: "never",
        workDomains: [],
      },
      reviewed: {
        name: "reviewed",
        title: "Reviewed county",
        course: COURSE,
        coordinators: [COORDINATOR],
        approval: "always",
        workDomains: [],
      },
    },
    defaultSlot: { weekday: 2, time: "10:00", timeZone: "America/New_York" },
    // Here one person, or a script, signs up many pairs from one address within seconds, and no
    // stranger can reach the form; the limits of a public form would only be in the way.
    form: { secondsMin: 0, perClientHour: 1_000, perDomainHour: 1_000, perSiteDay: 200 },
  };
}
