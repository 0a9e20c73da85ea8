import {
  InvokeCommand,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from "@aws-sdk/client-lambda";
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from "@aws-sdk/client-sqs";
import type { TickEvent } from "../../functions/schedule/tick-event.ts";
import type { Stage } from "./stage.ts";

/** How many messages can be handled now or are being handled; what was put off to a later minute does not count. */
export async function countIn({ aws, queueUrl }: Stage, queue: string): Promise<number> {
  const { Attributes = {} } = await aws.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl(queue), AttributeNames: ["All"] }),
  );
  return (
    Number(Attributes.ApproximateNumberOfMessages) +
    Number(Attributes.ApproximateNumberOfMessagesNotVisible)
  );
}

/**
 * Calls the function that EventBridge calls, as its timer of ten minutes does: after a jump in time,
 * what became due first may lie too far back for the timer of each minute.
 */
export async function tick({ aws, nameOf }: Stage): Promise<void> {
  const event: TickEvent = { look: "from-the-beginning" };
  const { FunctionError } = await aws.lambda.send(
    new InvokeCommand({
      FunctionName: nameOf("schedule-tick"),
      Payload: JSON.stringify(event),
    }),
  );
  if (FunctionError !== undefined) throw new Error("The tick failed.");
}

/** Whether a function gets what its queue holds, or leaves it there. */
export async function setFeeding(
  { aws, nameOf }: Stage,
  part: string,
  isOn: boolean,
): Promise<void> {
  const { EventSourceMappings = [] } = await aws.lambda.send(
    new ListEventSourceMappingsCommand({ FunctionName: nameOf(part) }),
  );
  for (const { UUID } of EventSourceMappings) {
    await aws.lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: isOn }));
  }
}

/** How long a message that failed waits for its next try. */
export async function setRetrySeconds(
  { aws, queueUrl }: Stage,
  queue: string,
  seconds: number,
): Promise<void> {
  await aws.sqs.send(
    new SetQueueAttributesCommand({
      QueueUrl: queueUrl(queue),
      Attributes: { VisibilityTimeout: String(seconds) },
    }),
  );
}

/** Each dead letter goes back into its queue. */
export async function redrive(stage: Stage, queue: string): Promise<void> {
  const { sqs } = stage.aws;
  const dead = stage.queueUrl(`${queue}-dead`);
  while ((await countIn(stage, `${queue}-dead`)) > 0) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: dead }));
    for (const { Body, ReceiptHandle } of Messages) {
      await sqs.send(
        new SendMessageCommand({ QueueUrl: stage.queueUrl(queue), MessageBody: Body }),
      );
      await sqs.send(new DeleteMessageCommand({ QueueUrl: dead, ReceiptHandle }));
    }
  }
}
