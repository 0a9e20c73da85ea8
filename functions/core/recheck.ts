import type { ActionKind, LogEntry } from "./action.ts";
import { type Agreement, type AgreementAnchors, nextAgreementPrompt } from "./agreement.ts";
import type { LessonOutline } from "./course.ts";
import type { Day } from "./instant.ts";
import { isComplete, lastOn } from "./log.ts";
import { nextMeetDay } from "./meeting.ts";

/** What is known when a lesson's P.S. is chosen. */
export interface RecheckFacts {
  readonly lesson: LessonOutline;
  /** The lesson's place in this pair's course, from 1. */
  readonly position: number;
  readonly entries: readonly LogEntry[];
  readonly today: Day;
  readonly agreement: Agreement;
  /** The day after which agreement prompts count as not asked yet. */
  readonly agreementAskedOn: Day;
  readonly anchors: AgreementAnchors;
}

/** Lessons in which a pair that never met is asked about it. */
const ASK_TO_MEET_AT: readonly number[] = [5, 7];

/**
 * What the P.S. of a lesson asks about again: one thing at most, the agreement before a meeting before
 * the kind the lesson maps to, and only what earlier lessons taught.
 */
export function chooseRecheck(facts: RecheckFacts): ActionKind | undefined {
  return agreementRecheck(facts) ?? meetingRecheck(facts) ?? mappedRecheck(facts);
}

/** The word a P.S. about the agreement offers: the next thing that can be logged in its state. */
export function agreementWord({ kind }: Agreement): ActionKind | undefined {
  switch (kind) {
    case "undecided":
      return "mou-needed";
    case "drafting":
      return "mou-draft";
    case "with-leadership":
      return "mou-signed";
    case "review-due":
      return "mou-review";
    case "in-force":
    case "not-needed":
      return undefined;
  }
}

function agreementRecheck(facts: RecheckFacts): ActionKind | undefined {
  const { agreement, agreementAskedOn, anchors, today } = facts;
  const prompt = nextAgreementPrompt(agreement, agreementAskedOn, anchors);
  return prompt !== undefined && prompt.on <= today ? agreementWord(agreement) : undefined;
}

function meetingRecheck({ entries, position, today }: RecheckFacts): ActionKind | undefined {
  const met = lastOn(entries, "meet-informally");
  const isDue = met === undefined ? ASK_TO_MEET_AT.includes(position) : nextMeetDay(met) <= today;
  return isDue ? "meet-informally" : undefined;
}

/** The first kind of the lesson's own list that is still open; about the agreement, the word of its state. */
function mappedRecheck({ lesson, entries, agreement }: RecheckFacts): ActionKind | undefined {
  for (const kind of lesson.recheck) {
    const word = kind.startsWith("mou-") ? agreementWord(agreement) : kind;
    if (word !== undefined && (word.startsWith("mou-") || !isComplete(entries, word))) return word;
  }
  return undefined;
}
