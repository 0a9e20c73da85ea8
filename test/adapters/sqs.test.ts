import { SQSClient } from "@aws-sdk/client-sqs";
import type { SQSEvent, SQSRecord } from "aws-lambda";
import { afterEach, describe, expect, test } from "vitest";
import { jsonLog } from "../../functions/adapters/log.ts";
import {
  eachRecord,
  readDueOrder,
  readSendOrder,
  sqsFeedbackQueue,
  sqsQueues,
} from "../../functions/adapters/sqs.ts";
import type { QueueMessage } from "../../functions/ports.ts";
import { type AwsAnswer, type AwsEndpoint, startAwsEndpoint } from "../support/aws-endpoint.ts";

const URLS = {
  fast: "https://sqs.us-east-1.example/1/fast",
  bulk: "https://sqs.us-east-1.example/1/bulk",
  due: "https://sqs.us-east-1.example/1/due",
};
const SEND = { owner: "abcdefgh234567ab", item: "lesson-03", seat: "sp", holder: 1 } as const;

let endpoint: AwsEndpoint;
afterEach(() => endpoint.stop());

async function startSqs(answer: (url: string) => AwsAnswer): Promise<SQSClient> {
  endpoint = await startAwsEndpoint(({ body }) => answer(JSON.parse(body).QueueUrl));
  return new SQSClient({ ...endpoint.config, useQueueUrlAsEndpoint: false, md5: false });
}

describe("the queues between the steps", () => {
  test.each<[QueueMessage]>([
    [{ queue: "due", pairId: "abcdefgh234567ab" }],
    [{ queue: "fast", send: SEND }],
    [{ queue: "bulk", send: SEND }],
  ])("carry %o on the queue it names, so that its reader can read it", async (message) => {
    const queues = sqsQueues(await startSqs(() => ({ body: '{"MessageId":"1"}' })), URLS);
    await queues.put(message);
    const [request] = endpoint.requests;
    const sent = JSON.parse(request?.body ?? "") as { QueueUrl: string; MessageBody: string };
    expect(sent.QueueUrl).toBe(URLS[message.queue]);
    const body: unknown = JSON.parse(sent.MessageBody);
    if (message.queue === "due") expect(readDueOrder(body)).toBe(message.pairId);
    else expect(readSendOrder(body)).toEqual(message.send);
  });

  test("refuse what none of our steps put there", async () => {
    await startSqs(() => ({ body: "{}" }));
    expect(() => readDueOrder({ queue: "fast", send: SEND })).toThrow();
    expect(() => readSendOrder({ queue: "fast", send: { ...SEND, seat: "x" } })).toThrow();
    expect(() => readSendOrder({ queue: "fast", send: { ...SEND, to: "x" } })).toThrow();
    expect(() => readSendOrder("hello")).toThrow();
  });
});

describe("the feedback queue", () => {
  const counts = (visible: number, inFlight: number, delayed: number): AwsAnswer => ({
    body: JSON.stringify({
      Attributes: {
        ApproximateNumberOfMessages: String(visible),
        ApproximateNumberOfMessagesNotVisible: String(inFlight),
        ApproximateNumberOfMessagesDelayed: String(delayed),
      },
    }),
  });
  const both = [URLS.fast, URLS.bulk];

  test.each([
    ["nothing anywhere", counts(0, 0, 0), counts(0, 0, 0), true],
    ["an event that waits", counts(1, 0, 0), counts(0, 0, 0), false],
    ["an event that is being read", counts(0, 1, 0), counts(0, 0, 0), false],
    ["an event that waits for its second try", counts(0, 0, 1), counts(0, 0, 0), false],
    ["a dead letter", counts(0, 0, 0), counts(1, 0, 0), false],
    ["no answer about the counts", { body: "{}" }, counts(0, 0, 0), false],
  ])("with %s", async (_, queue, dead, isEmpty) => {
    const client = await startSqs((url) => (url === URLS.fast ? queue : dead));
    expect(await sqsFeedbackQueue(client, both).isEmpty()).toBe(isEmpty);
  });

  test("that cannot be asked is no empty one", async () => {
    const client = await startSqs(() => ({ status: 500, body: "{}" }));
    await expect(sqsFeedbackQueue(client, both).isEmpty()).rejects.toThrow();
  });
});

describe("a batch", () => {
  const record = (messageId: string, body: string): SQSRecord =>
    ({
      messageId,
      body,
      eventSourceARN: "arn:aws:sqs:us-east-1:123456789012:common-ground-trial-due",
      attributes: { ApproximateReceiveCount: "2" },
    }) as unknown as SQSRecord;

  test("hands back what failed and nothing else, and logs no word of it", async () => {
    await startSqs(() => ({ body: "{}" }));
    const lines: string[] = [];
    const handled: unknown[] = [];
    const event: SQSEvent = {
      Records: [
        record("one", '{"n":1}'),
        record("two", '{"n":2,"name":"Ada"}'),
        record("three", "no JSON"),
        record("four", '{"n":4}'),
      ],
    };
    const answer = await eachRecord(
      event,
      jsonLog((line) => lines.push(line)),
      async (body) => {
        if ((body as { n: number }).n === 2) throw new RangeError("Ada Provider wrote no date");
        handled.push(body);
      },
    );
    expect(answer.batchItemFailures).toEqual([
      { itemIdentifier: "two" },
      { itemIdentifier: "three" },
    ]);
    expect(handled).toEqual([{ n: 1 }, { n: 4 }]);
    const failures = lines.map((line) => JSON.parse(line) as { messageId: string });
    failures.sort((one, other) => (one.messageId < other.messageId ? 1 : -1));
    expect(failures).toMatchObject([
      { event: "queue.failed", messageId: "two", error: "RangeError", receives: "2" },
      { event: "queue.failed", messageId: "three", error: "SyntaxError" },
    ]);
    expect(lines.join()).toContain('"queue":"common-ground-trial-due"');
    expect(lines.join()).not.toMatch(/Ada/);
  });

  test("is handled all at once, so that one slow mail does not hold up nine", async () => {
    await startSqs(() => ({ body: "{}" }));
    let open = 0;
    let most = 0;
    const event = { Records: Array.from({ length: 10 }, (_, n) => record(String(n), "{}")) };
    await eachRecord(
      event,
      jsonLog(() => undefined),
      async () => {
        open += 1;
        most = Math.max(most, open);
        await new Promise((resolve) => setTimeout(resolve, 5));
        open -= 1;
      },
    );
    expect(most).toBe(10);
  });
});
