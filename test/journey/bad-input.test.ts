import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  linkTo,
  newest,
  PAIR,
  type PairFields,
  post,
  pressLink,
  signUp,
  startCourse,
} from "./sign-up.ts";
import { type Visitor, visit } from "./visitor.ts";

let visitor: Visitor;

beforeAll(async () => {
  visitor = await visit({ startAt: "2026-10-05T15:00:00Z" });
});
afterAll(() => visitor?.stop());

function submit(changes: Partial<PairFields>): Promise<Response> {
  return post(`${visitor.site}/enroll`, { ...PAIR, ...changes, checked: "yes" });
}

describe("the sign-up form", () => {
  const nothing = Object.keys(PAIR).map((field) => [field, ""] as const);
  const tooMuch = [
    "name",
    "email",
    "agency",
    "partner_name",
    "partner_email",
    "partner_agency",
  ].map((field) => [field, `${"x".repeat(500)}@harbor.example`] as const);
  const wrong = [
    ["role", "judge"],
    ["email", "not an address"],
    ["email", "josé@harbor.example"],
    ["email", PAIR.partner_email],
    ["weekday", "6"],
    ["weekday", "Tuesday"],
    ["time", "25:00"],
    ["time_zone", "Mars/Olympus"],
    ["name", "Ada\u0000Provider"],
    ["name", "<b>Ada</b>"],
    ["agency", "see https://evil.example"],
    ["partner_name", "Ben\r\nBcc: all@evil.example"],
    ["cohort", "nobody-knows-it"],
  ] as const;

  test.each([...nothing, ...tooMuch, ...wrong])(
    "refuses %s = %j with words next to the field, keeps the other answers and writes to nobody",
    async (field, value) => {
      const before = (await visitor.messages()).length;
      const response = await submit({ [field]: value } as Partial<PairFields>);
      const html = await response.text();
      expect(response.status).toBe(422);
      expect(html).toContain("There is a problem");
      expect(html).toContain(
        `href="#${field === "email" && value === PAIR.partner_email ? "partner_email" : field}"`,
      );
      if (field !== "agency") expect(html).toContain(PAIR.agency);
      expect(html).not.toContain("<b>Ada</b>");
      expect(await visitor.messages()).toHaveLength(before);
    },
  );

  test("says of a non-ASCII mailbox name that mail cannot be delivered to it", async () => {
    const html = await (await submit({ email: "josé@harbor.example" })).text();
    expect(html).toMatch(/letters|accent|a to z|deliver/i);
  });

  test("answers the same to a known pair, either way round, and keeps one pair", async () => {
    const fields = { ...PAIR, email: "kim@harbor.example", partner_email: "lou@police.example" };
    const first = await signUp(visitor, fields);
    const swapped = {
      ...fields,
      role: "law_enforcement",
      email: fields.partner_email,
      partner_email: fields.email,
    };
    const second = await signUp(visitor, swapped);
    expect(await second.text()).toBe(await first.text());
    const invited = (await visitor.messages()).filter(({ to }) => /kim|lou/.test(to));
    expect(invited.map(({ to }) => to)).toEqual(["kim@harbor.example"]);
  });
});

describe("a mailed link", () => {
  test("that was altered or is foreign opens a page that says how to go on, and does nothing", async () => {
    const fields = { ...PAIR, email: "pat@harbor.example", partner_email: "sam@police.example" };
    await signUp(visitor, fields);
    const href = linkTo(await newest(visitor, "invitation", fields.email), "/confirm");
    const altered = `${href.slice(0, -2)}${href.endsWith("AA") ? "BB" : "AA"}`;
    const controls = href.replace("/confirm/", "/controls/");
    for (const link of [altered, controls, `${visitor.site}/confirm/nonsense`]) {
      const page = await fetch(link);
      expect(page.status).toBe(404);
      expect(await page.text()).toContain("This link does not work");
    }
    const token = altered.split("/").at(-1) ?? "";
    expect((await post(`${visitor.site}/confirm`, { token, act: "join" })).status).toBe(404);
    expect((await visitor.messages()).some(({ to }) => to === fields.partner_email)).toBe(false);
  });

  test("pressed twice says that it was done already", async () => {
    const fields = { ...PAIR, email: "may@harbor.example", partner_email: "ned@police.example" };
    await signUp(visitor, fields);
    const mail = await newest(visitor, "invitation", fields.email);
    expect(await (await pressLink(mail, "/confirm", "join")).text()).toContain("that is settled");
    const token = linkTo(mail, "/confirm").split("/").at(-1) ?? "";
    const again = await post(`${visitor.site}/confirm`, { token, act: "join" });
    expect(await again.text()).toContain("You have already said yes");
  });
});

describe("a broken mail at the inbound door", () => {
  test.each([
    ["nothing", ""],
    ["no mail at all", "\u0000\u0001\u0002"],
    ["no reply address", "From: a@b.example\r\nTo: someone@else.example\r\n\r\nDONE\r\n"],
  ])("that is %s is refused with a clear word", async (_, body) => {
    const response = await inbound(body);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect((await response.text()).length).toBeGreaterThan(10);
  });

  test("with a token that nobody signed, cut short in its middle, or of 20 MB answers nobody wrongly", async () => {
    const fields = { ...PAIR, email: "una@harbor.example", partner_email: "vic@police.example" };
    await startCourse(visitor, fields);
    await visitor.moveClock({ advance: "P3D" });
    const lesson = await newest(visitor, "lesson", fields.email);
    const before = (await visitor.messages()).length;
    const unsigned = lesson.replyTo.replace(/.(?=@)/, (last) => (last === "a" ? "b" : "a"));
    expect((await inbound(mailTo(unsigned, fields.email, "DONE"))).status).toBe(200);
    const cut = `${mailTo(lesson.replyTo, fields.email, "DONE").split("\r\n\r\n")[0]}\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Ty`;
    expect((await inbound(cut)).status).toBe(200);
    const big = mailTo(
      lesson.replyTo,
      fields.email,
      `DONE\r\n${"a".repeat(76)}\r\n`.repeat(256_000),
    );
    expect((await inbound(big)).status).toBe(200);
    const kinds = (await visitor.messages())
      .slice(before)
      .map(({ kind, subject }) => `${kind} ${subject}`);
    expect(kinds.filter((line) => line.includes("Logged"))).toEqual([]);
    expect(await (await fetch(`${visitor.site}/health`)).status).toBe(200);
  }, 60_000);
});

function inbound(body: string): Promise<Response> {
  return fetch(`${visitor.site}/mailbox/inbound`, {
    method: "POST",
    headers: { "content-type": "message/rfc822" },
    body,
  });
}

function mailTo(to: string, from: string, body: string): string {
  return `From: ${from}\r\nTo: ${to}\r\nSubject: Re: hello\r\nMessage-ID: <${body.length}@partner.example>\r\n\r\n${body}\r\n`;
}
