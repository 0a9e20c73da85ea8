import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type DeploymentSettings, nameFor, readSettings } from "../../infra/config.ts";
import { type Aws, awsAt } from "./aws.ts";
import { adaptToEmulator, bootstrap, deploy, synthesize } from "./cdk.ts";
import { ACCOUNT, type Emulator, REGION, startEmulator } from "./emulator.ts";
import { startMailSink } from "./mail-sink.ts";
import { ROOT } from "./tools.ts";

/** A stage that runs on the emulator, in text and numbers, so that it can be told to other processes. */
export interface StageFacts {
  readonly endpoint: string;
  /** For every command that is to talk to this stage and to nothing else. */
  readonly environment: Readonly<Record<string, string>>;
  /** Address of the pages, as mails name it. */
  readonly site: string;
  readonly archive: string;
  /** Folder with the synthesised stacks that were deployed. */
  readonly outdir: string;
  /** Folder with each mail that was delivered. */
  readonly inbox: string;
  /** Folder that goes with the stage. */
  readonly work: string;
  /** File with its settings, for commands that take `--settings`. */
  readonly settingsFile: string;
  /** Seconds of a processor that it took to synthesise the stacks. */
  readonly synthSeconds: number;
}

export interface Stage extends StageFacts {
  readonly aws: Aws;
  readonly settings: DeploymentSettings;
  /** Name of one of its tables, functions, queues, topics or configuration sets. */
  readonly nameOf: (part: string) => string;
  readonly queueUrl: (queue: string) => string;
  readonly queueArn: (queue: string) => string;
  readonly topicArn: (topic: string) => string;
}

export interface RunningStage {
  readonly facts: StageFacts;
  stop(): Promise<void>;
}

/**
 * Deploys the stacks as they are to an emulator that it starts, and takes the mail that goes out.
 * Whoever calls it calls `stop`; whatever a process that died has started ends by itself.
 */
export async function startStage(): Promise<RunningStage> {
  const ends: (() => unknown)[] = [];
  const stop = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const work = mkdtempSync(path.join(tmpdir(), "stage-"));
    ends.push(() => rmSync(work, { recursive: true, force: true }));
    const inbox = path.join(work, "inbox");
    mkdirSync(inbox);
    const sink = await startMailSink(inbox);
    ends.push(sink.stop);
    const emulator = await startEmulator(work, sink.port);
    ends.push(emulator.stop);
    return { facts: await deployFirst(emulator, work, inbox), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function deployFirst(
  { endpoint, environment }: Emulator,
  work: string,
  inbox: string,
): Promise<StageFacts> {
  const settings = stageSettings();
  const settingsFile = path.join(work, "settings.json");
  writeFileSync(settingsFile, settings);
  const outdir = path.join(work, "first");
  const [synthSeconds] = await Promise.all([
    synthesize(ROOT, settings, outdir),
    bootstrap(environment, work),
  ]);
  adaptToEmulator(outdir);
  const outputs = await deploy(outdir, environment);
  return {
    ...{ endpoint, environment, outdir, inbox, work, settingsFile, synthSeconds },
    site: outputs.Site ?? "",
    archive: archiveIn(outputs),
  };
}

/** Those of `cdk.json` under a name of their own, without what would make a test wait. */
function stageSettings(): string {
  const file = readFileSync(path.join(ROOT, "cdk.json"), "utf8");
  const { settings } = (JSON.parse(file) as { context: { settings: { form: object } } }).context;
  return JSON.stringify({
    ...settings,
    stage: "rehearsal",
    ses: { perSecond: 14, perDay: 50_000 },
    form: { ...settings.form, secondsMin: 0, perClientHour: 100, perDomainHour: 100 },
  });
}

/** The service stack is told the bucket's name by the state stack, under a name the CDK makes. */
function archiveIn(outputs: Readonly<Record<string, string>>): string {
  const [, name] =
    Object.entries(outputs).find(([key]) => /^ExportsOutputRefRawMail/.test(key)) ?? [];
  if (name === undefined) throw new Error("The stacks do not say what the bucket is called.");
  return name;
}

/** The stage for a test that was told of it. */
export function openStage(facts: StageFacts): Stage {
  const settings = readSettings(readFileSync(facts.settingsFile, "utf8"));
  const nameOf = (part: string) => nameFor(settings, part);
  return {
    ...facts,
    settings,
    aws: awsAt(facts.endpoint),
    nameOf,
    queueUrl: (queue) => `${facts.endpoint}/${ACCOUNT}/${nameOf(queue)}`,
    queueArn: (queue) => `arn:aws:sqs:${REGION}:${ACCOUNT}:${nameOf(queue)}`,
    topicArn: (topic) => `arn:aws:sns:${REGION}:${ACCOUNT}:${nameOf(topic)}`,
  };
}
