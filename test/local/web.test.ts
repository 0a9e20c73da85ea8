import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { afterEach, describe, expect, test } from "vitest";
import { onPort, StartError } from "../../local/start-error.ts";
import { siteOf, startWebServer, type WebServer } from "../../local/web.ts";
import { fakeService } from "./fake-service.ts";

let web: WebServer | undefined;
afterEach(() => web?.close());

describe("the web server", () => {
  test("says that it is starting until the service is open", async () => {
    web = await startWebServer(0);
    const url = `http://127.0.0.1:${web.port}/health`;
    expect((await fetch(url)).status).toBe(503);
    web.open(() => new Response("open"));
    expect(await (await fetch(url)).text()).toBe("open");
  });

  test("gives way to whoever has the port, and says which setting to change", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as AddressInfo;
    const starting = onPort("PORT", port, () => startWebServer(port));
    await expect(starting).rejects.toThrow(StartError);
    await expect(starting).rejects.toThrow(`PORT=${port + 1}`);
    await new Promise((resolve) => other.close(resolve));
  });
});

describe("the site", () => {
  const bindings = {} as HttpBindings;

  function setup() {
    const service = fakeService();
    const pages = new Hono();
    const local = new Hono();
    pages.get("/", (c) => c.text("form"));
    pages.post("/enroll", async (c) => {
      const { pair = "" } = await c.req.parseBody();
      await service.queues.put({ queue: "due", pairId: String(pair) });
      return c.text("signed up");
    });
    local.get("/mailbox", (c) => c.text("mails"));
    const fetchSite = siteOf({ pages, local, machine: service.machine });
    const request = async (path: string, init?: RequestInit) =>
      fetchSite(new Request(`http://127.0.0.1${path}`, init), bindings);
    return { ...service, request };
  }

  test.each([
    ["/", "form"],
    ["/mailbox", "mails"],
    ["/health", `{"status":"ok"}`],
  ])("answers %s", async (path, answer) => {
    const { request } = setup();
    expect(await (await request(path)).text()).toBe(answer);
  });

  test("has done what a form asked for when it answers", async () => {
    const { request, steps } = setup();
    const body = new URLSearchParams({ pair: "ada-and-ben" });
    const response = await request("/enroll", { method: "POST", body });
    expect(await response.text()).toBe("signed up");
    expect(steps.happened.map(({ what }) => what)).toEqual(["ada-and-ben"]);
  });

  test("lets no form in between while something else is under way", async () => {
    const { request, machine, steps } = setup();
    const order: string[] = [];
    const working = machine.run(async () => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      order.push("worked");
    });
    const body = new URLSearchParams({ pair: "ada-and-ben" });
    const posting = request("/enroll", { method: "POST", body }).then(() => order.push("answered"));
    expect(await (await request("/")).text()).toBe("form");
    expect(order).toEqual([]);
    await Promise.all([working, posting]);
    expect(order).toEqual(["worked", "answered"]);
    expect(steps.happened).toHaveLength(1);
  });
});
