import { SQSClient } from "@aws-sdk/client-sqs";
import type { SQSEvent } from "aws-lambda";
import { eachRecord } from "../../functions/adapters/sqs.ts";
import { type Instant, plusMs } from "../../functions/core/instant.ts";
import type { Clock, Log } from "../../functions/ports.ts";
import { startAwsEndpoint } from "./aws-endpoint.ts";

/** SQS on a loopback port, by the test's clock: queues spring up as they are named, each with its dead letters. */
export interface LoopbackSqs {
  readonly client: SQSClient;
  urlOf(queue: string): string;
  /** Puts a message there, as SNS does. */
  put(queue: string, body: unknown): void;
  /** Takes what is visible in batches to the handler, as Lambda does for a queue. */
  consume(queue: string, handle: (body: unknown) => Promise<unknown>): Promise<void>;
  stop(): Promise<void>;
}

export interface SqsRules {
  readonly clock: Clock;
  readonly log: Log;
  readonly visibilityMs: number;
  readonly receivesMax: number;
}

interface Message {
  readonly id: string;
  readonly body: string;
  readonly visibleAt: Instant;
  readonly receives: number;
}

const ARN = "arn:aws:sqs:us-east-1:123456789012:";
const BATCH_MAX = 10;

export async function startSqs(rules: SqsRules): Promise<LoopbackSqs> {
  const { clock, log, visibilityMs, receivesMax } = rules;
  const queues = new Map<string, Message[]>();
  let serial = 0;
  const messagesOf = (queue: string) => {
    const found = queues.get(queue) ?? [];
    queues.set(queue, found);
    return found;
  };
  const add = (queue: string, body: string, delayMs = 0) => {
    serial += 1;
    const visibleAt = plusMs(clock.now(), delayMs);
    messagesOf(queue).push({ id: String(serial), body, visibleAt, receives: 0 });
    return String(serial);
  };
  const put = (queue: string, message: Message) => {
    const messages = messagesOf(queue);
    const at = messages.findIndex(({ id }) => id === message.id);
    messages.splice(at < 0 ? messages.length : at, at < 0 ? 0 : 1, message);
  };
  const remove = (queue: string, id: string) =>
    void queues.set(
      queue,
      messagesOf(queue).filter((message) => message.id !== id),
    );

  /** What was received too often goes to the dead letters instead of to a consumer. */
  function receive(queue: string): readonly Message[] {
    const visible = messagesOf(queue).filter(({ visibleAt }) => visibleAt <= clock.now());
    for (const message of visible.filter(({ receives }) => receives >= receivesMax)) {
      remove(queue, message.id);
      put(`${queue}-dead`, message);
    }
    const taken = visible
      .filter(({ receives }) => receives < receivesMax)
      .slice(0, BATCH_MAX)
      .map(({ receives, ...message }) => ({
        ...message,
        receives: receives + 1,
        visibleAt: plusMs(clock.now(), visibilityMs),
      }));
    for (const message of taken) put(queue, message);
    return taken;
  }

  function attributesOf(queue: string) {
    const messages = messagesOf(queue);
    const waiting = messages.filter(({ visibleAt }) => visibleAt <= clock.now());
    const hidden = messages.filter(({ visibleAt }) => visibleAt > clock.now());
    const delayed = hidden.filter(({ receives }) => receives === 0);
    return {
      ApproximateNumberOfMessages: String(waiting.length),
      ApproximateNumberOfMessagesNotVisible: String(hidden.length - delayed.length),
      ApproximateNumberOfMessagesDelayed: String(delayed.length),
      QueueArn: ARN + queue,
    };
  }

  function putBack(dead: string): void {
    const queue = dead.replace(/-dead$/, "");
    for (const { body } of messagesOf(dead)) add(queue, body);
    queues.delete(dead);
  }

  const endpoint = await startAwsEndpoint(({ target, body }) => {
    const asked = JSON.parse(body) as Readonly<Record<string, string>>;
    const queue = (asked.QueueUrl ?? "").split("/").at(-1) ?? "";
    switch (target) {
      case "AmazonSQS.SendMessage": {
        const delayMs = 1_000 * Number(asked.DelaySeconds ?? 0);
        return answered({ MessageId: add(queue, asked.MessageBody ?? "", delayMs) });
      }
      case "AmazonSQS.GetQueueAttributes":
        return answered({ Attributes: attributesOf(queue) });
      case "AmazonSQS.StartMessageMoveTask":
        putBack((asked.SourceArn ?? "").slice(ARN.length));
        return answered({ TaskHandle: "t" });
      default:
        return { status: 400, body: JSON.stringify({ __type: "UnsupportedOperation" }) };
    }
  });
  return {
    client: new SQSClient({ ...endpoint.config, useQueueUrlAsEndpoint: false, md5: false }),
    urlOf: (queue) => `https://sqs.us-east-1.example/123456789012/${queue}`,
    put: (queue, body) => void add(queue, JSON.stringify(body)),
    consume: async (queue, handle) => {
      for (;;) {
        const batch = receive(queue);
        if (batch.length === 0) return;
        const { batchItemFailures } = await eachRecord(eventOf(queue, batch), log, handle);
        const failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
        for (const { id } of batch) if (!failed.includes(id)) remove(queue, id);
      }
    },
    stop: () => endpoint.stop(),
  };
}

function answered(body: unknown) {
  return { body: JSON.stringify(body) };
}

function eventOf(queue: string, batch: readonly Message[]): SQSEvent {
  const records = batch.map(({ id, body, receives }) => ({
    messageId: id,
    body,
    eventSourceARN: ARN + queue,
    attributes: { ApproximateReceiveCount: String(receives) },
  }));
  return { Records: records } as unknown as SQSEvent;
}
