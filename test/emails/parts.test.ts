import { describe, expect, test } from "vitest";
import { MAILS } from "../../emails/mails.ts";
import { renderMail } from "../../emails/render.ts";
import { ACTION_KINDS } from "../../functions/core/action.ts";
import { elementsOf, hrefsOf, readingGrade, visibleText, wordSequence } from "./prose.ts";
import {
  bareSamples,
  LIST_KINDS,
  lessons,
  mailCalled,
  mailIds,
  mails,
  renderings,
  SITE,
  samples,
} from "./samples.ts";

const NOTICE =
  "Please do not reply with names, case numbers, dates of birth, locations or anything about a person you serve or an investigation. We only need the word DONE and a date. This inbox is not monitored for emergencies: call 911 or your duty line.";

/** Addresses of pages in a text, as a mail client would find them. */
function addressesIn(text: string): readonly string[] {
  return [...new Set(text.match(/https?:\/\/[^\s)]+/g) ?? [])].sort();
}

describe.each(mails.map((mail) => [mail.id, mail] as const))("%s", (_, mail) => {
  const views = renderings(mail);

  test("says the same in HTML and in text, in the same order", () => {
    for (const { html, text } of views) {
      expect(wordSequence(visibleText(html))).toEqual(wordSequence(text));
    }
  });

  test("has the same links in both parts, at most six, all to our own pages", () => {
    for (const { html, text } of views) {
      const hrefs = [...new Set(hrefsOf(html))].sort();
      expect(hrefs).toEqual(addressesIn(text));
      expect(hrefs.length).toBeLessThanOrEqual(6);
      for (const href of hrefs) expect(href.startsWith(`${SITE}/`)).toBe(true);
    }
  });

  test("leaves no tag, no gap and no long line behind", () => {
    for (const { html, text } of views) {
      expect(`${text}${visibleText(html)}`).not.toMatch(/\{\{|\}\}|undefined|\[object/);
      expect(text).not.toMatch(/ $|\n{4}|\S {2,}\S|\s\.\s/m);
      const lines = text.split("\n").filter((line) => !line.startsWith("http"));
      expect(lines.filter((line) => line.length > 85)).toEqual([]);
    }
  });

  test("carries the notice, the address of a person, and our own", () => {
    for (const { text } of views) {
      const words = text.replace(/\s+/g, " ");
      expect(words).toContain(NOTICE);
      expect(words).toMatch(/coordinator@programme\.example|because you coordinate/);
      expect(words).toContain(`Common Ground, ${samples.cohort} ${samples.postalAddress}`);
    }
  });

  test("offers Unsubscribe exactly where its kind can be unsubscribed", () => {
    for (const { text } of views) {
      expect(text.includes(samples.unsubscribeUrl)).toBe(LIST_KINDS.includes(mail.kind));
      expect(text).not.toMatch(/stop these emails/i);
    }
  });

  test("is one line of accessible HTML under 26 KB", () => {
    for (const { html } of views) {
      expect(html).not.toContain("\n");
      expect(Buffer.byteLength(html)).toBeLessThan(26_000);
      expect(html).toMatch(/<html lang="en" dir="ltr"/);
      const elements = elementsOf(html);
      expect(elements.filter((name) => name.startsWith("h1("))).toHaveLength(1);
      expect(elements.filter((name) => /^(img|script|form|iframe|svg)\(/.test(name))).toEqual([]);
      const tables = html.match(/<table\b[^>]*>/g) ?? [];
      expect(tables.filter((table) => !table.includes('role="presentation"'))).toEqual([]);
      const sizes = [...html.matchAll(/font-size:(\d+)px/g)].map(([, size]) => Number(size));
      expect(sizes.filter((size) => size > 0 && size < 16)).toEqual([]);
    }
  });

  test("keeps Outlook's conditional parts whole", () => {
    for (const { html } of views) {
      expect(html).toContain("<!--[if mso | IE]><table");
      expect(unbalanced(asOutlookSees(html))).toEqual([]);
      expect(unbalanced(html)).toEqual([]);
    }
  });
});

/** The page with its conditional comments opened, as the Word engine reads it. */
function asOutlookSees(html: string): string {
  return html
    .replace(/<!--\[if !mso\]><!-->.*?<!--<!\[endif\]-->/gs, "")
    .replace(/<!--\[if (?:mso|lte mso|mso \| IE)[^\]]*\]>(.*?)<!\[endif\]-->/gs, "$1");
}

/** Elements that are closed in another order than they were opened, comments left out. */
function unbalanced(html: string): readonly string[] {
  const wrong: string[] = [];
  const open: string[] = [];
  const tags = html.replace(/<!--.*?-->/gs, "").matchAll(/<(\/?)([a-z][\w:]*)\b[^>]*?(\/?)>/gi);
  for (const [tag, isClosing, name = "", isEmpty] of tags) {
    if (isEmpty || /^(meta|br|hr|img|link|!doctype)$/i.test(name)) continue;
    if (!isClosing) open.push(name);
    else if (open.pop() !== name) wrong.push(tag);
  }
  return [...wrong, ...open];
}

test("there is a mail for every id, of the kind that belongs to it", () => {
  const found = mails.filter((mail) => mail.kind !== "lesson").map(({ id, kind }) => [id, kind]);
  expect(found.sort()).toEqual(Object.entries(MAILS).sort());
});

test("a bare DONE means one thing or asks back", () => {
  const meanings = mails.filter((mail) => mail.kind !== "lesson" && mail.done !== undefined);
  expect(Object.fromEntries(meanings.map(({ id, done }) => [id, done]))).toEqual({
    meet: "meet-informally",
    "meet-again": "meet-informally",
    "meet-happened": "meet-informally",
    "meet-keep": "meet-informally",
    "mou-draft": "mou-draft",
    "mou-review": "mou-review",
    "notice-new-colleague": "intro-call",
    "notice-recap": "intro-call",
  });
  expect(mails.filter((mail) => mail.doneOfLesson).map(({ id }) => id)).toEqual([
    "nudge-plan",
    "nudge",
  ]);
  for (const { done } of mails) expect([undefined, ...ACTION_KINDS]).toContain(done);
});

test.each(mailIds)("%s reads at grade 8 or below", (id) => {
  const { text } = renderMail(mailCalled(id), samples);
  const prose = text
    .replace(/https?:\S+/g, "")
    .split(/\n\s*\n/)
    .filter((paragraph) => /[.?!]["')]?\s*$/.test(paragraph))
    .join(" ");
  expect(readingGrade(prose)).toBeLessThanOrEqual(8);
});

test.each(lessons.map(({ id }) => id))("%s names the partner to write to directly", (id) => {
  const words = renderMail(mailCalled(id), samples).text.replace(/\s+/g, " ");
  expect(words).toContain(`Your partner: ${samples.partnerName}, ${samples.partnerEmail}.`);
  expect(words).toContain("Write to them directly");
  expect(words).toContain("Since your last lesson, your partner logged: - first call, Mar 3");
  expect(words).toContain(`P.S. ${samples.recheck}`);
});

test("a lesson with nothing to add leaves out the partner's log and the P.S.", () => {
  const { text, html } = renderMail(mailCalled("lesson-03"), bareSamples);
  for (const part of [text, html]) {
    expect(part).not.toContain("your partner logged");
    expect(part).not.toContain("P.S.");
  }
});

/** What the specification says a mail must offer, word for word where it gives words. */
const PROMISES: Readonly<Record<string, readonly (string | RegExp)[]>> = {
  "invitation-signer": ["YES", samples.confirmUrl],
  "invitation-partner": [
    "YES",
    samples.confirmUrl,
    samples.signerName,
    samples.signerAgency,
    samples.signerEmail,
    "the number that their agency publishes",
  ],
  "invitation-successor": ["YES", samples.confirmUrl],
  "reminder-signer": ["YES", "only reminder"],
  "reminder-partner": ["YES", "only reminder"],
  welcome: [
    samples.slot,
    "What day is your call?",
    "public record",
    samples.aboutUrl,
    samples.unsubscribeUrl,
  ],
  nudge: [samples.action, "DONE", "NOT YET"],
  "meet-keep": ["Reply KEEP, PAUSE or STOP."],
  "mou-review": ["Reply REVIEWED when you have read it through"],
  "receipt-logged": ["Logged: coffee, Mar 3.", "Wrong? Reply FIX.", samples.undoUrl],
  "receipt-help": [
    "Nobody has read your message, and it was not passed on.",
    samples.partnerEmail,
    samples.coordinatorEmail,
    "DONE",
    "NOT YET",
    "LATER",
    "PAUSE",
    "RESUME",
    "FIX",
    "HANDOVER",
    "STOP",
    "START",
  ],
  "receipt-details": [
    "Your reply seemed to include details that we cannot keep. We deleted our copy.",
    "Please delete yours too, and check with your privacy lead.",
  ],
  "receipt-future": ["Has this happened yet?", "nothing was logged"],
  "receipt-ask": ["nothing was logged", `${SITE}/guess/1111`, `${SITE}/guess/2222`],
  "receipt-fixed": ["Taken back: coffee, Mar 3.", `${SITE}/guess/1111`],
  "receipt-stopped": ["START", "the last one"],
  "receipt-signed-date": ["month and year"],
  "receipt-revise": ["REVIEWED"],
  "notice-was-it-you": [samples.undoUrl, "another address"],
  "notice-hold-question": ["Reply WAIT, HANDOVER or END."],
  "notice-restart": ["RESUME"],
  "notice-not-needed": ["DISAGREE"],
  "notice-approval": [samples.approveUrl],
  "notice-help-asked": [samples.spName, samples.leName],
  "notice-recap": ["coffee, Mar 3", samples.agreement, "15-minute call"],
  "check-in": [/last meet/, /agreement still right/, /still you in this seat/, "another coffee"],
  graduation: ["coffee, Mar 3", samples.agreement, samples.until],
  "sign-in": [samples.signInUrl, "60 minutes"],
  "sign-in-coordinator": [samples.signInUrl, "60 minutes"],
};

test.each(Object.entries(PROMISES))("%s says what it must", (id, promises) => {
  const words = renderMail(mailCalled(id), samples).text.replace(/\s+/g, " ");
  for (const promise of promises) expect(words).toMatch(asPattern(promise));
});

function asPattern(promise: string | RegExp): RegExp {
  if (promise instanceof RegExp) return promise;
  return new RegExp(promise.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
}

test.each(["notice-on-hold", "notice-seat-open", "notice-final", "notice-not-taken-up"])(
  "%s tells the other partner no reason",
  (id) => {
    const { text } = renderMail(mailCalled(id), samples);
    expect(text).not.toMatch(/paused|stopped|bounced|declined|left the|unreachable/i);
  },
);

test("coordinators learn who the pair is from the page alone while it waits for approval", () => {
  const { text } = renderMail(mailCalled("notice-approval"), samples);
  for (const name of [samples.spName, samples.leName, samples.partnerEmail]) {
    expect(text).not.toContain(name);
  }
});
