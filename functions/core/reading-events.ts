import type { ActionKind } from "./action.ts";
import { type Doubt, doubtIn, toneOf } from "./reading-guards.ts";
import { type Clause, datesIn, type Sentence } from "./reading-text.ts";
import {
  ACTION_PATTERNS,
  type ActionPattern,
  DOCUMENT,
  GENERIC_DONE,
  OWN_HALF_KINDS,
} from "./reading-words.ts";

/** Something a reply says about one kind of action, and what speaks against its having happened. */
export interface Event {
  readonly kind: ActionKind;
  /** Absent when the words say plainly that it happened. */
  readonly doubt: Doubt | undefined;
  /** Said without naming the kind ("did it"): the answered mail's kind is meant. */
  readonly isGeneric: boolean;
  readonly sentence: number;
  readonly clause: Clause;
  readonly at: number;
}

/** What the mail that is answered is about. */
export interface Topic {
  /** What a bare DONE means; undefined where it asks back. */
  readonly kind: ActionKind | undefined;
  readonly isAgreement: boolean;
}

export function readEvents(sentences: readonly Sentence[], topic: Topic): readonly Event[] {
  return sentences.flatMap((sentence, place) => eventsInSentence(sentence, place, topic));
}

function eventsInSentence(sentence: Sentence, place: number, topic: Topic): readonly Event[] {
  const events: Event[] = [];
  let carried: Doubt | undefined;
  sentence.clauses.forEach((clause, at) => {
    if (!clause.continues) carried = undefined;
    const isAsked = sentence.isQuestion && at === sentence.clauses.length - 1;
    const found = eventsInClause(clause, place, topic).map((event) => ({
      ...event,
      doubt: isAsked
        ? "supposed"
        : (carried ?? event.doubt ?? (sentence.isQuestion ? "unclear" : undefined)),
    }));
    events.push(...found);
    const own =
      found.length > 0 ? found.every(({ doubt }) => doubt) && found[0]?.doubt : toneOf(clause.text);
    carried = own || (clause.continues ? carried : undefined);
    if (carried === "unclear") carried = undefined;
  });
  return events;
}

function eventsInClause(original: Clause, sentence: number, topic: Topic): readonly Event[] {
  const clause = { ...original, text: intoPast(original.text) };
  const named = ACTION_PATTERNS.filter((one) => one.isOnlyOwn !== true || one.kind === topic.kind)
    .filter((one) => !one.isState || isAgreementTalk(clause.text, topic))
    .flatMap((one) =>
      matchesOf(one, clause, topic).map(({ at, doubt }) => ({ kind: one.kind, at, doubt })),
    );
  const meals = mealBeside(
    clause.text,
    named.some(({ doubt }) => doubt === undefined),
  );
  const generic = named.length > 0 ? [] : genericEvents(clause, topic);
  return dedupe([...named, ...meals])
    .map((event) => ({ ...event, isGeneric: false, sentence, clause }))
    .concat(generic.map((event) => ({ ...event, isGeneric: true, sentence, clause })));
}

type Found = Pick<Event, "kind" | "at" | "doubt">;

/** "We have one", "we need one" speak of the agreement only in answer to a mail about it, or by its name. */
function isAgreementTalk(text: string, topic: Topic): boolean {
  return topic.isAgreement || new RegExp(`\\b${DOCUMENT}\\b`).test(text);
}

function matchesOf(
  one: ActionPattern,
  clause: Clause,
  topic: Topic,
): readonly Omit<Found, "kind">[] {
  return [...clause.text.matchAll(one.pattern)].map((match) => {
    const at = match.index;
    return { at, doubt: doubtOfMatch(one, clause, at, match[0], topic) };
  });
}

function doubtOfMatch(
  one: ActionPattern,
  clause: Clause,
  at: number,
  words: string,
  topic: Topic,
): Doubt | undefined {
  const before = clause.text.slice(0, at);
  const after = clause.text.slice(at + (/^\S+/.exec(words)?.[0].length ?? 0));
  const doubt = doubtIn(one.isState ? withoutNeed(before) : ownHalf(before, one.kind), after);
  if (
    doubt !== undefined &&
    !(one.kind === "mou-not-needed" && doubt === "denied" && !/\bnot\b|n't/.test(before))
  ) {
    return doubt;
  }
  if (isFuture(clause, at)) return "planned";
  if (isHalfDone(one.kind, before, words, after)) return "denied";
  if (isSomebodyElse(one.kind, before, words + after)) return "unclear";
  if (one.kind === "meet-informally" && REMOTE.test(clause.text)) return "unclear";
  return one.isLoose === "always" || (one.isLoose === "elsewhere" && one.kind !== topic.kind)
    ? "unclear"
    : undefined;
}

/** "We need one" is the news itself. */
function withoutNeed(before: string): string {
  return before.replace(/\b(?:need|needed|do|agreed|decided|that|think)\b/g, (word) =>
    " ".repeat(word.length),
  );
}

/** "My half is done" completes what each does for their own half. */
function ownHalf(before: string, kind: ActionKind): string {
  return OWN_HALF_KINDS.includes(kind)
    ? before.replace(/\bmy (?:half|part|side|end)\b/g, " ")
    : before;
}

function isFuture(clause: Clause, at: number): boolean {
  const nearest = [...datesIn(clause)].sort((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))[0];
  return nearest?.mention.direction === "future";
}

const REMOTE = /\b(?:zoom|teams|virtual(?:ly)?|phone|video|webex|facetime|google meet|online)\b/;
const JOINT_EXCHANGE: readonly ActionKind[] = [
  "timeline-swap",
  "trust-checkin",
  "tension-preview",
  "mou-draft",
];
const RECIPROCAL =
  /\b(?:swapped|exchanged|traded|compared|each other|both|we|us|together|hers|his|theirs|got (?:her|his|their))\b/;

/** A joint action of which one person did their part, or one agency signed. */
function isHalfDone(kind: ActionKind, before: string, words: string, after: string): boolean {
  const whole = before + words + after;
  if (kind === "mou-signed") {
    return (
      /\b(?:i|my|she|he|they|their|our (?:chief|director|sheriff|side|agency|board|boss|leadership|executive)|one (?:side|agency)|only)\b/.test(
        before,
      ) && !/\bboth\b|\bwe\b|\ball\b/.test(whole)
    );
  }
  if (!JOINT_EXCHANGE.includes(kind)) return false;
  if (
    /\b(?:my|our|one|her|his) (?:part|half|side|end|section|piece|portion|headings)\b/.test(whole)
  )
    return true;
  const isOneSided =
    /\b(?:i|i've|she|he|they|my partner)\b/.test(before) || /\b(?:my|mine)\b/.test(words + after);
  return (
    isOneSided &&
    /\b(?:sent|gave|shared|emailed|texted|wrote|got)\b/.test(words) &&
    !RECIPROCAL.test(whole)
  );
}

const NOT_PARTNERS =
  /\b(?:with|to|met|saw|visited|called|and) (?:up with )?(?:my|our|the|a|an|his|her|their|some|another|other) (?:\w+ )?(?:supervisors?|boss(?:es)?|sergeant|lieutenant|captain|chief|director|manager|team|staff|clients?|survivors?|victims?|attorneys?|lawyers?|prosecutors?|da|board|judge|landlord|doctor|therapist|interns?|volunteers?|colleagues?|co-?workers?|mayor|hospital|school|kids|wife|husband|family|friends?|vendors?|trainers?|recruits?|squad|unit|crew|squad|suspects?|witness(?:es)?|families|parents?|commander|sheriff)\b/;
const PARTNER = /\b(?:partner|counterpart|compañer[oa]|socia?)\b/;
const COMPANION =
  /\b(?:with|together|each other|him|her|them|partner|counterpart|both|us|we|con|junt[oa]s)\b/;
const NEEDS_COMPANION: readonly ActionKind[] = [
  "meet-informally",
  "repair-conversation",
  "debrief",
  "tension-preview",
];

/** The person did it with somebody who is not the partner, alone, or somebody else did it. */
function isSomebodyElse(kind: ActionKind, before: string, rest: string): boolean {
  if (NOT_PARTNERS.test(rest) && !PARTNER.test(rest)) return true;
  const subject =
    /\b(we|i|i've|we've|she|he|they|you|it|who|nosotros)\b(?!.*\b(?:we|i|i've|we've|she|he|they|you|it|who)\b)/.exec(
      before,
    )?.[1];
  if (subject === "i" || subject === "i've")
    return NEEDS_COMPANION.includes(kind) && !COMPANION.test(rest);
  if (subject === "you" || subject === "who") return true;
  const isOther =
    subject === "she" || subject === "he" || /\b(?:my partner|the partner)\b/.test(before);
  return isOther && OWN_HALF_KINDS.includes(kind) && !/\bboth\b/.test(before + rest);
}

const MEAL =
  /\b(?:over|at|during|after) (?:a |an )?(?:coffees?|lunch|breakfast|dinner|tea|drinks?|happy hour)\b/;

/** "Talked it through over lunch" tells of the lunch too. */
function mealBeside(text: string, isHappened: boolean): readonly Found[] {
  const meal = MEAL.exec(text);
  return meal && isHappened ? [{ kind: "meet-informally", at: meal.index, doubt: undefined }] : [];
}

function genericEvents(clause: Clause, topic: Topic): readonly Found[] {
  const { kind } = topic;
  if (kind === undefined) return [];
  return [...clause.text.matchAll(GENERIC_DONE)].map((match) => {
    const at = match.index;
    const before = ownHalf(clause.text.slice(0, at), kind);
    const after = clause.text.slice(at + match[0].length);
    const doubt = doubtIn(before, after) ?? (isFuture(clause, at) ? "planned" : undefined);
    if (doubt !== undefined) return { kind, at, doubt };
    const isOthers =
      /\b(?:she|he|they|you|my partner|her|his|their) ?(?:'s|is|are|has|have)?\b/.test(before) &&
      !/\b(?:we|i|both)\b/.test(before);
    const isPart =
      /\b(?:part|some|most|one (?:side|half)|first (?:half|part)|my (?:shift|day|week|work|paperwork|training|vacation|leave|report))\b/.test(
        before + after,
      );
    return {
      kind,
      at,
      doubt:
        isOthers || isPart || /^ (?:with|for) (?!it|this|that|week|lesson)/.test(after)
          ? "unclear"
          : undefined,
    };
  });
}

function dedupe(events: readonly Found[]): Found[] {
  const byKind = new Map<ActionKind, Found>();
  for (const event of events) {
    const known = byKind.get(event.kind);
    if (
      known === undefined ||
      (known.doubt !== undefined && event.doubt === undefined && known.at >= event.at)
    ) {
      byKind.set(event.kind, event);
    } else if (known.doubt === undefined && event.doubt === "denied" && event.at === known.at) {
      byKind.set(event.kind, event);
    }
  }
  return [...byKind.values()];
}

const PAST_FORMS: Readonly<Record<string, string>> = {
  meet: "met",
  have: "had",
  grab: "grabbed",
  get: "got",
  talk: "talked",
  speak: "spoke",
  call: "called",
  swap: "swapped",
  exchange: "exchanged",
  trade: "traded",
  send: "sent",
  share: "shared",
  sit: "sat",
  finish: "finished",
  complete: "completed",
  do: "did",
  fill: "filled",
  draft: "drafted",
  sign: "signed",
  review: "reviewed",
  present: "presented",
  attend: "attended",
  connect: "connected",
  chat: "chatted",
  go: "went",
  discuss: "discussed",
  make: "made",
  hold: "held",
  debrief: "debriefed",
  look: "looked",
};
const MANAGED =
  /\b(?:(?:was|were) (?:finally |both )?able to|managed to|got (?:a chance |the chance |around |the opportunity )?to|had (?:a|the) (?:chance|opportunity) to|(?:found|made|took) (?:the )?time to) (\w+)\b/g;

/** "Were able to meet" and "finally got to talk" say the same as "met" and "talked". */
function intoPast(text: string): string {
  return text.replace(MANAGED, (words, verb: string) => PAST_FORMS[verb] ?? words);
}
