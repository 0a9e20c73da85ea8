import type { ActionKind } from "./action.ts";
import type { MailKind } from "./course.ts";
import type { Day, Instant } from "./instant.ts";
import type { Role } from "./pair.ts";

/** What the person wants, by the precedence of the labelling conventions (docs/REPLIES.md). */
export type Intent =
  | "stop"
  | "pause"
  | "resume"
  | "done"
  | "snooze"
  | "help"
  | "question"
  | "not_yet"
  | "confirm"
  | "fix"
  | "other";

/**
 * A word that means one exact thing beyond its intent. Only whole-message commands set it
 * ("HANDOVER", "Keep."), never a word inside a sentence.
 */
export type Command =
  | "START"
  | "FIX"
  | "DISAGREE"
  | "HANDOVER"
  | "INVITED"
  | "KEEP"
  | "WAIT"
  | "END"
  | "REVISE"
  | "YES"
  | "NO";

/** What is read: the trimmed words of one human reply, and what it answers. */
export interface ReplyText {
  readonly body: string;
  readonly sentOn: Instant;
  /** Number of the lesson the reply answers, 1 to 11; absent for other mails. */
  readonly lesson?: number;
  readonly role: Role;
  /** IANA zone of the pair; "yesterday" is a day there. */
  readonly timeZone: string;
  /** Kind of the mail that was answered. */
  readonly kind: MailKind;
  /** What a bare DONE means here, as the mail's front matter declares; absent where DONE asks back. */
  readonly done?: ActionKind;
}

/** Everything that is ever kept of a reply. */
export interface Reading {
  readonly intent: Intent;
  readonly command?: Command;
  /** What happened; for an uncertain reading, what may have happened. */
  readonly actions: readonly ActionKind[];
  /** The day it happened, in the pair's zone; null when the reply names none. */
  readonly date: Day | null;
  /** A day in the future the reply names as a plan or as the end of a pause; null when none. */
  readonly plannedOn: Day | null;
  readonly snoozeDays: number | null;
  /** True when a person served or an investigation could be identified from it. */
  readonly sensitive: boolean;
  /** False: log nothing, ask. */
  readonly certain: boolean;
}
