import { Match } from "aws-cdk-lib/assertions";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PATHS } from "../../functions/adapters/page-paths.ts";
import { type Synthesized, synthesize } from "./deployment.ts";
import { actionsOf, type Properties, propertiesOf, statementsOf } from "./template.ts";

let made: Synthesized;
beforeAll(() => {
  made = synthesize();
});
afterAll(() => made.remove());

describe("what must outlive every mistake", () => {
  test("both tables are kept, can be put back to any second, and cannot be deleted", () => {
    const tables = Object.values(made.state().findResources("AWS::DynamoDB::Table"));
    expect(tables).toHaveLength(2);
    for (const table of tables) {
      expect(table).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
      expect(table.Properties).toMatchObject({
        BillingMode: "PAY_PER_REQUEST",
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      });
    }
  });

  test("rows of pairs that expire are deleted, and nothing in the ledger ever is", () => {
    made.state().hasResourceProperties("AWS::DynamoDB::Table", {
      TableName: "common-ground-trial-pairs",
      TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
    });
    made.state().hasResourceProperties("AWS::DynamoDB::Table", {
      TableName: "common-ground-trial-ledger",
      TimeToLiveSpecification: Match.absent(),
    });
  });

  test("the indexes hold keys only", () => {
    const indexes = propertiesOf(made.state(), "AWS::DynamoDB::Table").flatMap(
      ({ TableName, GlobalSecondaryIndexes }) =>
        (GlobalSecondaryIndexes as readonly Properties[]).map(({ IndexName, Projection }) => [
          TableName,
          IndexName,
          (Projection as Properties).ProjectionType,
        ]),
    );
    expect(indexes).toEqual([
      ["common-ground-trial-pairs", "due", "KEYS_ONLY"],
      ["common-ground-trial-pairs", "roster", "KEYS_ONLY"],
      ["common-ground-trial-ledger", "due", "KEYS_ONLY"],
    ]);
  });

  test("raw mail is private, encrypted, unversioned and gone after seven days", () => {
    made.state().hasResource("AWS::S3::Bucket", {
      DeletionPolicy: "Retain",
      Properties: {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        BucketEncryption: Match.objectLike({}),
        VersioningConfiguration: Match.absent(),
        LifecycleConfiguration: {
          Rules: [Match.objectLike({ ExpirationInDays: 7, Status: "Enabled" })],
        },
      },
    });
  });

  test("raw mail is read by its two readers and by nobody else, over TLS only", () => {
    const statements = propertiesOf(made.state(), "AWS::S3::BucketPolicy").flatMap(statementsOf);
    const only = statements.find(({ Sid }) => Sid === "OnlyTheReaderReads");
    expect(only).toMatchObject({ Effect: "Deny", Principal: { AWS: "*" } });
    expect(JSON.stringify(only?.Condition)).toMatch(
      /ArnNotEquals.*role\/common-ground-trial-receive".*role\/common-ground-trial-receive-sweep"/,
    );
    expect(JSON.stringify(statements)).toContain('"aws:SecureTransport":"false"');
  });

  test("the root of all keys is made once and kept", () => {
    made.state().hasResource("AWS::SecretsManager::Secret", {
      DeletionPolicy: "Retain",
      Properties: {
        GenerateSecretString: {
          SecretStringTemplate: '{"signing":[]}',
          GenerateStringKey: "root",
          PasswordLength: 64,
          ExcludePunctuation: true,
        },
      },
    });
  });

  test("the stack of it cannot be deleted by accident", () => {
    expect(made.deployment.state.terminationProtection).toBe(true);
  });
});

describe("replies", () => {
  test("are stored first and then read, asynchronously", () => {
    const [rule] = propertiesOf(made.service(), "AWS::SES::ReceiptRule");
    expect(rule?.Rule).toMatchObject({
      Recipients: ["reply.course.agency.example"],
      Enabled: true,
      ScanEnabled: true,
      Actions: [
        { S3Action: { ObjectKeyPrefix: "inbound/" } },
        { LambdaAction: { InvocationType: "Event" } },
      ],
    });
  });

  test("that cannot be read leave no copy of what people wrote behind", () => {
    made.service().resourceCountIs("AWS::Lambda::EventInvokeConfig", 0);
    for (const { DeadLetterConfig } of propertiesOf(made.service(), "AWS::Lambda::Function")) {
      expect(DeadLetterConfig).toBeUndefined();
    }
  });

  test("are read once the rules are the active ones, which the deployment sees to", () => {
    const [rules] = Object.keys(made.service().findResources("AWS::SES::ReceiptRuleSet"));
    made.service().hasResourceProperties("Custom::ActiveReceiptRules", {
      RuleSetName: { Ref: rules },
    });
  });
});

describe("what SES reports", () => {
  test("comes back through SNS and SQS, without opens and clicks", () => {
    made.service().hasResourceProperties("AWS::SES::ConfigurationSetEventDestination", {
      EventDestination: {
        Enabled: true,
        MatchingEventTypes: [
          "send",
          "reject",
          "delivery",
          "bounce",
          "complaint",
          "deliveryDelay",
          "renderingFailure",
        ],
        SnsDestination: Match.objectLike({}),
      },
    });
    made.service().hasResourceProperties("AWS::SNS::Subscription", {
      Protocol: "sqs",
      RawMessageDelivery: true,
      RedrivePolicy: Match.objectLike({}),
    });
  });

  test("mail is signed, has a bounce domain of its own, and waits for that rather than go out without", () => {
    made.service().hasResourceProperties("AWS::SES::EmailIdentity", {
      EmailIdentity: "course.agency.example",
      DkimSigningAttributes: { NextSigningKeyLength: "RSA_2048_BIT" },
      MailFromAttributes: {
        MailFromDomain: "bounce.course.agency.example",
        BehaviorOnMxFailure: "REJECT_MESSAGE",
      },
    });
  });
});

describe("queues", () => {
  test("give a message five tries, partly failed batches only what failed", () => {
    const queues = propertiesOf(made.service(), "AWS::SQS::Queue");
    const working = queues.filter(({ QueueName }) => !String(QueueName).endsWith("-dead"));
    expect(working.map(({ QueueName }) => QueueName)).toEqual([
      "common-ground-trial-due",
      "common-ground-trial-fast",
      "common-ground-trial-bulk",
      "common-ground-trial-feedback",
    ]);
    for (const { RedrivePolicy, VisibilityTimeout } of working) {
      expect(RedrivePolicy).toMatchObject({ maxReceiveCount: 5 });
      expect(VisibilityTimeout).toBe(6 * 30);
    }
    const sources = propertiesOf(made.service(), "AWS::Lambda::EventSourceMapping");
    expect(sources).toHaveLength(4);
    for (const source of sources) {
      expect(source).toMatchObject({ FunctionResponseTypes: ["ReportBatchItemFailures"] });
      expect(source.ScalingConfig).toHaveProperty("MaximumConcurrency");
    }
  });

  test("hide a message at least six times as long as its consumer may take", () => {
    const resources = made.service().toJSON().Resources as Record<
      string,
      { Properties: Properties }
    >;
    const propertiesAt = (reference: unknown) => {
      const [id = ""] = Object.values(reference as Properties).flat() as readonly string[];
      return resources[id]?.Properties ?? {};
    };
    const sources = propertiesOf(made.service(), "AWS::Lambda::EventSourceMapping");
    expect(sources).toHaveLength(4);
    for (const source of sources) {
      const { VisibilityTimeout } = propertiesAt(source.EventSourceArn);
      const { Timeout } = propertiesAt(source.FunctionName);
      expect(VisibilityTimeout).toBeGreaterThanOrEqual(6 * Number(Timeout));
    }
  });

  test("keep dead letters for fourteen days, encrypted like all others", () => {
    const queues = propertiesOf(made.service(), "AWS::SQS::Queue");
    const dead = queues.filter(({ QueueName }) => String(QueueName).endsWith("-dead"));
    expect(dead).toHaveLength(4);
    for (const queue of dead) expect(queue.MessageRetentionPeriod).toBe(14 * 24 * 3600);
    for (const queue of queues) expect(queue.SqsManagedSseEnabled).toBe(true);
  });
});

describe("time", () => {
  test("ticks each minute, sweeps every ten, looks for unread mail each hour", () => {
    const rules = propertiesOf(made.service(), "AWS::Events::Rule").map(
      ({ ScheduleExpression, Targets }) => [
        ScheduleExpression,
        (Targets as readonly Properties[])[0]?.Input,
      ],
    );
    expect(rules).toEqual([
      ["rate(1 minute)", '{"look":"since-the-last"}'],
      ["rate(10 minutes)", '{"look":"from-the-beginning"}'],
      ["rate(1 hour)", undefined],
    ]);
  });
});

describe("pages", () => {
  test("each have a route to their step", () => {
    const routes = propertiesOf(made.service(), "AWS::ApiGatewayV2::Route").map(({ RouteKey }) =>
      String(RouteKey),
    );
    const served = routes.map((route) => route.replace("ANY ", ""));
    expect(Object.values(PATHS).filter((path) => !isServed(path, served))).toEqual([]);
    expect(served).toContain("/{rest+}");
  });

  test("are throttled, and their access log holds routes and no paths", () => {
    const [stage] = propertiesOf(made.service(), "AWS::ApiGatewayV2::Stage");
    expect(stage?.DefaultRouteSettings).toMatchObject({
      ThrottlingRateLimit: 20,
      ThrottlingBurstLimit: 40,
    });
    const log = JSON.stringify(stage?.AccessLogSettings);
    expect(log).toContain("$context.routeKey");
    expect(log).not.toMatch(/\$context\.(path|identity|requestOverride)/);
  });
});

/** By a route of its own or by one above it, which is its step's. */
function isServed(path: string, routes: readonly string[]): boolean {
  const above = path.replace(/\/[^/]+$/, "");
  return (
    routes.includes(path) ||
    (above !== "" && (routes.includes(`${above}/{rest+}`) || isServed(above, routes)))
  );
}

describe("functions", () => {
  test("run on the current Node and Arm, and each log ends after a month", () => {
    const functions = propertiesOf(made.service(), "AWS::Lambda::Function").filter(
      ({ FunctionName }) => FunctionName !== undefined,
    );
    expect(functions).toHaveLength(13);
    for (const one of functions) {
      expect(one).toMatchObject({ Runtime: "nodejs24.x", Architectures: ["arm64"] });
    }
    const logs = propertiesOf(made.service(), "AWS::Logs::LogGroup");
    expect(logs).toHaveLength(14);
    for (const log of logs) expect(log.RetentionInDays).toBe(30);
  });

  test("know the domain of the Message-IDs that SES gives in their region", () => {
    const environments = propertiesOf(made.service(), "AWS::Lambda::Function").map(
      ({ Environment }) => JSON.stringify(Environment ?? {}),
    );
    const told = environments.filter((environment) => environment.includes("MESSAGE_ID_DOMAIN"));
    expect(told.length).toBeGreaterThan(0);
    for (const environment of told)
      expect(environment).toContain('"MESSAGE_ID_DOMAIN":"email.amazonses.com"');
  });

  test("have no secret in their environments", () => {
    const environments = propertiesOf(made.service(), "AWS::Lambda::Function").map(
      ({ Environment }) => JSON.stringify(Environment ?? {}),
    );
    for (const environment of environments) {
      expect(environment).not.toMatch(/resolve:|SecretString|PASSWORD/);
      expect(environment.length).toBeLessThan(4096);
    }
  });

  const CHANGES_PAIRS = [
    "dynamodb:DeleteItem pairs",
    "dynamodb:GetItem ledger",
    "dynamodb:GetItem pairs",
    "dynamodb:PutItem ledger",
    "dynamodb:PutItem pairs",
    "dynamodb:Query ledger",
    "dynamodb:Query pairs",
    "secretsmanager:GetSecretValue keys",
    "sqs:SendMessage bulk",
    "sqs:SendMessage due",
    "sqs:SendMessage fast",
  ];
  const SENDS = [
    ...CHANGES_PAIRS,
    "ses:GetSendQuota *",
    "ses:SendRawEmail configuration-set/mail",
    "ses:SendRawEmail identity/course.agency.example",
    "sqs:GetQueueAttributes feedback",
    "sqs:GetQueueAttributes feedback-dead",
  ];
  const READS_MAIL = [
    ...CHANGES_PAIRS,
    "ses:DeleteSuppressedDestination *",
    "s3:DeleteObject archive/inbound/*",
    "s3:GetObject archive/inbound/*",
    "s3:ListBucket archive",
  ];

  test.each<readonly [string, readonly string[]]>([
    ["enroll", CHANGES_PAIRS],
    ["confirm", CHANGES_PAIRS],
    [
      "schedule-tick",
      [
        "dynamodb:GetItem pairs, WATERMARK#* only",
        "dynamodb:PutItem pairs, WATERMARK#* only",
        "dynamodb:Query ledger/index/due",
        "dynamodb:Query pairs/index/due",
        "sqs:SendMessage bulk",
        "sqs:SendMessage due",
        "sqs:SendMessage fast",
      ],
    ],
    ["schedule", [...CHANGES_PAIRS, ...consumes("due")]],
    ["send-fast", [...SENDS, ...consumes("fast")]],
    ["send-bulk", [...SENDS, ...consumes("bulk")]],
    ["receive", READS_MAIL],
    ["receive-sweep", READS_MAIL],
    ["receive-rules", ["ses:DescribeActiveReceiptRuleSet *", "ses:SetActiveReceiptRuleSet *"]],
    ["feedback", [...CHANGES_PAIRS, ...consumes("feedback")]],
    ["publish", ["dynamodb:GetItem pairs, COURSE#* only", "dynamodb:PutItem pairs, COURSE#* only"]],
    ["partner", [...CHANGES_PAIRS, "ses:DeleteSuppressedDestination *"]],
    [
      "coordinator",
      [
        ...CHANGES_PAIRS,
        "dynamodb:BatchGetItem pairs",
        "dynamodb:Query pairs/index/roster",
        "ses:DeleteSuppressedDestination *",
      ],
    ],
  ])("%s may do exactly what its step needs", (part, allowed) => {
    expect(actionsOf(made, part)).toEqual(
      [...allowed, `logs:CreateLogStream ${part}`, `logs:PutLogEvents ${part}`].sort(),
    );
  });

  test("that send mail may do so from the service's own address only", () => {
    const statements = propertiesOf(made.service(), "AWS::IAM::Policy").flatMap(statementsOf);
    const sending = statements.filter(({ Action }) => Action === "ses:SendRawEmail");
    expect(sending).toHaveLength(2);
    for (const { Condition } of sending) {
      expect(Condition).toEqual({
        StringEquals: { "ses:FromAddress": "hello@course.agency.example" },
      });
    }
  });
});

function consumes(queue: string): readonly string[] {
  return [
    "ChangeMessageVisibility",
    "DeleteMessage",
    "GetQueueAttributes",
    "GetQueueUrl",
    "ReceiveMessage",
  ].map((action) => `sqs:${action} ${queue}`);
}

test("nothing costs money while nobody uses it, but the secret, the tables' backups and the alarms", () => {
  const types = [made.state(), made.service()].flatMap((template) =>
    Object.values(template.toJSON().Resources as Record<string, { Type: string }>).map(
      ({ Type }) => Type,
    ),
  );
  expect([...new Set(types)].filter((type) => !PAID_BY_USE.test(type)).sort()).toEqual([
    "AWS::CloudWatch::Alarm",
    "AWS::SecretsManager::Secret",
  ]);
});

const PAID_BY_USE =
  /^(AWS::(ApiGatewayV2|CDK|DynamoDB|Events|IAM|Lambda|Logs|S3|SES|SNS|SQS)::\w+|AWS::CloudWatch::Dashboard|Custom::(Trigger|ActiveReceiptRules))$/;
