import { Duration } from "aws-cdk-lib";
import type { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { allow } from "./permissions.ts";
import type { ServiceFunction } from "./service-function.ts";

/** A message that failed so often is not going to succeed by itself. */
const RECEIVES_MAX = 5;
const CONSUMER_TIMEOUT_SECONDS = 30;

export interface StepQueueProps {
  /** `common-ground-<stage>-<queue>`; its dead letters are called the same with `-dead` behind. */
  readonly name: string;
}

/** A queue between two steps, with the queue of what could not be handled. */
export class StepQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { name }: StepQueueProps) {
    super(scope, id);
    this.deadLetters = new Queue(this, "DeadLetters", {
      queueName: `${name}-dead`,
      retentionPeriod: Duration.days(14), // as long as SQS can: time for a person to look
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    this.queue = new Queue(this, "Queue", {
      queueName: name,
      visibilityTimeout: Duration.seconds(6 * CONSUMER_TIMEOUT_SECONDS), // AWS advises six timeouts
      retentionPeriod: Duration.days(4),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: RECEIVES_MAX },
    });
  }

  /** @param atOnce how many batches are handled at the same time at most */
  feed(consumer: ServiceFunction, atOnce: number): void {
    consumer.lambda.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: 10,
        reportBatchItemFailures: true,
        maxConcurrency: atOnce,
      }),
    );
  }

  maySend(): PolicyStatement {
    return allow(["sqs:SendMessage"], [this.queue.queueArn]);
  }

  mayCount(): PolicyStatement {
    return allow(["sqs:GetQueueAttributes"], [this.queue.queueArn, this.deadLetters.queueArn]);
  }
}
