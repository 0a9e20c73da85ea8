import {
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { ListMetricsCommand } from "@aws-sdk/client-cloudwatch";
import {
  DescribeContinuousBackupsCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ScanCommand,
} from "@aws-sdk/client-dynamodb";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { GetBucketLifecycleConfigurationCommand } from "@aws-sdk/client-s3";
import { SendRawEmailCommand } from "@aws-sdk/client-ses";
import { SubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  StartMessageMoveTaskCommand,
} from "@aws-sdk/client-sqs";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { type Aws, configOf, pause, until } from "./aws.ts";
import { ACCOUNT } from "./emulator.ts";
import type { Stage } from "./stage.ts";
import {
  type Resource,
  type Template,
  withAttributes,
  withEach,
  withoutTypes,
} from "./template.ts";

/** Something that AWS does and the emulator does not. */
export interface Gap {
  readonly lacks: string;
  /** What is done here instead. */
  readonly instead: string;
  /** Takes from a template what would stop its deployment; the stack itself knows of no emulator. */
  readonly adapt?: (template: Template) => Template;
  /** Looks for it. When it is there, the entry goes, and with it what is done instead. */
  readonly isStillThere: (stage: Stage) => Promise<boolean>;
}

/** All of them, at the version that `tools.ts` installs. */
export const GAPS: readonly Gap[] = [
  {
    lacks: "receipt rules in a template, and mail that comes in",
    instead:
      "left out of the template; `inbox.ts` puts a reply into the bucket and calls `receive` with the event of the rule",
    adapt: (template) =>
      withoutTypes(template, ["AWS::SES::ReceiptRuleSet", "AWS::SES::ReceiptRule"]),
    isStillThere: ({ aws }) =>
      isRefused(aws, { Probe: { Type: "AWS::SES::ReceiptRuleSet", Properties: {} } }),
  },
  {
    lacks: "alarms on more than one metric in a template",
    instead: "they watch the first of their metrics; test/infra/alarms.test.ts looks at the rest",
    adapt: (template) => withEach(template, "AWS::CloudWatch::Alarm", withFirstMetric),
    isStillThere: ({ aws }) => isRefused(aws, { Probe: ALARM_ON_MATHS }),
  },
  {
    lacks: "the DKIM records of an identity in a template",
    instead: "invented ones are printed",
    adapt: (template) =>
      withAttributes(template, (name) => (isDkimRecord(name) ? `${name}.example` : undefined)),
    isStillThere: ({ aws }) =>
      isRefused(aws, { Probe: IDENTITY }, { Probe: { Value: att("Probe", "DkimDNSTokenName1") } }),
  },
  {
    lacks: "SES's events about a mail",
    instead: "`inbox.ts` publishes them to the stack's own topic",
    isStillThere: isSilentAboutMail,
  },
  {
    lacks: "expiry of rows, when a template asks for it",
    instead: "nothing here waits for it; test/infra/stacks.test.ts looks at the template",
    isStillThere: async ({ aws, nameOf }) => {
      const command = new DescribeTimeToLiveCommand({ TableName: nameOf("pairs") });
      const { TimeToLiveDescription: is } = await aws.dynamodb.send(command);
      return is?.TimeToLiveStatus === "DISABLED";
    },
  },
  {
    lacks: "point-in-time recovery, when a template asks for it",
    instead: "test/infra/stacks.test.ts looks at the template",
    isStillThere: async ({ aws, nameOf }) => {
      const command = new DescribeContinuousBackupsCommand({ TableName: nameOf("pairs") });
      const { ContinuousBackupsDescription: is } = await aws.dynamodb.send(command);
      return is?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus === "DISABLED";
    },
  },
  {
    lacks: "the seven days of raw mail, when a template asks for them",
    instead: "test/infra/stacks.test.ts looks at the template",
    isStillThere: ({ aws, archive }) =>
      fails(aws.s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket: archive }))),
  },
  {
    lacks: "SQS's own way of moving dead letters back",
    instead: "`queues.ts` takes them out and puts them into their queue again",
    isStillThere: ({ aws, queueArn }) =>
      fails(aws.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: queueArn("due-dead") }))),
  },
  {
    lacks: "SQS's metrics, so that an alarm on dead letters never goes off",
    instead: "test/infra/alarms.test.ts looks at what the alarms watch",
    isStillThere: async ({ aws }) => {
      const command = new ListMetricsCommand({ Namespace: "AWS/SQS" });
      return ((await aws.cloudwatch.send(command)).Metrics ?? []).length === 0;
    },
  },
  {
    lacks: "what a role may not do",
    instead: "test/infra/stacks.test.ts compares each role with a list",
    isStillThere: letsAnyRoleReadPairs,
  },
  {
    lacks: "patience with a call that runs while its function is deployed anew",
    instead: "no mail is being sent in the moment of the second deployment; a tick may be cut off",
    isStillThere: cutsCallsOff,
  },
  {
    lacks: "an address of the pages that every machine can resolve",
    instead: "`browser.ts` asks for them under the emulator's own path",
    isStillThere: async ({ site }) => new URL(site).hostname.endsWith(".localhost"),
  },
];

function att(id: string, attribute: string) {
  return { "Fn::GetAtt": [id, attribute] };
}

const isDkimRecord = (attribute: string) => attribute.startsWith("DkimDNSToken");

const IDENTITY: Resource = {
  Type: "AWS::SES::EmailIdentity",
  Properties: { EmailIdentity: "probe.example" },
};

const PROBE_METRIC = {
  MetricStat: {
    Metric: { Namespace: "Probe", MetricName: "Probes", Dimensions: [] },
    Period: 300,
    Stat: "Sum",
  },
};

const ALARM_ON_MATHS: Resource = {
  Type: "AWS::CloudWatch::Alarm",
  Properties: {
    ComparisonOperator: "GreaterThanThreshold",
    EvaluationPeriods: 1,
    Threshold: 1,
    Metrics: [
      { Id: "twice", Expression: "2 * probes" },
      { Id: "probes", ReturnData: false, ...PROBE_METRIC },
    ],
  },
};

interface MetricQuery {
  readonly MetricStat?: {
    readonly Metric: Readonly<Record<string, unknown>>;
    readonly Period: number;
    readonly Stat: string;
  };
}

function withFirstMetric(alarm: Resource): Resource {
  const { Metrics, ...properties } = alarm.Properties ?? {};
  const queries = (Metrics ?? []) as readonly MetricQuery[];
  const first = queries.find(({ MetricStat }) => MetricStat !== undefined)?.MetricStat;
  if (first === undefined) return alarm;
  const { Metric, Period, Stat } = first;
  return { ...alarm, Properties: { ...properties, ...Metric, Period, Statistic: Stat } };
}

/** A stack with nothing else in it cannot be made. */
async function isRefused(
  { cloudformation }: Aws,
  Resources: Readonly<Record<string, Resource>>,
  Outputs: object = {},
): Promise<boolean> {
  const StackName = `probe-${Date.now()}`;
  const TemplateBody = JSON.stringify({ Resources, Outputs });
  try {
    await cloudformation.send(new CreateStackCommand({ StackName, TemplateBody }));
  } catch {
    return true;
  }
  const status = await stackStatus(cloudformation, StackName);
  await cloudformation.send(new DeleteStackCommand({ StackName }));
  return status !== "CREATE_COMPLETE";
}

/** What became of a stack that is being made. */
function stackStatus(cloudformation: Aws["cloudformation"], StackName: string): Promise<string> {
  return until("a probe's stack is made or not", async () => {
    const { Stacks = [] } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
    const now = Stacks[0]?.StackStatus ?? "";
    return now.endsWith("_IN_PROGRESS") ? undefined : now;
  });
}

/** A mail is sent as the service sends its own, and the topic of the events says nothing about it. */
async function isSilentAboutMail({ aws, nameOf, topicArn, settings }: Stage): Promise<boolean> {
  const { QueueUrl = "" } = await aws.sqs.send(
    new CreateQueueCommand({ QueueName: `probe-${Date.now()}` }),
  );
  const { Attributes } = await aws.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }),
  );
  await aws.sns.send(
    new SubscribeCommand({
      TopicArn: topicArn("feedback"),
      Protocol: "sqs",
      Endpoint: Attributes?.QueueArn,
    }),
  );
  await aws.ses.send(
    new SendRawEmailCommand({
      Source: settings.from,
      Destinations: ["success@simulator.amazonses.com"],
      ConfigurationSetName: nameOf("mail"),
      RawMessage: {
        Data: Buffer.from(`From: ${settings.from}\r\nSubject: probe\r\n\r\nprobe\r\n`),
      },
    }),
  );
  const { Messages = [] } = await aws.sqs.send(
    new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }),
  );
  return Messages.length === 0;
}

/** The function that pauses all mail may do nothing else, and yet it reads the tables. */
async function letsAnyRoleReadPairs({ endpoint, nameOf }: Stage): Promise<boolean> {
  const RoleArn = `arn:aws:iam::${ACCOUNT}:role/${nameOf("feedback-pause")}`;
  const sts = new STSClient(configOf(endpoint));
  const { Credentials: role } = await sts.send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: "probe" }),
  );
  const credentials = {
    accessKeyId: role?.AccessKeyId ?? "",
    secretAccessKey: role?.SecretAccessKey ?? "",
    sessionToken: role?.SessionToken ?? "",
  };
  const dynamodb = new DynamoDBClient({ ...configOf(endpoint), credentials });
  return !(await fails(dynamodb.send(new ScanCommand({ TableName: nameOf("pairs") }))));
}

/** A call that takes seconds does not live through a change of its function. */
async function cutsCallsOff({ aws: { cloudformation, lambda } }: Stage): Promise<boolean> {
  const StackName = `probe-slow-${Date.now()}`;
  const template = (words: string) =>
    JSON.stringify({ Resources: { Slow: slowFunction(StackName, words) } });
  await cloudformation.send(new CreateStackCommand({ StackName, TemplateBody: template("one") }));
  await stackStatus(cloudformation, StackName);
  const call = lambda.send(new InvokeCommand({ FunctionName: StackName }));
  await pause(1_500);
  await cloudformation.send(new UpdateStackCommand({ StackName, TemplateBody: template("two") }));
  const { FunctionError } = await call;
  await cloudformation.send(new DeleteStackCommand({ StackName }));
  return FunctionError !== undefined;
}

function slowFunction(FunctionName: string, words: string): Resource {
  const ZipFile = `exports.handler = () => new Promise((done) => setTimeout(done, 5000, "${words}"));`;
  return {
    Type: "AWS::Lambda::Function",
    Properties: {
      FunctionName,
      Runtime: "nodejs24.x",
      Handler: "index.handler",
      Timeout: 30,
      Role: `arn:aws:iam::${ACCOUNT}:role/probe`,
      Code: { ZipFile },
    },
  };
}

async function fails(call: Promise<unknown>): Promise<boolean> {
  return call.then(
    () => false,
    () => true,
  );
}
