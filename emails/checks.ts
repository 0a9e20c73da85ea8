import type { Template } from "./compiled.ts";
import { type Block, linkTexts, plainText } from "./markdown.ts";
import { lineOf, type Report, type SourceFile } from "./problems.ts";
import { parseTemplate, slotsOf } from "./template.ts";
import { blocksToText } from "./text.ts";
import { findRevealingWord, GLANCE_LENGTH } from "./wording.ts";

export const LESSON_WORDS_MIN = 150;
export const LESSON_WORDS_MAX = 200;
export const HTML_BYTES_MAX = 60_000; // mailbox providers clip near 102,000

const SUBJECT_SLOTS = ["week"]; // a number; names and days stay out of subjects

/** Slots that say who somebody is or where they work. */
const NAMING_SLOTS = [
  "yourName",
  "yourAgency",
  "partnerName",
  "partnerEmail",
  "partnerAgency",
  "signerName",
  "signerEmail",
  "signerAgency",
  "successorName",
  "spName",
  "spAgency",
  "leName",
  "leAgency",
  "cohort",
  "coordinatorEmail",
];

/** Each tag names a slot that it can use there. */
export function checkTags(file: SourceFile, blocks: readonly Block[], report: Report): void {
  parseTemplate(blocksToText(blocks), (tag, why) => report(lineOf(file, tag), `${tag} ${why}`));
}

/** A subject reveals nothing, names nobody, and needs no encoding in a header. */
export function checkSubject(file: SourceFile, subject: string, report: Report): void {
  const line = lineOf(file, "subject:");
  checkGlanceWords(file, { "the subject": subject }, report);
  if (/[^\x20-\x7e]/.test(subject)) report(line, "the subject must be plain ASCII");
  const template = parseTemplate(subject, (tag, why) => report(line, `${tag} ${why}`));
  for (const slot of slotsOf(template).filter((name) => !SUBJECT_SLOTS.includes(name))) {
    report(line, `the subject must not show ${slot}`);
  }
}

/** Texts that strangers may see at a glance, by what they are called in a report. */
export function checkGlanceWords(
  file: SourceFile,
  texts: Readonly<Record<string, string>>,
  report: Report,
): void {
  for (const [name, text] of Object.entries(texts)) {
    const word = findRevealingWord(text);
    if (word !== undefined) report(lineOf(file, text), `${name} must not say "${word}"`);
  }
}

export function checkLinkTexts(file: SourceFile, blocks: readonly Block[], report: Report): void {
  for (const text of linkTexts(blocks)) {
    checkGlanceWords(file, { "a link text": text }, report);
    if (/https?:|www\./i.test(text)) {
      report(lineOf(file, text), "a link text must not show an address");
    }
  }
}

/** What a lock screen may show of the mail names nobody and reveals nothing. */
export function checkGlance(file: SourceFile, text: Template, report: Report): void {
  const glance = glanceOf(text);
  const where = `the first ${GLANCE_LENGTH} characters`;
  const word = findRevealingWord(glance.text);
  if (word !== undefined) report(lineOf(file, word), `${where} must not say "${word}"`);
  for (const slot of glance.slots.filter((name) => NAMING_SLOTS.includes(name))) {
    report(lineOf(file, `{{${slot}}}`), `${where} must not show ${slot}`);
  }
}

/** Tip, why, one seat's action, planning and reply together are a short read. */
export function checkLessonLength(
  parts: Readonly<Record<string, readonly Block[]>>,
  report: Report,
): void {
  for (const seat of ["sp", "le"]) {
    const read = ["tip", "why", seat, "planning", "reply"];
    const count = read.reduce((sum, name) => sum + countWords(parts[name] ?? []), 0);
    if (count < LESSON_WORDS_MIN || count > LESSON_WORDS_MAX) {
      const range = `${LESSON_WORDS_MIN} to ${LESSON_WORDS_MAX}`;
      report(1, `has ${count} words for the ${seat} seat; a lesson has ${range}`);
    }
  }
}

function countWords(blocks: readonly Block[]): number {
  const texts = blocks.flatMap((block) => {
    if (block.kind === "tag") return [];
    if (block.kind === "list") return block.items.map((item) => plainText(item.inside));
    return [plainText(block.inside)];
  });
  return texts.join(" ").split(/\s+/).filter(Boolean).length;
}

interface Glance {
  readonly text: string;
  readonly slots: readonly string[];
}

/**
 * The beginning of a mail as far as it may be seen. What a section holds is looked at but not counted,
 * for it may not show; nor is the length of a slot, for it may be short.
 */
function glanceOf(template: Template): Glance {
  let text = "";
  let counted = 0;
  const slots: string[] = [];
  for (const part of template) {
    if (counted >= GLANCE_LENGTH) break;
    if (typeof part === "string") {
      text += part.slice(0, GLANCE_LENGTH - counted);
      counted += part.replace(/\s+/g, " ").length;
    } else if ("slot" in part) {
      slots.push(part.slot);
    } else {
      const inside = glanceOf(part.parts);
      text += inside.text;
      slots.push(...inside.slots);
    }
  }
  return { text, slots };
}
