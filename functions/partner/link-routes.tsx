import type { Context, Hono } from "hono";
import { type CourseLabels, LABELS_MAIL } from "../../emails/compiled.ts";
import { readForm } from "../adapters/http.ts";
import { readToken } from "../adapters/link-token.ts";
import type { Site } from "../adapters/page-frame.tsx";
import { PATHS } from "../adapters/page-paths.ts";
import { BrokenLinkPage } from "../confirm/page.tsx";
import type { LinkClaims, LinkPurpose } from "../ports.ts";
import type { ChangePairPorts } from "../schedule/change-pair.ts";
import {
  ControlsPage,
  type Done,
  DonePage,
  GuessPage,
  UndoPage,
  UnsubscribedPage,
  UnsubscribePage,
  WasItYouPage,
} from "./link-pages.tsx";
import {
  acceptAddress,
  logGuess,
  type Pressed,
  pressControl,
  undoReceipt,
  type WeakAct,
} from "./press-button.ts";

const WEAK_ACTS: Readonly<Record<WeakAct, Done>> = {
  later: "later",
  pause: "paused",
  stop: "stopped",
};

/**
 * The weak pages: a mail gets forwarded, so its links do what a reply could and show nothing about the
 * pair. A GET shows a page with buttons; only the POST acts, and a second one says "already done".
 */
export function linkRoutes(app: Hono, ports: ChangePairPorts, site: Site): void {
  controls(app, ports, site);
  unsubscribe(app, ports, site);
  undo(app, ports, site);
  guess(app, ports, site);
  wasItYou(app, ports, site);
}

function controls(app: Hono, ports: ChangePairPorts, site: Site): void {
  app.get(`${PATHS.controls}/:token`, (c) =>
    withLink(c, ports, site, c.req.param("token"), "weak", (_, token) =>
      c.html(<ControlsPage site={site} token={token} />),
    ),
  );
  app.post(PATHS.controls, async (c) => {
    const fields = await readForm(c);
    const what = Object.keys(WEAK_ACTS).find((act) => act === fields.act) as WeakAct | undefined;
    return withLink(c, ports, site, textOf(fields.token), "weak", async (claims, token) =>
      what === undefined
        ? c.html(<ControlsPage site={site} token={token} />)
        : done(c, site, WEAK_ACTS[what], await pressControl(ports, claims, what)),
    );
  });
}

/** RFC 8058: the POST of a mail service has no cookies, carries the token in the address and is not redirected. */
function unsubscribe(app: Hono, ports: ChangePairPorts, site: Site): void {
  const stop = (c: Context, token: string) =>
    withLink(c, ports, site, token, "unsubscribe", async (claims) => {
      await pressControl(ports, claims, "stop");
      return c.html(<UnsubscribedPage site={site} />);
    });
  app.get(`${PATHS.unsubscribe}/:token`, (c) =>
    withLink(c, ports, site, c.req.param("token"), "unsubscribe", (_, token) =>
      c.html(<UnsubscribePage site={site} token={token} />),
    ),
  );
  app.post(`${PATHS.unsubscribe}/:token`, (c) => stop(c, c.req.param("token")));
  app.post(PATHS.unsubscribe, async (c) => stop(c, textOf((await readForm(c)).token)));
}

function undo(app: Hono, ports: ChangePairPorts, site: Site): void {
  app.get(`${PATHS.undo}/:token`, (c) =>
    withLink(c, ports, site, c.req.param("token"), "weak", (_, token) =>
      c.html(<UndoPage site={site} token={token} />),
    ),
  );
  app.post(PATHS.undo, async (c) =>
    withLink(c, ports, site, textOf((await readForm(c)).token), "weak", async (claims) =>
      done(c, site, "taken-back", await undoReceipt(ports, claims)),
    ),
  );
}

/** The link of a guess ends in its number; the form carries both as one token. */
function guess(app: Hono, ports: ChangePairPorts, site: Site): void {
  app.get(`${PATHS.guess}/:token/:index`, (c) =>
    withLink(c, ports, site, c.req.param("token"), "weak", async (claims, token) => {
      const index = Number(c.req.param("index"));
      const fact = await guessWords(ports, claims, index);
      if (fact === undefined) return c.html(<BrokenLinkPage site={site} />, 404);
      return c.html(<GuessPage site={site} token={`${token}/${index}`} {...fact} />);
    }),
  );
  app.post(PATHS.guess, async (c) => {
    const [token = "", index = ""] = textOf((await readForm(c)).token).split("/");
    return withLink(c, ports, site, token, "weak", async (claims) =>
      done(c, site, "logged", await logGuess(ports, claims, Number(index))),
    );
  });
}

function wasItYou(app: Hono, ports: ChangePairPorts, site: Site): void {
  app.get(`${PATHS.wasItYou}/:token`, (c) =>
    withLink(c, ports, site, c.req.param("token"), "weak", (_, token) =>
      c.html(<WasItYouPage site={site} token={token} />),
    ),
  );
  app.post(PATHS.wasItYou, async (c) => {
    const fields = await readForm(c);
    return withLink(c, ports, site, textOf(fields.token), "weak", async (claims) =>
      fields.act === "yes"
        ? done(c, site, "address-kept", await acceptAddress(ports, claims))
        : c.html(<DonePage site={site} done="not-you" />),
    );
  });
}

async function guessWords(ports: ChangePairPorts, claims: LinkClaims, index: number) {
  const send = await ports.ledger.read(claims);
  const fact = send?.facts.guesses?.[index];
  const pair = await ports.pairs.read(claims.owner);
  if (send === undefined || fact === undefined || pair === undefined) return undefined;
  const record = await ports.courses.mail(pair.course, send.edition, LABELS_MAIL, send.locale);
  const what = (record.content as CourseLabels).actions[fact.kind].label;
  return fact.on === undefined ? { what } : { what, on: fact.on };
}

async function withLink(
  c: Context,
  ports: ChangePairPorts,
  site: Site,
  token: string,
  purpose: LinkPurpose,
  use: (claims: LinkClaims, token: string) => Response | Promise<Response>,
): Promise<Response> {
  const link = readToken(ports, token, purpose);
  if (link.kind !== "good") return c.html(<BrokenLinkPage site={site} />, 404);
  return use(link.claims, token);
}

function done(c: Context, site: Site, what: Done, pressed: Pressed): Response | Promise<Response> {
  if (pressed === "over") return c.html(<BrokenLinkPage site={site} />, 410);
  return c.html(<DonePage site={site} done={what} already={pressed === "already"} />);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
