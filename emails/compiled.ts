import type { ActionKind } from "../functions/core/action.ts";
import type { MailKind } from "../functions/core/course.ts";

/** One mail of an edition as it is stored: plain JSON, ready to be filled by `renderMail`. */
export interface CompiledMail {
  /** The content file's id: `lesson-03`, `receipt-logged`. */
  readonly id: string;
  readonly kind: MailKind;
  /** What a bare DONE in answer to this mail means; absent where DONE asks back. */
  readonly done?: ActionKind;
  /** A bare DONE means what it means for the lesson this mail follows (nudges). */
  readonly doneOfLesson?: true;
  /** Position of the lesson in the sheet, 1 to 11; lessons only. */
  readonly lesson?: number;
  readonly subject: Template;
  readonly html: Template;
  readonly text: Template;
}

/** Fixed text and places to fill, in order of appearance. */
export type Template = readonly Part[];
export type Part = string | Fill | Section;

export interface Fill {
  readonly slot: string;
}

/**
 * Parts that show or repeat by a slot. `each` repeats for a list's items. `if` and `unless` look at a
 * flag, which must be set. `any` and `none` ask whether a text or list has anything in it.
 */
export interface Section {
  readonly section: string;
  readonly show: "each" | "if" | "unless" | "any" | "none";
  readonly parts: Template;
}

export interface RenderedMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly done?: ActionKind;
}

/** The words for what can be logged; stored beside the mails under the mail id `labels`. */
export interface CourseLabels {
  readonly title: string;
  readonly actions: Readonly<Record<ActionKind, ActionLabels>>;
  /** One neutral sentence for each state of the agreement. */
  readonly agreement: Readonly<Record<AgreementStateName, string>>;
}

export interface ActionLabels {
  /** Plain words for receipts and recaps: "coffee", "week 4". */
  readonly label: string;
  /** The word that logs it: "COFFEE". */
  readonly word: string;
  /** The sentence of a P.S. that asks again: "Had the call since? Reply CALL." */
  readonly recheck: string;
  /** Noun phrase for nudges: "the 15-minute call". */
  readonly action: string;
}

export const AGREEMENT_STATES = [
  "undecided",
  "drafting",
  "with-leadership",
  "in-force",
  "review-due",
  "not-needed",
] as const;

export type AgreementStateName = (typeof AGREEMENT_STATES)[number];

/** Mail id under which an edition stores its labels. */
export const LABELS_MAIL = "labels";
