import { ACTION_KINDS, type ActionKind } from "./action.ts";
import type { Intent } from "./reading.ts";
import { toneOf } from "./reading-guards.ts";
import { isOver, namesKind, speaksOfKind } from "./reading-guess.ts";
import { HUNCH_WEIGHTS } from "./reading-hunch-weights.ts";
import type { Sentence } from "./reading-text.ts";

/**
 * What a reply most likely wants, by the words in it. Weighed by a table that was learned from the
 * labelled replies (`test/replies/learn.ts`). It only chooses what is asked: nothing is ever logged on a hunch.
 */
export interface Hunch {
  readonly intent: HunchIntent;
  /** From 0 to 1: how much more likely than everything else together. */
  readonly share: number;
  readonly shares: Readonly<Record<HunchIntent, number>>;
}

/** What can be told from words; the others are said by commands only. */
export type HunchIntent = Exclude<Intent, "confirm" | "fix">;

export const HUNCH_INTENTS: readonly HunchIntent[] = [
  "done",
  "not_yet",
  "snooze",
  "pause",
  "stop",
  "resume",
  "help",
  "question",
  "other",
];

/** Weights are whole numbers in the table; this many of them make one unit. */
export const WEIGHT_STEPS = 4;

export function hunchOf(sentences: readonly Sentence[], topic: ActionKind | undefined): Hunch {
  const sums = HUNCH_INTENTS.map(() => 0);
  for (const clue of cluesIn(sentences, topic)) {
    for (const [at, weight] of WEIGHTS.get(clue) ?? []) sums[at] = (sums[at] ?? 0) + weight;
  }
  if (sentences.some(({ raw }) => WAVES_OFF.test(raw)))
    for (const at of CONTROLS) sums[at] = -Infinity;
  const most = Math.max(...sums);
  const parts = sums.map((sum) => Math.exp((sum - most) / WEIGHT_STEPS));
  const whole = parts.reduce((total, part) => total + part, 0);
  const shares = Object.fromEntries(
    HUNCH_INTENTS.map((intent, at) => [intent, (parts[at] ?? 0) / whole]),
  ) as Record<HunchIntent, number>;
  const intent = HUNCH_INTENTS[sums.indexOf(most)] ?? "other";
  return { intent, share: shares[intent], shares };
}

/** "No need to pause anything" asks for none of it. */
const WAVES_OFF =
  /\b(?:no need to|don'?t|do not|not|never|won'?t|without)\s(?:\w+ ){0,3}(?:stop|paus|resum|quit|unsubscrib)/i;
const CONTROLS = (["stop", "pause", "resume"] as const).map((intent) =>
  HUNCH_INTENTS.indexOf(intent),
);

/** Said in words that mean nothing else; a hunch does not speak against them. */
const PLAIN: readonly Intent[] = ["stop", "pause", "resume", "snooze", "help", "confirm", "fix"];

/** What it takes to doubt a deed that was half heard. */
const DOUBTS_DEED_SHARE = 0.85;

/** What the rules found, unless they found little and the words speak for something else. */
export function settle(ruled: Intent, isSure: boolean, hunch: Hunch): Intent {
  if (PLAIN.includes(ruled) || (ruled === "done" && isSure)) return ruled;
  const own = hunch.shares[ruled as HunchIntent] ?? 0;
  if (ruled === "done") return hunch.share > DOUBTS_DEED_SHARE ? hunch.intent : ruled;
  return hunch.share > 2 * own ? hunch.intent : ruled;
}

/** An entry for each clue: `we had=a7c-3`. */
const WEIGHTS: ReadonlyMap<string, readonly (readonly [at: number, weight: number])[]> = new Map(
  HUNCH_WEIGHTS.split("|").map((line) => {
    const [clue = "", weights = ""] = line.split("=");
    return [clue, readWeights(weights)] as const;
  }),
);

/** "a7c-3": weight 7 for the first intent, -3 for the third. */
function readWeights(weights: string): readonly (readonly [number, number])[] {
  return [...weights.matchAll(/([a-i])(-?\d+)/g)].map(([, letter = "a", weight]) => [
    letter.charCodeAt(0) - "a".charCodeAt(0),
    Number(weight),
  ]);
}

/** Words, pairs of words, where they stand, and whether a sentence asks or names what the mail was about. */
export function cluesIn(
  all: readonly Sentence[],
  topic: ActionKind | undefined,
): ReadonlySet<string> {
  const sentences = all.slice(0, SENTENCES_MAX);
  const clues = new Set<string>(["*", `*${Math.min(sentences.length, SENTENCES_COUNTED)}`]);
  for (const clue of sentences.flatMap((sentence) => shapesOf(sentence, topic))) clues.add(clue);
  sentences.forEach((sentence, place) => {
    const isFirst = place === 0;
    if (sentence.isQuestion) clues.add("*asks");
    if (topic !== undefined && speaksOfKind(sentence.masked, topic))
      clues.add(sentence.isQuestion ? "*asks own" : "*own");
    let before = "<";
    for (const word of wordsOf(sentence)) {
      clues.add(word).add(`${before} ${word}`);
      if (isFirst) clues.add(`1 ${word}`);
      before = word;
    }
    clues.add(`${before} >`);
  });
  return clues;
}

const SENTENCES_COUNTED = 4;
/** What a reply is about is said by then. */
const SENTENCES_MAX = 20;

/** How its clauses speak: of whom, of what, and whether it is over, denied, to come or asked. */
function shapesOf(sentence: Sentence, topic: ActionKind | undefined): readonly string[] {
  const shapes = sentence.clauses.flatMap(({ text }) => {
    const tone = toneOf(text) ?? (isOver(text) ? "over" : "flat");
    const about = aboutOf(text, topic);
    const days = [...text.matchAll(/⟦(\d+)⟧/g)].map(([, place]) => sentence.dates[Number(place)]);
    const when =
      days.length === 0
        ? ""
        : days.every((day) => day?.direction === "future")
          ? " ahead"
          : " dated";
    const who = WHO.find(({ says }) => says.test(text))?.who ?? "none";
    return [`*${tone} ${about}`, `*${tone} ${who}`, `*${tone}${when}`, `*${about} ${who}`];
  });
  const more = [
    TIME_LENGTH.test(sentence.raw) ? ["*length"] : [],
    OUR_MAILS.test(sentence.raw) ? ["*mails"] : [],
    sentence.isQuestion ? [] : shapes,
  ].flat();
  return sentence.isQuestion ? [...more, ...shapes.map((shape) => `${shape}?`)] : more;
}

function aboutOf(text: string, topic: ActionKind | undefined): string {
  if (topic !== undefined && speaksOfKind(text, topic)) return "own";
  if (OUR_MAILS.test(text)) return "mails";
  return ACTION_KINDS.some((kind) => namesKind(text, kind)) ? "thing" : "else";
}

const WHO = [
  { who: "we", says: /\b(?:we|us|both|together|nosotr[oa]s)\b|\b(?:and|y) (?:i|yo)\b/ },
  { who: "i", says: /\b(?:i|my|me|mine|yo|mi)\b/ },
  {
    who: "partner",
    says: /\b(?:she|he|her|his|hers|him|partner|counterpart|det|sgt|deputy|officer|ella|[ée]l)\b/,
  },
  { who: "you", says: /\b(?:you|your|y'all|folks|usted(?:es)?)\b/ },
  { who: "they", says: /\b(?:they|them|their|the|it|this|that)\b/ },
];
const TIME_LENGTH =
  /\b(?:an?|another|one|two|three|four|five|six|few|couple(?: of)?|\d{1,2})[- ](?:more )?(?:days?|weeks?|wks?|months?)\b/i;
const OUR_MAILS =
  /\b(?:reminders?|nudges?|e-?mails?|messages?|lessons?|course|series|program|tips?|newsletter|correos?)\b/i;

/** In small letters, with one word for every number, every name and every kind of day. */
function wordsOf({ raw, dates }: Sentence): readonly string[] {
  let text = "";
  let at = 0;
  for (const { index, end, precision, direction } of dates) {
    text += `${raw.slice(at, index)} @${precision === 0 ? "vague" : direction} `;
    at = end;
  }
  const words = (text + raw.slice(at)).match(/@?[\p{L}_']+|\d+|[?!;:]/gu) ?? [];
  return words.map((word, place) => {
    if (/^\d/.test(word)) return "#";
    const isName = place > 0 && /^\p{Lu}\p{Ll}+$/u.test(word);
    return isName ? "Name" : word.toLowerCase();
  });
}
