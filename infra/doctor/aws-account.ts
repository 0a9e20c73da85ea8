import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import {
  paginateListSubscriptionsByTopic,
  SNSClient,
  type Subscription as SnsSubscription,
} from "@aws-sdk/client-sns";
import { GetQueueAttributesCommand, GetQueueUrlCommand, SQSClient } from "@aws-sdk/client-sqs";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { createDocumentClient } from "../../functions/adapters/dynamodb-client.ts";
import { dynamodbTable } from "../../functions/adapters/dynamodb-table.ts";
import { valve } from "../../functions/adapters/valve.ts";
import { type DeploymentSettings, nameFor } from "../config.ts";
import type { Account, Subscription } from "./account.ts";
import { awsMail } from "./aws-mail.ts";
import { type ClientConfig, once, unlessAbsent } from "./aws-question.ts";
import { waitingRows } from "./aws-rows.ts";

/** The account that the credentials of the environment lead to, in one region; only asked, never changed. */
export function awsAccount(settings: DeploymentSettings, config: ClientConfig): Account {
  const client = createDocumentClient({ ...config });
  const table = (name: string) => dynamodbTable(client, nameFor(settings, name));
  const number = once(() => callerAccount(new STSClient(config)));
  return {
    number,
    ...awsMail(config),
    stackStatus: (name) => stackStatus(new CloudFormationClient(config), name),
    secret: (name) => secretText(new SecretsManagerClient(config), name),
    subscriptions: async (topic) =>
      subscriptions(
        new SNSClient(config),
        `arn:aws:sns:${config.region}:${await number()}:${topic}`,
      ),
    ringing: (prefix) => ringing(new CloudWatchClient(config), prefix),
    waiting: (queue) => waiting(new SQSClient(config), queue),
    pausedSince: async () => (await valve(table("pairs")).read()).shut?.at,
    waitingRows: once(() => waitingRows(table("pairs"), table("ledger"))),
  };
}

async function callerAccount(client: STSClient): Promise<string> {
  const { Account: number } = await client.send(new GetCallerIdentityCommand({}));
  if (number === undefined) throw new Error("STS names no account.");
  return number;
}

/** CloudFormation has no error of its own for a stack that is not there: `ValidationError` it is. */
function stackStatus(client: CloudFormationClient, name: string): Promise<string | undefined> {
  return unlessAbsent(["ValidationError"], async () => {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
    return Stacks?.[0]?.StackStatus;
  });
}

function secretText(client: SecretsManagerClient, name: string): Promise<string | undefined> {
  return unlessAbsent(["ResourceNotFoundException", "InvalidRequestException"], async () => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: name }));
    return SecretString;
  });
}

function subscriptions(
  client: SNSClient,
  topicArn: string,
): Promise<readonly Subscription[] | undefined> {
  return unlessAbsent(["NotFoundException", "NotFound"], async () => {
    const found: SnsSubscription[] = [];
    for await (const page of paginateListSubscriptionsByTopic({ client }, { TopicArn: topicArn })) {
      found.push(...(page.Subscriptions ?? []));
    }
    return found.map(({ Endpoint = "", SubscriptionArn = "" }) => ({
      address: Endpoint,
      isConfirmed: SubscriptionArn.startsWith("arn:"), // until then it says "PendingConfirmation"
    }));
  });
}

async function ringing(client: CloudWatchClient, prefix: string): Promise<readonly string[]> {
  const { MetricAlarms = [] } = await client.send(
    new DescribeAlarmsCommand({ AlarmNamePrefix: prefix, StateValue: "ALARM", MaxRecords: 100 }),
  );
  return MetricAlarms.flatMap(({ AlarmName }) => AlarmName ?? []);
}

function waiting(client: SQSClient, queue: string): Promise<number | undefined> {
  const absent = ["QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"];
  return unlessAbsent(absent, async () => {
    const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: queue }));
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] }),
    );
    return Number(Attributes?.ApproximateNumberOfMessages);
  });
}
