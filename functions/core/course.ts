import type { ActionKind } from "./action.ts";

/** The twelve kinds of mail; the kind decides what consent allows, which headers go out and what a reply means. */
export const MAIL_KINDS = [
  "invitation",
  "reminder",
  "welcome",
  "lesson",
  "nudge",
  "meet",
  "mou",
  "receipt",
  "notice",
  "check-in",
  "graduation",
  "sign-in",
] as const;

export type MailKind = (typeof MAIL_KINDS)[number];

/** A lesson's permanent id: `lesson-03` is the sheet's third tip for ever, wherever it stands in the order. */
export type LessonId = `lesson-${string}`;

/**
 * What planning needs to know about one compiled edition of a course: the lessons in their current order.
 * The words themselves stay in the table (`COURSE#<slug>`) until a mail is sent.
 */
export interface CourseOutline {
  readonly slug: string;
  /** Hash of everything compiled; names the edition in the table and on each planned send. */
  readonly edition: string;
  readonly lessons: readonly LessonOutline[];
}

/** An edition's mail is not in the table: it was published after the backup that the table was restored from. */
export class MissingMailError extends Error {
  override readonly name = "MissingMailError";
}

export interface LessonOutline {
  readonly id: LessonId;
  /** What a bare DONE in answer to this lesson logs. */
  readonly done: ActionKind;
  /** Kinds the P.S. may ask about again, in order; only kinds that earlier lessons taught. */
  readonly recheck: readonly ActionKind[];
}
