import { type Context, Hono } from "hono";
import * as z from "zod";
import type { Ports } from "../functions/ports.ts";
import { type ClockMove, type ClockParts, moveBy, moveTo } from "./clock-routes.ts";
import { viewMail } from "./mail-view.ts";
import { type MailboxApiParts, reportEvent } from "./mailbox-api.ts";
import { MAILBOX, mailPath } from "./mailbox-frame.tsx";
import type { LocalQueues } from "./queues.ts";
import { composeReply } from "./reply-mail.ts";
import type { SesMail } from "./ses-mail.ts";

export interface MailboxFormParts extends MailboxApiParts, ClockParts {
  readonly queues: Pick<LocalQueues, "redrive">;
  /** Zone in which the person lives whom the mail went to. */
  readonly timeZoneOf: (mail: SesMail) => Promise<string>;
  readonly settings: Pick<Ports["settings"], "replyDomain">;
}

/** What the buttons of the mailbox's pages do. Each leads back to a page that shows what it set going. */
export function mailboxForms(parts: MailboxFormParts): Hono {
  const app = new Hono();
  app.post("/clock", async (c) => {
    const before = parts.mails.all().length;
    const { advance } = z.object({ advance: z.string() }).parse(await c.req.parseBody());
    const move = advance === "next" ? await moveToNext(parts) : await moveBy(parts, advance);
    return back(c, MAILBOX, move.kind === "moved" ? { since: before } : { refused: move.why });
  });
  app.post("/redrive", async (c) => {
    const before = parts.mails.all().length;
    await parts.machine.run(async () => parts.queues.redrive());
    return back(c, MAILBOX, { since: before });
  });
  app.post("/messages/:id/reply", (c) => withMail(c, parts, postReply));
  app.post("/messages/:id/event", (c) => withMail(c, parts, postEvent));
  return app;
}

async function moveToNext(parts: MailboxFormParts): Promise<ClockMove> {
  const next = await parts.machine.nextAt();
  if (next === undefined) return { kind: "refused", why: "Nothing is waiting to happen." };
  const now = parts.clock.now();
  return moveTo(parts, next > now ? next : now);
}

type PostToMail = (c: Context, parts: MailboxFormParts, mail: SesMail) => Promise<Response>;

async function withMail(c: Context, parts: MailboxFormParts, post: PostToMail): Promise<Response> {
  const mail = parts.ses.mails.find(c.req.param("id") ?? "");
  return mail === undefined ? c.notFound() : post(c, parts, mail);
}

const ReplyForm = z.object({
  body: z.string().default(""),
  word: z.string().default(""),
  style: z.enum(["html", "plain"]).default("html"),
  from: z.string().trim().default(""),
});

async function postReply(c: Context, parts: MailboxFormParts, mail: SesMail): Promise<Response> {
  const { body, word, style, from } = ReplyForm.parse(await c.req.parseBody());
  const before = parts.mails.all().length;
  const answers = await viewMail(mail);
  const writer = from === "" ? answers.to.address : from;
  const raw = await composeReply({
    answers,
    body: word === "" ? body : word,
    style,
    from: writer,
    sentAt: parts.clock.now(),
    timeZone: await parts.timeZoneOf(mail),
  });
  const recipients = [answers.replyTo];
  const reception = await parts.door.receive({ raw, sender: writer, recipients });
  return back(
    c,
    mailPath(mail.id),
    reception.kind === "accepted" ? { since: before } : { refused: reception.why },
  );
}

const EventForm = z.object({
  event: z.enum(["Delivery", "Bounce/Permanent", "Bounce/Transient", "Complaint"]),
});

async function postEvent(c: Context, parts: MailboxFormParts, mail: SesMail): Promise<Response> {
  const { event } = EventForm.parse(await c.req.parseBody());
  const before = parts.mails.all().length;
  const order =
    event === "Bounce/Permanent" || event === "Bounce/Transient"
      ? ({
          type: "Bounce",
          bounceType: event === "Bounce/Permanent" ? "Permanent" : "Transient",
        } as const)
      : { type: event };
  await reportEvent(parts, { messageId: mail.id, ...order });
  return back(c, mailPath(mail.id), { since: before });
}

/** `since`: how many mails there were before, so that the page can name those that came. */
type News = { readonly since: number } | { readonly refused: string };

function back(c: Context, path: string, news: News): Response {
  const query =
    "since" in news ? `since=${news.since}` : `refused=${encodeURIComponent(news.refused)}`;
  return c.redirect(`${path}?${query}`, 303);
}
