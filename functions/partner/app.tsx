import { Hono } from "hono";
import type { Site } from "../adapters/page-frame.tsx";
import type { ChangePairPorts } from "../schedule/change-pair.ts";
import { linkRoutes } from "./link-routes.tsx";
import { type OwnPageRoutePorts, ownPageRoutes } from "./own-page-routes.tsx";

/** Everything behind a partner's mailed links, and their own page behind a sign-in link. */
export function partnerApp(ports: ChangePairPorts & OwnPageRoutePorts, site: Site): Hono {
  const app = new Hono();
  linkRoutes(app, ports, site);
  ownPageRoutes(app, ports, site);
  return app;
}
