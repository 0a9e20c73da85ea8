import { readFileSync } from "node:fs";
import type { ActionKind } from "../../functions/core/action.ts";
import type { MailKind } from "../../functions/core/course.ts";
import type { Day, Instant } from "../../functions/core/instant.ts";
import type { Role } from "../../functions/core/pair.ts";
import { readReply } from "../../functions/core/read-reply.ts";
import type { Intent, Reading } from "../../functions/core/reading.ts";

/** A reply with the reading a person gave it, by the conventions of docs/REPLIES.md. */
export interface LabelledReply {
  readonly body: string;
  readonly sentOn: Instant;
  readonly lesson: number;
  readonly role: Role;
  /** New York where absent. */
  readonly timeZone?: string;
  /** The kind of mail that is answered; a lesson where absent. */
  readonly kind?: MailKind;
  /** True for a reply made to be misread. */
  readonly trap: boolean;
  readonly label: {
    readonly intent: Intent;
    readonly actions: readonly ActionKind[];
    readonly date: Day | null;
    readonly snoozeDays: number | null;
    readonly sensitive: boolean;
  };
}

export const TIME_ZONE = "America/New_York";

export function loadLabelled(name: "sentences" | "sentences-held-out"): readonly LabelledReply[] {
  return loadLines(name) as readonly LabelledReply[];
}

function loadLines(name: string): readonly unknown[] {
  const text = readFileSync(new URL(`./${name}.jsonl`, import.meta.url), "utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line): unknown => JSON.parse(line));
}

export function readLabelled({ trap: _, label: __, ...reply }: LabelledReply): Reading {
  return readReply({ timeZone: TIME_ZONE, kind: "lesson", ...reply });
}

/** What came out wrong, by field; empty when the whole reading is right. */
export function mistakesIn(reply: LabelledReply, reading: Reading): readonly string[] {
  const { label } = reply;
  const fields = ["intent", "date", "snoozeDays", "sensitive"] as const;
  const wrong: string[] = fields.filter((field) => reading[field] !== label[field]);
  const isSameKinds = [...reading.actions].sort().join() === [...label.actions].sort().join();
  return isSameKinds ? wrong : [...wrong, "actions"];
}

/** Would the log take something that did not happen, or on a day it did not happen? */
export function logsWrongly(reply: LabelledReply, reading: Reading): boolean {
  if (!reading.certain || reading.actions.length === 0) return false;
  const isInvented = reading.actions.some((kind) => !reply.label.actions.includes(kind));
  return isInvented || (reading.date !== null && reading.date !== reply.label.date);
}

/** A reply of which only this is fixed: may it be logged without asking? */
export interface BareReply {
  readonly lesson: number;
  readonly body: string;
}

export function loadBare(name: "traps" | "deeds"): readonly BareReply[] {
  return loadLines(name) as readonly BareReply[];
}

/** A reply of which only the intent is fixed, to learn from. */
export interface HunchReply extends BareReply {
  readonly intent: Intent;
}

export function loadHunches(): readonly HunchReply[] {
  return loadLines("hunches") as readonly HunchReply[];
}

/** Read as if sent on Thursday, 5 March 2026. */
export function readBare({ lesson, body }: BareReply): Reading {
  return readReply({
    body,
    lesson,
    sentOn: "2026-03-05T18:30:00.000Z",
    role: "law_enforcement",
    timeZone: TIME_ZONE,
    kind: "lesson",
  });
}
