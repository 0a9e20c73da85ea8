import { isIPv6 } from "node:net";
import type { Context, Env, Hono, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import { secureHeaders } from "hono/secure-headers";
import * as z from "zod";
import type { Log } from "../ports.ts";
import { ErrorPage, type Refusal } from "./error-page.tsx";
import type { Site } from "./page-frame.tsx";
import { PATHS } from "./page-paths.ts";
import { STYLE_SOURCE } from "./page-style.ts";

export interface PageDeps {
  readonly site: Site;
  /** `https://…` without a slash at the end. */
  readonly siteUrl: string;
  readonly log: Log;
}

/** The longest form has eleven short fields; what is larger was not typed into it. */
export const FORM_BYTES_MAX = 64 * 1024;

/**
 * Puts headers, limits and error pages around every route of an app. Call it before adding routes:
 * Hono runs middleware in the order in which it was added.
 */
export function protectPages<E extends Env>(app: Hono<E>, deps: PageDeps): void {
  app.use(pageHeaders());
  app.use(neverStored);
  app.use(refuseForeignForms(deps));
  app.use(bodyLimit({ maxSize: FORM_BYTES_MAX, onError: (c) => refuse(c, deps, "too-large") }));
  app.notFound((c) => refuse(c, deps, "not-found"));
  app.onError((error, c) => {
    if (error instanceof HTTPException && error.status === 404) return refuse(c, deps, "not-found");
    deps.log.error("page.failed", { method: c.req.method, error: error.name, at: placeOf(error) });
    return refuse(c, deps, "failed");
  });
}

/**
 * The fields of a posted form. Text stays text; a field sent twice becomes a list and an upload a
 * file, which every schema of ours refuses. A body that is no form has no fields.
 */
export async function readForm(c: Context): Promise<Readonly<Record<string, unknown>>> {
  try {
    return await c.req.parseBody({ all: true });
  } catch {
    return {};
  }
}

/**
 * Whom the limits of the form count: API Gateway's source address, or the socket of the local
 * service. Never a header, which anybody can write. A network of IPv6 (/64) counts as one, for one
 * subscriber has all of it.
 */
export function clientAddress(env: unknown): string {
  const facts = ClientFacts.safeParse(env).data;
  const address =
    facts?.requestContext?.http.sourceIp ??
    facts?.event?.requestContext.http.sourceIp ??
    facts?.incoming?.socket.remoteAddress;
  return address === undefined ? "unknown" : networkOf(address);
}

const Gateway = z.object({ http: z.object({ sourceIp: z.string() }) });
const ClientFacts = z.object({
  requestContext: Gateway.optional().catch(undefined),
  event: z.object({ requestContext: Gateway }).optional().catch(undefined),
  incoming: z
    .object({ socket: z.object({ remoteAddress: z.string() }) })
    .optional()
    .catch(undefined),
});

function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=[\d.]+$)/i, "").replace(/%.*$/, "");
  if (!isIPv6(plain)) return plain;
  const [head = "", tail] = plain.toLowerCase().split("::");
  const front = head === "" ? [] : head.split(":");
  const back = tail === undefined || tail === "" ? [] : tail.split(":");
  const gap = tail === undefined ? 0 : 8 - front.length - back.length;
  const groups = [...front, ...Array<string>(Math.max(gap, 0)).fill("0"), ...back];
  return `${groups.slice(0, 4).join(":")}::/64`;
}

function pageHeaders(): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: [STYLE_SOURCE],
      imgSrc: ["data:"], // the icon, which is part of the page
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
    strictTransportSecurity: "max-age=31536000; includeSubDomains",
    xFrameOptions: "DENY",
    referrerPolicy: "no-referrer",
    permissionsPolicy: { camera: [], geolocation: [], microphone: [] },
  });
}

/** Pages carry tokens and names; no cache on the way or in the browser keeps them. */
const neverStored: MiddlewareHandler = async (c, next) => {
  await next();
  c.header("Cache-Control", "no-store");
};

/**
 * Refuses a POST that a browser sent from another site. Current browsers say so in `Sec-Fetch-Site`;
 * for older ones `Origin` decides. A request with neither comes from no browser and so cannot be a
 * forged form; it still needs a token or a session. One-click unsubscribing comes from mail services
 * and passes anyway (RFC 8058).
 */
function refuseForeignForms(deps: PageDeps): MiddlewareHandler {
  const own = new URL(deps.siteUrl).origin;
  return async (c, next) => {
    const isOneClick = c.req.path.startsWith(PATHS.unsubscribe);
    const reads = ["GET", "HEAD", "OPTIONS"].includes(c.req.method);
    if (reads || isOneClick || isOwnForm(c, own)) return next();
    return refuse(c, deps, "foreign-form");
  };
}

function isOwnForm(c: Context, own: string): boolean {
  const site = c.req.header("sec-fetch-site");
  if (site !== undefined) return site === "same-origin" || site === "none";
  const origin = c.req.header("origin");
  return origin === undefined || origin === own;
}

const STATUS = { "not-found": 404, "foreign-form": 403, "too-large": 413, failed: 500 } as const;

function refuse(c: Context, { site }: PageDeps, refusal: Refusal) {
  return c.html(ErrorPage({ site, refusal }), STATUS[refusal]);
}

/** Where in our code it happened. The message, with which a stack begins, may hold what a person typed. */
function placeOf({ message, stack = "" }: Error): string {
  const frames = stack.slice(stack.indexOf(message) + message.length).split("\n");
  return frames.find((line) => line.startsWith("    at "))?.trim() ?? "unknown";
}
