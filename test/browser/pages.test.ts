import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { protectPages, readForm } from "../../functions/adapters/http.ts";
import { launchBrowser } from "../support/browser.ts";
import { filledIn, site } from "./example-views.ts";
import { gallery, signUpStep } from "./gallery.tsx";
import {
  type Focused,
  focused,
  lowButtons,
  scrollsSideways,
  smallTargets,
  tabStops,
} from "./page-checks.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const pages = gallery();
const names = Object.keys(pages);
const posted: Readonly<Record<string, unknown>>[] = [];

let browser: Browser;
let origin: string;
let stopServer: () => void;

beforeAll(async () => {
  browser = await launchBrowser();
  ({ origin, stop: stopServer } = await servePages());
});

afterAll(async () => {
  await browser.close();
  stopServer();
});

/** The views behind the real headers, policy and guards; the form answers as the sign-up does. */
function servePages(): Promise<{ readonly origin: string; readonly stop: () => void }> {
  const app = new Hono();
  const log = { info: () => undefined, error: console.error };
  protectPages(app, { site, siteUrl: "https://pages.example", log });
  app.get("/pages/:name", (c) => {
    const page = pages[c.req.param("name")];
    return page === undefined ? c.notFound() : c.html(page);
  });
  app.post("/enroll", async (c) => {
    const fields = await readForm(c);
    posted.push(fields);
    return c.html(signUpStep(fields));
  });
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, (address) => {
      const { port } = address as AddressInfo;
      resolve({ origin: `http://127.0.0.1:${port}`, stop: () => server.close() });
    });
  });
}

const VIEWS: Readonly<Record<string, BrowserContextOptions>> = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  "320 px": { viewport: { width: 320, height: 640 } },
  "text at 200 %": {},
};

describe.each(Object.keys(VIEWS))("in the view %s", (view) => {
  let context: BrowserContext;
  beforeAll(async () => {
    context = await browser.newContext(VIEWS[view]);
  });
  afterAll(() => context.close());

  test.each(names)(
    "the page %s passes axe, fits its window and has targets to hit",
    async (name) => {
      const page = await context.newPage();
      await page.goto(`${origin}/pages/${name}`);
      if (view === "text at 200 %") await page.evaluate(enlargeText);
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate(scrollsSideways)).toBe(false);
      expect(await page.evaluate(smallTargets)).toEqual([]);
      expect(await page.evaluate(lowButtons)).toEqual([]);
      await page.close();
    },
  );
});

function enlargeText(): void {
  document.documentElement.style.fontSize = "200%";
}

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate(runAxe, TAGS);
  return found;
}

async function runAxe(tags: readonly string[]): Promise<readonly string[]> {
  interface Violation {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }
  const { axe } = globalThis as unknown as {
    readonly axe: {
      run(on: unknown, options: unknown): Promise<{ readonly violations: readonly Violation[] }>;
    };
  };
  const { violations } = await axe.run(document, { runOnly: { type: "tag", values: tags } });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

describe.each(["light", "dark"] as const)("with the keyboard alone, %s", (colorScheme) => {
  test.each(names)(
    "the page %s is walked through in order, with a ring that is seen",
    async (name) => {
      const context = await browser.newContext({ colorScheme });
      const page = await context.newPage();
      await page.goto(`${origin}/pages/${name}`);
      const stops = await walk(page);
      expect(stops).toHaveLength(await page.evaluate(tabStops));
      const places = stops.map(({ place }) => place);
      expect(places).toEqual([...places].sort((first, second) => first - second));
      for (const { name, ringPx, ringContrast, visible } of stops) {
        expect({ name, visible }).toEqual({ name, visible: true });
        expect(ringPx, name).toBeGreaterThanOrEqual(2);
        expect(ringContrast, name).toBeGreaterThanOrEqual(3);
      }
      await context.close();
    },
  );
});

/** Every stop of the Tab key from the skip link, the first thing on each page, until it leaves the page. */
async function walk(page: Page): Promise<readonly Focused[]> {
  if ((await page.locator(".errors").count()) > 0) await hasFocus(page, ".errors");
  await page.focus(".skip");
  const stops: Focused[] = [];
  for (let presses = 0; presses < 80; presses += 1) {
    const stop = await page.evaluate(focused);
    if (stop === null || (stops.length > 1 && stop.place === stops[0]?.place)) break;
    // A time field has parts of its own (hour, minute, half of the day) within one element.
    if (stop.place !== stops.at(-1)?.place) stops.push(stop);
    await page.keyboard.press("Tab");
  }
  return stops;
}

/** Browsers move the focus of `autofocus` with the first frame they draw, so it is waited for. */
function hasFocus(page: Page, selector: string): Promise<unknown> {
  return page.locator(`${selector}:focus`).waitFor();
}

test("no page asks for anything else, and none breaks its own policy", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => requests.push(new URL(request.url()).pathname));
  page.on("console", (message) => complaints.push(message.text()));
  for (const name of names) await page.goto(`${origin}/pages/${name}`);
  expect(requests.filter((path) => !path.startsWith("image/"))).toEqual(
    names.map((name) => `/pages/${name}`),
  );
  expect(complaints).toEqual([]);
  await context.close();
});

test("after errors the summary has the focus, and its links lead to the fields", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${origin}/pages/sign-up-errors`);
  await hasFocus(page, ".errors");
  await page.getByRole("link", { name: "Enter your full name." }).click();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("name");
  await context.close();
});

test("two people sign up without scripts, look again, change an answer and go on", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${origin}/pages/sign-up`);
  await page.getByRole("button", { name: "Check your answers" }).click();
  expect(await page.title()).toBe("Error: Sign up with your partner - Common Ground");

  await page.getByLabel("At a service provider").check();
  await page.getByLabel("Your full name").fill(filledIn.name);
  await page.getByLabel("Your work email address").fill(filledIn.email);
  await page.getByLabel("Your agency").fill(filledIn.agency);
  await page.getByLabel("Your partner's full name").fill(filledIn.partner_name);
  await page.getByLabel("Your partner's work email address").fill(filledIn.partner_email);
  await page.getByLabel("Your partner's agency").fill(filledIn.partner_agency);
  await page.getByLabel("Day").selectOption("Thursday");
  await page.getByLabel("Time", { exact: true }).fill("14:30");
  await page.getByRole("button", { name: "Check your answers" }).click();
  expect(await page.textContent("main")).toContain("Thursdays at 2:30 p.m.");

  await page.getByRole("button", { name: "Change your agency" }).click();
  expect(await page.getByLabel("Your full name").inputValue()).toBe(filledIn.name);
  expect(new URL(page.url()).hash).toBe("#agency");
  await page.getByLabel("Your agency").fill("Harbor House");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Sign us up" }).click();
  expect(await page.title()).toBe("Now check your mail - Common Ground");
  expect(posted.at(-1)).toMatchObject({
    ...filledIn,
    agency: "Harbor House",
    weekday: "4",
    time: "14:30",
    checked: "yes",
  });
  await context.close();
});

test("with wide letter and word spacing nothing is cut off at 320 px", async () => {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
  const page = await context.newPage();
  for (const name of names) {
    await page.goto(`${origin}/pages/${name}`);
    // WCAG 1.4.12: the spacing that people may set for themselves.
    await page.evaluate(() => {
      document.body.style.cssText = "line-height:1.5;letter-spacing:.12em;word-spacing:.16em";
    });
    expect({ name, sideways: await page.evaluate(scrollsSideways) }).toEqual({
      name,
      sideways: false,
    });
  }
  await context.close();
});
