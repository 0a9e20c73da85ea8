import { FAREWELL } from "../core/allowed.ts";
import type { Pair } from "../core/pair.ts";
import type { SendKey } from "../core/send.ts";
import type { Ports } from "../ports.ts";
import { type AnswerReplyPorts, mayAnswer, wasAskedAbout } from "./answer-reply.ts";
import type { InboundNotice } from "./inbound-notice.ts";
import type { InboundMail } from "./read-mail.ts";
import { type Evidence, isProven } from "./who-wrote.ts";

export interface ForgottenReply {
  readonly notice: InboundNotice;
  readonly mail: InboundMail;
  readonly answered: SendKey;
  readonly id: string;
  readonly evidence: Evidence;
}

/**
 * Somebody answers an old mail after they were erased, or after the names of an ended pair were deleted.
 * Nothing of it counts. They are told that the series has ended, once for a mail, and the address this
 * goes to is written down nowhere: it travels with the order to send, and where that is lost, or has to wait
 * for longer than a queue keeps it back, there is no answer.
 *
 * @returns false when whoever wrote cannot be told from somebody who only pretends
 */
export async function answerForgotten(
  ports: AnswerReplyPorts,
  { notice, mail, answered, id, evidence }: ForgottenReply,
  pair: Pair,
): Promise<boolean> {
  if (mail.from === null || !isProven(mail.from, mail, evidence)) return false;
  // A first try asked whether it was them, before they were erased: that was its answer.
  if (await wasAskedAbout(ports, answered, id)) return true;
  if (!(await mayAnswer(ports, answered, id, notice.timestamp))) return false;
  const { owner, seat, holder } = answered;
  const key = { owner, item: `receipt-${id}`, seat, holder };
  await planFarewell(ports, key, pair);
  await ports.queues.put({ queue: "fast", send: { ...key, to: mail.from } });
  return true;
}

async function planFarewell(
  { ledger, courses, clock }: Pick<Ports, "ledger" | "courses" | "clock">,
  key: SendKey,
  pair: Pair,
): Promise<void> {
  const now = clock.now();
  const { edition } = await courses.current(pair.course);
  await ledger.plan({
    ...key,
    kind: "receipt",
    mail: FAREWELL,
    edition,
    locale: pair.locale,
    facts: {},
    plannedAt: now,
    plannedFor: now,
    state: "planned",
    unresolved: 0,
    dueAt: now,
    version: 0,
  });
}
