import type { Dice } from "./dice.ts";

/** What a reply is about: a course mail, a receipt, the question of a hold, or an own pause. */
export type ReplyOccasion = "course" | "receipt" | "hold" | "paused";

type Texts = readonly [string, ...string[]];

/** Short ones mostly: what a reading makes of long ones is tested with the corpus of replies. */
const TEXTS: Readonly<Record<ReplyOccasion, Texts>> = {
  course: [
    ...Array.from({ length: 12 }, () => "DONE"),
    "Done. We had the call yesterday.",
    "We had coffee on Tuesday.",
    "Done",
    "CALL",
    "COFFEE",
    "DRAFTED",
    "NOT NEEDED",
    "SIGNED May 2026",
    "not yet",
    "not yet",
    "later",
    "HELP",
    "PAUSE",
    "pause 2 weeks",
    "RESUME",
    "STOP",
    "HANDOVER",
    "KEEP",
    "REVISE",
    "Who are you?",
  ] as unknown as Texts,
  receipt: ["FIX", "FIX", "DISAGREE", "COFFEE", "Thanks!"],
  hold: ["WAIT", "WAIT", "END", "RESUME", "KEEP"],
  paused: ["RESUME", "RESUME", "RESUME", "STOP"],
};

export function replyTo(occasion: ReplyOccasion, dice: Dice): string {
  return dice.pick([...TEXTS[occasion]] as [string, ...string[]]);
}
