import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { compileCourse } from "../../emails/compile.ts";
import { checkBeginning } from "../../emails/compile-mail.ts";
import { ContentError, type Problem, reporter, type SourceFile } from "../../emails/problems.ts";
import { readDraft, readFrame } from "../../emails/read-locale.ts";

const course = fileURLToPath(new URL("../../emails/courses/partner-tips", import.meta.url));

function sourceOf(name: string): SourceFile {
  return {
    name: `partner-tips/en/${name}`,
    text: readFileSync(path.join(course, "en", name), "utf8"),
  };
}

function spoil(text: string, words: string | RegExp, others: string): string {
  const spoiled = text.replace(words, others);
  expect(spoiled, `the file holds ${words}`).not.toBe(text);
  return spoiled;
}

/** What is found wrong with one file, as a build prints it. */
function problemsIn(file: SourceFile): readonly string[] {
  const problems: Problem[] = [];
  const frame = readFrame("en", sourceOf("course.yml"), []);
  if (frame === undefined) throw new Error("The course's own frame is right.");
  if (file.name.endsWith("course.yml")) {
    readFrame("en", file, problems);
  } else {
    const read = readDraft(file, problems);
    if (read !== undefined) checkBeginning(read.draft, frame, reporter(problems, file));
  }
  return problems.length === 0 ? [] : new ContentError(problems).message.split("\n");
}

const MISTAKES: readonly (readonly [
  name: string,
  file: string,
  words: string | RegExp,
  others: string,
  message: string,
])[] = [
  [
    "a revealing subject",
    "week-02.md",
    "two short lists",
    "two case lists",
    ':5: the subject must not say "case"',
  ],
  [
    "a revealing preview",
    "meet.md",
    "It has been a while.",
    "It is urgent.",
    ':4: the preview must not say "urgent"',
  ],
  [
    "a revealing link text",
    "sign-in.md",
    "Open my page",
    "Open my client page",
    'a link text must not say "client"',
  ],
  [
    "an address as a link text",
    "sign-in.md",
    "Open my page",
    "https://elsewhere.example",
    "a link text must not show an address",
  ],
  [
    "a revealing first line",
    "nudge.md",
    /preview: .*\n([\s\S]*)Have you found/,
    'preview: "Short."\n$1Survivors, have you found',
    'the first 120 characters must not say "Survivors"',
  ],
  [
    "a name in the first line",
    "nudge.md",
    /preview: .*\n([\s\S]*)Have you found/,
    'preview: "Short."\n$1{{partnerName}}, have you found',
    "the first 120 characters must not show partnerName",
  ],
  [
    "a name in a subject",
    "nudge.md",
    "Week {{week}}: one",
    "{{partnerName}}: one",
    ":3: the subject must not show partnerName",
  ],
  [
    "an accent in a subject",
    "meet.md",
    "another coffee",
    "another café",
    ":3: the subject must be plain ASCII",
  ],
  [
    "an unknown slot",
    "mou-draft.md",
    "{{partnerName}}",
    "{{partnersName}}",
    "{{partnersName}} is no text slot here",
  ],
  [
    "a section that never ends",
    "receipt-logged.md",
    "{{/assumed}}",
    "",
    "{{#assumed}} is never closed",
  ],
  ["a missing part", "week-05.md", /## why\n[^#]*/, "", ':1: the part "why" is missing'],
  ["a part nobody knows", "week-05.md", "## why", "## because", 'a lesson has no part "because"'],
  [
    "an empty body",
    "receipt-kept.md",
    /(---\n[\s\S]*---\n)[\s\S]*/,
    "$1",
    ":6: the body is missing",
  ],
  [
    "a lesson that is too long",
    "week-01.md",
    "Call your partner",
    `${"many more words ".repeat(20)}Call your partner`,
    ":1: has 221 words for the sp seat; a lesson has 150 to 200",
  ],
  [
    "a lesson that is too short",
    "week-01.md",
    /## why\n[^#]*/,
    "## why\n\nIt helps.\n\n",
    "words for the sp seat; a lesson has 150 to 200",
  ],
  [
    "an action nobody knows",
    "week-04.md",
    "done: tension-preview",
    "done: lunch",
    ":8: done: Invalid option",
  ],
  ["a field nobody knows", "meet.md", "kind: meet", "kind: meet\ncolour: blue", "Unrecognized key"],
  [
    "a kind that is another's",
    "meet.md",
    "kind: meet",
    "kind: mou",
    ":2: this mail is of the kind meet, not mou",
  ],
  ["no front matter", "meet.md", /^---\n/, "", ":1: starts with front matter"],
  ["broken YAML", "meet.md", 'subject: "', 'subject: "" "', ":3:"],
  [
    "Markdown that mails cannot show",
    "meet.md",
    "Hello {{yourName}},",
    "> Hello {{yourName}},",
    ":7: mails cannot show this kind of Markdown: blockquote",
  ],
  [
    "a picture",
    "meet.md",
    "Hello {{yourName}},",
    "![Hello](https://elsewhere.example/x.png)",
    ":7: mails cannot show this kind of Markdown: image",
  ],
  [
    "a revealing label",
    "course.yml",
    "label: coffee",
    "label: youth coffee",
    'a label must not say "youth"',
  ],
  [
    "labels that are missing",
    "course.yml",
    /^ {2}debrief:\n(?: {4}.*\n)+/m,
    "",
    "actions.debrief: Invalid input",
  ],
  [
    "an unknown slot in the frame",
    "course.yml",
    "{{controlsUrl}}",
    "{{controlUrl}}",
    "{{controlUrl}} is no text slot here",
  ],
];

test.each(MISTAKES)("%s is reported with file and line", (_, name, words, others, message) => {
  const file = sourceOf(name);
  expect(problemsIn(file)).toEqual([]);
  const found = problemsIn({ ...file, text: spoil(file.text, words, others) });
  expect(found.filter((line) => line.includes(message))).not.toEqual([]);
  for (const line of found) expect(line).toMatch(/^partner-tips\/en\/[\w.-]+:\d+: /);
});

test("a mistake is reported at its own line", () => {
  const file = sourceOf("week-07.md");
  const text = spoil(file.text, "Survivors may not be ready", "{{nobody}} may not be ready");
  const line = text.slice(0, text.indexOf("{{nobody}}")).split("\n").length;
  expect(line).toBeGreaterThan(10);
  expect(problemsIn({ ...file, text })).toEqual([
    `partner-tips/en/week-07.md:${line}: {{nobody}} is no text slot here`,
  ]);
});

describe("a course as a whole", () => {
  let folder: string;
  const fileAt = (name: string) => path.join(folder, "en", name);
  const spoilFile = (name: string, words: string | RegExp, others: string) =>
    writeFileSync(fileAt(name), spoil(readFileSync(fileAt(name), "utf8"), words, others));

  async function problems(): Promise<readonly string[]> {
    const error = await compileCourse(folder).catch((thrown: unknown) => thrown);
    if (!(error instanceof ContentError)) throw new Error("The course compiled after all.");
    return error.message.split("\n");
  }

  beforeEach(() => {
    folder = path.join(mkdtempSync(path.join(tmpdir(), "course-")), "partner-tips");
    cpSync(course, folder, { recursive: true });
  });

  afterEach(() => {
    rmSync(path.dirname(folder), { recursive: true });
  });

  test("lists all problems of all files together", async () => {
    spoilFile("week-02.md", "two short lists", "two case lists");
    spoilFile("course.yml", "label: coffee", "label: youth coffee");
    spoilFile("meet.md", "{{partnerName}}", "{{partnersName}}");
    rmSync(fileAt("receipt-kept.md"));
    const found = (await problems()).map((line) => line.replace(/:\d+: .*/, ""));
    expect(found.sort()).toEqual([
      "partner-tips/en",
      "partner-tips/en/course.yml",
      "partner-tips/en/meet.md",
      "partner-tips/en/week-02.md",
      "partner-tips/en/week-02.md",
    ]);
  });

  test("has no id twice", async () => {
    spoilFile("week-09.md", "id: lesson-09", "id: lesson-08");
    expect(await problems()).toEqual([
      "partner-tips/en/week-09.md:2: the id lesson-08 is taken by another file",
    ]);
  });

  test("asks in a P.S. about nothing that was not taught", async () => {
    spoilFile("week-04.md", "recheck: [meet-informally]", "recheck: [debrief]");
    expect(await problems()).toEqual([
      "partner-tips/en/week-04.md:9: asks about debrief, which no earlier lesson taught",
    ]);
  });

  test("has every mail, under its own name", async () => {
    renameSync(fileAt("meet.md"), fileAt("meeting.md"));
    const found = await problems();
    expect(found).toContain("partner-tips/en:1: the mail meet is missing");
    expect(found.join()).toContain("meeting.md:1: no mail is called meeting");
  });

  test("has the same lessons in every language, and a reply marker for each", async () => {
    cpSync(path.join(folder, "en"), path.join(folder, "xx"), { recursive: true });
    rmSync(path.join(folder, "xx", "week-11.md"));
    rmSync(fileAt("meet.md")); // one more mistake, so that nothing is laid out
    const found = await problems();
    expect(found).toContain("partner-tips:1: has other lessons in other languages");
    expect(found.join()).toContain("there is no reply marker for xx");
  });
});
