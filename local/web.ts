import type { AddressInfo } from "node:net";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import type { TimeMachine } from "./time-machine.ts";

/** Answers one request of the local HTTP server. */
export type Fetch = (request: Request, bindings: HttpBindings) => Response | Promise<Response>;

export interface WebServer {
  readonly port: number;
  /** Answers with the service from now on; until then everything is told to wait. */
  open(fetch: Fetch): void;
  close(): Promise<void>;
}

/** Listens on a loopback port at once, so that a port in use is known before anything else is started. */
export async function startWebServer(port: number): Promise<WebServer> {
  let answer: Fetch = starting;
  const server = createAdaptorServer({
    fetch: (request, bindings) => answer(request, bindings as HttpBindings),
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    open: (fetch) => {
      answer = fetch;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}

const starting: Fetch = () => Response.json({ status: "starting" }, { status: 503 });

export interface WebParts {
  /** The service's own pages. */
  readonly pages: Hono;
  /** The mailbox and the clock. */
  readonly local: Hono;
  readonly machine: Pick<TimeMachine, "run">;
}

const LOCAL_PATHS = /^\/(?:mailbox|clock|operator)(?:\/|$)/;

/**
 * One site out of two apps. What may change something runs alone, so that no request comes between
 * the clock and what falls due; its body is read before, for a slow client must not stop the clock.
 */
export function siteOf({ pages, local, machine }: WebParts): Fetch {
  return async (request, bindings) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/health") return Response.json({ status: "ok" });
    if (LOCAL_PATHS.test(pathname)) return local.fetch(request, bindings);
    if (request.method === "GET" || request.method === "HEAD") {
      return pages.fetch(request, bindings);
    }
    const { url, method, headers } = request;
    const read = new Request(url, { method, headers, body: await request.arrayBuffer() });
    return machine.run(async () => pages.fetch(read, bindings));
  };
}
