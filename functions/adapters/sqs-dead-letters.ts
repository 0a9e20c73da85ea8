import {
  GetQueueAttributesCommand,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from "@aws-sdk/client-sqs";
import { countMessages } from "./sqs.ts";

export interface QueueCount {
  readonly queue: string;
  readonly waiting: number;
  readonly dead: number;
}

/** What was given up after its tries, of each queue between the steps. */
export interface DeadLetters {
  counts(): Promise<readonly QueueCount[]>;
  /** Starts to put a queue's dead letters back onto it. */
  redrive(queue: string): Promise<void>;
}

/** @param urls of the queues; their dead letters lie beside them in a queue of the same name with `-dead` */
export function sqsDeadLetters(
  client: SQSClient,
  urls: Readonly<Record<string, string>>,
): DeadLetters {
  return {
    counts: () =>
      Promise.all(
        Object.entries(urls).map(async ([queue, url]) => ({
          queue,
          waiting: await countMessages(client, url),
          dead: await countMessages(client, deadOf(url)),
        })),
      ),
    redrive: async (queue) => {
      const SourceArn = await arnOf(client, deadOf(urls[queue] ?? ""));
      await client.send(new StartMessageMoveTaskCommand({ SourceArn }));
    },
  };
}

function deadOf(url: string): string {
  return `${url}-dead`;
}

async function arnOf(client: SQSClient, QueueUrl: string): Promise<string> {
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] });
  const { Attributes } = await client.send(command);
  if (Attributes?.QueueArn === undefined) throw new Error("SQS does not say the queue's ARN.");
  return Attributes.QueueArn;
}
