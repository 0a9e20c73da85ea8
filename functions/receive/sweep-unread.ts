import { plusMinutes } from "../core/instant.ts";
import { type ReceiveMailPorts, receiveMail } from "./receive-mail.ts";
import { readStoredNotice } from "./stored-notice.ts";

/** Younger mail may be in a function's hands right now, or wait for its second try. */
const SETTLE_MINUTES = 15;
/** Mail that is unread for so long is an alarm: the bucket forgets it after seven days. */
export const UNREAD_HOURS = 2;

/**
 * Reads mail that was stored and never read: its notice was lost, or reading it failed. A mail that
 * fails again holds up no other.
 */
export async function sweepUnread(ports: ReceiveMailPorts): Promise<void> {
  const now = ports.clock.now();
  for (const messageId of await ports.archive.unread(plusMinutes(now, -SETTLE_MINUTES))) {
    await readAgain(ports, messageId);
  }
  const left = await ports.archive.unread(plusMinutes(now, -UNREAD_HOURS * 60));
  if (left.length > 0) ports.log.error("receive.unread", { count: left.length });
}

async function readAgain(ports: ReceiveMailPorts, messageId: string): Promise<void> {
  try {
    const raw = await ports.archive.read(messageId);
    if (raw === undefined) return;
    await receiveMail(ports, readStoredNotice(messageId, raw, ports.clock.now()));
  } catch (error) {
    const name = error instanceof Error ? error.name : "unknown";
    ports.log.error("receive.unreadable", { messageId, error: name });
  }
}
