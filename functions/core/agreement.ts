import { AGREEMENT_KINDS, type AgreementKind, type LogEntry } from "./action.ts";
import { addDays, addMonths, type Day } from "./instant.ts";
import { standingEntries } from "./log.ts";

/**
 * Where the pair's written agreement (MOU) stands; a fold over what was logged about it, so that
 * taking an entry back takes its effect back.
 */
export type Agreement =
  | { readonly kind: "undecided" }
  | { readonly kind: "drafting"; readonly since: Day; readonly lastActionOn: Day }
  | { readonly kind: "with-leadership"; readonly since: Day }
  | { readonly kind: "in-force"; readonly since: Day; readonly reviewOn: Day }
  | { readonly kind: "review-due"; readonly since: Day; readonly lastReadOn: Day }
  | { readonly kind: "not-needed"; readonly since: Day };

/** First review half a year after signing, then once a year. */
export const FIRST_REVIEW_MONTHS = 6;
export const REVIEW_MONTHS = 12;

/** What an agreement prompt asks for. */
export type AgreementAsk = "decide" | "draft" | "sent" | "review" | "still-needed" | "recheck";

export interface AgreementPrompt {
  readonly on: Day;
  readonly ask: AgreementAsk;
}

export interface AgreementAnchors {
  readonly graduatedOn?: Day;
  /** The day of lesson 8, after which the first prompt about a draft comes. */
  readonly lesson8On?: Day;
}

/** The agreement as it stands on that day. Reports count in the order in which they came in. */
export function agreementAt(entries: readonly LogEntry[], today: Day): Agreement {
  const reports = standingEntries(entries)
    .filter(isAboutAgreement)
    .toSorted((one, other) => (one.reportedAt < other.reportedAt ? -1 : 1));
  const state = reports.reduce<Agreement>(after, { kind: "undecided" });
  return state.kind === "in-force" && state.reviewOn <= today
    ? { kind: "review-due", since: state.reviewOn, lastReadOn: state.since }
    : state;
}

/**
 * The first prompt strictly after a day; undefined when none is to come until something is logged.
 *
 * | state | prompts |
 * | --- | --- |
 * | undecided | at graduation |
 * | drafting | 14 days after lesson 8; 28 and 56 days after the last report, then three months, monthly; then once "still needed?" |
 * | with-leadership | every 30 days, for boards and councils may have to approve |
 * | in-force | on the day of the review, as review-due |
 * | review-due | on the day itself, 14 and 42 days later; from then on only with check-ins |
 * | not-needed | once, after 12 months |
 */
export function nextAgreementPrompt(
  agreement: Agreement,
  after: Day,
  anchors: AgreementAnchors,
): AgreementPrompt | undefined {
  return promptsOf(agreement, after, anchors)
    .toSorted((one, other) => (one.on < other.on ? -1 : 1))
    .find(({ on }) => on > after);
}

/** A check-in mentions the agreement where a prompt of its own will not come, or is due anyway. */
export function askWithCheckIn({ kind }: Agreement): boolean {
  return kind === "undecided" || kind === "review-due" || kind === "drafting";
}

function promptsOf(
  agreement: Agreement,
  today: Day,
  { graduatedOn, lesson8On }: AgreementAnchors,
): readonly AgreementPrompt[] {
  switch (agreement.kind) {
    case "undecided":
      return graduatedOn === undefined ? [] : [{ on: graduatedOn, ask: "decide" }];
    case "drafting":
      return draftPrompts(agreement.lastActionOn, lesson8On);
    case "with-leadership":
      return [{ on: nextMultiple(agreement.since, 30, today), ask: "sent" }];
    case "in-force":
      return reviewPrompts(agreement.reviewOn);
    case "review-due":
      return reviewPrompts(agreement.since);
    case "not-needed":
      return [{ on: addMonths(agreement.since, 12), ask: "recheck" }];
  }
}

function draftPrompts(lastActionOn: Day, lesson8On: Day | undefined): readonly AgreementPrompt[] {
  const afterLesson8 = lesson8On === undefined ? [] : [addDays(lesson8On, 14)];
  const counted = [28, 56].map((days) => addDays(lastActionOn, days));
  const monthly = [1, 2, 3].map((months) => addMonths(addDays(lastActionOn, 56), months));
  const drafts = [...afterLesson8, ...counted, ...monthly].filter((on) => on > lastActionOn);
  const stillNeeded = addMonths(addDays(lastActionOn, 56), 4);
  return [
    ...drafts.map((on) => ({ on, ask: "draft" }) as const),
    { on: stillNeeded, ask: "still-needed" },
  ];
}

function reviewPrompts(dueOn: Day): readonly AgreementPrompt[] {
  return [0, 14, 42].map((days) => ({ on: addDays(dueOn, days), ask: "review" }) as const);
}

function nextMultiple(since: Day, days: number, after: Day): Day {
  let on = addDays(since, days);
  while (on <= after) on = addDays(on, days);
  return on;
}

function after(state: Agreement, entry: LogEntry & { readonly kind: AgreementKind }): Agreement {
  const { on } = entry;
  switch (entry.kind) {
    case "mou-needed":
    case "mou-draft":
      return { kind: "drafting", since: startOfDraft(state, on), lastActionOn: on };
    case "mou-sent":
      return { kind: "with-leadership", since: on };
    case "mou-signed":
      return { kind: "in-force", since: on, reviewOn: addMonths(on, FIRST_REVIEW_MONTHS) };
    case "mou-review":
      return { kind: "in-force", since: on, reviewOn: addMonths(on, REVIEW_MONTHS) };
    case "mou-not-needed":
      return { kind: "not-needed", since: on };
    case "mou-revise":
      return revised(state, on);
    case "mou-reopened":
      return state.kind === "not-needed" ? { kind: "undecided" } : state;
  }
}

function startOfDraft(state: Agreement, on: Day): Day {
  return state.kind === "drafting" ? state.since : on;
}

/** A wish to change it, a hand-over or a new law: there is something to look at only if there is an agreement. */
function revised(state: Agreement, on: Day): Agreement {
  switch (state.kind) {
    case "in-force":
      return { kind: "review-due", since: on, lastReadOn: state.since };
    case "review-due":
      return state;
    case "not-needed":
    case "undecided":
      return { kind: "review-due", since: on, lastReadOn: on };
    case "drafting":
    case "with-leadership":
      return { kind: "drafting", since: state.since, lastActionOn: on };
  }
}

function isAboutAgreement(entry: LogEntry): entry is LogEntry & { readonly kind: AgreementKind } {
  return (AGREEMENT_KINDS as readonly string[]).includes(entry.kind);
}
