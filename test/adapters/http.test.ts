import { Hono } from "hono";
import { beforeEach, describe, expect, test } from "vitest";
import {
  clientAddress,
  FORM_BYTES_MAX,
  protectPages,
  readForm,
} from "../../functions/adapters/http.ts";
import { STYLE_SOURCE } from "../../functions/adapters/page-style.ts";
import { site } from "../browser/example-views.ts";

const own = "https://pages.example";
const logged: unknown[] = [];
const app = new Hono();
protectPages(app, {
  site,
  siteUrl: own,
  log: { info: () => undefined, error: (event, facts) => logged.push({ event, ...facts }) },
});
app.get("/page", (c) => c.html("<p>A page</p>"));
app.get("/broken", () => {
  throw new TypeError("ana@harbor.example said:\n    at secret (x.ts:1:1)");
});
app.post("/form", async (c) => c.json(await readForm(c)));
app.post("/unsubscribe", (c) => c.text("done"));

beforeEach(() => logged.splice(0));

function post(path: string, headers: Record<string, string>, body: string = "a=1") {
  const type = "application/x-www-form-urlencoded";
  return app.request(path, { method: "POST", headers: { "content-type": type, ...headers }, body });
}

describe("every answer", () => {
  test.each(["/page", "/nowhere", "/broken"])("%s carries the headers", async (path) => {
    const { headers } = await app.request(path);
    expect(Object.fromEntries(headers)).toMatchObject({
      "content-security-policy": [
        "default-src 'none'",
        `style-src ${STYLE_SOURCE}`,
        "img-src data:",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
      ].join("; "),
      "strict-transport-security": "max-age=31536000; includeSubDomains",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "no-store",
    });
  });
});

describe("a posted form", () => {
  test.each([
    ["from our own page", { "sec-fetch-site": "same-origin", origin: "null" }],
    ["reloaded by hand", { "sec-fetch-site": "none" }],
    ["from an older browser", { origin: own }],
    ["from no browser", {}],
  ])("passes when it comes %s", async (_, headers) => {
    expect((await post("/form", headers)).status).toBe(200);
  });

  test.each([
    ["from another site", { "sec-fetch-site": "cross-site" }],
    ["from another site that claims our origin", { "sec-fetch-site": "cross-site", origin: own }],
    ["from a sister site", { "sec-fetch-site": "same-site" }],
    ["from an older browser on another site", { origin: "https://evil.example" }],
    ["from a page that hides where it is", { origin: "null" }],
  ])("is refused when it comes %s", async (_, headers) => {
    const response = await post("/form", headers);
    expect(response.status).toBe(403);
    expect(await response.text()).toContain("Please press the button on our own page");
  });

  test("that unsubscribes passes from anywhere", async () => {
    const headers = { "sec-fetch-site": "cross-site", origin: "https://mail.example" };
    expect((await post("/unsubscribe", headers)).status).toBe(200);
  });

  test("may be read from anywhere", async () => {
    const response = await app.request("/page", { headers: { "sec-fetch-site": "cross-site" } });
    expect(response.status).toBe(200);
  });

  test("is refused above 64 KB, whether or not it says how long it is", async () => {
    const long = `a=${"x".repeat(FORM_BYTES_MAX)}`;
    const stream = new Blob([long]).stream();
    const request = new Request(`${own}/form`, {
      method: "POST",
      body: stream,
      duplex: "half",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    } as RequestInit);
    expect((await post("/form", { "content-length": String(long.length) }, long)).status).toBe(413);
    expect((await app.request(request)).status).toBe(413);
    expect((await post("/form", {}, long.slice(2))).status).toBe(200);
  });

  test("is read as text, with what comes twice as a list and a broken body as nothing", async () => {
    expect(await (await post("/form", {}, "a=1&b=2&b=3&a%20b=")).json()).toEqual({
      a: "1",
      b: ["2", "3"],
      "a b": "",
    });
    const headers = { "content-type": "multipart/form-data; boundary=x" };
    expect(await (await post("/form", headers, "no boundary")).json()).toEqual({});
    expect(await (await post("/form", { "content-type": "text/plain" })).json()).toEqual({});
  });
});

test("a page that is not there says so and how to go on", async () => {
  const response = await app.request("/nowhere?token=secret");
  expect(response.status).toBe(404);
  const html = await response.text();
  expect(html).toContain("We cannot find this page");
  expect(html).not.toContain("secret");
});

test("a failure shows and logs no word of what was typed", async () => {
  const response = await app.request("/broken");
  expect(response.status).toBe(500);
  expect(await response.text()).not.toMatch(/ana@harbor|TypeError|secret/);
  expect(logged).toEqual([
    {
      event: "page.failed",
      method: "GET",
      error: "TypeError",
      at: expect.stringMatching(/^at .*http\.test\.ts/),
    },
  ]);
});

describe("the client's address", () => {
  const gateway = { requestContext: { http: { sourceIp: "203.0.113.9" } } };
  test.each([
    ["the gateway's event", gateway, "203.0.113.9"],
    ["an event within", { event: gateway }, "203.0.113.9"],
    ["a socket", { incoming: { socket: { remoteAddress: "127.0.0.1" } } }, "127.0.0.1"],
    [
      "a mapped address",
      { incoming: { socket: { remoteAddress: "::ffff:192.0.2.1" } } },
      "192.0.2.1",
    ],
    ["a closed socket", { incoming: { socket: {} } }, "unknown"],
    ["nothing", undefined, "unknown"],
    ["something else", { requestContext: { http: 3 } }, "unknown"],
  ])("comes from %s", (_, env, address) => {
    expect(clientAddress(env)).toBe(address);
  });

  test("counts a whole IPv6 network as one, however it is written", () => {
    const of = (sourceIp: string) => clientAddress({ requestContext: { http: { sourceIp } } });
    const network = "2001:db8:0:7::/64";
    expect(of("2001:db8:0:7:aaaa:bbbb:cccc:dddd")).toBe(network);
    expect(of("2001:DB8:0:7::1")).toBe(network);
    expect(of("2001:db8:0:7::")).toBe(network);
    expect(of("2001:db8:0:8::1")).toBe("2001:db8:0:8::/64");
    expect(of("::1")).toBe("0:0:0:0::/64");
    expect(of("fe80::1%eth0")).toBe("fe80:0:0:0::/64");
  });
});
