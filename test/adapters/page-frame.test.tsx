import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { Page } from "../../functions/adapters/page-frame.tsx";
import { STYLE, STYLE_SOURCE } from "../../functions/adapters/page-style.ts";
import { dayWords, slotWords, timeWords } from "../../functions/core/wording.ts";
import { filledIn, site } from "../browser/example-views.ts";
import { gallery } from "../browser/gallery.tsx";
import { all, formsOf, proseOf, render, textOf } from "../support/html.ts";
import { readingGrade, sentencesOf } from "../support/reading.ts";

const pages = Object.entries(gallery());

describe.each(pages)("the page %s", (_name, view) => {
  test("states its language and direction, one heading and a title that begins with it", async () => {
    const { document } = await render(view);
    const [html] = all(document, "html");
    expect(html?.attribs).toMatchObject({ lang: "en", dir: "ltr" });
    const headings = all(document, "h1").map(textOf);
    expect(headings).toHaveLength(1);
    const isError = all(document, "div").some(({ attribs }) => attribs.class === "errors");
    const title = all(document, "title").map(textOf);
    expect(title).toEqual([`${isError ? "Error: " : ""}${headings[0]} - Common Ground`]);
  });

  test("needs no script, no handler, no inline style attribute and nothing from elsewhere", async () => {
    const { html, document } = await render(view);
    expect(all(document, "script")).toEqual([]);
    expect(html).not.toMatch(/\s(?:on\w+|style|src)=/);
    expect(html).not.toMatch(/(?:href|action)="(?:https?:)?\/\//);
    expect(gzipSync(html).length).toBeLessThan(15 * 1024);
  });

  test("has unique ids, and every label, description and error link leads to one of them", async () => {
    const { html, document } = await render(view);
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const links = [...html.matchAll(/\shref="#([^"]*)"/g)].map(([, id]) => id);
    const labels = all(document, "label").flatMap(({ attribs }) => attribs.for ?? []);
    const described = [...html.matchAll(/aria-describedby="([^"]*)"/g)].flatMap(([, list]) =>
      String(list).split(" "),
    );
    for (const id of [...links, ...labels, ...described]) expect(ids).toContain(id);
  });

  test("changes things by POST only, and says where to find help", async () => {
    const page = await render(view);
    for (const form of formsOf(page)) expect(form.method).toBe("post");
    const [footer] = all(page.document, "footer");
    expect(footer && textOf(footer)).toMatch(/^Need help\? Write to coordinator@county\.example\./);
  });

  test("reads easily", async () => {
    const prose = proseOf(await render(view)).map((text) =>
      text.replaceAll(filledIn.partner_name, "Max Lee").replaceAll(filledIn.name, "Ana Lee"),
    );
    for (const sentence of sentencesOf(prose)) {
      expect(sentence.split(" ").length, sentence).toBeLessThanOrEqual(30);
    }
    expect(readingGrade(prose)).toBeLessThanOrEqual(6);
  });
});

test("the policy's hash is that of the style sheet as browsers see it", async () => {
  const { html } = await render(<Page site={site} title="Anything" />);
  const [, sheet = ""] = /<style>(.*?)<\/style>/s.exec(html) ?? [];
  const hash = createHash("sha256").update(sheet).digest("base64");
  expect(STYLE_SOURCE).toBe(`'sha256-${hash}'`);
  expect(Buffer.byteLength(STYLE)).toBeLessThanOrEqual(5 * 1024);
});

test("errors come before the heading, take the focus and lead to their fields", async () => {
  const { html, document } = await render(
    <Page site={site} title="Form" errors={[{ field: "name", message: "Enter <your> name." }]}>
      <input id="name" />
    </Page>,
  );
  const summary = all(document, "div").find(({ attribs }) => attribs.class === "errors");
  expect(summary?.attribs).toMatchObject({ role: "alert", tabindex: "-1", autofocus: "" });
  const [link] = summary ? all(summary, "a") : [];
  expect(link?.attribs.href).toBe("#name");
  expect(link && textOf(link)).toBe("Enter <your> name.");
  expect(html.indexOf("There is a problem")).toBeLessThan(html.indexOf("<h1>"));
});

test("days, times and slots are said as people say them", () => {
  expect(dayWords("2026-03-03")).toBe("Tuesday, March 3");
  expect(dayWords("2027-02-02", "with-year")).toBe("Tuesday, February 2, 2027");
  expect(["00:05", "09:30", "12:00", "23:59"].map(timeWords)).toEqual([
    "12:05 a.m.",
    "9:30 a.m.",
    "12:00 p.m.",
    "11:59 p.m.",
  ]);
  expect(slotWords({ weekday: 5, time: "14:00", timeZone: "Europe/San_Marino" })).toBe(
    "Fridays at 2:00 p.m., Europe/San Marino time",
  );
});
