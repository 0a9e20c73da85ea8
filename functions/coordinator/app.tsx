import { type Context, Hono } from "hono";
import { readForm } from "../adapters/http.ts";
import { readToken } from "../adapters/link-token.ts";
import type { Site } from "../adapters/page-frame.tsx";
import { PATHS, pairPath } from "../adapters/page-paths.ts";
import { clearSessionCookie, getSessionCookie } from "../adapters/session-cookie.ts";
import { BrokenLinkPage } from "../confirm/page.tsx";
import { DonePage } from "../partner/link-pages.tsx";
import { closeSession, readSession, type SignInPorts } from "../partner/sign-in.ts";
import { SignInOverPage } from "../partner/sign-in-pages.tsx";
import { signInRoutes } from "../partner/sign-in-routes.tsx";
import { ApprovalDonePage, ApprovalPage } from "./approval-page.tsx";
import { type ApprovePairPorts, answerApproval, viewApproval } from "./approve-pair.ts";
import { RosterPage } from "./page.tsx";
import { type ResumeSendingPorts, resumeSending } from "./resume-sending.ts";
import { type RosterPorts, viewRoster } from "./roster.ts";
import { type SteerPorts, showPair, steerPair } from "./steer-routes.tsx";

export type CoordinatorPorts = SignInPorts &
  ApprovePairPorts &
  RosterPorts &
  ResumeSendingPorts &
  SteerPorts;

/** The coordinator's list of pairs, and approvals, all behind their own sign-in. */
export function coordinatorApp(ports: CoordinatorPorts, site: Site): Hono {
  const app = new Hono();
  signInRoutes(app, ports, site, "coordinator");
  app.get(PATHS.coordinator, (c) =>
    withCohort(c, ports, site, async (cohort) =>
      c.html(<RosterPage site={site} view={await viewRoster(ports, cohort)} />),
    ),
  );
  app.post(PATHS.coordinator, async (c) =>
    (await readForm(c)).act === "resume" ? resume(c, ports, site) : signOut(c, ports, site),
  );
  const onePair = pairPath(":pair").replace("%3A", ":");
  app.get(onePair, (c) => withCohort(c, ports, site, (cohort) => showPair(c, ports, site, cohort)));
  app.post(onePair, (c) =>
    withCohort(c, ports, site, (cohort) => steerPair(c, ports, site, cohort)),
  );
  approvalRoutes(app, ports, site);
  return app;
}

/** The link in a notice names the pair; the page still asks for the coordinator's own sign-in. */
function approvalRoutes(app: Hono, ports: CoordinatorPorts, site: Site): void {
  app.get(`${PATHS.approve}/:token`, (c) =>
    withCohort(c, ports, site, (cohort) => {
      const link = readToken(ports, c.req.param("token"), "approve");
      if (link.kind !== "good") return c.html(<BrokenLinkPage site={site} />, 404);
      return showApproval(c, ports, site, cohort, link.claims.owner);
    }),
  );
  app.get(PATHS.approve, (c) =>
    withCohort(c, ports, site, (cohort) =>
      showApproval(c, ports, site, cohort, c.req.query("pair") ?? ""),
    ),
  );
  app.post(PATHS.approve, async (c) => {
    const { pair, act } = await readForm(c);
    return withCohort(c, ports, site, async (cohort) => {
      const pairId = typeof pair === "string" ? pair : "";
      if (act !== "approve" && act !== "decline") {
        return showApproval(c, ports, site, cohort, pairId);
      }
      const answered = await answerApproval(ports, cohort, pairId, act);
      return c.html(<ApprovalDonePage site={site} {...answered} />);
    });
  });
}

async function showApproval(
  c: Context,
  ports: CoordinatorPorts,
  site: Site,
  cohort: string,
  pairId: string,
): Promise<Response> {
  const state = await viewApproval(ports, cohort, pairId);
  return state.kind === "open"
    ? c.html(<ApprovalPage site={site} view={state.view} />)
    : c.html(<ApprovalDonePage site={site} outcome={state.outcome} already />);
}

/** Once or twice pressed, the list afterwards says how it stands. */
function resume(c: Context, ports: CoordinatorPorts, site: Site): Promise<Response> {
  return withCohort(c, ports, site, async () => {
    await resumeSending(ports);
    return c.redirect(PATHS.coordinator, 303);
  });
}

async function withCohort(
  c: Context,
  ports: CoordinatorPorts,
  site: Site,
  use: (cohort: string) => Response | Promise<Response>,
): Promise<Response> {
  const secret = getSessionCookie(c, "coordinator");
  if (secret === undefined) return c.redirect(PATHS.coordinatorSignIn, 303);
  const session = await readSession(ports, secret);
  if (session?.who.kind !== "coordinator") {
    return c.html(<SignInOverPage site={site} door="coordinator" />, 401);
  }
  return use(session.who.cohort);
}

async function signOut(c: Context, ports: CoordinatorPorts, site: Site): Promise<Response> {
  const secret = getSessionCookie(c, "coordinator");
  if (secret !== undefined) await closeSession(ports, secret);
  clearSessionCookie(c, "coordinator");
  return c.html(<DonePage site={site} done="signed-out" />);
}
