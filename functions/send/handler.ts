import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { liveSend } from "../adapters/live-ports.ts";
import { eachRecord, readSendOrder } from "../adapters/sqs.ts";
import { readSendConfig } from "./config.ts";
import { sendMail } from "./send-mail.ts";

const { ports, ready } = liveSend(readSendConfig(process.env));

/** One lane's queue -> SES. */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  await ready();
  const timed = { ...ports, timeLeftMs: () => context.getRemainingTimeInMillis() };
  return eachRecord(event, ports.log, (body) => sendMail(timed, readSendOrder(body)));
}
