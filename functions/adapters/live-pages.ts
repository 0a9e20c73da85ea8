import { Hono } from "hono";
import { handle, type LambdaContext, type LambdaEvent } from "hono/aws-lambda";
import type { Settings } from "../ports.ts";
import { protectPages } from "./http.ts";
import type { Live, ServicePorts } from "./live-ports.ts";
import type { Site } from "./page-frame.tsx";

export type PageHandler = (event: LambdaEvent, context?: LambdaContext) => Promise<unknown>;

/** The pages of one step behind API Gateway, with the same protection as everywhere. */
export function livePages<P extends ServicePorts>(
  { ports, ready }: Live<P>,
  pagesOf: (ports: P, site: Site) => Hono,
): PageHandler {
  const site = siteOf(ports.settings);
  const app = new Hono();
  protectPages(app, { site, siteUrl: ports.settings.siteUrl, log: ports.log });
  app.use(async (_, next) => {
    await ready();
    await next();
  });
  app.route("/", pagesOf(ports, site));
  return handle(app);
}

/** Help comes from the coordinator of the default cohort, the first one that is set. */
function siteOf(settings: Settings): Site {
  const [first] = Object.values(settings.cohorts);
  return { helpEmail: first?.coordinators[0] ?? settings.from, sender: settings.from };
}
