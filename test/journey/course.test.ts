import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays, daysBetween, localDay, localTime } from "../../functions/core/instant.ts";
import { launchBrowser } from "../support/browser.ts";
import { linkTo, newest, PAIR } from "./sign-up.ts";
import { type AnswerHow, type MailboxMessage, type Visitor, visit } from "./visitor.ts";

const ZONE = "America/New_York";
/** `npm test` speaks SMTP itself; `.ci/run` runs the same course again with a real mail client. */
const VIA: NonNullable<AnswerHow["via"]> =
  process.env.JOURNEY_CLIENT === "swaks" ? "swaks" : "smtp";
const SP = PAIR.email;
const LE = PAIR.partner_email;

let visitor: Visitor;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  visitor = await visit({ startAt: "2026-10-05T15:00:00Z" });
  browser = await launchBrowser();
  page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
});

afterAll(async () => {
  await browser?.close();
  await visitor?.stop();
});

async function mailsTo(to: string, kind: string): Promise<readonly MailboxMessage[]> {
  return (await visitor.messages()).filter((mail) => mail.to === to && mail.kind === kind);
}

function days(mails: readonly MailboxMessage[]): readonly string[] {
  return mails.map(({ sentAt }) => localDay(sentAt, ZONE));
}

async function openPartnerPage(email: string): Promise<string> {
  await page.goto(`${visitor.site}/sign-in`);
  await page.fill("#email", email);
  await page.click("main button");
  await page.goto(linkTo(await newest(visitor, "sign-in", email), "/sign-in/open"));
  await page.click("main button");
  return page.innerText("main");
}

describe("a pair signs up in a browser and goes through the whole course", () => {
  test("the form asks to check the answers, and only the signer is written to", async () => {
    await page.goto(visitor.site);
    await page.check(`input[name=role][value=${PAIR.role}]`);
    for (const [name, value] of Object.entries(PAIR)) {
      if (name === "role") continue;
      const field = page.locator(`[name=${name}]`);
      const isSelect = (await field.evaluate((element) => element.tagName)) === "SELECT";
      await (isSelect ? field.selectOption(value) : field.fill(value));
    }
    await page.click("main button");
    expect(await page.innerText("h1")).toBe("Check your answers");
    expect(await page.innerText("main")).toContain("Ben Ramírez");
    await page.click("text=Sign us up");
    expect(await page.innerText("h1")).toBe("Now check your mail");
    expect((await visitor.messages()).map(({ to, kind }) => `${kind} ${to}`)).toEqual([
      `invitation ${SP}`,
    ]);
  });

  test("the signer confirms by button; opening the link alone does nothing", async () => {
    const href = linkTo(await newest(visitor, "invitation", SP), "/confirm");
    await page.goto(href);
    expect(await mailsTo(LE, "invitation")).toEqual([]);
    await page.click("button[value=join]");
    expect(await page.innerText("h1")).toBe("Thank you, that is settled");
    expect(await mailsTo(LE, "invitation")).toHaveLength(1);
    await page.goto(href);
    expect(await page.innerText("h1")).toBe("You have already said yes");
  });

  test("the partner confirms by replying YES, and both are welcomed", async () => {
    await visitor.answer(await newest(visitor, "invitation", LE), "YES", { via: VIA });
    expect(await mailsTo(SP, "welcome")).toHaveLength(1);
    expect(await mailsTo(LE, "welcome")).toHaveLength(1);
  });

  test("twelve weeks bring eleven lessons and graduation, and each DONE its receipt", async () => {
    await visitor.moveClock({ to: "2026-10-06T18:00:00Z" });
    for (let week = 1; week <= 11; week += 1) {
      // Week 4 and 5 stay without an answer from anybody; the others are answered in turn.
      if (week !== 4 && week !== 5) {
        const who = week % 2 === 1 ? SP : LE;
        await visitor.answer(await newest(visitor, "lesson", who), "DONE", { via: VIA });
      }
      await visitor.moveClock({ advance: "P7D" });
    }
    await visitor.moveClock({ to: "2026-12-23T00:00:00Z" });
    expect(await mailsTo(SP, "receipt")).toHaveLength(5);
    expect(await mailsTo(LE, "receipt")).toHaveLength(1 + 4);
    expect(days(await mailsTo(SP, "graduation"))).toEqual(["2026-12-22"]);
    expect(days(await mailsTo(LE, "graduation"))).toEqual(["2026-12-22"]);
  });

  test.each([SP, LE])(
    "%s got eleven lessons in order, seven local days apart at ten",
    async (to) => {
      const lessons = await mailsTo(to, "lesson");
      expect(lessons.map(({ subject }) => Number(/^Week (\d+):/.exec(subject)?.[1]))).toEqual(
        Array.from({ length: 11 }, (_, index) => index + 1),
      );
      const sentOn = days(lessons);
      const gaps = sentOn.slice(1).map((day, index) => daysBetween(sentOn[index] ?? day, day));
      expect(gaps).toEqual(Array(10).fill(7));
      for (const { sentAt } of lessons) expect(localTime(sentAt, ZONE)).toMatch(/^10:0\d$/);
    },
  );

  test("nudges came two business days after the lessons that nobody had done, and only then", async () => {
    const lessons = days(await mailsTo(SP, "lesson"));
    const nudged = (...weeks: readonly number[]) =>
      weeks.map((week) => addDays(lessons[week - 1] ?? "", 2));
    // In lessons 2 and 8 each has their own half: the seat that had not done its half was asked for it.
    expect(days(await mailsTo(SP, "nudge"))).toEqual(nudged(2, 4, 5, 8));
    expect(days(await mailsTo(LE, "nudge"))).toEqual(nudged(4, 5));
  });

  test("the partner's page shows each thing once, and whose report it was", async () => {
    const text = await openPartnerPage(SP);
    expect(text).toContain("coffee");
    expect(text.match(/October 20/g)).toHaveLength(1);
  });

  test("the year after brings agreement and meeting prompts and a check-in each quarter", async () => {
    await visitor.moveClock({ to: "2027-12-20T00:00:00Z" });
    expect((await mailsTo(SP, "mou")).length).toBeGreaterThan(0);
    expect((await mailsTo(SP, "meet")).length).toBeGreaterThan(0);
    expect(days(await mailsTo(SP, "check-in"))).toEqual(["2027-03-23", "2027-06-22", "2027-09-21"]);
  });

  test("no mail went out twice", async () => {
    const seen = (await visitor.messages()).map(
      ({ to, kind, subject, sentAt }) => `${to} ${kind} ${subject} ${sentAt.slice(0, 16)}`,
    );
    expect(seen.filter((line, index) => seen.indexOf(line) !== index)).toEqual([]);
  });

  test("after STOP that address gets one receipt and then nothing", async () => {
    await visitor.answer(await newest(visitor, "check-in", LE), "STOP", { via: VIA });
    const before = (await visitor.messages()).filter(({ to }) => to === LE);
    expect(before.at(-1)).toMatchObject({ kind: "receipt", subject: expect.any(String) });
    await visitor.moveClock({ advance: "P60D" });
    expect((await visitor.messages()).filter(({ to }) => to === LE)).toHaveLength(before.length);
    expect((await newest(visitor, "notice", SP)).subject).not.toMatch(/Ben|Police/);
  });
});
