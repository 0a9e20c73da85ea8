import { isDeepStrictEqual } from "node:util";
import { type CourseOutline, MissingMailError } from "../core/course.ts";
import type { CompiledMailRecord, CourseStore, Row, RowKey, Table } from "../ports.ts";
import { changeRow } from "./optimistic.ts";

/** DynamoDB refuses items over 400 KB; the rest is room for keys and names. */
export const MAIL_BYTES_MAX = 380 * 1024;

/**
 * Compiled mails over any table. Mails of an edition never change, so each is read once per store and
 * then kept; a store lives as long as its process.
 */
export function courseStore(table: Table): CourseStore {
  const kept = new Map<string, Promise<CompiledMailRecord>>();
  return {
    async current(slug) {
      const outline = await readCurrent(table, slug);
      if (outline === undefined) throw new Error(`No edition of the course ${slug} is published.`);
      return outline;
    },
    mail(slug, edition, mail, locale) {
      const key = mailKey(slug, edition, mail, locale);
      const name = `${key.pk}/${key.sk}`;
      const known = kept.get(name);
      if (known !== undefined) return known;
      const reading = readMail(table, key);
      kept.set(name, reading);
      reading.catch(() => kept.delete(name));
      return reading;
    },
    async publish(outline, mails) {
      const stored = await readCurrent(table, outline.slug);
      if (isSameOutline(stored, outline)) return "unchanged";
      for (const mail of mails) await putMail(table, outline, mail);
      // Last, so that whoever reads CURRENT finds every mail of the edition it names.
      const moved = await changeRow(table, currentKey(outline.slug), (row) =>
        isSameOutline(row && toOutline(row), outline) ? undefined : { ...outline },
      );
      return moved === undefined ? "unchanged" : "published";
    },
  };
}

async function readCurrent(table: Table, slug: string): Promise<CourseOutline | undefined> {
  const row = await table.get(currentKey(slug));
  return row && toOutline(row);
}

async function readMail(table: Table, key: RowKey): Promise<CompiledMailRecord> {
  const row = await table.get(key);
  if (row === undefined) throw new MissingMailError(`${key.pk} has no mail ${key.sk}.`);
  const { mail, locale, content } = row as unknown as StoredMail;
  return { mail, locale, content: JSON.parse(content) };
}

/** A mail that is there already is left alone: the edition's name is the hash of its content. */
async function putMail(
  table: Table,
  { slug, edition }: CourseOutline,
  { mail, locale, content }: CompiledMailRecord,
): Promise<void> {
  const text = JSON.stringify(content);
  const bytes = Buffer.byteLength(text);
  if (bytes > MAIL_BYTES_MAX) {
    throw new Error(`The mail ${mail} (${locale}) has ${bytes} bytes, over ${MAIL_BYTES_MAX}.`);
  }
  const row = { ...mailKey(slug, edition, mail, locale), version: 1, mail, locale, content: text };
  await table.put(row, "absent");
}

/** How a mail is stored: its content is one text, quicker to read than a tree of attributes. */
interface StoredMail {
  readonly mail: string;
  readonly locale: string;
  readonly content: string;
}

function currentKey(slug: string): RowKey {
  return { pk: `COURSE#${slug}`, sk: "CURRENT" };
}

function mailKey(slug: string, edition: string, mail: string, locale: string): RowKey {
  return { pk: `COURSE#${slug}`, sk: `EDITION#${edition}#${mail}#${locale}` };
}

function toOutline(row: Row): CourseOutline {
  const { pk: _pk, sk: _sk, version: _version, ...outline } = row;
  return outline as unknown as CourseOutline;
}

function isSameOutline(one: CourseOutline | undefined, other: CourseOutline): boolean {
  return one !== undefined && one.edition === other.edition && isDeepStrictEqual(one, other);
}
