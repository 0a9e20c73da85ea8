import { type Context, Hono, type MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import * as z from "zod";
import { STYLE_SOURCE } from "../functions/adapters/page-style.ts";
import type { Pair } from "../functions/core/pair.ts";
import { parseSendId } from "../functions/core/send.ts";
import type { Ports } from "../functions/ports.ts";
import { type ClockParts, clockRoutes } from "./clock-routes.ts";
import { type MailView, viewMail } from "./mail-view.ts";
import { type MailboxApiParts, mailboxApi } from "./mailbox-api.ts";
import { mailboxForms } from "./mailbox-forms.ts";
import { MAILBOX } from "./mailbox-frame.tsx";
import { MailPage, TABS } from "./mailbox-mail-page.tsx";
import { type Inbox, type MailboxNews, MailboxPage } from "./mailbox-page.tsx";
import { MAILBOX_STYLE_SOURCE } from "./mailbox-style.ts";
import type { LocalQueues } from "./queues.ts";
import type { SesMail } from "./ses-mail.ts";

export interface MailboxParts extends MailboxApiParts, ClockParts {
  readonly queues: LocalQueues;
  readonly pairs: Pick<Ports["pairs"], "read" | "roster">;
  readonly settings: Ports["settings"];
  readonly log: Ports["log"];
}

/** The mailbox and the clock: what only the local service has. */
export function localPages(parts: MailboxParts): Hono {
  const app = new Hono();
  app.onError((error, c) => sayWhatFailed(error, c, parts));
  app.use(refuseForeignForms);
  app.route("/", clockRoutes(parts));
  app.route(MAILBOX, mailboxApi(parts));
  app.get(`${MAILBOX}/messages/:id/html`, mailHeaders(), (c) => showHtml(c, parts));
  app.use(pageHeaders());
  app.route(MAILBOX, mailboxForms({ ...parts, timeZoneOf: (mail) => timeZoneOf(parts, mail) }));
  app.get(MAILBOX, (c) => showMailbox(c, parts));
  app.get(`${MAILBOX}/messages/:id`, (c) => showMail(c, parts));
  return app;
}

async function showMailbox(c: Context, parts: MailboxParts): Promise<Response> {
  const news = await newsOf(c, parts);
  const props = {
    now: parts.clock.now(),
    next: await parts.machine.nextAt(),
    timeZones: await timeZones(parts),
    inboxes: inboxesOf(await Promise.all(parts.mails.all().map(viewMail))),
    deadLetters: parts.queues.deadLetters(),
  };
  return c.html(<MailboxPage {...props} {...(news === undefined ? {} : { news })} />);
}

async function showMail(c: Context, parts: MailboxParts): Promise<Response> {
  const mail = parts.ses.mails.find(c.req.param("id") ?? "");
  if (mail === undefined) return c.notFound();
  const tab = TABS.find((name) => name === c.req.query("view")) ?? "html";
  const news = await newsOf(c, parts);
  const props = { view: await viewMail(mail), tab, timeZone: await timeZoneOf(parts, mail) };
  return c.html(<MailPage {...props} {...(news === undefined ? {} : { news })} />);
}

/** The mail as it is, for the frame of its page; links open in a tab of their own. */
async function showHtml(c: Context, { ses }: MailboxParts): Promise<Response> {
  const mail = ses.mails.find(c.req.param("id") ?? "");
  if (mail === undefined) return c.notFound();
  const { html } = await viewMail(mail);
  return c.html(html.replace(/<head[^>]*>/i, (head) => `${head}<base target="_blank">`));
}

async function newsOf(c: Context, { mails }: MailboxParts): Promise<MailboxNews | undefined> {
  const { since, refused } = c.req.query();
  if (refused !== undefined) return { kind: "refused", why: refused };
  if (since === undefined || !/^\d{1,9}$/.test(since)) return undefined;
  return {
    kind: "mails",
    mails: await Promise.all(mails.all().slice(Number(since)).map(viewMail)),
  };
}

/** One inbox an address, in the order in which the addresses got their first mail. */
function inboxesOf(views: readonly MailView[]): readonly Inbox[] {
  const addresses = new Set(views.map(({ to }) => to.address.toLowerCase()));
  return [...addresses].map((address) => {
    const mails = views.filter(({ to }) => to.address.toLowerCase() === address);
    return {
      address,
      name: mails.findLast(({ to }) => to.name !== "")?.to.name ?? "",
      seats: [...new Set(mails.map(({ mail }) => mail.tags.seat ?? ""))],
      mails: mails.toReversed(),
    };
  });
}

/** How many zones the clock shows at most. */
const ZONES_MAX = 3;

/** Zones of the pairs there are; that of the form while there are none. */
async function timeZones({ pairs, settings }: MailboxParts): Promise<[string, ...string[]]> {
  const states: readonly Pair["state"]["kind"][] = ["active", "pending", "completed"];
  const rosters = await Promise.all(
    Object.keys(settings.cohorts).flatMap((cohort) =>
      states.map((state) => pairs.roster(cohort, state)),
    ),
  );
  const zones = rosters.flat().map(({ slot }) => slot.timeZone);
  const [first = settings.defaultSlot.timeZone, ...others] = new Set(zones);
  return [first, ...others.slice(0, ZONES_MAX - 1)];
}

async function timeZoneOf({ pairs, settings }: MailboxParts, mail: SesMail): Promise<string> {
  const owner = parseSendId(mail.tags.send ?? "")?.owner;
  const pair = owner === undefined ? undefined : await pairs.read(owner);
  return pair?.slot.timeZone ?? settings.defaultSlot.timeZone;
}

/** Who runs this service wants to know what failed, in full. */
function sayWhatFailed(error: Error, c: Context, { log }: MailboxParts): Response {
  if (error instanceof z.ZodError) return c.json({ error: z.prettifyError(error) }, 400);
  log.error("mailbox.failed", { path: c.req.path, error: error.name });
  return c.json({ error: `This failed: ${error.message}` }, 500);
}

/** No other site may move the clock or answer mails through the browser of the person who runs this. */
const refuseForeignForms: MiddlewareHandler = async (c, next) => {
  const site = c.req.header("sec-fetch-site") ?? "none";
  if (c.req.method === "GET" || site === "none" || site === "same-origin") return next();
  return c.json({ error: "This request came from another site." }, 403);
};

function pageHeaders(): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: [STYLE_SOURCE, MAILBOX_STYLE_SOURCE],
      imgSrc: ["data:"],
      frameSrc: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
    strictTransportSecurity: false, // plain HTTP, on this machine only
    xFrameOptions: "DENY",
    referrerPolicy: "no-referrer",
  });
}

/** A mail may bring its own styles, and nothing else; it stays in its frame whoever opens it. */
function mailHeaders(): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'unsafe-inline'"],
      imgSrc: ["data:"],
      frameAncestors: ["'self'"],
      sandbox: ["allow-popups", "allow-popups-to-escape-sandbox"],
    },
    strictTransportSecurity: false,
    originAgentCluster: false, // a sandboxed document has an origin of its own anyway
    xFrameOptions: "SAMEORIGIN",
    referrerPolicy: "no-referrer",
  });
}
