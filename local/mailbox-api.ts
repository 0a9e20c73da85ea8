import { type Context, Hono } from "hono";
import * as z from "zod";
import { INBOUND_BYTES_MAX, type InboundDoor } from "./inbound.ts";
import { messageJson, viewMail } from "./mail-view.ts";
import type { SesEndpoint } from "./ses-endpoint.ts";
import type { TimeMachine } from "./time-machine.ts";

export interface MailboxApiParts {
  readonly ses: Pick<SesEndpoint, "report" | "mails">;
  readonly door: InboundDoor;
  readonly machine: TimeMachine;
}

/** What may be said about a sent mail, in SES's words; left out, SES's usual values stand. */
const EventOrder = z.strictObject({
  messageId: z.string().min(1),
  type: z.enum(["Bounce", "Complaint", "Delivery", "DeliveryDelay", "Reject", "Send"]),
  bounceType: z.enum(["Permanent", "Transient", "Undetermined"]).exactOptional(),
  bounceSubType: z.string().max(50).exactOptional(),
  status: z.string().max(50).exactOptional(),
  diagnosticCode: z.string().max(500).exactOptional(),
  complaintFeedbackType: z.string().max(50).exactOptional(),
});
export type EventOrder = z.infer<typeof EventOrder>;

/** The part of the mailbox that programs use: messages out, replies and events in. */
export function mailboxApi(parts: MailboxApiParts): Hono {
  const app = new Hono();
  app.get("/messages", async (c) => {
    const views = await Promise.all(parts.ses.mails.all().map(viewMail));
    return c.json(views.map(messageJson));
  });
  app.get("/messages/:file{.+\\.eml}", (c) => {
    const mail = parts.ses.mails.find(c.req.param("file").slice(0, -".eml".length));
    if (mail === undefined) return c.json({ error: "There is no such message." }, 404);
    return c.body(Uint8Array.from(mail.raw), 200, { "content-type": "message/rfc822" });
  });
  app.post("/inbound", (c) => postInbound(c, parts));
  app.post("/events", (c) => postEvent(c, parts));
  return app;
}

async function postInbound(c: Context, { door }: MailboxApiParts): Promise<Response> {
  const raw = new Uint8Array(await c.req.arrayBuffer());
  if (raw.length > INBOUND_BYTES_MAX) return c.json({ error: "The mail is over 40 MB." }, 413);
  const names = ["spf", "dkim", "dmarc", "spam", "virus"];
  const verdicts = names.map((name) => [name, c.req.header(`x-local-${name}`)]);
  const reception = await door.receive({ raw, verdicts: Object.fromEntries(verdicts) });
  return reception.kind === "accepted"
    ? c.json({ messageId: reception.messageId })
    : c.json({ error: reception.why }, 400);
}

async function postEvent(c: Context, parts: MailboxApiParts): Promise<Response> {
  const order = EventOrder.safeParse(await c.req.json().catch(() => undefined));
  if (!order.success) {
    return c.json({ error: `The body must be JSON. ${z.prettifyError(order.error)}` }, 400);
  }
  const known = await reportEvent(parts, order.data);
  return known
    ? c.json({ messageId: order.data.messageId, type: order.data.type })
    : c.json({ error: "There is no message with this messageId." }, 404);
}

/** Lets it happen, and the service hear of it. @returns false when there is no such mail */
export function reportEvent(
  { ses, machine }: Omit<MailboxApiParts, "door">,
  { messageId, type, ...details }: EventOrder,
): Promise<boolean> {
  return machine.run(async () => (await ses.report(messageId, type, details)) !== undefined);
}
