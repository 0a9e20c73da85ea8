import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { ActionKind } from "../functions/core/action.ts";
import type { CourseOutline, LessonOutline } from "../functions/core/course.ts";
import type { CompiledMailRecord } from "../functions/ports.ts";
import { checkBeginning, compileMail, type MailFrame } from "./compile-mail.ts";
import { type CourseLabels, LABELS_MAIL } from "./compiled.ts";
import { MAILS } from "./mails.ts";
import { ContentError, lineOf, type Problem, reporter, type SourceFile } from "./problems.ts";
import { type ReadDraft, readDraft, readFrame } from "./read-locale.ts";

/** One edition of a course: what planning needs to know, and every mail in every locale. */
export interface CompiledCourse {
  readonly outline: CourseOutline;
  readonly mails: readonly CompiledMailRecord[];
}

interface CompiledLocale {
  readonly lessons: readonly LessonOutline[];
  readonly mails: readonly CompiledMailRecord[];
}

/**
 * Compiles the course in a folder `<slug>/<locale>/`. The edition is a hash of everything compiled,
 * so the same content always is the same edition.
 *
 * @throws ContentError that lists all problems of all files, each with file and line
 */
export async function compileCourse(folder: string): Promise<CompiledCourse> {
  const slug = path.basename(folder);
  const problems: Problem[] = [];
  const locales: CompiledLocale[] = [];
  for (const locale of subfolders(folder)) {
    const files = readFiles(path.join(folder, locale), `${slug}/${locale}`);
    locales.push(await compileLocale(`${slug}/${locale}`, files, problems));
  }
  const lessons = locales[0]?.lessons ?? [];
  if (locales.length === 0) problems.push(atFolder(slug, "has no folder for any language"));
  if (locales.some((locale) => JSON.stringify(locale.lessons) !== JSON.stringify(lessons))) {
    problems.push(atFolder(slug, "has other lessons in other languages"));
  }
  if (problems.length > 0) throw new ContentError(problems);
  const mails = locales.flatMap((locale) => locale.mails);
  return { outline: { slug, edition: editionOf({ slug, lessons, mails }), lessons }, mails };
}

async function compileLocale(
  folder: string,
  files: readonly SourceFile[],
  problems: Problem[],
): Promise<CompiledLocale> {
  const locale = path.basename(folder);
  const drafts = readDrafts(files, problems);
  checkComplete(folder, files, problems);
  checkTogether(drafts, problems);
  const lessons = drafts.flatMap(({ lesson }) => lesson ?? []);
  const frame = findFrame(folder, files, problems);
  if (frame === undefined) return { lessons, mails: [] };
  for (const { draft } of drafts) {
    checkBeginning(draft, frame, reporter(problems, draft.file));
  }
  if (problems.length > 0) return { lessons, mails: [] };
  const mails: CompiledMailRecord[] = [];
  for (const { draft } of drafts) {
    const content = await compileMail(draft, frame, reporter(problems, draft.file));
    mails.push({ mail: draft.id, locale, content });
  }
  return { lessons, mails: [...mails, { mail: LABELS_MAIL, locale, content: labelsOf(frame) }] };
}

function readDrafts(files: readonly SourceFile[], problems: Problem[]): readonly ReadDraft[] {
  return files
    .filter((file) => file.name.endsWith(".md"))
    .map((file) => readDraft(file, problems))
    .filter((draft) => draft !== undefined);
}

function findFrame(
  folder: string,
  files: readonly SourceFile[],
  problems: Problem[],
): MailFrame | undefined {
  const file = files.find(({ name }) => name.endsWith("/course.yml"));
  if (file !== undefined) return readFrame(path.basename(folder), file, problems);
  problems.push(atFolder(folder, "has no course.yml"));
  return undefined;
}

function labelsOf({ course: { title, actions, agreement } }: MailFrame): CourseLabels {
  return { title, actions, agreement };
}

function checkComplete(folder: string, files: readonly SourceFile[], problems: Problem[]): void {
  const names = files.map((file) => path.basename(file.name, ".md"));
  if (!names.some((name) => name.startsWith("week-"))) {
    problems.push(atFolder(folder, "has no lesson"));
  }
  for (const id of Object.keys(MAILS).filter((mail) => !names.includes(mail))) {
    problems.push(atFolder(folder, `the mail ${id} is missing`));
  }
}

/** What holds between files: no id twice, and a P.S. asks only about what an earlier lesson taught. */
function checkTogether(drafts: readonly ReadDraft[], problems: Problem[]): void {
  const ids = drafts.map(({ draft }) => draft.id);
  const taught: ActionKind[] = [];
  drafts.forEach(({ draft, lesson }, index) => {
    const report = reporter(problems, draft.file);
    if (ids.indexOf(draft.id) !== index) {
      report(lineOf(draft.file, "id:"), `the id ${draft.id} is taken by another file`);
    }
    if (lesson === undefined) return;
    for (const kind of lesson.recheck.filter((asked) => !taught.includes(asked))) {
      report(lineOf(draft.file, "recheck:"), `asks about ${kind}, which no earlier lesson taught`);
    }
    taught.push(lesson.done);
  });
}

function editionOf(content: unknown): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}

function atFolder(file: string, message: string): Problem {
  return { file, line: 1, message };
}

function subfolders(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** In the order of their names, on every machine: the edition depends on it. */
function readFiles(folder: string, name: string): readonly SourceFile[] {
  return readdirSync(folder)
    .filter((file) => /\.(md|yml)$/.test(file))
    .sort()
    .map((file) => ({
      name: `${name}/${file}`,
      text: readFileSync(path.join(folder, file), "utf8").replaceAll("\r\n", "\n"),
    }));
}
