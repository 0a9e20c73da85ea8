import { Stack } from "aws-cdk-lib";
import type { ServiceConfig } from "../../functions/adapters/environment.ts";
import type { Bundles } from "../bundle.ts";
import { cohortsOf, type DeploymentSettings } from "../config.ts";
import type { StateStack } from "../state-stack.ts";
import type { Alarms } from "./alarms.ts";
import { metricNamespace } from "./line-metric.ts";
import type { Queues } from "./queues.ts";

/** What every step's construct is built from. */
export interface Service {
  readonly settings: DeploymentSettings;
  readonly state: StateStack;
  readonly bundles: Bundles;
  readonly queues: Queues;
  readonly alarms: Alarms;
  /** `https://…` without a slash at the end. */
  readonly siteUrl: string;
  readonly configurationSet: string;
}

/** The environment of every step that reads and changes pairs. */
export function serviceEnvironment(service: Service) {
  const { settings, state, queues, siteUrl, configurationSet } = service;
  return {
    PAIRS_TABLE: state.pairs.tableName,
    LEDGER_TABLE: state.ledger.tableName,
    KEYS_SECRET: state.keys.secretArn,
    METRIC_NAMESPACE: metricNamespace(settings),
    FAST_QUEUE: queues.fast.queue.queueUrl,
    BULK_QUEUE: queues.bulk.queue.queueUrl,
    DUE_QUEUE: queues.due.queue.queueUrl,
    SITE_URL: siteUrl,
    FROM_ADDRESS: settings.from,
    REPLY_DOMAIN: settings.replyDomain,
    POSTAL_ADDRESS: settings.postalAddress,
    CONFIGURATION_SET: configurationSet,
    MESSAGE_ID_DOMAIN: messageIdDomain(settings.region),
    COHORTS: JSON.stringify(cohortsOf(settings)),
    DEFAULT_SLOT: JSON.stringify(settings.defaultSlot),
    FORM_LIMITS: JSON.stringify(settings.form),
  } satisfies Readonly<Record<keyof ServiceConfig, string>>;
}

/** Seen in SES's Message-IDs: the first region's have a name of their own. */
function messageIdDomain(region: string): string {
  return region === "us-east-1" ? "email.amazonses.com" : `${region}.amazonses.com`;
}

/** ARN of something of SES's in this account. */
export function sesArn(service: Service, resource: string, resourceName: string): string {
  return Stack.of(service.alarms).formatArn({ service: "ses", resource, resourceName });
}
