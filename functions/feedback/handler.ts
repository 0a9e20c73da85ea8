import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { liveService } from "../adapters/live-ports.ts";
import { eachRecord } from "../adapters/sqs.ts";
import { readFeedbackConfig } from "./config.ts";
import { readMailEvent } from "./mail-event.ts";
import { settleEvent } from "./settle-event.ts";

const { ports, ready } = liveService(readFeedbackConfig(process.env));

/** SES's events, through SNS and SQS -> the ledger. */
export async function handler(sqsEvent: SQSEvent): Promise<SQSBatchResponse> {
  await ready();
  return eachRecord(sqsEvent, ports.log, async (body) => {
    const event = readMailEvent(body);
    const outcome = await settleEvent(ports, event);
    ports.log.info("feedback.event", { kind: event.type, outcome });
  });
}
