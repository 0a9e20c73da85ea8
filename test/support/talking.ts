import { agreementAt } from "../../functions/core/agreement.ts";
import { localDay } from "../../functions/core/instant.ts";
import { sendIdOf } from "../../functions/core/send.ts";
import { createInbox, mailTo, type ReplyMail, replyTo } from "./replies.ts";
import type { TestMail, TestService } from "./service.ts";
import { read, running } from "./stories.ts";

export const ADA = "ada@harbor.example";
export const BEN = "ben@police.example";
export const ZONE = "America/New_York";
/** Tuesday noon in New York, two hours after the first lesson. */
export const AFTER_LESSON = "2026-10-06T16:00:00.000Z";

/** A pair under way, and what comes of what its two people reply. */
export async function underWay(at = AFTER_LESSON) {
  const { service, pair } = await running();
  await service.advanceTo(at);
  return { pair, ...talking(service, pair.id) };
}

/** What these two say to the service by raw mails, and what it makes of it. */
export function talking(service: TestService, pairId: string) {
  const inbox = createInbox();
  const say = async (who: string, item: RegExp, body: string, more: Partial<ReplyMail> = {}) => {
    const before = service.mails.length;
    await replyTo(service, inbox, mailTo(service, who, item), { body, ...more });
    return namesOf(service, pairId, service.mails.slice(before));
  };
  const log = async () =>
    (await service.ports.pairs.log(pairId)).map(
      ({ kind, on, seat, undoneAt }) =>
        `${kind} ${on} ${seat}${undoneAt === undefined ? "" : " undone"}`,
    );
  const agreement = async () => {
    const entries = await service.ports.pairs.log(pairId);
    return agreementAt(entries, localDay(service.now(), ZONE));
  };
  return { service, say, log, agreement, now: () => read(service, pairId) };
}

/** `receipt-logged sp`: content file and seat of each mail. */
async function namesOf(
  service: TestService,
  pairId: string,
  mails: readonly TestMail[],
): Promise<readonly string[]> {
  const sends = await service.ports.ledger.list(pairId, "");
  return mails.map(({ sendId }) => {
    const send = sends.find((candidate) => sendIdOf(candidate) === sendId);
    return `${send?.mail} ${send?.seat}`;
  });
}
