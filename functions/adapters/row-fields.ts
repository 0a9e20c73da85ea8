import * as z from "zod";
import { ACTION_KINDS } from "../core/action.ts";
import { MAIL_KINDS } from "../core/course.ts";
import { SEATS } from "../core/pair.ts";

/**
 * The values rows are made of. Text is bounded and shaped wherever a shape is known, so that words a
 * partner wrote fit nowhere: names and agencies are the only free text that is ever stored.
 */
export const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
export const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);
export const count = z.int().min(0);
export const epochSeconds = z.int().positive();

export const slug = z.string().regex(/^[A-Za-z0-9-]{1,64}$/);
export const pairId = z.string().regex(/^[a-z0-9-]{1,64}$/);
/** A hash, an HMAC or a random id as text. */
export const digest = z.string().regex(/^[A-Za-z0-9_-]{1,86}$/);
export const sendId = z.string().regex(/^[A-Za-z0-9_-]{1,256}$/);
/** Part of a key that somebody else composed: no white space and no `@`, so never an address. */
export const keyPart = z.string().regex(/^[^\s@]{1,512}$/);
/** A name or an agency; empty once it was forgotten. */
export const personText = z.string().max(200);
export const emailText = z.string().max(320);
export const locale = z.string().regex(/^[A-Za-z0-9-]{2,35}$/);

export const seatId = z.enum(SEATS);
export const addressee = z.enum([...SEATS, "coordinator"]);
export const holder = z.int().min(1).max(9999);
export const actionKind = z.enum(ACTION_KINDS);
export const mailKind = z.enum(MAIL_KINDS);
export const lessonId = z.templateLiteral(["lesson-", z.string().regex(/[A-Za-z0-9-]{1,32}/)]);

/** What every row has: its key and the version that guards each write. */
export const keyFields = {
  pk: z.string().min(1).max(600),
  sk: z.string().min(1).max(600),
  version: count,
} as const;

/** What puts a row on the due index; both or neither. */
export const dueFields = {
  dueAt: instant.exactOptional(),
  dueShard: z.string().min(1).max(4).exactOptional(),
} as const;
