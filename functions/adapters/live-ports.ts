import { setTimeout } from "node:timers/promises";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { Ports } from "../ports.ts";
import type { PublishConfig } from "../publish/config.ts";
import type { ReceiveConfig } from "../receive/config.ts";
import type { ScheduleConfig } from "../schedule/config.ts";
import type { SendConfig } from "../send/config.ts";
import { breaker } from "./breaker.ts";
import { courseStore } from "./course-store.ts";
import { dueIndex } from "./due-index.ts";
import { createDocumentClient } from "./dynamodb-client.ts";
import { dynamodbTable } from "./dynamodb-table.ts";
import { type ServiceConfig, settingsOf } from "./environment.ts";
import { limits } from "./limits.ts";
import { liveClock, liveIds } from "./live.ts";
import { jsonLog } from "./log.ts";
import { pacer } from "./pacer.ts";
import { pairStore } from "./pair-store.ts";
import { s3MailArchive } from "./s3-mail-archive.ts";
import { liveSigner, readSecret } from "./secrets.ts";
import { sendLedger } from "./send-ledger.ts";
import { createSesClient, sesMailer } from "./ses-mailer.ts";
import { QUOTA_TIMEOUT_MS, sesQuota } from "./ses-quota.ts";
import { sesReceiptRules } from "./ses-receipt-rules.ts";
import { sesSuppressions } from "./ses-suppressions.ts";
import { sessions } from "./sessions.ts";
import { sqsFeedbackQueue, sqsQueues } from "./sqs.ts";
import { valve } from "./valve.ts";
import { watermarks } from "./watermarks.ts";

/** The ports of one function, and what to await before they are used: its keys may have to be read. */
export interface Live<P> {
  readonly ports: P;
  ready(): Promise<void>;
}

/** What reading and changing pairs takes; the steps that do more add their own to it. */
export type ServicePorts = Omit<
  Ports,
  | "watermarks"
  | "pacer"
  | "breaker"
  | "mailer"
  | "sesSuppressions"
  | "archive"
  | "due"
  | "feedbackQueue"
>;

/**
 * How long a lease may wait for its slot. With the second that SES may take to tell its quota, and the
 * ten it may take for the mail, it stays under the 15 that `sendMail` asks to have left.
 */
const PACER_WAIT_MS_MAX = 3_000;

export function liveService(config: ServiceConfig): Live<ServicePorts> {
  const database = createDocumentClient();
  const secrets = new SecretsManagerClient();
  const pairs = dynamodbTable(database, config.PAIRS_TABLE);
  const { signer, ready } = liveSigner(() => readSecret(secrets, config.KEYS_SECRET), liveClock);
  const ports = {
    clock: liveClock,
    ids: liveIds,
    pairs: pairStore(pairs),
    ledger: sendLedger(dynamodbTable(database, config.LEDGER_TABLE)),
    courses: courseStore(pairs),
    limits: limits(pairs),
    sessions: sessions(pairs),
    valve: valve(pairs),
    queues: liveQueues(config),
    signer,
    log: liveLog(config.METRIC_NAMESPACE),
    settings: settingsOf(config),
  };
  return { ports, ready };
}

/** The tick needs no keys and no settings: it looks into the due index and fills the queues. */
export function liveTick(
  config: ScheduleConfig,
): Pick<Ports, "clock" | "due" | "queues" | "watermarks" | "log"> {
  const database = createDocumentClient();
  const pairs = dynamodbTable(database, config.PAIRS_TABLE);
  const ledger = dynamodbTable(database, config.LEDGER_TABLE);
  return {
    clock: liveClock,
    due: dueIndex(pairs, ledger),
    queues: liveQueues(config),
    watermarks: watermarks(pairs),
    log: liveLog(config.METRIC_NAMESPACE),
  };
}

export function liveSend(
  config: SendConfig,
): Live<ServicePorts & Pick<Ports, "mailer" | "pacer" | "breaker" | "feedbackQueue">> {
  const { ports, ready } = liveService(config);
  const pairs = dynamodbTable(createDocumentClient(), config.PAIRS_TABLE);
  const pace = {
    perSecond: config.SES_PER_SECOND,
    perDay: config.SES_PER_DAY,
    lane: config.LANE,
    waitMsMax: PACER_WAIT_MS_MAX,
    quota: sesQuota(createSesClient({}, { timeoutMs: QUOTA_TIMEOUT_MS }), liveClock),
  };
  const feedbackUrls = [config.FEEDBACK_QUEUE, config.FEEDBACK_DEAD_LETTERS];
  return {
    ready,
    ports: {
      ...ports,
      mailer: sesMailer(createSesClient(), ports.settings),
      pacer: pacer(pairs, pace, sleep),
      breaker: breaker(pairs),
      feedbackQueue: sqsFeedbackQueue(new SQSClient(), feedbackUrls),
    },
  };
}

export function liveReceive(
  config: ReceiveConfig,
): Live<ServicePorts & Pick<Ports, "archive" | "sesSuppressions">> {
  const { ports, ready } = liveLifting(config);
  return { ready, ports: { ...ports, archive: s3MailArchive(new S3Client(), config.ARCHIVE) } };
}

/** For who may lift a suppression, which SES's own list has to follow. */
export function liveLifting(
  config: ServiceConfig,
): Live<ServicePorts & Pick<Ports, "sesSuppressions">> {
  const { ports, ready } = liveService(config);
  return { ready, ports: { ...ports, sesSuppressions: sesSuppressions(new SESv2Client()) } };
}

/** For the deployment, which makes the receipt rules the active ones. */
export function liveReceiptRules() {
  return { rules: sesReceiptRules(createSesClient()), log: jsonLog(writeLine) };
}

export function livePublish({ PAIRS_TABLE }: PublishConfig): Pick<Ports, "courses" | "log"> {
  const courses = courseStore(dynamodbTable(createDocumentClient(), PAIRS_TABLE));
  return { courses, log: jsonLog(writeLine) };
}

function liveLog(namespace: string): Ports["log"] {
  return jsonLog(writeLine, { namespace, clock: liveClock });
}

/** Past the console, which would put a time and a request id before it: the line has to stay one JSON object. */
function writeLine(line: string): void {
  process.stdout.write(`${line}\n`);
}

function liveQueues({ FAST_QUEUE, BULK_QUEUE, DUE_QUEUE }: ServiceConfig): Ports["queues"] {
  const urls = { fast: FAST_QUEUE, bulk: BULK_QUEUE, due: DUE_QUEUE };
  return sqsQueues(new SQSClient(), urls);
}

async function sleep(ms: number): Promise<void> {
  await setTimeout(ms);
}
