import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { plusDays } from "../../functions/core/instant.ts";
import { parseMime } from "../../functions/receive/mime-parse.ts";
import { type FakeMailbox, fakeMailbox, START } from "./fake-service.ts";
import { REPLY_TO, sampleMail } from "./sample-mail.ts";

let box: FakeMailbox;
beforeEach(async () => {
  box = await fakeMailbox();
});
afterEach(() => box.close());

const get = (path: string) => box.pages.request(path);
const postJson = (path: string, body: unknown) =>
  box.pages.request(path, { method: "POST", body: JSON.stringify(body) });
const postForm = (path: string, fields: Record<string, string>) =>
  box.pages.request(path, { method: "POST", body: new URLSearchParams(fields) });
const postRaw = (raw: string, headers: Record<string, string> = {}) =>
  box.pages.request("/mailbox/inbound", {
    method: "POST",
    headers: { "content-type": "message/rfc822", ...headers },
    body: raw,
  });

describe("the list of messages", () => {
  test("is empty at first", async () => {
    expect(await (await get("/mailbox/messages")).json()).toEqual([]);
  });

  test("shows each mail with bare addresses, its tags and its links, oldest first", async () => {
    box.mails.add(await sampleMail());
    box.mails.add(
      await sampleMail({ id: "mail-2", tags: { kind: "sign-in", seat: "coordinator" } }),
    );
    const messages = await (await get("/mailbox/messages")).json();
    expect(messages).toMatchObject([{ id: "mail-1" }, { id: "mail-2", kind: "sign-in" }]);
    expect(messages[0]).toEqual({
      id: "mail-1",
      to: "ada@harbor.example",
      from: "hello@common-ground.example",
      replyTo: REPLY_TO,
      subject: "Lesson 1: Same goal",
      sentAt: START,
      kind: "lesson",
      seat: "sp",
      links: [
        { text: "Yes, it was me", href: "https://site.example/confirm/abc" },
        { text: "ben@police.example", href: "mailto:ben@police.example" },
      ],
    });
  });

  test("names the recipient of the envelope, whatever the header says", async () => {
    box.mails.add(await sampleMail({ to: ["other@harbor.example"] }));
    expect(await (await get("/mailbox/messages")).json()).toMatchObject([
      { to: "other@harbor.example" },
    ]);
  });

  test("gives the raw message byte for byte", async () => {
    const mail = await sampleMail();
    box.mails.add(mail);
    const response = await get("/mailbox/messages/mail-1.eml");
    expect(response.headers.get("content-type")).toBe("message/rfc822");
    expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from(mail.raw));
    expect((await get("/mailbox/messages/none.eml")).status).toBe(404);
  });
});

describe("the way in", () => {
  test("takes a raw mail and answers with its id", async () => {
    const response = await postRaw(`From: ada@harbor.example\r\nTo: ${REPLY_TO}\r\n\r\nDone\r\n`);
    const [notice] = box.steps.notices;
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ messageId: notice?.messageId });
    expect(notice?.recipients).toEqual([REPLY_TO]);
  });

  test("takes it whatever type the client gives it, and reads verdicts from the request", async () => {
    await postRaw(`From: ada@harbor.example\nTo: ${REPLY_TO}\n\nDone\n`, {
      "content-type": "application/x-www-form-urlencoded",
      "x-local-dmarc": "FAIL",
    });
    expect(box.steps.notices[0]?.verdicts.dmarc).toBe("FAIL");
  });

  test.each([
    ["an empty body", "", /empty/],
    ["no reply address", "From: a@b.example\r\nTo: c@d.example\r\n\r\nDone\r\n", /reply\.common/],
  ])("says what is wrong with %s", async (_name, raw, words) => {
    const response = await postRaw(raw);
    expect(response.status).toBe(400);
    expect((await response.json()).error).toMatch(words);
  });
});

describe("events", () => {
  test("reach the service as SES shapes them", async () => {
    box.mails.add(await sampleMail());
    const order = { messageId: "mail-1", type: "Bounce", bounceType: "Transient" };
    const response = await postJson("/mailbox/events", order);
    expect(response.status).toBe(200);
    expect(box.steps.events).toMatchObject([
      {
        eventType: "Bounce",
        mail: { messageId: "mail-1", tags: { send: ["abcdefghijklmnop_lesson-01_sp1"] } },
        bounce: { bounceType: "Transient", timestamp: START },
      },
    ]);
  });

  test.each([
    ["an unknown message", { messageId: "none", type: "Bounce" }, 404],
    ["an unknown type", { messageId: "mail-1", type: "Open" }, 400],
    ["no type", { messageId: "mail-1" }, 400],
    ["no JSON", undefined, 400],
  ])("are refused with %s", async (_name, order, status) => {
    box.mails.add(await sampleMail());
    const response = await postJson("/mailbox/events", order);
    expect(response.status).toBe(status);
    expect((await response.json()).error).toMatch(/\w/);
    expect(box.steps.events).toEqual([]);
  });
});

describe("the clock", () => {
  test("shows the present and what comes next", async () => {
    box.steps.due.set("pair", plusDays(START, 2));
    const clock = await (await get("/clock")).json();
    expect(clock).toEqual({ now: START, sent: 0, next: plusDays(START, 2) });
  });

  test("moves by a duration and says how many mails went out on the way", async () => {
    box.steps.due.set("pair", plusDays(START, 2));
    const { handle } = box.steps;
    Object.assign(box.steps, {
      handle: async (message: Parameters<typeof handle>[0]) => {
        await handle(message);
        box.mails.add(await sampleMail());
      },
    });
    const response = await postJson("/clock", { advance: "P7D" });
    expect(await response.json()).toEqual({ now: plusDays(START, 7), sent: 1 });
  });

  test("moves to an instant written with any offset", async () => {
    const response = await postJson("/clock", { to: "2026-12-02T00:00:00-05:00" });
    expect(await response.json()).toEqual({ now: "2026-12-02T05:00:00.000Z", sent: 0 });
    expect(box.clock.now()).toBe("2026-12-02T05:00:00.000Z");
  });

  test("knows the calendar: a month, a year, hours and minutes", async () => {
    await postJson("/clock", { advance: "P1M" });
    await postJson("/clock", { advance: "P1Y" });
    await postJson("/clock", { advance: "PT1H30M" });
    expect(box.clock.now()).toBe("2028-01-01T16:30:00.000Z");
  });

  test.each([
    ["the past", { to: "2026-11-30T00:00:00Z" }, /never goes back/],
    ["a negative duration", { advance: "-P1D" }, /never goes back/],
    ["no duration", { advance: "a week" }, /ISO 8601/],
    ["no instant", { to: "tomorrow" }, /no instant/],
    ["an instant without a zone", { to: "2026-12-02T00:00:00" }, /no instant/],
    ["too far a move", { advance: "P100Y" }, /20 years/],
    ["both at once", { advance: "P1D", to: "2026-12-02T00:00:00Z" }, /The body must be/],
    ["nothing", {}, /The body must be/],
    ["no JSON", undefined, /The body must be/],
  ])("refuses %s with 400 and stays where it is", async (_name, body, words) => {
    const response = await postJson("/clock", body);
    expect(response.status).toBe(400);
    expect((await response.json()).error).toMatch(words);
    expect(box.clock.now()).toBe(START);
  });
});

describe("the mailbox in a browser", () => {
  test("shows an inbox for each person, newest mail first", async () => {
    box.mails.add(await sampleMail());
    box.mails.add(await sampleMail({ id: "mail-2", sentAt: plusDays(START, 7) }));
    box.mails.add(await sampleMail({ id: "mail-3", to: ["ben@police.example"] }));
    const page = await (await get("/mailbox")).text();
    expect(page.match(/<section class="inbox">/g)).toHaveLength(2);
    expect(page).toContain("<h2>Ada Løvett</h2>");
    expect(page.indexOf("/mailbox/messages/mail-2")).toBeLessThan(
      page.indexOf("/mailbox/messages/mail-1"),
    );
  });

  test("answers a mail as the person's mail program would", async () => {
    box.mails.add(await sampleMail());
    const response = await postForm("/mailbox/messages/mail-1/reply", {
      body: "Done yesterday",
      style: "plain",
    });
    expect(response.headers.get("location")).toBe("/mailbox/messages/mail-1?since=1");
    const [notice] = box.steps.notices;
    const raw = await box.archive.read(notice?.messageId ?? "");
    expect(notice).toMatchObject({ sender: "ada@harbor.example", recipients: [REPLY_TO] });
    expect(parseMime(raw ?? Buffer.alloc(0)).text).toMatch(/^Done yesterday\r?\n/);
  });

  test("answers with one word when its button is pressed", async () => {
    box.mails.add(await sampleMail());
    await postForm("/mailbox/messages/mail-1/reply", { body: "", word: "STOP" });
    const raw = await box.archive.read(box.steps.notices[0]?.messageId ?? "");
    expect(parseMime(raw ?? Buffer.alloc(0)).text).toMatch(/^STOP\r?\n/);
  });

  test("moves the clock to the next thing and shows what that sent", async () => {
    box.steps.due.set("pair", plusDays(START, 2));
    const { handle } = box.steps;
    Object.assign(box.steps, {
      handle: async (message: Parameters<typeof handle>[0]) => {
        await handle(message);
        box.mails.add(await sampleMail());
      },
    });
    const response = await postForm("/mailbox/clock", { advance: "next" });
    expect(box.clock.now()).toBe(plusDays(START, 2));
    const page = await (await get(response.headers.get("location") ?? "")).text();
    expect(page).toContain("1 mail was sent.");
  });

  test("shows dead letters and takes them back", async () => {
    box.steps.broken.add("pair");
    await box.queues.put({ queue: "due", pairId: "pair" });
    await box.machine.advanceTo(plusDays(START, 1));
    expect(await (await get("/mailbox")).text()).toContain("Error: pair is broken");
    box.steps.broken.clear();
    await postForm("/mailbox/redrive", {});
    expect(await (await get("/mailbox")).text()).not.toContain("Dead letters");
  });

  test("lets a mail come back from the buttons of its page", async () => {
    box.mails.add(await sampleMail());
    await postForm("/mailbox/messages/mail-1/event", { event: "Bounce/Permanent" });
    expect(box.steps.events).toMatchObject([{ bounce: { bounceType: "Permanent" } }]);
  });

  test.each(["html", "text", "headers", "source"])("shows a mail's %s", async (view) => {
    box.mails.add(await sampleMail());
    const response = await get(`/mailbox/messages/mail-1?view=${view}`);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain(
      {
        html: `src="/mailbox/messages/mail-1/html"`,
        text: "Call your partner &amp; say hello.",
        headers: `Reply-To: ${REPLY_TO}`,
        source: "Content-Type: multipart/alternative",
      }[view],
    );
  });

  test("keeps the HTML of a mail in a frame without scripts, whose links open outside of it", async () => {
    box.mails.add(await sampleMail());
    const response = await get("/mailbox/messages/mail-1/html");
    const policy = response.headers.get("content-security-policy");
    expect(policy).toContain("sandbox allow-popups");
    expect(policy).toContain("default-src 'none'");
    expect(await response.text()).toContain(`<head><base target="_blank">`);
  });

  test.each([
    ["/mailbox/clock", {}],
    ["/mailbox/messages/mail-1/event", { event: "Opened" }],
    ["/mailbox/messages/mail-1/reply", { style: "fax" }],
  ])("says what is missing when %s gets a broken form", async (path, fields) => {
    box.mails.add(await sampleMail());
    const response = await postForm(path, fields);
    expect(response.status).toBe(400);
    expect((await response.json()).error).toMatch(/advance|event|style/);
  });

  test("says what failed when a step fails on the way of the clock", async () => {
    Object.assign(box.steps, { tick: () => Promise.reject(new Error("the table is away")) });
    const response = await postJson("/clock", { advance: "P1D" });
    expect(response.status).toBe(500);
    expect((await response.json()).error).toContain("the table is away");
  });

  test("does nothing for a form of another site", async () => {
    const response = await box.pages.request("/mailbox/clock", {
      method: "POST",
      headers: { "sec-fetch-site": "cross-site" },
      body: new URLSearchParams({ advance: "P1D" }),
    });
    expect(response.status).toBe(403);
    expect(box.clock.now()).toBe(START);
  });
});
