import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { failWithoutWords } from "../adapters/failure.ts";
import { liveService, liveTick } from "../adapters/live-ports.ts";
import { eachRecord, readDueOrder } from "../adapters/sqs.ts";
import { advancePair } from "./advance-pair.ts";
import { readScheduleConfig } from "./config.ts";
import { findDue, sweepDue } from "./find-due.ts";
import { readTick } from "./tick-event.ts";
import { watchOverdue } from "./watch-overdue.ts";

const config = readScheduleConfig(process.env);
const tickPorts = liveTick(config);
const { ports, ready } = liveService(config);

/** EventBridge, each minute and every ten minutes -> the queues. */
export async function tick(event: unknown): Promise<void> {
  await failWithoutWords(ports.log, "schedule.failed", async () => {
    if (readTick(event) === "since-the-last") return findDue(tickPorts);
    await sweepDue(tickPorts);
    await watchOverdue(tickPorts);
  });
}

/** The queue of due pairs -> planned sends. */
export async function advance(event: SQSEvent): Promise<SQSBatchResponse> {
  await ready();
  return eachRecord(event, ports.log, (body) => advancePair(ports, readDueOrder(body)));
}
