import { readMailEvent } from "../../functions/feedback/mail-event.ts";
import { type EventOutcome, settleEvent } from "../../functions/feedback/settle-event.ts";
import type { SesEventType } from "../../local/ses-event.ts";
import type { TestMail, TestService } from "./service.ts";
import { running } from "./stories.ts";

/** An event as SES publishes it about one mail; addresses stand where SES puts them. */
export function eventOf(
  mail: TestMail,
  eventType: SesEventType,
  at: string,
  bounceType = "Permanent",
) {
  const timed = { timestamp: at };
  return {
    eventType,
    mail: {
      messageId: mail.sesId,
      timestamp: mail.at,
      destination: [mail.to],
      tags: { send: [mail.sendId], "ses:caller-identity": ["sender"] },
    },
    ...(eventType === "Bounce" ? { bounce: { bounceType, ...timed } } : {}),
    ...(eventType === "Complaint" ? { complaint: timed } : {}),
    ...(eventType === "Delivery" ? { delivery: timed } : {}),
  };
}

/** The event reaches `feedback`, and what it plans goes out. */
export async function tell(
  service: TestService,
  mail: TestMail,
  type: SesEventType,
  { at = service.now(), bounceType = "Permanent" } = {},
): Promise<EventOutcome> {
  const outcome = await settleEvent(
    service.ports,
    readMailEvent(eventOf(mail, type, at, bounceType)),
  );
  await service.drain();
  return outcome;
}

export function lastMailTo(service: TestService, address: string): TestMail {
  const mail = service.mails.filter(({ to }) => to === address).at(-1);
  if (mail === undefined) throw new Error("nothing went to this address");
  return mail;
}

/** A course under way, shortly after its first lesson. */
export async function afterFirstLesson() {
  const { service, pair } = await running();
  await service.advanceTo("2026-10-06T16:00:00.000Z");
  return { service, pair, lesson: lastMailTo(service, "ada@harbor.example") };
}
