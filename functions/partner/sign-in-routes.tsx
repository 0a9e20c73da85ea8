import type { Context, Hono } from "hono";
import { readForm } from "../adapters/http.ts";
import { readToken } from "../adapters/link-token.ts";
import type { Site } from "../adapters/page-frame.tsx";
import { PATHS } from "../adapters/page-paths.ts";
import { emailField } from "../adapters/person-fields.ts";
import { setSessionCookie } from "../adapters/session-cookie.ts";
import { BrokenLinkPage } from "../confirm/page.tsx";
import {
  openSession,
  requestCoordinatorSignIn,
  requestPartnerSignIn,
  type SignInPorts,
} from "./sign-in.ts";
import {
  type SignInDoor,
  SignInOverPage,
  SignInPage,
  SignInRequestPage,
  SignInSentPage,
} from "./sign-in-pages.tsx";

/** Where each door's pages are, what it mails a link with, and the page behind it. */
const DOORS = {
  partner: {
    ask: PATHS.signIn,
    open: PATHS.openPartner,
    inside: PATHS.partner,
    request: requestPartnerSignIn,
  },
  coordinator: {
    ask: PATHS.coordinatorSignIn,
    open: PATHS.openCoordinator,
    inside: PATHS.coordinator,
    request: requestCoordinatorSignIn,
  },
} as const;

/** Asking for a sign-in link by address, and opening a session with it; the same for both doors. */
export function signInRoutes(app: Hono, ports: SignInPorts, site: Site, door: SignInDoor): void {
  const { ask, open } = DOORS[door];
  app.get(ask, (c) => c.html(<SignInRequestPage site={site} door={door} />));
  app.post(ask, (c) => sendLink(c, ports, site, door));
  app.get(`${open}/:token`, (c) => {
    const token = c.req.param("token");
    const link = readToken(ports, token, "sign-in");
    if (link.kind === "broken") return c.html(<BrokenLinkPage site={site} />, 404);
    if (link.kind === "expired") return c.html(<SignInOverPage site={site} door={door} />, 410);
    return c.html(<SignInPage site={site} token={token} door={door} />);
  });
  app.post(open, (c) => enter(c, ports, site, door));
}

async function sendLink(c: Context, ports: SignInPorts, site: Site, door: SignInDoor) {
  const typed = (await readForm(c)).email;
  const email = emailField("your work email address").safeParse(typed);
  if (email.success) {
    await DOORS[door].request(ports, email.data);
    return c.html(<SignInSentPage site={site} />);
  }
  const errors = [{ field: "email", message: email.error.issues[0]?.message ?? "" }];
  const kept = typeof typed === "string" ? typed : "";
  return c.html(<SignInRequestPage {...{ site, door, errors }} email={kept} />, 422);
}

async function enter(c: Context, ports: SignInPorts, site: Site, door: SignInDoor) {
  const { token } = await readForm(c);
  const link = readToken(ports, typeof token === "string" ? token : "", "sign-in");
  const secret = link.kind === "good" ? await openSession(ports, link.claims) : undefined;
  if (secret === undefined) return c.html(<SignInOverPage site={site} door={door} />, 410);
  setSessionCookie(c, door, secret);
  return c.redirect(DOORS[door].inside, 303);
}
