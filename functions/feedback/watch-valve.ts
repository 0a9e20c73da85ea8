import { countsFrom, countsSince, type Failure, judgeMail, shutValve } from "../core/valve.ts";
import type { Ports } from "../ports.ts";
import type { MailEvent } from "./mail-event.ts";

export type WatchValvePorts = Pick<Ports, "valve" | "clock" | "signer" | "log">;

/**
 * Counts a mail that bounced for good or was called spam, and pauses course mail when the mails of the
 * last seven days fail too often. It judges at each such event, so no more than one event is late, and
 * an event that comes twice counts once. A mail counts on the day it went out: what went out before a
 * person resumed never pauses again, however late its bounce is.
 */
export async function watchValve(ports: WatchValvePorts, event: MailEvent): Promise<void> {
  const failure = failureOf(event);
  if (failure === undefined) return;
  const id = ports.signer.hash("failed", event.sesId).slice(0, 16);
  await ports.valve.note(failure, { id, sentAt: event.sentAt });
  const judged = await ports.valve.read();
  if (judged.shut !== undefined) return;
  const from = countsFrom(judged, ports.clock.now());
  const counts = countsSince(judged, from, await ports.valve.count(from));
  const why = judgeMail(counts);
  if (why === undefined) return;
  const changed = await ports.valve.change((stored) =>
    shutValve(stored, judged, why, ports.clock.now()),
  );
  if (changed !== undefined) ports.log.error("feedback.paused", { why, ...counts });
}

function failureOf({ type }: MailEvent): Failure | undefined {
  if (type === "hard-bounce") return "bounce";
  return type === "complaint" ? "complaint" : undefined;
}
