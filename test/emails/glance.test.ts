import { describe, expect, test } from "vitest";
import { REPLY_MARKER, REPLY_MARKERS } from "../../emails/marker.ts";
import { findRevealingWord } from "../../emails/wording.ts";
import { visibleText } from "./prose.ts";
import { mails, renderings, samples } from "./samples.ts";

/** What strangers may see: on a lock screen, in a shared mailbox, over a shoulder. */

const NAMES = [
  samples.yourName,
  samples.yourAgency,
  samples.partnerName,
  samples.partnerEmail,
  samples.partnerAgency,
  samples.cohort,
  samples.coordinatorEmail,
];

describe.each(mails.map((mail) => [mail.id, mail] as const))("%s", (id, mail) => {
  const views = renderings(mail);

  test("reveals nothing in subject and first characters", () => {
    for (const { subject, html, text } of views) {
      const begins = [text, visibleText(html)].map((part) => part.replace(/\s+/g, " "));
      for (const seen of [subject, ...begins.map((part) => part.slice(0, 120))]) {
        expect(findRevealingWord(seen)).toBeUndefined();
        expect(NAMES.filter((name) => seen.includes(name))).toEqual([]);
      }
    }
  });

  test("has a short ASCII subject", () => {
    for (const { subject } of views) expect(subject).toMatch(/^[\x20-\x7e]{5,60}$/);
  });

  test("begins with the reply marker where it can be answered, and has it nowhere else", () => {
    for (const { html, text } of views) {
      const answerable =
        !["sign-in", "sign-in-coordinator"].includes(id) && !isForCoordinator(text);
      for (const part of [text, visibleText(html)]) {
        const lines = part.split("\n").filter((line) => line === REPLY_MARKER);
        expect(lines).toHaveLength(answerable ? 1 : 0);
        expect(part.startsWith(`${REPLY_MARKER}\n`)).toBe(answerable);
      }
    }
  });
});

function isForCoordinator(text: string): boolean {
  return text.includes("because you coordinate");
}

test("the marker of the English course is one of the markers", () => {
  expect(REPLY_MARKERS.en).toBe(REPLY_MARKER);
});

test.each([
  "A case for you",
  "Two clients",
  "URGENT",
  "Safe Harbor news",
  "Confidentiality",
  "survivor-led",
  "Minors",
  "sex trafficking",
])("a chosen subject must not say %j", (subject) => {
  expect(findRevealingWord(subject)).toBeDefined();
});

test.each(["Week 3: time for coffee", "In a suitcase", "Minority report", "Casework"])(
  "a chosen subject may say %j",
  (subject) => {
    expect(findRevealingWord(subject)).toBeUndefined();
  },
);
