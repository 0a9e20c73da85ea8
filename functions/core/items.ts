import { MAIL_KINDS, type MailKind } from "./course.ts";

/**
 * The kind of mail an item's name begins with: `lesson-03` is a lesson, `check-in-2` a check-in.
 * Lets the due index, which holds keys only, choose the lane without reading the row.
 *
 * @throws RangeError for a name that begins with no kind (a bug: items are named by the planner)
 */
export function kindOfItem(item: string): MailKind {
  const kind = MAIL_KINDS.find((name) => item === name || item.startsWith(`${name}-`));
  if (kind === undefined) throw new RangeError(`item ${item} names no kind of mail`);
  return kind;
}

/** Number of the lesson an item is about (`lesson-03`, `nudge-03-again`), or undefined. */
export function lessonNumberOf(item: string): number | undefined {
  const match = /^(?:lesson|nudge)-(\d{2})(?:-|$)/.exec(item);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}
