import { failWithoutWords } from "../adapters/failure.ts";
import { liveReceive } from "../adapters/live-ports.ts";
import { readReceiveConfig } from "./config.ts";
import { readReceiptEvent } from "./inbound-notice.ts";
import { receiveMail } from "./receive-mail.ts";
import { sweepUnread } from "./sweep-unread.ts";

const { ports, ready } = liveReceive(readReceiveConfig(process.env));

/** SES's receipt rule -> the log and an answer. */
export async function handler(event: unknown): Promise<void> {
  await failWithoutWords(ports.log, "receive.failed", async () => {
    await ready();
    for (const notice of readReceiptEvent(event)) await receiveMail(ports, notice);
  });
}

/** EventBridge, each hour -> mail that was stored and never read. */
export async function sweep(): Promise<void> {
  await failWithoutWords(ports.log, "receive.failed", async () => {
    await ready();
    await sweepUnread(ports);
  });
}
