import * as z from "zod";

/**
 * Everything a deployment is set to, in one place: the key `settings` of `cdk.json`, or
 * `--context settings="$(cat my-settings.json)"`. docs/RUNBOOK.md explains each line to whoever deploys.
 */
export type DeploymentSettings = z.output<typeof Settings>;

/** All that is wrong with the settings, in one message; nothing is synthesised. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";

  constructor(problems: readonly string[]) {
    super(`The settings are wrong:\n${problems.map((problem) => `- ${problem}`).join("\n")}`);
  }
}

/**
 * @param given what the context holds: an object from `cdk.json`, or JSON text from the command line
 * @throws SettingsError
 */
export function readSettings(given: unknown): DeploymentSettings {
  if (given === undefined) throw new SettingsError(["settings: there are none in cdk.json"]);
  const reading = Settings.safeParse(typeof given === "string" ? parse(given) : given);
  if (reading.success) return reading.data;
  throw new SettingsError(
    reading.error.issues.map(({ path, message }) => `${path.join(".") || "settings"}: ${message}`),
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SettingsError(["settings: the text is no JSON"]);
  }
}

const domain = z.string().regex(/^(?=.{4,200}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/, {
  error: "must be a domain in lower case, such as course.agency.example",
});

const address = z.email({ error: "must be an email address" });

const timeZone = z.string().refine(isTimeZone, {
  error: "must be an IANA time zone, such as America/Chicago",
});

/** A key of links and tables. */
const key = z.string().regex(/^[a-z][a-z0-9-]{0,30}[a-z0-9]$/, {
  error: "must be lower-case letters, digits and hyphens, such as demo-county",
});

const Cohort = z.strictObject({
  name: key,
  title: z.string().min(1).max(80),
  course: key.default("partner-tips"),
  /** Who approves and is asked for help; the deployment's own coordinators when absent. */
  coordinators: z.array(address).min(1).max(20).optional(),
  approval: z.enum(["never", "unlisted-domains", "always"]),
  workDomains: z.array(domain).default([]),
});

const Settings = z
  .strictObject({
    /** Stands in every name, so that a trial and the real thing live in one account. */
    stage: z.string().regex(/^[a-z][a-z0-9]{1,11}$/, {
      error: "must be a short word in lower case, such as trial or live",
    }),
    /** The AWS account, to make sure it is the right one; the one of the credentials when absent. */
    account: z
      .string()
      .regex(/^\d{12}$/, { error: "must be twelve digits" })
      .optional(),
    /** One in which SES receives mail too. */
    region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, {
      error: "must be an AWS region, such as us-east-1",
    }),
    /** The pages live here, and mail comes from here. */
    domain,
    from: address,
    /** Where replies go: a domain below `domain` that nothing else uses. */
    replyDomain: domain,
    /** With a zone the stack writes its DNS records itself; without, it prints them. */
    hostedZone: z
      .strictObject({ id: z.string().regex(/^Z[A-Z0-9]{5,40}$/), name: domain })
      .optional(),
    /** A certificate for `domain` in this region; with a zone the stack makes one. */
    certificateArn: z
      .string()
      .regex(/^arn:[a-z-]+:acm:[a-z0-9-]+:\d{12}:certificate\/[a-z0-9-]+$/)
      .optional(),
    /** What receivers do with mail that only pretends to come from us. */
    dmarc: z.enum(["none", "quarantine", "reject"]).default("none"),
    dmarcReports: address.optional(),
    coordinators: z.array(address).min(1).max(20),
    cohorts: z.array(Cohort).min(1),
    /** What SES granted this account. */
    ses: z.strictObject({ perSecond: z.number().positive(), perDay: z.int().positive() }),
    alarmAddress: address,
    defaultSlot: z.strictObject({
      /** 1 (Monday) to 5 (Friday), as the form offers them. */
      weekday: z.int().min(1).max(5),
      time: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: "must be a time such as 10:00" }),
      timeZone,
    }),
    form: z.strictObject({
      secondsMin: z.number().min(0).max(60),
      perClientHour: z.int().min(1),
      perDomainHour: z.int().min(1),
      perSiteDay: z.int().min(1),
    }),
    /** In the footer of each mail, as the law asks (CAN-SPAM). */
    postalAddress: z.string().min(10).max(200),
  })
  .superRefine((settings, context) => {
    for (const { path, message } of contradictions(settings)) {
      context.addIssue({ code: "custom", path: [...path], message });
    }
  });

interface Contradiction {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What no single line shows. */
function contradictions(settings: {
  readonly domain: string;
  readonly from: string;
  readonly replyDomain: string;
  readonly hostedZone?: { readonly name: string } | undefined;
  readonly cohorts: readonly z.output<typeof Cohort>[];
  readonly coordinators: readonly string[];
}): readonly Contradiction[] {
  const { domain: own, from, replyDomain, hostedZone, cohorts } = settings;
  const names = cohorts.map(({ name }) => name);
  const found: (Contradiction | false)[] = [
    !from.toLowerCase().endsWith(`@${own}`) && {
      path: ["from"],
      message: `must be an address at ${own}, or SPF and DKIM do not align`,
    },
    !replyDomain.endsWith(`.${own}`) && {
      path: ["replyDomain"],
      message: `must be below ${own}, whose verification covers it`,
    },
    replyDomain === mailFromDomain(own) && {
      path: ["replyDomain"],
      message: "is the domain bounces go to, which SES wants for itself",
    },
    hostedZone !== undefined &&
      own !== hostedZone.name &&
      !own.endsWith(`.${hostedZone.name}`) && {
        path: ["hostedZone", "name"],
        message: `is no zone that holds ${own}`,
      },
    new Set(names).size !== names.length && {
      path: ["cohorts"],
      message: "must each have a name of their own",
    },
    JSON.stringify(cohortsOf(settings)).length > COHORTS_BYTES_MAX && {
      path: ["cohorts"],
      message: "are too long for a function's environment (4 KB in all)",
    },
  ];
  return found.filter((one) => one !== false);
}

/** Lambda's limit is 4 KB for all variables of a function; the others take about 1.5 KB. */
const COHORTS_BYTES_MAX = 2_400;

function isTimeZone(name: string): boolean {
  try {
    return name.includes("/") && new Intl.DateTimeFormat("en", { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

/** The cohorts by name, each with coordinators, as functions are told of them; the first is the default. */
export function cohortsOf({
  cohorts,
  coordinators,
}: {
  readonly cohorts: readonly z.output<typeof Cohort>[];
  readonly coordinators: readonly string[];
}): Readonly<Record<string, object>> {
  return Object.fromEntries(
    cohorts.map((cohort) => [
      cohort.name,
      { ...cohort, coordinators: cohort.coordinators ?? coordinators },
    ]),
  );
}

/** SES's own subdomain for bounces: nothing else may use it. */
export function mailFromDomain(domain: string): string {
  return `bounce.${domain}`;
}

/** Names of resources that people read: alarms, functions, the configuration set. */
export function nameFor({ stage }: Pick<DeploymentSettings, "stage">, part: string): string {
  return `common-ground-${stage}-${part}`;
}
