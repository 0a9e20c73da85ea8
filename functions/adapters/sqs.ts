import { GetQueueAttributesCommand, SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import * as z from "zod";
import type { FeedbackQueue, Log, QueueMessage, Queues, SendOrder } from "../ports.ts";
import { factsOfFailure } from "./failure.ts";

export type QueueUrls = Readonly<Record<QueueMessage["queue"], string>>;

/** The queues between the steps as SQS standard queues: at least once, in no order. */
export function sqsQueues(client: SQSClient, urls: QueueUrls): Queues {
  return {
    put: async (message) => {
      const command = { QueueUrl: urls[message.queue], MessageBody: JSON.stringify(message) };
      const delay = message.afterSeconds;
      await client.send(
        new SendMessageCommand({
          ...command,
          ...(delay === undefined ? {} : { DelaySeconds: delay }),
        }),
      );
    },
  };
}

/**
 * The feedback queue and its dead letters. SQS counts approximately; events that are being read right
 * now, and those that wait for their second try, count too.
 */
export function sqsFeedbackQueue(client: SQSClient, urls: readonly string[]): FeedbackQueue {
  return {
    isEmpty: async () => {
      const counts = await Promise.all(urls.map((url) => countMessages(client, url)));
      return counts.every((count) => count === 0);
    },
  };
}

const COUNTS = [
  "ApproximateNumberOfMessages",
  "ApproximateNumberOfMessagesNotVisible",
  "ApproximateNumberOfMessagesDelayed",
] as const;

/** Those that wait, are handled right now, or wait for their second try. */
export async function countMessages(client: SQSClient, url: string): Promise<number> {
  const command = { QueueUrl: url, AttributeNames: [...COUNTS] };
  const { Attributes = {} } = await client.send(new GetQueueAttributesCommand(command));
  // A count that is not answered must not read as an empty queue.
  return COUNTS.reduce((sum, name) => sum + Number(Attributes[name] ?? 1), 0);
}

const DueOrder = z.object({ queue: z.literal("due"), pairId: z.string().min(1) });

const SendMessage = z.object({
  queue: z.enum(["fast", "bulk"]),
  send: z.object({
    owner: z.string().min(1),
    item: z.string().min(1),
    seat: z.enum(["sp", "le", "coordinator"]),
    holder: z.int().min(1),
    to: z.email().exactOptional(),
  }),
});

/** @throws z.ZodError for what no step of ours put on the queue; after its tries it lies in the dead letters */
export function readDueOrder(body: unknown): string {
  return DueOrder.parse(body).pairId;
}

/** @throws z.ZodError as above */
export function readSendOrder(body: unknown): SendOrder {
  return SendMessage.parse(body).send;
}

/**
 * Hands over each message of a batch by itself, all at once: one that fails goes back to its queue and
 * holds up no other.
 */
export async function eachRecord(
  event: SQSEvent,
  log: Log,
  handle: (body: unknown) => Promise<unknown>,
): Promise<SQSBatchResponse> {
  const failed = await Promise.all(
    event.Records.map(async (record) => {
      try {
        await handle(JSON.parse(record.body));
        return undefined;
      } catch (error) {
        log.error("queue.failed", { ...factsOfRecord(record), ...factsOfFailure(error) });
        return { itemIdentifier: record.messageId };
      }
    }),
  );
  return { batchItemFailures: failed.filter((item) => item !== undefined) };
}

function factsOfRecord({ messageId, eventSourceARN, attributes }: SQSRecord) {
  return {
    messageId,
    queue: eventSourceARN.slice(eventSourceARN.lastIndexOf(":") + 1),
    receives: attributes.ApproximateReceiveCount,
  };
}
