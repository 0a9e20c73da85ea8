import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { memoryTable } from "../../functions/adapters/memory-table.ts";
import { sendLedger } from "../../functions/adapters/send-ledger.ts";
import { plusHours } from "../../functions/core/instant.ts";
import { claimSend, type Send, unresolveSend } from "../../functions/core/send.ts";
import type { Account } from "../../infra/doctor/account.ts";
import { awsAccount } from "../../infra/doctor/aws-account.ts";
import { waitingRows } from "../../infra/doctor/aws-rows.ts";
import { stageSettings } from "../../infra/stage-settings.ts";
import { send } from "../adapters/examples.ts";
import {
  type AwsAnswer,
  type AwsEndpoint,
  type AwsRequest,
  startAwsEndpoint,
} from "../support/aws-endpoint.ts";

/** In the shapes that AWS's API references document; nobody recorded them from an account. */
const ANSWERS: Readonly<Record<string, AwsAnswer>> = {
  GetCallerIdentity: xml(
    "GetCallerIdentity",
    "<Arn>arn:aws:iam::123456789012:user/deployer</Arn><UserId>AIDA</UserId><Account>123456789012</Account>",
  ),
  "GET /v2/email/account": json({
    DedicatedIpAutoWarmupEnabled: false,
    EnforcementStatus: "HEALTHY",
    ProductionAccessEnabled: false,
    SendingEnabled: true,
    SendQuota: { Max24HourSend: 200, MaxSendRate: 1, SentLast24Hours: 3 },
  }),
  "GET /v2/email/identities/course.agency.example": json({
    IdentityType: "DOMAIN",
    FeedbackForwardingStatus: true,
    VerifiedForSendingStatus: true,
    DkimAttributes: {
      SigningEnabled: true,
      Status: "SUCCESS",
      Tokens: ["abc", "def", "ghi"],
      SigningAttributesOrigin: "AWS_SES",
    },
    MailFromAttributes: {
      MailFromDomain: "bounce.course.agency.example",
      MailFromDomainStatus: "PENDING",
      BehaviorOnMxFailure: "REJECT_MESSAGE",
    },
  }),
  "GET /v2/email/configuration-sets/common-ground-trial-mail": json({
    ConfigurationSetName: "common-ground-trial-mail",
    SendingOptions: { SendingEnabled: false },
  }),
  DescribeActiveReceiptRuleSet: xml(
    "DescribeActiveReceiptRuleSet",
    "<Metadata><Name>common-ground-trial-receive</Name><CreatedTimestamp>2026-11-24T15:00:00.000Z</CreatedTimestamp></Metadata>" +
      "<Rules><member><Name>common-ground-trial-replies</Name><Enabled>true</Enabled><ScanEnabled>true</ScanEnabled></member></Rules>",
  ),
  DescribeStacks: xml(
    "DescribeStacks",
    "<Stacks><member><StackName>common-ground-trial-state</StackName><CreationTime>2026-11-24T15:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus></member></Stacks>",
  ),
  ListSubscriptionsByTopic: xml(
    "ListSubscriptionsByTopic",
    "<Subscriptions><member><SubscriptionArn>PendingConfirmation</SubscriptionArn><Owner>123456789012</Owner><Protocol>email</Protocol><Endpoint>operator@agency.example</Endpoint></member></Subscriptions>",
  ),
  "secretsmanager.GetSecretValue": json({ Name: "common-ground-trial-keys", SecretString: "{}" }),
  "GraniteServiceVersion20100801.DescribeAlarms": json({
    CompositeAlarms: [],
    MetricAlarms: [{ AlarmName: "common-ground-trial-SendHeld", StateValue: "ALARM" }],
  }),
  "DynamoDB_20120810.GetItem": json({
    Item: {
      ...{ pk: { S: "VALVE" }, sk: { S: "-" }, version: { N: "1" } },
      shut: { M: { at: { S: "2026-11-23T10:00:00.000Z" }, why: { S: "bounce" } } },
    },
  }),
  "AmazonSQS.GetQueueUrl": json({ QueueUrl: "https://sqs.us-east-1.amazonaws.com/123456789012/q" }),
  "AmazonSQS.GetQueueAttributes": json({ Attributes: { ApproximateNumberOfMessages: "2" } }),
};

/** How each service says that there is no such thing. */
const ABSENT: Readonly<Record<string, AwsAnswer>> = {
  "GET /v2/email/identities/course.agency.example": refusal("NotFoundException", 404),
  "GET /v2/email/configuration-sets/common-ground-trial-mail": refusal("NotFoundException", 404),
  DescribeActiveReceiptRuleSet: xml("DescribeActiveReceiptRuleSet", ""),
  DescribeStacks: xmlError("ValidationError", 400),
  ListSubscriptionsByTopic: xmlError("NotFound", 404),
  "secretsmanager.GetSecretValue": refusal("ResourceNotFoundException", 400),
  "AmazonSQS.GetQueueUrl": {
    ...refusal("com.amazonaws.sqs#QueueDoesNotExist", 400),
    headers: { "x-amzn-query-error": "AWS.SimpleQueueService.NonExistentQueue;Sender" },
  },
};

function json(body: unknown): AwsAnswer {
  return { body: JSON.stringify(body), headers: { "content-type": "application/x-amz-json-1.0" } };
}

function xml(action: string, result: string): AwsAnswer {
  return {
    body: `<${action}Response><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></${action}Response>`,
  };
}

function refusal(name: string, status: number): AwsAnswer {
  return {
    status,
    body: JSON.stringify({ __type: name, message: "no" }),
    headers: { "x-amzn-errortype": name },
  };
}

function xmlError(code: string, status: number): AwsAnswer {
  const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error><RequestId>1</RequestId></ErrorResponse>`;
  return { status, body };
}

function questionIn({ method, path, target, body }: AwsRequest): string {
  return target || (/^Action=(\w+)/.exec(body)?.[1] ?? `${method} ${path}`);
}

let aws: AwsEndpoint;
let answers: Readonly<Record<string, AwsAnswer>>;
let account: Account;

beforeAll(async () => {
  aws = await startAwsEndpoint(
    (request) => answers[questionIn(request)] ?? refusal("AccessDeniedException", 403),
  );
});
afterAll(() => aws.stop());
beforeEach(() => {
  answers = ANSWERS;
  account = awsAccount(stageSettings("trial"), aws.config);
});

describe("AWS's answers", () => {
  test("tell whose account it is and what SES grants it", async () => {
    expect(await account.number()).toBe("123456789012");
    expect(await account.sending()).toEqual({
      isOutOfSandbox: false,
      isEnabled: true,
      enforcement: "HEALTHY",
      perDay: 200,
      perSecond: 1,
    });
  });

  test("tell how SES finds the domain", async () => {
    expect(await account.mailDomain("course.agency.example")).toEqual({
      isVerified: true,
      dkim: "SUCCESS",
      dkimTokens: ["abc", "def", "ghi"],
      dkimZone: "dkim.amazonses.com",
      mailFrom: "PENDING",
      mailFromDomain: "bounce.course.agency.example",
      onMxFailure: "REJECT_MESSAGE",
    });
    expect(await account.isSetSending("common-ground-trial-mail")).toBe(false);
    expect(await account.activeRules()).toEqual({
      name: "common-ground-trial-receive",
      rules: [{ name: "common-ground-trial-replies", isEnabled: true }],
    });
  });

  test("tell what is deployed and how it is", async () => {
    expect(await account.stackStatus("common-ground-trial-state")).toBe("CREATE_COMPLETE");
    expect(await account.secret("common-ground-trial-keys")).toBe("{}");
    expect(await account.subscriptions("common-ground-trial-alarms")).toEqual([
      { address: "operator@agency.example", isConfirmed: false },
    ]);
    expect(await account.ringing("common-ground-trial-")).toEqual(["common-ground-trial-SendHeld"]);
    expect(await account.waiting("common-ground-trial-due-dead")).toBe(2);
    expect(await account.pausedSince()).toBe("2026-11-23T10:00:00.000Z");
  });

  test("that there is no such thing are no failures", async () => {
    answers = { ...ANSWERS, ...ABSENT };
    expect(await account.mailDomain("course.agency.example")).toBeUndefined();
    expect(await account.isSetSending("common-ground-trial-mail")).toBeUndefined();
    expect(await account.activeRules()).toBeUndefined();
    expect(await account.stackStatus("x")).toBeUndefined();
    expect(await account.subscriptions("x")).toBeUndefined();
    expect(await account.secret("x")).toBeUndefined();
    expect(await account.waiting("x")).toBeUndefined();
  });

  test("that something is forbidden are failures", async () => {
    answers = {};
    await expect(account.sending()).rejects.toMatchObject({ name: "AccessDeniedException" });
  });
});

test("the doctor only ever asks", () => {
  const asked = aws.requests.map(questionIn);
  expect(asked.length).toBeGreaterThan(10);
  expect(asked.filter((name) => !/^(GET |(\w+\.)?(Get|List|Describe))/.test(name))).toEqual([]);
});

test("what waits in the tables is found through the index, and lost answers among it", async () => {
  const [pairs, ledger] = [memoryTable(), memoryTable()];
  const sends = sendLedger(ledger);
  const planned: Send = { ...send, item: "lesson-01" };
  const lost: Send = { ...send, item: "lesson-02" };
  await sends.plan(planned);
  await sends.plan(lost);
  const now = lost.plannedFor;
  await sends.change(lost, (stored) => {
    const claimed = claimSend(stored, "sender", now);
    return claimed && unresolveSend(claimed, now);
  });
  const { unresolvedUntil, ...oldest } = await waitingRows(pairs, ledger);
  expect(oldest).toEqual({ oldestPairDueAt: undefined, oldestSendDueAt: planned.plannedFor });
  expect(unresolvedUntil).toEqual([plusHours(now, 24)]);
});
