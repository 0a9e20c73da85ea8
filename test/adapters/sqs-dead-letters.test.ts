import { SQSClient } from "@aws-sdk/client-sqs";
import { afterEach, expect, test } from "vitest";
import { sqsDeadLetters } from "../../functions/adapters/sqs-dead-letters.ts";
import { type AwsAnswer, type AwsEndpoint, startAwsEndpoint } from "../support/aws-endpoint.ts";

const URL = "https://sqs.us-east-1.amazonaws.com/123456789012/common-ground-trial-due";
const ARN = "arn:aws:sqs:us-east-1:123456789012:common-ground-trial-due-dead";
let endpoint: AwsEndpoint;

afterEach(() => endpoint.stop());

function counts(visible: number, inFlight = 0): AwsAnswer {
  return {
    body: JSON.stringify({
      Attributes: {
        ApproximateNumberOfMessages: String(visible),
        ApproximateNumberOfMessagesNotVisible: String(inFlight),
        ApproximateNumberOfMessagesDelayed: "0",
        QueueArn: ARN,
      },
    }),
  };
}

test("are counted beside what waits, in the queue of the same name that ends in -dead", async () => {
  endpoint = await startAwsEndpoint(({ body }) =>
    JSON.parse(body).QueueUrl === `${URL}-dead` ? counts(2) : counts(3, 1),
  );
  const letters = sqsDeadLetters(new SQSClient(endpoint.config), { due: URL });
  expect(await letters.counts()).toEqual([{ queue: "due", waiting: 4, dead: 2 }]);
});

test("are put back by SQS's own task, from where it came", async () => {
  endpoint = await startAwsEndpoint(({ target }) =>
    target === "AmazonSQS.StartMessageMoveTask" ? { body: '{"TaskHandle":"t"}' } : counts(2),
  );
  await sqsDeadLetters(new SQSClient(endpoint.config), { due: URL }).redrive("due");
  const { target, body } = endpoint.requests.at(-1) ?? { target: "", body: "{}" };
  expect(target).toBe("AmazonSQS.StartMessageMoveTask");
  expect(JSON.parse(body)).toEqual({ SourceArn: ARN });
});
