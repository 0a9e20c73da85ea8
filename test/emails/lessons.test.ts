import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { renderMail } from "../../emails/render.ts";
import { findRevealingWord } from "../../emails/wording.ts";
import { ACTION_KINDS, LESSON_KINDS } from "../../functions/core/action.ts";
import { readingGrade, sentencesOf } from "./prose.ts";
import { built, labels, lessons, mailCalled, sampleOfLe, samples } from "./samples.ts";

/** Subjects and the word of each lesson's action, in the sheet's order. */
const COURSE = [
  ["lesson-01", "Week 1: a 15-minute call", "intro-call"],
  ["lesson-02", "Week 2: two short lists", "role-map"],
  ["lesson-03", "Week 3: time for coffee", "meet-informally"],
  ["lesson-04", "Week 4: two things to plan for", "tension-preview"],
  ["lesson-05", "Week 5: swap numbers", "trust-checkin"],
  ["lesson-06", "Week 6: one page", "mou-draft"],
  ["lesson-07", "Week 7: compare calendars", "timeline-swap"],
  ["lesson-08", "Week 8: four boxes", "info-sharing-map"],
  ["lesson-09", "Week 9: ten minutes at a meeting", "cross-training"],
  ["lesson-10", "Week 10: a quick reset", "repair-conversation"],
  ["lesson-11", "Week 11: look back, look ahead", "debrief"],
] as const;

/** The prose of a lesson as one seat reads it, straight from its file. */
function proseOf(id: string, seat: "sp" | "le"): string {
  const file = `../../emails/courses/partner-tips/en/week-${id.slice(-2)}.md`;
  const source = readFileSync(new URL(file, import.meta.url), "utf8");
  const part = (name: string) => new RegExp(`^## ${name}\\n([^#]+)`, "m").exec(source)?.[1] ?? "";
  const read = ["tip", "why", seat, "planning", "reply"].map(part);
  return read.join(" ").replaceAll("**", "").replace(/\s+/g, " ").trim();
}

test("there are the sheet's eleven lessons, in its order", () => {
  const found = lessons.map((lesson) => [
    lesson.id,
    renderMail(lesson, samples).subject,
    lesson.done,
  ]);
  expect(found).toEqual(COURSE);
  expect(built.outline.lessons.map(({ id, done }) => [id, done])).toEqual(
    COURSE.map(([id, , done]) => [id, done]),
  );
  expect(lessons.map((lesson) => lesson.lesson)).toEqual(COURSE.map((_, index) => index + 1));
  expect(COURSE.map(([, , done]) => done)).toEqual(LESSON_KINDS);
});

test("a P.S. asks in the order agreement, meeting, the mapped kind", () => {
  expect(built.outline.lessons.map(({ recheck }) => recheck)).toEqual([
    [],
    ["intro-call"],
    ["role-map"],
    ["meet-informally"],
    ["meet-informally", "tension-preview"],
    ["role-map"],
    ["meet-informally", "trust-checkin"],
    ["mou-draft"],
    ["meet-informally"],
    ["tension-preview"],
    ["mou-draft", "cross-training"],
  ]);
});

describe.each(lessons.flatMap(({ id }) => [[id, "sp"] as const, [id, "le"] as const]))(
  "%s, as the %s seat reads it",
  (id, seat) => {
    const prose = proseOf(id, seat);

    test("takes 150 to 200 words", () => {
      const count = prose.split(" ").length;
      expect(count).toBeGreaterThanOrEqual(150);
      expect(count).toBeLessThanOrEqual(200);
    });

    test("reads at grade 8 or below, with no sentence over 30 words", () => {
      expect(readingGrade(prose)).toBeLessThanOrEqual(8);
      const longest = Math.max(...sentencesOf(prose).map((sentence) => sentence.split(" ").length));
      expect(longest).toBeLessThanOrEqual(30);
    });

    test("asks for day and time, and says how to reply", () => {
      expect(prose).toContain("What day and time");
      expect(prose).toMatch(/Reply (DONE|HAVE ONE)/);
    });
  },
);

test.each(lessons.map(({ id }) => id))(
  "%s gives each seat its own action and not the other's",
  (id) => {
    const mail = mailCalled(id);
    const read = (slots: typeof samples | typeof sampleOfLe) =>
      renderMail(mail, slots).text.replace(/\s+/g, " ");
    expect(read(samples)).toContain(actionIn(id, "sp"));
    expect(read(sampleOfLe)).toContain(actionIn(id, "le"));
    const alike = actionIn(id, "sp") === actionIn(id, "le");
    expect(read(samples).includes(actionIn(id, "le"))).toBe(alike);
  },
);

function actionIn(id: string, seat: "sp" | "le"): string {
  const file = `../../emails/courses/partner-tips/en/week-${id.slice(-2)}.md`;
  const source = readFileSync(new URL(file, import.meta.url), "utf8");
  const action = new RegExp(`^## ${seat}\\n([^#]+)`, "m").exec(source)?.[1] ?? "";
  return action.replace(/\s+/g, " ").trim();
}

test("lesson 6 offers every heading of an agreement, outside the word count", () => {
  const { text } = renderMail(mailCalled("lesson-06"), samples);
  for (const heading of [
    "Parties and purpose",
    "Roles, and what each will not do",
    "Points of contact and backups",
    "Referral and warm handoff",
    "After-hours contact",
    "Information sharing and confidentiality",
    "Language access",
    "Training together",
    "Media",
    "Resolving disagreements",
    "Term, review date",
    "Signatures, working contacts included",
  ]) {
    expect(text).toContain(`- ${heading}`);
  }
});

test("every kind has plain words, none of them the name of the kind, none revealing", () => {
  expect(Object.keys(labels.actions).sort()).toEqual([...ACTION_KINDS].sort());
  for (const [kind, { label, word, action }] of Object.entries(labels.actions)) {
    expect(label).not.toContain(kind);
    expect(findRevealingWord(`${label} ${word} ${action}`)).toBeUndefined();
  }
  expect(labels.actions["meet-informally"].label).toBe("coffee");
  expect(labels.actions["role-map"].label).toBe("lists");
  expect(labels.actions["tension-preview"].label).toBe("week 4");
  expect(labels.actions["repair-conversation"].label).toBe("week 10");
});

test.each(Object.entries(labels.actions).map(([kind, label]) => ({ kind, ...label })))(
  "the P.S. about $kind offers a word of its own",
  ({ recheck }) => {
    expect(recheck).toMatch(/\? Reply [A-Z][A-Z ]+/);
    expect(recheck).not.toContain("DONE");
  },
);
