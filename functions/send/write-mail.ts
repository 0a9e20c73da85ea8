import { type CourseLabels, LABELS_MAIL } from "../../emails/compiled.ts";
import { renderMail } from "../../emails/render.ts";
import type { LogEntry } from "../core/action.ts";
import { parseSendId, type Send, sendIdOf } from "../core/send.ts";
import type { OutboundMail, Ports } from "../ports.ts";
import { composeMail, type MailEnvelope, type RenderedMail } from "./compose-mail.ts";
import { fillSlots } from "./fill-slots.ts";
import type { AddressedSend } from "./find-recipient.ts";
import { mailLinks } from "./mail-links.ts";

export type WriteMailPorts = Pick<Ports, "courses" | "pairs" | "ledger" | "signer" | "settings">;

/** Course of mail that is about no pair: sign-in links of coordinators come from it too. */
export const DEFAULT_COURSE = "partner-tips";

/** Renders and composes one mail from the edition that was fixed when it was planned. */
export async function writeMail(
  ports: WriteMailPorts,
  addressed: AddressedSend,
): Promise<OutboundMail> {
  const { rendered, envelope } = await draftMail(ports, addressed);
  const { send, email } = addressed;
  const raw = composeMail(rendered, envelope);
  return { sendId: sendIdOf(send), to: email, raw, tags: tagsOf(send) };
}

/** The words of one mail, and what stands on its envelope. */
export async function draftMail(
  ports: WriteMailPorts,
  addressed: AddressedSend,
): Promise<{ readonly rendered: RenderedMail; readonly envelope: MailEnvelope }> {
  const { send, pair } = addressed;
  const course = pair?.course ?? DEFAULT_COURSE;
  const compiled = await ports.courses.mail(course, send.edition, send.mail, send.locale);
  const labels = await ports.courses.mail(course, send.edition, LABELS_MAIL, send.locale);
  const links = mailLinks(ports, send);
  const slots = fillSlots({
    addressed,
    links,
    labels: labels.content as CourseLabels,
    outline: await ports.courses.current(course),
    entries: await entriesFor(ports, addressed),
    settings: ports.settings,
  });
  const envelope = {
    from: ports.settings.from,
    to: { name: addressed.name, address: addressed.email },
    replyTo: replyAddress(ports, send),
    kind: send.kind,
    ...(await thread(ports, send)),
    unsubscribeUrl: links.unsubscribeUrl,
    listDomain: ports.settings.replyDomain,
    messageIdDomain: ports.settings.messageIdDomain,
  };
  return { rendered: renderMail(compiled.content, slots), envelope };
}

/** Tags of the SES message: the send's id, and what the mail is, for events and for the mailbox page. */
function tagsOf(send: Send): Readonly<Record<string, string>> {
  return { send: sendIdOf(send), kind: send.kind, seat: send.seat };
}

function replyAddress(ports: WriteMailPorts, send: Send): string {
  return send.seat === "coordinator"
    ? ports.settings.from
    : `${ports.signer.replyLocalPart(send)}@${ports.settings.replyDomain}`;
}

async function entriesFor(
  ports: WriteMailPorts,
  { send, pair }: AddressedSend,
): Promise<readonly LogEntry[]> {
  return pair === undefined || send.seat === "coordinator" ? [] : ports.pairs.log(pair.id);
}

/** SES's id of the mail that the person answered, so that the receipt joins its thread. */
async function thread(ports: WriteMailPorts, send: Send): Promise<{ readonly answers?: string }> {
  const key = send.facts.answers === undefined ? undefined : parseSendId(send.facts.answers);
  const answered = key === undefined ? undefined : await ports.ledger.read(key);
  return answered?.sesId === undefined ? {} : { answers: answered.sesId };
}
