import type { ActionKind } from "./action.ts";
import { type Frame, frameOf } from "./reading-frame.ts";
import { type Doubt, doubtIn } from "./reading-guards.ts";
import { namesKind } from "./reading-guess.ts";
import { type Clause, datesIn } from "./reading-text.ts";
import { type ActionPattern, OWN_HALF_KINDS } from "./reading-words.ts";

/** Where a phrase stands in its clause. */
interface Place {
  readonly at: number;
  readonly words: string;
}

/** What the mail asked for, and whether the sentence names a day that may be over. */
interface Asked {
  readonly topic: ActionKind | undefined;
  readonly isDated: boolean;
}

/**
 * What speaks against a phrase meaning that the pair did it: it was half done, done with somebody else,
 * denied, planned, or is said in words that could mean something else.
 */
export function doubtOfMatch(
  { kind, isState, isLoose }: ActionPattern,
  clause: Clause,
  place: Place,
  { topic, isDated }: Asked,
): Doubt | undefined {
  const before = clause.text.slice(0, place.at);
  const rest = clause.text.slice(place.at);
  const frame = frameOf(clause, place.at, place.at + place.words.length);
  if (isHalfDone(kind, before, place.words, rest)) return "denied";
  if (isWithOthers(kind, rest)) return "supposed";
  const lead = isState ? withoutNeed(before) : `${ownHalf(before, kind)} ${between(place.words)}`;
  const said = doubtIn(lead, afterFirstWord(rest));
  if (said !== undefined) return said;
  if (isToCome(clause, place.at)) return "planned";
  if (isLongAgo(clause)) return "unclear";
  const isOnTopic = kind === topic;
  if (
    isStrange(kind, frame, { before: before.trim(), words: place.words, rest, isDated, isOnTopic })
  ) {
    return "unclear";
  }
  if (kind === "meet-informally" && kind !== topic && REMOTE.test(clause.text)) return "unclear";
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
  const { subject, company, isCalm } = frameOf(clause, at, at + words.length);
  const isPart = /\b(?:part|some|most|one (?:side|half)|first (?:half|part)|three|two)\b/.test(
    before + after,
  );
  const isElsewhere =
    /^ (?:at|with|for|from|in) (?!it|this|that|week|lesson|now|today|person|my partner|him|her|them|⟦)/.test(
      after,
    );
  const isOther = subject === "other" || subject === "partner" || company === "other";
  return isOther || !isCalm || isPart || isElsewhere ? "unclear" : undefined;
}

/** "Met years ago", "in 2019": before the course, most likely. */
function isLongAgo(clause: Clause): boolean {
  return (
    datesIn(clause).some(({ mention }) =>
      /\b(?:years?|ages|spring|summer|fall|autumn|winter|quarter)\b/i.test(mention.words),
    ) || /\bin (?:19|20)\d\d\b/.test(clause.text)
  );
}

/** "Had every intention of coffee": what stands between a verb and its object turns it, too. */
function between(words: string): string {
  return words.split(" ").slice(1, -1).join(" ");
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
  /\b(?:swapped|exchanged|traded|compared|worked|came (?:through|back)|went through|got (?:it|one back|an answer)|answered|received|replied|responded|delivered|landed|each other|both|we|us|together|with my partner|with (?:him|her)|got (?:hers|his|theirs)|for (?:hers|his|theirs))\b/;
const ONE_SIGNER =
  /\b(?:i|my|she|he|they|their|our (?:chief|director|sheriff|side|agency|board|boss|leadership|executive)|one (?:side|agency)|only)\b/;

/** Without an answer, what was sent is half of an exchange. */
const SENT_OFF = /^(?:sent|texted|e-?mailed|gave) (?:her|him|them|my partner|over|off|out|an?)\b/;

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
    /\b(?:i|i've|she|he|they|my partner)\b/.test(before) ||
    /\b(?:my(?! partner| counterpart)|mine)\b/.test(rest);
  return (
    (isOneSided ||
      (before.trim() === "" && SENT_OFF.test(words)) ||
      /\b(?:my|her|his)$/.test(before.trim())) &&
    /\b(?:sent|gave|shared|emailed|texted|wrote|got|did|finished|completed|done|ready|complete)\b/.test(
      words,
    ) &&
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

function isWithOthers(kind: ActionKind, rest: string): boolean {
  return PAIR_KINDS.includes(kind) && NOT_PARTNERS.test(rest) && !PARTNER.test(rest);
}

const COMPANION = /\b(?:together|each other|both|us|we|me|junt[oa]s)\b/;
/** What a talk of each lesson is about; a talk about anything else is another talk. */
const ABOUT: Readonly<Partial<Record<ActionKind, RegExp>>> = {
  "tension-preview":
    /^(?:it|them|this|that|those|these|both|our|the (?:two|hard|friction|moments|tension|lesson)|where|what could|what might|friction|tension|conflict|hard|how we|dif[ií]cil|lo|los)\b/,
  "repair-conversation":
    /^(?:it|them|this|that|what|how|where|our|the (?:lesson|reset|last|past)|things|mistakes?|frustrat|tension|doing|lo)\b/,
  debrief:
    /^(?:it|them|this|that|what|how|our|the (?:lessons?|course|weeks|eleven|four|questions|series|program)|everything|all|lo)\b/,
  "intro-call":
    /^(?:it|this|that|what|how|our|the (?:lesson|goals?|program|course|phrase)|goals?|each|work|roles?|a good)\b/,
};

/** Somebody else did it, it was done with somebody else, or the words around it turn the meaning. */
function isStrange(kind: ActionKind, frame: Frame, said: Said): boolean {
  const { before, words, rest } = said;
  if (frame.subject === "other" || !frame.isCalm) return true;
  if (PASSIVE.test(before) && ACTIVE.test(words)) return true;
  if (isAboutOtherThing(kind, rest)) return true;
  if (kind === "mou-needed") return frame.subject === "i";
  if (kind === "info-sharing-map") return frame.subject === "partner";
  if (OWN_HALF_KINDS.includes(kind))
    return frame.subject === "partner" || frame.company === "other";
  if (JOINT_EXCHANGE.includes(kind) || PAIR_KINDS.includes(kind)) {
    if (frame.company === "other") return true;
  }
  return PAIR_KINDS.includes(kind) && isAlone(kind, frame, said);
}

/** "I was sent a list", "we were met with silence". */
const PASSIVE = /\b(?:was|were|am|are|been|being|be|get|got)(?: \w+ly)?$/;
const ACTIVE =
  /^(?:sent|shared|given|gave|called|met|swapped|exchanged|presented|trained|emailed|handed)\b/;

function isAboutOtherThing(kind: ActionKind, rest: string): boolean {
  if (PAIR_KINDS.includes(kind) && TALKED_THROUGH.test(rest) && !namesKind(rest, kind)) return true;
  const about = /\babout (.{1,60})/.exec(rest)?.[1];
  if (about === undefined || /^(?:⟦|\d|an? |half|ten|fifteen|twenty|thirty|forty|one)/.test(about))
    return false;
  return ABOUT[kind]?.test(about) === false;
}

/** "Talked through the schedule", "talked over each other". */
const TALKED_THROUGH =
  /^\S+ (?:through|over) (?!it\b|them\b|this\b|that\b|those\b|these\b|both\b|our\b|everything\b|coffee|lunch|breakfast|dinner|tea\b|drinks|zoom|teams|the (?:phone|two|hard|weekend)|an? (?:cup|coffee|meal|bite|quick|long)|⟦)/;

/** Done by one person, or by nobody who is named where the mail asked for something else. */
function isAlone(kind: ActionKind, frame: Frame, said: Said): boolean {
  const { before, words, rest, isDated, isOnTopic } = said;
  if (frame.company === "partner" || frame.subject === "we" || COMPANION.test(rest)) return false;
  if (kind === "intro-call" && /call|intro|llamada/.test(words)) return false;
  if (kind === "meet-informally" && /\bmy$/.test(before)) return true;
  if (frame.subject !== "none") return true;
  if (/^looked back$/.test(words) && /^ on\b/.test(rest.slice(words.length))) return true;
  return !isOnTopic && !isDated;
}

/** The clause taken apart around a phrase. */
interface Said {
  readonly before: string;
  readonly words: string;
  readonly rest: string;
  readonly isDated: boolean;
  readonly isOnTopic: boolean;
}
