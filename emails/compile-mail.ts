import type { ActionKind } from "../functions/core/action.ts";
import type { MailKind } from "../functions/core/course.ts";
import { checkGlance, HTML_BYTES_MAX } from "./checks.ts";
import type { CompiledMail, Template } from "./compiled.ts";
import type { CourseFile, TemplateName } from "./course-file.ts";
import { layOutHtml, layOutText, type MailParts } from "./layout.ts";
import type { Block } from "./markdown.ts";
import type { Report, SourceFile } from "./problems.ts";
import { parseTemplate } from "./template.ts";

/** One content file, read, checked and taken apart, before it is laid out. */
export interface MailDraft {
  readonly file: SourceFile;
  readonly id: string;
  readonly kind: MailKind;
  readonly template: TemplateName;
  readonly subject: string;
  readonly heading: string;
  readonly preview: string;
  /** `lesson`: what it means for the lesson this mail follows. */
  readonly done?: ActionKind | "lesson";
  readonly lesson?: number;
  /** The blocks of the file itself: `body`, or the parts of a lesson. */
  readonly parts: MailParts;
}

/** What all mails of a locale share. */
export interface MailFrame {
  readonly locale: string;
  readonly course: CourseFile;
  readonly marker: string;
  readonly parts: MailParts;
}

/** Lays out a mail in HTML and text. */
export async function compileMail(
  draft: MailDraft,
  frame: MailFrame,
  report: Report,
): Promise<CompiledMail> {
  const page = { lang: frame.locale, dir: frame.course.dir, title: draft.subject };
  const html = await layOutHtml(draft.template, partsOf(draft, frame), page);
  const bytes = Buffer.byteLength(html);
  if (bytes > HTML_BYTES_MAX) report(1, `makes ${bytes} bytes of HTML, over ${HTML_BYTES_MAX}`);
  return {
    id: draft.id,
    kind: draft.kind,
    ...doneOf(draft),
    ...(draft.lesson === undefined ? {} : { lesson: draft.lesson }),
    subject: parse(draft.subject, draft),
    html: parse(html, draft),
    text: parse(layOutText(draft.template, partsOf(draft, frame)), draft),
  };
}

/** What only shows when frame and file come together: the mail's first words. */
export function checkBeginning(draft: MailDraft, frame: MailFrame, report: Report): void {
  const text = layOutText(draft.template, partsOf(draft, frame));
  const template = parseTemplate(text, () => {}); // wrong tags were reported when the file was read
  checkGlance(draft.file, template, report);
}

function partsOf(draft: MailDraft, frame: MailFrame): MailParts {
  return {
    ...frame.parts,
    ...draft.parts,
    marker: [paragraph(frame.marker)],
    heading: [heading(draft.heading)],
    lead: [paragraph(draft.preview)],
  };
}

export function heading(text: string, depth: 1 | 2 = 1): Block {
  return { kind: "heading", depth, inside: [{ kind: "text", text }] };
}

/** @throws Error when laying out has broken a tag that was right in the content file (a fault of a template) */
function parse(source: string, draft: MailDraft): Template {
  return parseTemplate(source, (tag, why) => {
    throw new Error(`Laying out ${draft.id} with ${draft.template}: ${tag} ${why}.`);
  });
}

function doneOf({ done }: MailDraft): Pick<CompiledMail, "done" | "doneOfLesson"> {
  if (done === undefined) return {};
  return done === "lesson" ? { doneOfLesson: true } : { done };
}

function paragraph(text: string): Block {
  return { kind: "paragraph", inside: [{ kind: "text", text }] };
}
