import path from "node:path";
import type { LessonOutline, MailKind } from "../functions/core/course.ts";
import {
  checkGlanceWords,
  checkLessonLength,
  checkLinkTexts,
  checkSubject,
  checkTags,
} from "./checks.ts";
import { heading, type MailDraft, type MailFrame } from "./compile-mail.ts";
import { type BodyPart, readContentFile, readYaml, splitParts } from "./content-file.ts";
import {
  CourseFile,
  FRAME_PARTS,
  LESSON_PARTS,
  LessonFront,
  MailFront,
  OPTIONAL_LESSON_PARTS,
  type TemplateName,
} from "./course-file.ts";
import { isMailId, MAILS } from "./mails.ts";
import { type Block, parseMarkdown } from "./markdown.ts";
import { REPLY_MARKERS } from "./marker.ts";
import { lineOf, type Problem, type Report, reporter, type SourceFile } from "./problems.ts";

/** A mail as read from its file; a lesson also has its place in the outline. */
export interface ReadDraft {
  readonly draft: MailDraft;
  readonly lesson?: LessonOutline;
}

const TEMPLATE_OF: Readonly<Record<MailKind, TemplateName>> = {
  invitation: "letter",
  reminder: "letter",
  welcome: "prompt",
  lesson: "lesson",
  nudge: "prompt",
  meet: "prompt",
  mou: "prompt",
  receipt: "receipt",
  notice: "receipt",
  "check-in": "prompt",
  graduation: "prompt",
  "sign-in": "sign-in",
};

/** Reads `course.yml`. @returns undefined when something in it is wrong, which is then noted */
export function readFrame(
  locale: string,
  file: SourceFile,
  problems: Problem[],
): MailFrame | undefined {
  const before = problems.length;
  const report = reporter(problems, file);
  const marker = REPLY_MARKERS[locale];
  if (marker === undefined) report(1, `there is no reply marker for ${locale} (marker.ts)`);
  const course = readYaml(file.text, CourseFile, report);
  if (course === undefined || marker === undefined) return undefined;
  checkLabels(file, course, report);
  const parts = FRAME_PARTS.map((name) => {
    const line = lineOf(file, `  ${name}:`) + 1;
    return [name, readBlocks(file, course.frame[name], line, report)] as const;
  });
  if (problems.length > before) return undefined;
  return { locale, course, marker, parts: Object.fromEntries(parts) };
}

/** Reads one Markdown file. @returns undefined when its front matter is wrong, which is then noted */
export function readDraft(file: SourceFile, problems: Problem[]): ReadDraft | undefined {
  const report = reporter(problems, file);
  const read = isLesson(file) ? readLesson(file, report) : readMail(file, report);
  if (read === undefined) return undefined;
  const { subject, heading: title, preview, parts } = read.draft;
  checkSubject(file, subject, report);
  checkGlanceWords(file, { "the heading": title, "the preview": preview }, report);
  checkLinkTexts(file, Object.values(parts).flat(), report);
  return read;
}

function readLesson(file: SourceFile, report: Report): ReadDraft | undefined {
  const content = readContentFile(file, LessonFront, report);
  if (content === undefined) return undefined;
  const { id, kind, subject, preview, title, done, recheck } = content.front;
  const parts = readLessonParts(file, splitParts(content), report);
  checkLessonLength(parts, report);
  const headings = {
    title: [heading(title, 2)],
    ...(parts.outline?.length ? {} : { outlineHeading: [] }),
  };
  const lesson = Number(id.slice("lesson-".length));
  const shared = { file, id, kind, template: kind, subject, heading: subject, preview } as const;
  return {
    draft: { ...shared, done, lesson, parts: { ...parts, ...headings } },
    lesson: { id, done, recheck },
  };
}

function readLessonParts(
  file: SourceFile,
  sources: readonly BodyPart[],
  report: Report,
): Readonly<Record<string, readonly Block[]>> {
  const known: readonly string[] = [...LESSON_PARTS, ...OPTIONAL_LESSON_PARTS];
  for (const { name, line } of sources.filter((part) => !known.includes(part.name))) {
    report(line - 1, `a lesson has no part "${name}"`);
  }
  const parts = known.map((name) => {
    const part = sources.find((source) => source.name === name);
    const blocks = part === undefined ? [] : readBlocks(file, part.source, part.line, report);
    return [name, blocks] as const;
  });
  const empty = parts.filter(([, blocks]) => blocks.length === 0).map(([name]) => name);
  for (const missing of LESSON_PARTS.filter((name) => empty.includes(name))) {
    report(1, `the part "${missing}" is missing`);
  }
  return Object.fromEntries(parts);
}

function readMail(file: SourceFile, report: Report): ReadDraft | undefined {
  const id = path.basename(file.name, ".md");
  if (!isMailId(id)) report(1, `no mail is called ${id} (mails.ts lists them)`);
  const content = readContentFile(file, MailFront, report);
  if (content === undefined) return undefined;
  const { kind, subject, preview, heading: title, template, done } = content.front;
  if (isMailId(id) && MAILS[id] !== kind) {
    report(lineOf(file, "kind:"), `this mail is of the kind ${MAILS[id]}, not ${kind}`);
  }
  const body = readBlocks(file, content.body, content.bodyLine, report);
  if (body.length === 0) report(content.bodyLine, "the body is missing");
  const shared = { file, id, kind, subject, heading: title ?? subject, preview, parts: { body } };
  const draft = { ...shared, template: template ?? TEMPLATE_OF[kind] };
  return { draft: done === undefined ? draft : { ...draft, done } };
}

function readBlocks(
  file: SourceFile,
  source: string,
  line: number,
  report: Report,
): readonly Block[] {
  const blocks = parseMarkdown(source, line, report);
  checkTags(file, blocks, report);
  return blocks;
}

function checkLabels(file: SourceFile, course: CourseFile, report: Report): void {
  for (const { label, word, action } of Object.values(course.actions)) {
    checkGlanceWords(file, { "a label": label, "a word": word, "an action": action }, report);
  }
}

function isLesson(file: SourceFile): boolean {
  return /\/week-\d{2}\.md$/.test(file.name);
}
