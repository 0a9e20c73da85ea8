import { GetSendQuotaCommand } from "@aws-sdk/client-ses";
import { until } from "./aws.ts";
import { countMails } from "./mail-sink.ts";
import { countIn } from "./queues.ts";
import type { Stage } from "./stage.ts";

/** In the order in which one fills the next. */
const FLOW = ["feedback", "due", "fast", "bulk"] as const;

/** Waits until no step has anything left to do and each mail that SES has accepted is in its inbox. */
export async function untilQuiet(stage: Stage): Promise<void> {
  await until(
    "all queues are empty and all mails are delivered",
    async () => ((await areQueuesEmpty(stage)) && (await isAllDelivered(stage))) || undefined,
    90,
  );
}

/**
 * A step fills the next queue before its own message is gone, so they are asked one after the other,
 * down the stream: asked all at once, the last may answer before it is filled and the first after it
 * was emptied.
 */
async function areQueuesEmpty(stage: Stage): Promise<boolean> {
  for (const queue of FLOW) {
    if ((await countIn(stage, queue)) > 0) return false;
  }
  return true;
}

/** SES answers before it delivers, the emulator's too, and does not deliver in the order of its answers. */
async function isAllDelivered({ aws, inbox }: Stage): Promise<boolean> {
  const { SentLast24Hours } = await aws.ses.send(new GetSendQuotaCommand({}));
  return countMails(inbox) === SentLast24Hours;
}
