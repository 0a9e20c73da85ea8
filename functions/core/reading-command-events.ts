import type { ActionKind } from "./action.ts";
import { type CommandSentence, readCommands, type Word } from "./reading-commands.ts";
import type { Event, Topic } from "./reading-events.ts";
import { type Doubt, toneOf } from "./reading-guards.ts";
import type { Clause, Sentence } from "./reading-text.ts";

/**
 * "COFFEE 9/8 at the diner": a word of the mails in capitals, and the day, before anything else is a
 * command, whatever is told behind it; unless that denies it, plans it or asks.
 */
export function leadEvents(sentence: Sentence, at: number, topic: Topic): readonly Event[] {
  const [head = ""] = LEAD.exec(sentence.raw) ?? [];
  const day = sentence.dates.find(({ index }) =>
    /^[\s:,-]*(?:on )?$/.test(sentence.raw.slice(head.length, index)),
  );
  const isOver = day !== undefined && day.past !== null && day.direction !== "future";
  if (!isOver || sentence.isQuestion || toneOf(sentence.masked) !== undefined) return [];
  const command = readCommands(head, [], "2000-01-01");
  const isDeed = command?.words.every(({ is }) => is === "kind" || is === "done") === true;
  return command === undefined || !isDeed
    ? []
    : commandEvents({ ...command, dates: [day] }, { ...sentence, raw: head }, at, topic);
}

const LEAD = /^\p{Lu}{3,}(?: \p{Lu}{2,})*(?=[\s:,-])/u;

/** "We talked it over, so NOT NEEDED.", "landed on NOT NEEDED": capitals at the end of a clause are a command. */
export function shoutedEvents(
  clause: Clause,
  sentence: Sentence,
  at: number,
  topic: Topic,
): readonly Event[] {
  const shout = SHOUT.exec(clause.written);
  const before = clause.text.slice(0, shout?.index ?? 0);
  if (shout?.[1] === undefined || sentence.isQuestion || toneOf(before) !== undefined) return [];
  const command = readCommands(shout[1], [], "2000-01-01");
  const isKind = command?.words.every(({ is }) => is === "kind") === true;
  if (command === undefined || (before !== "" && !isKind)) return [];
  return commandEvents({ ...command, dates: [] }, { ...sentence, raw: shout[1] }, at, topic);
}

const SHOUT = /(?:^|[\s:"'])(\p{Lu}{3,}(?: \p{Lu}{3,})*)["'.!)]*$/u;

/**
 * What a sentence of commands says has happened, on a day that is not still to come. DONE means the kind
 * of the answered mail; beside the word of another kind it only says that this was done.
 */
export function commandEvents(
  { words, dates, adds }: CommandSentence,
  sentence: Sentence,
  at: number,
  topic: Topic,
): readonly Event[] {
  const written = sentence.clauses.map((clause) => clause.written).join(", ");
  const whole = { text: written.toLowerCase(), written, dates, continues: false, turns: false };
  const comes = dates.some(({ direction }) => direction === "future");
  const kinds = words.flatMap((word) =>
    word.is === "kind" ? [kindMeant(word, sentence.raw, topic)] : [],
  );
  const isAside =
    kinds.length > 0 &&
    !adds &&
    !isMealOfTalk(
      kinds.map(({ kind }) => kind),
      topic,
    );
  const done = words.some(({ is }) => is === "done") && topic.kind !== undefined && !isAside;
  const generic = done && topic.kind ? [{ kind: topic.kind, doubt: undefined }] : [];
  return [...generic, ...kinds].map(({ kind, doubt }) => ({
    kind,
    doubt: comes ? "planned" : doubt,
    isGeneric: false,
    sentence: at,
    clause: whole,
    at: 0,
  }));
}

/** Lesson 4 asks for both: the talk, and the lunch it was held over. */
function isMealOfTalk(kinds: readonly ActionKind[], topic: Topic): boolean {
  return topic.kind === "tension-preview" && kinds.every((kind) => kind === "meet-informally");
}

/** Words that are also everyday ones: in small letters they count only where the mail is about their kind. */
const EVERYDAY = new Set([
  "sent",
  "no need",
  "need it",
  "got one",
  "swap",
  "swapped",
  "draft",
  "reset",
  "call",
  "calls",
  "list",
  "number",
  "box",
  "us",
  "have one",
  "not necessary",
]);
const TALKS: readonly ActionKind[] = ["intro-call", "repair-conversation", "debrief"];
/** Nouns that tell a plan as well as a deed when a weekday stands beside them. */
const NOUNS =
  /^(?:the )?(?:call|calls|coffee|coffe|cofee|lunch|lucnh|breakfast|café|cafe|almuerzo|llamada|phone call|intro call|draft)$/;

function kindMeant(
  { kind, word }: Extract<Word, { is: "kind" }>,
  raw: string,
  topic: Topic,
): { readonly kind: ActionKind; readonly doubt: Doubt | undefined } {
  const isShouted = raw.includes(word.toUpperCase()) && word.toUpperCase() !== word;
  const talk = [topic.kind, ...topic.named].find((one) => one !== undefined && TALKS.includes(one));
  if (kind === "tension-preview" && talk && !isShouted) return { kind: talk, doubt: undefined };
  // SENT is a word of the agreement, but the second lesson asks for a list to be sent.
  if (word === "sent" && topic.kind === "role-map") return { kind: "role-map", doubt: undefined };
  const isOnTopic = kind === topic.kind || (kind.startsWith("mou-") && topic.isAgreement);
  if (!isOnTopic && !isShouted && EVERYDAY.has(word)) return { kind, doubt: "unclear" };
  const isOpen = NOUNS.test(word) && !isShouted && hasOpenWeekday(raw);
  return { kind, doubt: isOpen && !/\bdone\b/i.test(raw) ? "undated" : undefined };
}

/** "coffee Friday": the last one or the next? */
function hasOpenWeekday(raw: string): boolean {
  return (
    /\b(?:mon|tue|wed|thu|fri|sat|sun|lunes|martes|mi[eé]rcoles|jueves|viernes)/i.test(raw) &&
    !/\b(?:last|past|pasado|\d)\b/i.test(raw)
  );
}
