import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { CompiledMail } from "../../emails/compiled.ts";
import { LABELS_MAIL } from "../../emails/compiled.ts";
import type { CompiledMailRecord } from "../../functions/ports.ts";
import type { CompiledCourse } from "../../functions/publish/publish-course.ts";

/**
 * Editions of the real course, cut down to a line each: every mail keeps its id, its kind and what a bare
 * DONE means. Writing whole mails would be most of a run's time, and what they say is tested elsewhere.
 * The line names the edition and the reader, so that a mail tells what it was made from.
 */
export function tinyEdition(number: number): CompiledCourse {
  const made = editions.get(number) ?? makeEdition(number);
  editions.set(number, made);
  return made;
}

const editions = new Map<number, CompiledCourse>();

function makeEdition(number: number): CompiledCourse {
  const { outline, mails } = realCourse();
  const edition = createHash("sha256").update(`edition ${number}`).digest("hex");
  return {
    outline: { ...outline, edition, lessons: reordered(outline.lessons, number) },
    mails: mails.map((record) => tiny(record, edition)),
  };
}

/** What stands in a mail of this edition. */
export function markOf(edition: string): string {
  return `edition ${edition.slice(0, 12)}`;
}

/** Each edition after the first swaps two neighbouring lessons, as an editor might. */
function reordered<T>(lessons: readonly T[], number: number): readonly T[] {
  const place = 4 + (number % 5);
  const [one, other] = lessons.slice(place, place + 2);
  if (number === 0 || one === undefined || other === undefined) return lessons;
  return [...lessons.slice(0, place), other, one, ...lessons.slice(place + 2)];
}

function tiny(record: CompiledMailRecord, edition: string): CompiledMailRecord {
  if (record.mail === LABELS_MAIL) return record;
  const line = [`${markOf(edition)}, ${record.mail}, for `, { slot: "yourName" }];
  const content: CompiledMail = {
    ...(record.content as CompiledMail),
    subject: [record.mail],
    html: line,
    text: line,
  };
  return { ...record, content };
}

let kept: CompiledCourse | undefined;

/** @throws Error where the course is not compiled: `npm run build` */
function realCourse(): CompiledCourse {
  const file = new URL("../../emails/.compiled/partner-tips.json", import.meta.url);
  kept ??= JSON.parse(readFileSync(file, "utf8")) as CompiledCourse;
  return kept;
}
