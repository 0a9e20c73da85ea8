import { AGREEMENT_KINDS, type AgreementKind, type LogEntry } from "./action.ts";
import { addDays, addMonths, type Day, daysBetween, laterDay } from "./instant.ts";
import { MERGE_DAYS, standingEntries } from "./log.ts";

/**
 * Where the pair's written agreement (MOU) stands; a fold over what was logged about it, so that
 * taking an entry back takes its effect back.
 */
export type Agreement =
  | { readonly kind: "undecided" }
  | { readonly kind: "drafting"; readonly since: Day; readonly lastActionOn: Day }
  | { readonly kind: "with-leadership"; readonly since: Day }
  | InForce
  | ReviewDue
  | {
      readonly kind: "not-needed";
      readonly since: Day;
      /** The one day on which the two are asked whether that still holds. */
      readonly askOn: Day;
      /** Where it stood before, which DISAGREE leads back to. */
      readonly before: Agreement;
    };

/** What is known about the page itself, in force or due for a review. */
interface Signed {
  /** Absent when only a review was ever reported. */
  readonly signedOn?: Day;
  /** False while the signing day is only the day of the reply that reported it. */
  readonly signedOnKnown: boolean;
  readonly reviewedOn?: Day;
}

interface InForce extends Signed {
  readonly kind: "in-force";
  /** The day of signing, or of the review that is all that is known. */
  readonly since: Day;
  readonly reviewOn: Day;
}

interface ReviewDue extends Signed {
  readonly kind: "review-due";
  /** The day on which the review fell due. */
  readonly since: Day;
}

/** First review half a year after signing, then once a year. */
export const FIRST_REVIEW_MONTHS = 6;
export const REVIEW_MONTHS = 12;
/** A decision to do without is asked about again, once, after this long. */
export const NOT_NEEDED_MONTHS = 12;
/** Older than this without a review is worth a coordinator's look (course, "MOU prompts"). */
export const UNREVIEWED_MONTHS_MAX = 36;

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

/** The first prompt about a draft comes this long after lesson 8, which fills the page's last heading. */
const AFTER_LESSON_8_DAYS = 14;
/** Two prompts about a draft, then monthly ones, the last of which asks whether it is still needed. */
const FIRST_DRAFT_DAYS = 28;
const SECOND_DRAFT_DAYS = 56;
const DRAFT_MONTHS = 3;
const LEADERSHIP_DAYS = 30;
const REVIEW_DAYS: readonly number[] = [0, 14, 42];
/** After one of these the same word says something new, however soon it comes. */
const TURNS: readonly AgreementKind[] = ["mou-not-needed", "mou-reopened", "mou-revise"];

type AgreementEntry = LogEntry & { readonly kind: AgreementKind };

/**
 * The agreement as it stands on that day. Reports count in the order in which they came in, so that a
 * signing of years ago that is reported today comes after yesterday's draft; the days they name decide
 * when a review falls due.
 */
export function agreementAt(entries: readonly LogEntry[], today: Day): Agreement {
  const reports = standingEntries(entries).filter(isAboutAgreement).toSorted(byReport);
  const logged = reports
    .filter((entry, index) => !isRepetition(entry, reports.slice(0, index)))
    .reduce<Agreement>((state, entry) => after(dueBy(state, reportedOn(entry)), entry), {
      kind: "undecided",
    });
  return dueBy(logged, today);
}

/**
 * The first prompt strictly after a day, the last on which one was asked; undefined when none is to
 * come until something is logged. What fell due several times before "today" is one prompt that way.
 *
 * | state | prompts |
 * | --- | --- |
 * | undecided | on the day of graduation; afterwards with check-ins |
 * | drafting | none before 14 days after lesson 8; on that day; 28 and 56 days after the last report (or after two weeks before that day, if later); then three, monthly; a month later "still needed?"; afterwards with check-ins |
 * | with-leadership | every 30 days, for boards and councils may have to approve |
 * | in-force | on the day of the review, then as review-due |
 * | review-due | at once, which is the day on which it fell due; 14 and 42 days later; afterwards with check-ins |
 * | not-needed | once: after 12 months, or on the day of a trigger |
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

/** True for an agreement that nobody is known to have read through for three years. */
export function isLongUnreviewed(agreement: Agreement, today: Day): boolean {
  if (agreement.kind !== "in-force" && agreement.kind !== "review-due") return false;
  const readOn = agreement.reviewedOn ?? agreement.signedOn;
  return readOn !== undefined && addMonths(readOn, UNREVIEWED_MONTHS_MAX) <= today;
}

function promptsOf(
  agreement: Agreement,
  after: Day,
  { graduatedOn, lesson8On }: AgreementAnchors,
): readonly AgreementPrompt[] {
  switch (agreement.kind) {
    case "undecided":
      return graduatedOn === undefined ? [] : [{ on: graduatedOn, ask: "decide" }];
    case "drafting":
      return lesson8On === undefined && graduatedOn === undefined
        ? []
        : draftPrompts(agreement.lastActionOn, lesson8On);
    case "with-leadership":
      return [{ on: nextMultiple(agreement.since, LEADERSHIP_DAYS, after), ask: "sent" }];
    case "in-force":
      return reviewPrompts(agreement.reviewOn);
    case "review-due":
      return reviewPrompts(agreement.since);
    case "not-needed":
      return [{ on: agreement.askOn, ask: "recheck" }];
  }
}

/** All of them lie after the last report, and none before the first day on which a draft may be asked about. */
function draftPrompts(lastActionOn: Day, lesson8On: Day | undefined): readonly AgreementPrompt[] {
  const firstOn = lesson8On === undefined ? lastActionOn : addDays(lesson8On, AFTER_LESSON_8_DAYS);
  const from = laterDay(lastActionOn, addDays(firstOn, -FIRST_DRAFT_DAYS));
  const second = addDays(from, SECOND_DRAFT_DAYS);
  const monthly = Array.from({ length: DRAFT_MONTHS }, (_, index) => addMonths(second, index + 1));
  const drafts = [firstOn, addDays(from, FIRST_DRAFT_DAYS), second, ...monthly];
  return [
    ...drafts.filter((on) => on > lastActionOn).map((on) => ({ on, ask: "draft" }) as const),
    { on: addMonths(second, DRAFT_MONTHS + 1), ask: "still-needed" },
  ];
}

function reviewPrompts(dueOn: Day): readonly AgreementPrompt[] {
  return REVIEW_DAYS.map((days) => ({ on: addDays(dueOn, days), ask: "review" }) as const);
}

/** The first day after `after` that lies a whole number of such spans behind `since`. */
function nextMultiple(since: Day, days: number, after: Day): Day {
  const passed = Math.floor(daysBetween(since, after) / days);
  return addDays(since, days * Math.max(1, passed + 1));
}

/**
 * The other seat says within a week what the first one said: nothing new, even if the page has moved
 * on meanwhile ("drafted", "sent", and then the partner's "drafted").
 */
function isRepetition(entry: AgreementEntry, earlier: readonly AgreementEntry[]): boolean {
  const sinceTurn = earlier.slice(earlier.findLastIndex(({ kind }) => TURNS.includes(kind)) + 1);
  return sinceTurn.some(
    ({ kind, seat, on }) =>
      kind === entry.kind &&
      seat !== entry.seat &&
      Math.abs(daysBetween(on, entry.on)) <= MERGE_DAYS,
  );
}

function after(state: Agreement, entry: AgreementEntry): Agreement {
  const { on } = entry;
  const kind: AgreementKind = entry.kind;
  switch (kind) {
    case "mou-needed":
    case "mou-draft":
      return drafting(state, on);
    case "mou-sent":
      return { kind: "with-leadership", since: on };
    case "mou-signed":
      return signed(state, entry);
    case "mou-review":
      return reviewed(state, entry);
    case "mou-not-needed":
      return notNeeded(state, on);
    case "mou-revise":
      return revised(state, entry);
    case "mou-reopened":
      return state.kind === "not-needed" ? state.before : state;
  }
}

function drafting(state: Agreement, on: Day): Agreement {
  return state.kind === "drafting"
    ? { ...state, lastActionOn: laterDay(state.lastActionOn, on) }
    : { kind: "drafting", since: on, lastActionOn: on };
}

/**
 * An undated "we have one" adds nothing to an agreement whose day is known; a dated signing from
 * before the last review leaves that review standing.
 */
function signed(state: Agreement, entry: AgreementEntry): Agreement {
  const { on, assumed } = entry;
  if (state.kind === "in-force" && state.signedOnKnown && assumed) return state;
  const page = pageOf(state);
  const isOlder = page?.reviewedOn !== undefined && on < page.reviewedOn;
  const reviewedOn = isOlder ? page.reviewedOn : undefined;
  return inForce(entry, {
    signedOn: on,
    signedOnKnown: !assumed,
    ...(reviewedOn === undefined ? {} : { reviewedOn }),
  });
}

function reviewed(state: Agreement, entry: AgreementEntry): Agreement {
  const page = pageOf(state) ?? { signedOnKnown: false };
  return inForce(entry, { ...page, reviewedOn: laterDay(page.reviewedOn ?? entry.on, entry.on) });
}

/** A review that should have been long ago is due on the day on which we hear of the agreement. */
function inForce(entry: AgreementEntry, page: Signed): Agreement {
  const reviewOn =
    page.reviewedOn === undefined
      ? addMonths(page.signedOn ?? entry.on, FIRST_REVIEW_MONTHS)
      : addMonths(page.reviewedOn, REVIEW_MONTHS);
  return {
    ...page,
    kind: "in-force",
    since: page.signedOn ?? entry.on,
    reviewOn: laterDay(reviewOn, reportedOn(entry)),
  };
}

function notNeeded(state: Agreement, on: Day): Agreement {
  const before = state.kind === "not-needed" ? state.before : state;
  return { kind: "not-needed", since: on, askOn: addMonths(on, NOT_NEEDED_MONTHS), before };
}

/**
 * A wish to change it, a hand-over or a new law. What is in force is due for a review; a draft that is
 * to change is a draft; a decision to do without is asked about now. Who asks to revise has something
 * to revise, also where nothing was logged; a coordinator's trigger says nothing about that.
 */
function revised(state: Agreement, { on, seat }: AgreementEntry): Agreement {
  switch (state.kind) {
    case "in-force":
      return reviewDue(state, on);
    case "review-due":
      return state;
    case "not-needed":
      return { ...state, askOn: on };
    case "undecided":
      return seat === "coordinator"
        ? state
        : { kind: "review-due", since: on, signedOnKnown: false };
    case "drafting":
    case "with-leadership":
      return seat === "coordinator" ? state : drafting(state, on);
  }
}

function dueBy(state: Agreement, day: Day): Agreement {
  return state.kind === "in-force" && state.reviewOn <= day
    ? reviewDue(state, state.reviewOn)
    : state;
}

function reviewDue({ kind: _, since: __, reviewOn: ___, ...page }: InForce, on: Day): Agreement {
  return { ...page, kind: "review-due", since: on };
}

function pageOf(state: Agreement): Signed | undefined {
  if (state.kind !== "in-force" && state.kind !== "review-due") return undefined;
  const { signedOn, signedOnKnown, reviewedOn } = state;
  return {
    signedOnKnown,
    ...(signedOn === undefined ? {} : { signedOn }),
    ...(reviewedOn === undefined ? {} : { reviewedOn }),
  };
}

/** In UTC: the entry does not know the pair's zone, and a day more or less moves no prompt's week. */
function reportedOn({ reportedAt }: LogEntry): Day {
  return reportedAt.slice(0, "2026-11-24".length);
}

/** One reply may report several steps; then they count in the order in which a page goes through them. */
function byReport(one: AgreementEntry, other: AgreementEntry): number {
  if (one.reportedAt !== other.reportedAt) return one.reportedAt < other.reportedAt ? -1 : 1;
  return AGREEMENT_KINDS.indexOf(one.kind) - AGREEMENT_KINDS.indexOf(other.kind);
}

function isAboutAgreement(entry: LogEntry): entry is AgreementEntry {
  return (AGREEMENT_KINDS as readonly string[]).includes(entry.kind);
}
