import type { ActionKind } from "./action.ts";
import { type Doubt, doubtIn } from "./reading-guards.ts";
import { type Clause, datesIn } from "./reading-text.ts";
import { type ActionPattern, OWN_HALF_KINDS } from "./reading-words.ts";

/** Where a phrase stands in its clause. */
interface Place {
  readonly at: number;
  readonly words: string;
}

/**
 * What speaks against a phrase meaning that the pair did it: it was half done, done with somebody else,
 * denied, planned, or is said in words that could mean something else.
 */
export function doubtOfMatch(
  { kind, isState, isLoose }: ActionPattern,
  clause: Clause,
  place: Place,
  topic: ActionKind | undefined,
): Doubt | undefined {
  const before = clause.text.slice(0, place.at);
  const rest = clause.text.slice(place.at);
  if (isHalfDone(kind, before, place.words, rest)) return "denied";
  if (isWithOthers(kind, rest)) return "supposed";
  const said = doubtIn(isState ? withoutNeed(before) : ownHalf(before, kind), afterFirstWord(rest));
  if (said !== undefined) return said;
  if (isToCome(clause, place.at)) return "planned";
  if (isSomebodyElse(kind, before, rest)) return "unclear";
  if (kind === "meet-informally" && REMOTE.test(clause.text)) return "unclear";
  return isLoose === "always" || (isLoose === "elsewhere" && kind !== topic)
    ? "unclear"
    : undefined;
}

/** The same for "done", "did it" and the like, which name no kind. */
export function doubtOfGeneric(
  kind: ActionKind,
  clause: Clause,
  { at, words }: Place,
): Doubt | undefined {
  const before = ownHalf(clause.text.slice(0, at), kind);
  const after = clause.text.slice(at + words.length);
  const said = doubtIn(before, after);
  if (said !== undefined) return said;
  if (isToCome(clause, at)) return "planned";
  const isOthers =
    /\b(?:she|he|they|you|my partner|her|his|their)\b/.test(before) &&
    !/\b(?:we|i|both)\b/.test(before);
  const isPart =
    /\b(?:part|some|most|one (?:side|half)|first (?:half|part)|three|two|my (?:shift|day|week|work|paperwork|training|vacation|leave|report))\b/.test(
      before + after,
    );
  const isOtherThing = /^ (?:with|for) (?!it|this|that|week|lesson|now|today)/.test(after);
  return isOthers || isPart || isOtherThing ? "unclear" : undefined;
}

function afterFirstWord(rest: string): string {
  return rest.slice(/^\S+/.exec(rest)?.[0].length ?? 0);
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

/** The day nearest to the verb lies ahead. */
function isToCome(clause: Clause, at: number): boolean {
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
  /\b(?:swapped|exchanged|traded|compared|each other|both|we|us|together|got (?:hers|his|theirs)|for (?:hers|his|theirs))\b/;
const ONE_SIGNER =
  /\b(?:i|my|she|he|they|their|our (?:chief|director|sheriff|side|agency|board|boss|leadership|executive)|one (?:side|agency)|only)\b/;

/** A joint action of which one person did their part, or an agreement that one agency signed. */
function isHalfDone(kind: ActionKind, before: string, words: string, rest: string): boolean {
  const whole = before + rest;
  if (kind === "mou-signed") return ONE_SIGNER.test(before) && !/\b(?:both|we|all)\b/.test(whole);
  if (!JOINT_EXCHANGE.includes(kind)) return false;
  if (
    /\b(?:my|our|one|her|his) (?:part|half|side|end|section|piece|portion|headings)\b/.test(whole)
  )
    return true;
  const isOneSided =
    /\b(?:i|i've|she|he|they|my partner)\b/.test(before) || /\b(?:my|mine)\b/.test(rest);
  return (
    isOneSided &&
    /\b(?:sent|gave|shared|emailed|texted|wrote|got)\b/.test(words) &&
    !RECIPROCAL.test(whole)
  );
}

const NOT_PARTNERS =
  /\b(?:with|to|met|saw|visited|called|and) (?:up with )?(?:my|our|the|an?|his|her|their|some|another|other) (?:[\w-]+ )?(?:supervisors?|boss(?:es)?|sergeant|lieutenant|captain|chief|director|manager|team|staff|clients?|survivors?|victims?|attorneys?|lawyers?|prosecutors?|da|board|judge|landlord|doctor|therapist|interns?|volunteers?|colleagues?|co-?workers?|mayor|hospital|school|kids|wife|husband|family|friends?|vendors?|trainers?|recruits?|squad|unit|crew|suspects?|witness(?:es)?|families|parents?|commander|sheriff|advocate|officer|detective|investigator|provider|conference|group|class)\b/;
const PARTNER = /\b(?:partner|counterpart|compañer[oa]|socia?)\b/;
const PAIR_KINDS: readonly ActionKind[] = [
  "intro-call",
  "meet-informally",
  "tension-preview",
  "repair-conversation",
  "debrief",
];
const COMPANION =
  /\b(?:with|together|each other|him|her|them|partner|counterpart|both|us|we|con|junt[oa]s)\b/;

function isWithOthers(kind: ActionKind, rest: string): boolean {
  return PAIR_KINDS.includes(kind) && NOT_PARTNERS.test(rest) && !PARTNER.test(rest);
}

const SUBJECT = /\b(?:we|i|she|he|they|you|it|who|nosotros)\b/g;

/** Somebody did it alone, or told of what others did. */
function isSomebodyElse(kind: ActionKind, before: string, rest: string): boolean {
  const subject = before.match(SUBJECT)?.at(-1);
  if (subject === "you" || subject === "who") return true;
  const needsCompanion = PAIR_KINDS.includes(kind) && kind !== "intro-call";
  if (subject === "i")
    return needsCompanion && !COMPANION.test(rest) && !/\band i$/.test(before.trim());
  const isOther = subject === "she" || subject === "he" || PARTNER.test(before);
  return isOther && OWN_HALF_KINDS.includes(kind) && !/\bboth\b/.test(before + rest);
}
