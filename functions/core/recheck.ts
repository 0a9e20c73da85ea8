import type { ActionKind, LogEntry } from "./action.ts";
import { type Agreement, type AgreementAnchors, nextAgreementPrompt } from "./agreement.ts";
import type { LessonOutline } from "./course.ts";
import { addDays, type Day } from "./instant.ts";
import { isComplete, lastOn, pairLog } from "./log.ts";
import { nextMeetDay, REMIND_DAYS } from "./meeting.ts";

/** What is known when a lesson's P.S. is chosen. */
export interface RecheckFacts {
  readonly lesson: LessonOutline;
  /** The lesson's place in this pair's course, from 1. */
  readonly position: number;
  readonly entries: readonly LogEntry[];
  readonly today: Day;
  readonly agreement: Agreement;
  /** The day of the lesson before: what fell due after it and until today rides in this one. */
  readonly agreementAskedOn: Day;
  readonly anchors: AgreementAnchors;
}

/** Lessons in which a pair that never met is asked about it. */
const ASK_TO_MEET_AT: readonly number[] = [5, 7];
/** From this lesson on, one that lists the coffee asks about a second one. */
const SECOND_MEETING_FROM = 8;
/** A second coffee is not asked about sooner than this after the first. */
const SECOND_MEETING_WEEKS = 4;

/**
 * What the P.S. of a lesson asks about again: one thing at most, the agreement before a meeting before
 * the kind the lesson maps to, and only what earlier lessons taught.
 */
export function chooseRecheck(facts: RecheckFacts): ActionKind | undefined {
  return agreementRecheck(facts) ?? meetingRecheck(facts) ?? mappedRecheck(facts);
}

/**
 * The kind whose words a P.S. about the agreement uses: the next thing that can be logged in its state.
 * In force or not needed, a lesson about something else has nothing to ask.
 */
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
  if (prompt === undefined || prompt.on > today) return undefined;
  return agreement.kind === "not-needed" ? "mou-not-needed" : agreementWord(agreement);
}

/** Eight weeks after they met, and once more two weeks later; a pair that never met, in lessons 5 and 7. */
function meetingRecheck(facts: RecheckFacts): ActionKind | undefined {
  const { entries, position, agreementAskedOn, today } = facts;
  const met = lastOn(entries, "meet-informally");
  if (met === undefined) return ASK_TO_MEET_AT.includes(position) ? "meet-informally" : undefined;
  const dueOn = nextMeetDay(met);
  const isDue = [dueOn, addDays(dueOn, REMIND_DAYS)].some(
    (on) => on > agreementAskedOn && on <= today,
  );
  return isDue ? "meet-informally" : undefined;
}

/** The first kind of the lesson's own list that is still open; about the agreement, the word of its state. */
function mappedRecheck(facts: RecheckFacts): ActionKind | undefined {
  for (const kind of facts.lesson.recheck) {
    const word = kind.startsWith("mou-") ? agreementWord(facts.agreement) : kind;
    if (word !== undefined && isOpen(word, facts)) return word;
  }
  return undefined;
}

function isOpen(kind: ActionKind, facts: RecheckFacts): boolean {
  if (kind.startsWith("mou-")) return true;
  return kind === "meet-informally" ? wantsMeeting(facts) : !isComplete(facts.entries, kind);
}

/** Late in the course one coffee is not the end of it: contact helps when it is repeated. */
function wantsMeeting({ entries, position, today }: RecheckFacts): boolean {
  const meetings = pairLog(entries).filter(({ kind }) => kind === "meet-informally");
  const [first] = meetings;
  if (first === undefined) return true;
  const isRested = nextMeetDay(first.on, SECOND_MEETING_WEEKS) <= today;
  return position >= SECOND_MEETING_FROM && meetings.length < 2 && isRested;
}
