import { afterAll, beforeAll, expect, test } from "vitest";
import { hiddenFields, newest, PAIR, post, pressLink, signUp, startCourse } from "./sign-up.ts";
import { type AnswerHow, type MailboxMessage, type Visitor, visit } from "./visitor.ts";

let visitor: Visitor;

/** Every test takes a pair of its own; all have had their first lesson. */
const PAIRS = 25;
const pool: TestPair[] = [];

beforeAll(async () => {
  visitor = await visit({ startAt: "2026-10-05T15:00:00Z" });
  for (let index = 1; index <= PAIRS; index += 1) {
    const pair = { sp: `sp${index}@harbor.example`, le: `le${index}@police.example` };
    await startCourse(visitor, { ...PAIR, email: pair.sp, partner_email: pair.le });
    pool.push(pair);
  }
  await visitor.moveClock({ advance: "P2D" });
});
afterAll(() => visitor?.stop());

interface TestPair {
  readonly sp: string;
  readonly le: string;
}

function newPair(): TestPair {
  const pair = pool.pop();
  if (pair === undefined) throw new Error(`more tests than ${PAIRS} pairs`);
  return pair;
}

/** What came of a reply: the mails that went to these two after it. */
async function after(
  { sp, le }: TestPair,
  answered: MailboxMessage,
  body: string,
  how: AnswerHow = {},
): Promise<readonly string[]> {
  const before = (await visitor.messages()).length;
  await visitor.answer(answered, body, how);
  return (await visitor.messages())
    .slice(before)
    .filter(({ to }) => to === sp || to === le || to.startsWith("coordinator@"))
    .map(({ kind, to, subject }) => `${kind} to ${to.replace(/\d*@.*/, "")}: ${subject}`);
}

test.each([
  ["DONE", "receipt to sp: Logged, thank you"],
  ["done.", "receipt to sp: Logged, thank you"],
  ["HECHO", "receipt to sp: Logged, thank you"],
  ["CALL", "receipt to sp: Logged, thank you"],
])("%s logs the week's thing and is answered once", async (word, receipt) => {
  const pair = newPair();
  expect(await after(pair, await newest(visitor, "lesson", pair.sp), word)).toEqual([receipt]);
});

test.each([
  "NOT YET",
  "todavía no",
  "LATER",
  "REMIND ME 10",
  "HELP",
  "ayuda",
  "ok",
  "👍",
  "Did you mean done?",
])("%s logs nothing and is answered once", async (words) => {
  const pair = newPair();
  const mails = await after(pair, await newest(visitor, "lesson", pair.sp), words);
  const own = mails.filter((line) => line.startsWith("receipt to sp"));
  expect(own).toHaveLength(1);
  expect(own[0]).not.toContain("Logged");
});

test("the same mail delivered twice is logged and answered once", async () => {
  const pair = newPair();
  const lesson = await newest(visitor, "lesson", pair.sp);
  const how = { messageId: "<twice@partner.example>" };
  expect(await after(pair, lesson, "DONE", how)).toHaveLength(1);
  expect(await after(pair, lesson, "DONE", how)).toEqual([]);
});

test("a stranger who has the mail logs nothing; the owner is asked, and one press takes the address on", async () => {
  const pair = newPair();
  const lesson = await newest(visitor, "lesson", pair.sp);
  const stranger = { from: "ada.private@home.example" };
  expect(await after(pair, lesson, "DONE", stranger)).toEqual([
    expect.stringMatching(/^notice to sp: /),
  ]);
  const page = await pressLink(await newest(visitor, "notice", pair.sp), "/was-it-you", "yes");
  expect(page.status).toBe(200);
  const second = await newest(visitor, "lesson", pair.sp);
  expect(await after(pair, second, "CALL", stranger)).toEqual(["receipt to sp: Logged, thank you"]);
});

test.each([
  [{ "Auto-Submitted": "auto-replied" }],
  [{ Precedence: "auto_reply" }],
  [{ "X-Autoreply": "yes" }],
] as const)("an automatic answer with %j is never answered and logs nothing", async (headers) => {
  const pair = newPair();
  const lesson = await newest(visitor, "lesson", pair.sp);
  expect(await after(pair, lesson, "DONE", { headers })).toEqual([]);
});

test("PAUSE holds both without saying why, RESUME brings them back, and no lesson is skipped", async () => {
  const pair = newPair();
  const told = await after(pair, await newest(visitor, "lesson", pair.sp), "PAUSE");
  expect(told).toEqual([
    expect.stringMatching(/^notice to le: /),
    expect.stringMatching(/^receipt to sp: /),
  ]);
  const lessons = async (to: string) =>
    (await visitor.messages()).filter((mail) => mail.kind === "lesson" && mail.to === to).length;
  const before = await lessons(pair.le);
  await visitor.moveClock({ advance: "P15D" });
  expect(await lessons(pair.le)).toBe(before);
  await visitor.answer(await newest(visitor, "receipt", pair.sp), "RESUME");
  await visitor.moveClock({ advance: "P8D" });
  for (const to of [pair.sp, pair.le]) {
    const subjects = (await visitor.messages())
      .filter((mail) => mail.kind === "lesson" && mail.to === to)
      .map(({ subject }) => Number(/\d+/.exec(subject)?.[0]));
    expect(subjects).toEqual([1, 2]);
  }
});

test("FIX takes back what the receipt logged; the undo link of a receipt does the same, once", async () => {
  const pair = newPair();
  await visitor.answer(await newest(visitor, "lesson", pair.sp), "DONE");
  const receipt = await newest(visitor, "receipt", pair.sp);
  const fixed = await after(pair, receipt, "FIX");
  expect(fixed).toHaveLength(1);
  await visitor.answer(await newest(visitor, "lesson", pair.le), "DONE");
  const other = await newest(visitor, "receipt", pair.le);
  expect(await (await pressLink(other, "/undo")).text()).not.toContain("Already done");
  expect(await (await pressLink(other, "/undo")).text()).toContain("Already done");
});

test("a question logs nothing until the button of a guess is pressed", async () => {
  const pair = newPair();
  await visitor.answer(await newest(visitor, "lesson", pair.sp), "ok");
  const asked = await newest(visitor, "receipt", pair.sp);
  expect(await (await pressLink(asked, "/guess")).text()).not.toContain("Already done");
  expect(await (await pressLink(asked, "/guess")).text()).toContain("Already done");
});

test("a hard bounce stops that person before the next mail, and the coordinator is told only that", async () => {
  const pair = newPair();
  const lesson = await newest(visitor, "lesson", pair.sp);
  expect(
    await visitor.postEvent({ messageId: lesson.id, type: "Bounce", bounceType: "Permanent" }),
  ).toBeLessThan(300);
  const seen = (await visitor.messages()).filter(({ to }) => to === pair.sp).length;
  await visitor.moveClock({ advance: "P30D" });
  expect((await visitor.messages()).filter(({ to }) => to === pair.sp)).toHaveLength(seen);
  expect((await newest(visitor, "notice", pair.le)).subject).not.toMatch(/bounce|address/i);
  expect(
    (await newest(visitor, "notice", "coordinator@common-ground.example")).subject,
  ).toBeTruthy();
});

test("one-click unsubscribing works without cookies or redirects, and twice", async () => {
  const pair = newPair();
  const source = await visitor.source(await newest(visitor, "lesson", pair.sp));
  const url = /^List-Unsubscribe: <([^>]+)>/m.exec(source.replace(/\r\n[ \t]+/g, " "))?.[1] ?? "";
  for (const _ of [1, 2]) {
    const response = await fetch(url, {
      method: "POST",
      redirect: "error",
      body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }),
    });
    expect(response.status).toBe(200);
  }
  const seen = (await visitor.messages()).filter(({ to }) => to === pair.sp).length;
  await visitor.moveClock({ advance: "P10D" });
  expect((await visitor.messages()).filter(({ to }) => to === pair.sp)).toHaveLength(seen);
});

test("where the cohort asks for it a coordinator approves before the partner is written to", async () => {
  const fields = {
    ...PAIR,
    email: "ann@harbor.example",
    partner_email: "bob@police.example",
    cohort: "reviewed",
  };
  await signUp(visitor, fields);
  await pressLink(await newest(visitor, "invitation", fields.email), "/confirm", "join");
  const invited = async () =>
    (await visitor.messages()).some(({ to }) => to === fields.partner_email);
  expect(await invited()).toBe(false);
  const cookie = await signInAsCoordinator();
  const roster = await (await fetch(`${visitor.site}/coordinator`, { headers: { cookie } })).text();
  const pairId = /\/approve\?pair=([a-z2-7]+)/.exec(roster)?.[1] ?? "";
  const answer = await fetch(`${visitor.site}/approve`, {
    method: "POST",
    headers: { cookie },
    body: new URLSearchParams({ pair: pairId, act: "approve" }),
  });
  expect(answer.status).toBe(200);
  expect(await invited()).toBe(true);
});

/** Signs in to the reviewed cohort's list by the mailed link. @returns the session's cookie */
async function signInAsCoordinator(): Promise<string> {
  const email = "coordinator@common-ground.example";
  await post(`${visitor.site}/coordinator/sign-in`, { email });
  const links = (await visitor.messages())
    .filter(({ kind, to }) => kind === "sign-in" && to === email)
    .slice(-2);
  for (const message of links) {
    const href = message.links.find((link) => link.href.includes("/sign-in/open/"))?.href ?? "";
    const { token = "" } = hiddenFields(await (await fetch(href)).text());
    const opened = await fetch(`${visitor.site}/coordinator/sign-in/open`, {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams({ token }),
    });
    const cookie = opened.headers.get("set-cookie")?.split(";")[0] ?? "";
    const page = await (await fetch(`${visitor.site}/coordinator`, { headers: { cookie } })).text();
    if (page.includes("Reviewed county")) return cookie;
  }
  throw new Error("no list of the reviewed cohort");
}
