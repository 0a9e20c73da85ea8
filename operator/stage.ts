import { GetFunctionConfigurationCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { SQSClient } from "@aws-sdk/client-sqs";
import { liveSend } from "../functions/adapters/live-ports.ts";
import { jsonLog } from "../functions/adapters/log.ts";
import { s3MailArchive } from "../functions/adapters/s3-mail-archive.ts";
import { sesSuppressions } from "../functions/adapters/ses-suppressions.ts";
import { sqsDeadLetters } from "../functions/adapters/sqs-dead-letters.ts";
import { readReceiveConfig } from "../functions/receive/config.ts";
import { readSendConfig } from "../functions/send/config.ts";
import { nameFor } from "../infra/config.ts";
import type { Given, Outcome, Question } from "./command.ts";
import { operate } from "./operate.ts";
import { type Place, PlaceError } from "./place.ts";
import type { OperatorPorts } from "./ports.ts";

export interface Stage {
  readonly stage: string;
  readonly region: string;
}

/**
 * A deployed stage: the workflows run here, over its tables and queues, with the rights of whoever is on
 * duty. Names and settings are those that its own functions were deployed with, so that what this
 * machine's `cdk.json` says today cannot lead astray.
 *
 * @param note takes a line of the log
 * @throws PlaceError
 */
export async function stagePlace(stage: Stage, note: (line: string) => void): Promise<Place> {
  return guarded(stage, async () => {
    const ports = await openPorts(stage, note);
    const run = (command: string, given: Given, step: "ask" | "perform") =>
      guarded(stage, () => operate(ports, { command, given, step }));
    return {
      name: `stage ${stage.stage} in ${stage.region}`,
      ask: async (command, given) => (await run(command, given, "ask")) as Question,
      perform: async (command, given) => (await run(command, given, "perform")) as Outcome,
    };
  });
}

async function openPorts(stage: Stage, note: (line: string) => void): Promise<OperatorPorts> {
  const lambda = new LambdaClient({ region: stage.region });
  const config = readSendConfig(await environmentOf(lambda, stage, "send-fast"));
  const { ARCHIVE } = readReceiveConfig(await environmentOf(lambda, stage, "receive"));
  const live = liveSend(config);
  await live.ready();
  const queues = {
    due: config.DUE_QUEUE,
    fast: config.FAST_QUEUE,
    bulk: config.BULK_QUEUE,
    feedback: config.FEEDBACK_QUEUE,
  };
  return {
    ...live.ports,
    sesSuppressions: sesSuppressions(new SESv2Client()),
    archive: s3MailArchive(new S3Client(), ARCHIVE),
    deadLetters: sqsDeadLetters(new SQSClient(), queues),
    log: jsonLog(note),
  };
}

/** What the stack told one of its functions. */
export async function environmentOf(
  lambda: LambdaClient,
  stage: Pick<Stage, "stage">,
  part: string,
): Promise<Readonly<Record<string, string>>> {
  const FunctionName = nameFor(stage, part);
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  return Environment?.Variables ?? {};
}

async function guarded<T>(stage: Stage, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new PlaceError(mendOf(error, stage), { cause: error });
  }
}

/** What a person does about it, by the error's name. */
function mendOf(error: unknown, { stage, region }: Stage): string {
  const name = error instanceof Error ? error.name : "unknown";
  switch (name) {
    case "CredentialsProviderError":
      return "There are no AWS credentials here. Sign in as for a deployment (aws sso login, or AWS_PROFILE).";
    case "ExpiredTokenException":
    case "ExpiredToken":
      return "The AWS credentials have expired. Sign in again.";
    case "ResourceNotFoundException":
      return `There is no stage ${stage} in ${region}, or not in this account. aws sts get-caller-identity says which account this is.`;
    case "AccessDeniedException":
    case "AccessDenied":
      return `These credentials may not do that in stage ${stage}: ${messageOf(error)}`;
    default:
      return `Stage ${stage} in ${region} did not do it (${name}): ${messageOf(error)}`;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
