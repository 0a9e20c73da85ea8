import { randomUUID } from "node:crypto";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { PublishCommand } from "@aws-sdk/client-sns";
import nodemailer from "nodemailer";
import { ARCHIVE_PREFIX } from "../../functions/adapters/s3-mail-archive.ts";
import { sendIdOf } from "../../functions/core/send.ts";
import { until } from "./aws.ts";
import { type DeliveredMail, readMails } from "./mail-sink.ts";
import { sendsOf } from "./rows.ts";
import type { Stage } from "./stage.ts";

/** Mail under load, with functions that start cold. */
const SECONDS_MAX = 90;

/** Every mail so far to one address, in order. */
export async function mailsTo(stage: Stage, to: string): Promise<readonly DeliveredMail[]> {
  return (await readMails(stage.inbox)).filter((mail) => mail.to === to);
}

/** The newest mail to an address with this subject; waits for it. */
export async function mailTo(
  stage: Stage,
  to: string,
  subject: string | RegExp,
): Promise<DeliveredMail> {
  return until(
    `a mail "${subject}" to ${to}`,
    async () => (await mailsTo(stage, to)).findLast((mail) => mail.subject.match(subject)),
    SECONDS_MAX,
  );
}

export function linkIn(mail: DeliveredMail, path: string): string {
  const link = mail.links.find((href) => new URL(href).pathname.startsWith(`${path}/`));
  if (link === undefined) throw new Error(`"${mail.subject}" has no link to ${path}`);
  return link;
}

/**
 * A partner's answer arrives as the receipt rule would bring it: first the raw mail in the bucket, then
 * the event to `receive`, which does not wait for it.
 *
 * @returns SES's id of the answer, under which its raw text is stored
 */
export async function answer(stage: Stage, mail: DeliveredMail, words: string): Promise<string> {
  const messageId = randomUUID().replaceAll("-", "");
  const Key = ARCHIVE_PREFIX + messageId;
  const Body = await composeAnswer(mail, words);
  await stage.aws.s3.send(new PutObjectCommand({ Bucket: stage.archive, Key, Body }));
  await stage.aws.lambda.send(
    new InvokeCommand({
      FunctionName: stage.nameOf("receive"),
      InvocationType: "Event",
      Payload: JSON.stringify(receiptEvent(messageId, mail)),
    }),
  );
  return messageId;
}

async function composeAnswer(mail: DeliveredMail, words: string): Promise<Buffer> {
  const composer = nodemailer.createTransport({ streamTransport: true, buffer: true });
  const { message } = await composer.sendMail({
    from: mail.to,
    to: mail.replyTo,
    subject: `Re: ${mail.subject}`,
    inReplyTo: `<${mail.sesId}@email.amazonses.com>`,
    text: `${words}\n\nCommon Ground wrote:\n> Reply DONE when it is done.\n`,
  });
  return message as Buffer;
}

/** What SES calls a receipt rule's function with. */
function receiptEvent(messageId: string, { to, replyTo }: DeliveredMail) {
  const timestamp = new Date().toISOString();
  const pass = { status: "PASS" };
  const verdicts = {
    ...{ spfVerdict: pass, dkimVerdict: pass, dmarcVerdict: pass },
    ...{ spamVerdict: pass, virusVerdict: pass },
  };
  const ses = {
    mail: { messageId, timestamp, source: to, destination: [replyTo] },
    receipt: { timestamp, recipients: [replyTo], processingTimeMillis: 100, ...verdicts },
  };
  return { Records: [{ eventSource: "aws:ses", eventVersion: "1.0", ses }] };
}

/** SES tells the stack's topic that this mail bounced for good, as event publishing words it. */
export async function reportBounce(stage: Stage, mail: DeliveredMail): Promise<void> {
  const send = (await sendsOf(stage)).find(({ sesId }) => sesId === mail.sesId);
  if (send === undefined) throw new Error(`The ledger does not know "${mail.subject}".`);
  const timestamp = new Date().toISOString();
  const event = {
    eventType: "Bounce",
    mail: {
      messageId: mail.sesId,
      timestamp,
      source: stage.settings.from,
      destination: [mail.to],
      tags: { send: [sendIdOf(send)] },
    },
    bounce: { bounceType: "Permanent", bounceSubType: "General", timestamp },
  };
  await stage.aws.sns.send(
    new PublishCommand({ TopicArn: stage.topicArn("feedback"), Message: JSON.stringify(event) }),
  );
}
