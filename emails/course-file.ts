import * as z from "zod";
import { ACTION_KINDS, type ActionKind, LESSON_KINDS } from "../functions/core/action.ts";
import { type LessonId, MAIL_KINDS } from "../functions/core/course.ts";
import { AGREEMENT_STATES } from "./compiled.ts";

/** What the files of a course may say; anything else is a mistake that building reports. */

/** The words that frame each mail, as Markdown; templates place them by these names. */
export const FRAME_PARTS = [
  "whyHeading",
  "actionHeading",
  "outlineHeading",
  "partnerLogged",
  "recheck",
  "partner",
  "notice",
  "pace",
  "controls",
  "unsubscribe",
  "contact",
  "coordinatorContact",
  "sender",
] as const;

/** Parts of a lesson; the last two are lists that only some lessons have and that stand outside the word count. */
export const LESSON_PARTS = ["tip", "why", "sp", "le", "planning", "reply"] as const;
export const OPTIONAL_LESSON_PARTS = ["list", "outline"] as const;

export const TEMPLATES = [
  "lesson",
  "prompt",
  "receipt",
  "letter",
  "sign-in",
  "coordinator",
] as const;
export type TemplateName = (typeof TEMPLATES)[number];

const words = z.string().trim().min(1);
const actionLabels = z.strictObject({ label: words, word: words, recheck: words, action: words });

export const CourseFile = z.strictObject({
  title: words,
  dir: z.enum(["ltr", "rtl"]),
  frame: z.record(z.enum(FRAME_PARTS), words),
  actions: z.record(z.enum(asTuple(ACTION_KINDS)), actionLabels),
  agreement: z.record(z.enum(AGREEMENT_STATES), words),
});
export type CourseFile = z.infer<typeof CourseFile>;

export const LessonFront = z.strictObject({
  id: z.templateLiteral(["lesson-", z.string().regex(/^\d{2}$/)]) as z.ZodType<LessonId>,
  slug: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
  kind: z.literal("lesson"),
  subject: words,
  preview: words,
  /** The sheet's tip in a few words; stands below the glance, so it may name things. */
  title: words,
  done: z.enum(LESSON_KINDS),
  recheck: z.array(z.enum(asTuple(ACTION_KINDS))),
});
export type LessonFront = z.infer<typeof LessonFront>;

export const MailFront = z.strictObject({
  kind: z.enum(MAIL_KINDS).exclude(["lesson"]),
  subject: words,
  preview: words,
  /** The heading of the mail, where it differs from the subject. */
  heading: words.optional(),
  /** `lesson`: what it means for the lesson this mail follows. */
  done: z.union([z.enum(asTuple(ACTION_KINDS)), z.literal("lesson")]).optional(),
  /** Whose mail it is decides frame and footer; by default the kind does. */
  template: z.enum(TEMPLATES).optional(),
});
export type MailFront = z.infer<typeof MailFront>;

function asTuple(kinds: readonly ActionKind[]): [ActionKind, ...ActionKind[]] {
  const [first, ...rest] = kinds;
  if (first === undefined) throw new Error("There is at least one kind of action.");
  return [first, ...rest];
}
