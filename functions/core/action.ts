import type { Day, Instant } from "./instant.ts";
import type { SeatId } from "./pair.ts";

/** The things a pair does together, in the order the lessons teach them (fact sheet, tips 1 to 11). */
export const LESSON_KINDS = [
  "intro-call",
  "role-map",
  "meet-informally",
  "tension-preview",
  "trust-checkin",
  "mou-draft",
  "timeline-swap",
  "info-sharing-map",
  "cross-training",
  "repair-conversation",
  "debrief",
] as const;

/** What can be logged about the Memorandum of Understanding (MOU); its state is a fold over these. */
export const AGREEMENT_KINDS = [
  "mou-needed",
  "mou-draft",
  "mou-sent",
  "mou-signed",
  "mou-review",
  "mou-not-needed",
  "mou-revise",
  "mou-reopened",
] as const;

export type LessonKind = (typeof LESSON_KINDS)[number];
export type AgreementKind = (typeof AGREEMENT_KINDS)[number];
export type ActionKind = LessonKind | AgreementKind;

export const ACTION_KINDS: readonly ActionKind[] = [
  ...new Set<ActionKind>([...LESSON_KINDS, ...AGREEMENT_KINDS]),
];

/**
 * One line of the append-only action log: which thing happened and on what day, never the words.
 *
 * `source` is the hash of the reply (or of the button's token) that reported it, so that the same
 * reply handled twice writes the same entry; `"coordinator"` for a trigger a coordinator entered.
 */
export interface LogEntry {
  readonly kind: ActionKind;
  /** The local calendar day on which it happened, in the pair's zone. */
  readonly on: Day;
  /** True when the reply named no day and the day of the reply was taken. */
  readonly assumed: boolean;
  /** Who reported it; a trigger by a coordinator or a hand-over has no seat. */
  readonly seat: SeatId | "coordinator";
  readonly holder: number;
  readonly source: string;
  readonly reportedAt: Instant;
  /** When it was taken back with FIX, DISAGREE or the undo button; absent while it counts. */
  readonly undoneAt?: Instant;
}

/** The same thing told by the same reply, whatever day it was taken to mean. */
export function isSameReport(one: LogEntry, other: LogEntry): boolean {
  return one.kind === other.kind && one.source === other.source;
}
