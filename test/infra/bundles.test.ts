import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { courseStore } from "../../functions/adapters/course-store.ts";
import { dynamodbTable } from "../../functions/adapters/dynamodb-table.ts";
import {
  BUNDLE_BYTES_MAX,
  BUNDLED_STEPS,
  BUNDLES,
  type Bundling,
  bundleSteps,
  LIFTING_BYTES_MAX,
  RECEIVE_BYTES_MAX,
} from "../../infra/bundle.ts";
import {
  type Database,
  LEDGER_TABLE_NAME,
  localDocumentClient,
  PAIRS_TABLE_NAME,
  startDatabase,
} from "../../local/database.ts";
import { type AwsEndpoint, startAwsEndpoint } from "../support/aws-endpoint.ts";
import { SERVICE_ENVIRONMENT } from "../support/environment.ts";
import { runHandler } from "./run-handler.ts";

const KEYS = JSON.stringify({ root: "k".repeat(64), signing: [] });
const LAMBDA = {
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
};

let folder: string;
let bundling: Bundling;
let database: Database;
let aws: AwsEndpoint;
let environment: Readonly<Record<string, string>>;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "bundles-"));
  bundling = await bundleSteps(folder);
  database = await startDatabase();
  aws = await startAwsEndpoint(({ target }) =>
    target === "secretsmanager.GetSecretValue"
      ? { body: JSON.stringify({ SecretString: KEYS }) }
      : { status: 500, body: "{}" },
  );
  environment = {
    ...SERVICE_ENVIRONMENT,
    ...LAMBDA,
    PAIRS_TABLE: PAIRS_TABLE_NAME,
    LEDGER_TABLE: LEDGER_TABLE_NAME,
    AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: aws.config.endpoint,
  };
});

afterAll(async () => {
  await Promise.all([database.close(), aws.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

describe("each bundle", () => {
  test.each(BUNDLES)("%s weighs no more than it may", (bundle) => {
    const heavier: Partial<Record<(typeof BUNDLES)[number], number>> = {
      receive: RECEIVE_BYTES_MAX,
      coordinator: LIFTING_BYTES_MAX,
      partner: LIFTING_BYTES_MAX,
    };
    const bytesMax = heavier[bundle] ?? BUNDLE_BYTES_MAX;
    expect(bundling.bytes[bundle]).toBeLessThanOrEqual(bytesMax);
  });

  test("is free of what belongs to building, testing, or another of its kind", () => {
    const inside = Object.values(bundling.metafile.outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([name, { bytesInOutput }]) =>
        bytesInOutput > 0 ? name : [],
      ),
    );
    expect(inside.length).toBeGreaterThan(500);
    expect(inside.filter((name) => UNWANTED.test(name))).toEqual([]);
  });

  test.each(BUNDLED_STEPS)(
    "%s refuses to start without its settings, and names them",
    async (step) => {
      const { error } = await runHandler(bundling.folders[step], "handler", {}, LAMBDA);
      expect(error).toMatch(/^The environment is wrong\. .*PAIRS_TABLE/);
    },
  );
});

const UNWANTED = new RegExp(
  [
    "node_modules/(mjml|mailparser|electrodb|marked|yaml|dynalite|aws-cdk|aws-xray|luxon|cssnano|temporal-polyfill)",
    "zod/v4/locales/(?!en\\.)", // all of zod instead of a namespace
    "chrono-node/.*/locales/(?!en/)",
    "nodemailer/.*/smtp-",
    "credential-provider-(ini|sso|login|process)",
    "^(local|test|infra)/",
  ].join("|"),
);

/** As API Gateway hands a request over (payload 2.0). */
function request(method: string, rawPath: string, fields?: string) {
  return {
    version: "2.0",
    routeKey: "ANY /",
    rawPath,
    rawQueryString: "",
    headers: {
      host: "course.agency.example",
      ...(fields === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }),
    },
    requestContext: {
      http: { method, path: rawPath, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "" },
      domainName: "course.agency.example",
      stage: "$default",
    },
    isBase64Encoded: false,
    ...(fields === undefined ? {} : { body: fields }),
  };
}

interface Page {
  readonly statusCode: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

describe("the functions, as they are deployed", () => {
  test("publish puts the course that came with it into the table", async () => {
    const { error, lines } = await runHandler(
      bundling.folders.publish,
      "handler",
      {},
      {
        ...environment,
        LAMBDA_TASK_ROOT: bundling.folders.publish,
      },
    );
    expect(error).toBeUndefined();
    expect(lines.join()).toContain('"event":"publish.course"');
    const client = localDocumentClient(database.endpoint);
    const outline = await courseStore(dynamodbTable(client, PAIRS_TABLE_NAME)).current(
      "partner-tips",
    );
    expect(outline.lessons).toHaveLength(11);
    client.destroy();
  });

  test.each([
    ["enroll", "/", 200, "<form"],
    ["enroll", "/about", 200, "<h1>"],
    ["enroll", "/nowhere", 404, "<h1>"],
    ["confirm", "/confirm/altered", 404, "<h1>"],
    ["partner", "/sign-in", 200, "<form"],
    ["coordinator", "/coordinator", 303, ""],
  ] as const)("%s answers %s", async (step, rawPath, status, holds) => {
    const { answer } = await runHandler(
      bundling.folders[step],
      "handler",
      request("GET", rawPath),
      environment,
    );
    const { statusCode, body, headers } = answer as Page;
    expect(statusCode).toBe(status);
    expect(body).toContain(holds);
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    expect(headers["cache-control"]).toBe("no-store");
  });

  test("a page without its keys is an error page, and the log says why without a word of the request", async () => {
    const { answer, lines } = await runHandler(
      bundling.folders.partner,
      "handler",
      request("POST", "/sign-in", "email=ada%40harbor.example"),
      { ...environment, AWS_ENDPOINT_URL_SECRETS_MANAGER: "http://127.0.0.1:9" },
    );
    expect((answer as Page).statusCode).toBe(500);
    expect((answer as Page).body).toContain("<h1>");
    expect(lines.join()).toContain('"event":"page.failed"');
    expect(lines.join()).not.toContain("ada");
  });

  const record = (messageId: string, body: unknown) => ({
    messageId,
    body: JSON.stringify(body),
    eventSourceARN: "arn:aws:sqs:us-east-1:123456789012:common-ground-trial-fast",
    attributes: { ApproximateReceiveCount: "1" },
  });

  test.each([
    ["schedule", "advance", { queue: "due", pairId: "abcdefgh234567ab" }],
    [
      "send",
      "handler",
      {
        queue: "fast",
        send: { owner: "abcdefgh234567ab", item: "lesson-03", seat: "sp", holder: 1 },
      },
    ],
    [
      "feedback",
      "handler",
      {
        eventType: "Send",
        mail: { messageId: "1", timestamp: "2026-11-24T15:00:00.000Z", tags: {} },
      },
    ],
  ] as const)(
    "%s takes what belongs to it and hands back what does not",
    async (step, name, body) => {
      const event = { Records: [record("good", body), record("bad", { hello: "Ada" })] };
      const { answer, lines } = await runHandler(bundling.folders[step], name, event, {
        ...environment,
        LANE: "fast",
        SES_PER_SECOND: "14",
        SES_PER_DAY: "50000",
        FEEDBACK_QUEUE: "https://sqs.us-east-1.amazonaws.com/1/feedback",
        FEEDBACK_DEAD_LETTERS: "https://sqs.us-east-1.amazonaws.com/1/feedback-dead",
      });
      expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: "bad" }] });
      expect(lines.join()).not.toContain("Ada");
    },
  );

  test.each([
    ["Create", undefined, ["DescribeActiveReceiptRuleSet", "SetActiveReceiptRuleSet ours"]],
    ["Create", "ours", ["DescribeActiveReceiptRuleSet"]],
    ["Create", "theirs", ["DescribeActiveReceiptRuleSet"]],
    ["Delete", "ours", ["DescribeActiveReceiptRuleSet", "SetActiveReceiptRuleSet "]],
    ["Delete", "theirs", ["DescribeActiveReceiptRuleSet"]],
  ])(
    "to a deployment's %s with %s active, the rules' function answers well",
    async (RequestType, active, asked) => {
      const stack = await startAwsEndpoint(({ body }) => ({ body: activeRules(body, active) }));
      const { error } = await runHandler(
        bundling.folders["receive-rules"],
        "handler",
        {
          ...{ RequestType, StackId: "stack", RequestId: "1", LogicalResourceId: "ActiveRules" },
          ResponseURL: `${stack.config.endpoint}/answer`,
          ResourceProperties: { ServiceToken: "arn", RuleSetName: "ours" },
        },
        { ...LAMBDA, AWS_ENDPOINT_URL_SES: stack.config.endpoint },
      );
      await stack.stop();
      expect(error).toBeUndefined();
      const answer = stack.requests.find(({ method }) => method === "PUT");
      expect(JSON.parse(answer?.body ?? "")).toEqual({
        ...{ StackId: "stack", RequestId: "1", LogicalResourceId: "ActiveRules" },
        ...{ PhysicalResourceId: "ours", Status: "SUCCESS" },
      });
      const calls = stack.requests
        .filter(({ method }) => method === "POST")
        .map(({ body }) => callIn(body));
      expect(calls).toEqual(asked);
    },
  );

  test("when SES refuses, the deployment is told so and does not wait", async () => {
    const stack = await startAwsEndpoint(({ method }) =>
      method === "PUT" ? { body: "" } : { status: 403, body: DENIED },
    );
    await runHandler(
      bundling.folders["receive-rules"],
      "handler",
      {
        ...{ RequestType: "Create", StackId: "s", RequestId: "1", LogicalResourceId: "R" },
        ResponseURL: `${stack.config.endpoint}/answer`,
        ResourceProperties: { RuleSetName: "ours" },
      },
      { ...LAMBDA, AWS_ENDPOINT_URL_SES: stack.config.endpoint },
    );
    await stack.stop();
    const answer = stack.requests.find(({ method }) => method === "PUT");
    expect(JSON.parse(answer?.body ?? "")).toMatchObject({
      Status: "FAILED",
      Reason: "AccessDenied",
    });
  });

  test("a tick looks into every shard of both tables and says nothing when nothing is due", async () => {
    for (const look of ["since-the-last", "from-the-beginning"]) {
      const { error, lines } = await runHandler(
        bundling.folders.schedule,
        "tick",
        { look },
        environment,
      );
      expect({ error, lines }).toEqual({ error: undefined, lines: [] });
    }
  });
});

const DENIED =
  "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>";

/** SES's answer to a question about the active rules. */
function activeRules(body: string, active: string | undefined): string {
  const action = new URLSearchParams(body).get("Action");
  const set = active === undefined ? "" : `<Metadata><Name>${active}</Name></Metadata>`;
  return `<${action}Response><${action}Result>${set}</${action}Result></${action}Response>`;
}

function callIn(body: string): string {
  const fields = new URLSearchParams(body);
  const isSet = fields.get("Action") === "SetActiveReceiptRuleSet";
  return isSet
    ? `SetActiveReceiptRuleSet ${fields.get("RuleSetName") ?? ""}`
    : `${fields.get("Action")}`;
}
