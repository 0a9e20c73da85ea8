import type { ActionKind } from "./action.ts";
import type { Day } from "./instant.ts";
import { type CommandSentence, readCommands, type Word } from "./reading-commands.ts";
import { type Event, readEvents, type Topic } from "./reading-events.ts";
import { toneOf } from "./reading-guards.ts";
import { type Request, requestsIn } from "./reading-requests.ts";
import { snoozeDaysIn } from "./reading-snooze.ts";
import { datesIn, type Sentence } from "./reading-text.ts";

/** Everything the sentences of a reply say, before anything is weighed. */
export interface Told {
  readonly commands: readonly Word[];
  /** True when the reply is nothing but commands, dates and politeness. */
  readonly isAllCommands: boolean;
  readonly events: readonly Event[];
  readonly requests: ReadonlySet<Request>;
  /** Days of a later reminder or a hold that a request names. */
  readonly days: number | null;
  /** "We haven't yet", "she cancelled": a denial that names no other thing. */
  readonly denies: boolean;
  readonly plans: boolean;
  /** The first day to come that a plan names. */
  readonly plannedOn: Day | null;
}

export function tell(sentences: readonly Sentence[], topic: Topic, today: Day): Told {
  const read = sentences.map((sentence) => readCommands(sentence.raw, today));
  const free = sentences.filter((_, at) => read[at] === undefined);
  const asked = free.flatMap((sentence) =>
    requestsIn(sentence).map((request) => ({ request, sentence })),
  );
  const timed = asked.find(({ request }) => request === "snooze" || request === "pause");
  const statements = free.filter(({ isQuestion }) => !isQuestion);
  return {
    commands: read.flatMap((command) => command?.words ?? []),
    isAllCommands: read.every((command) => command !== undefined),
    events: sentences.flatMap((sentence, at) => eventsOf(read[at], sentence, at, topic)),
    requests: new Set(asked.map(({ request }) => request)),
    days: timed
      ? snoozeDaysIn(timed.sentence.raw, timed.sentence.clauses[0]?.dates ?? [], today)
      : null,
    denies: statements.some(deniesPlainly),
    plans: statements.some((sentence) => PLAN.test(sentence.raw) && plansSomething(sentence)),
    plannedOn: plannedDay(sentences, today),
  };
}

function eventsOf(
  command: CommandSentence | undefined,
  sentence: Sentence,
  at: number,
  topic: Topic,
): readonly Event[] {
  if (command !== undefined) return commandEvents(command, sentence, at, topic);
  return readEvents([sentence], topic).map((event) => ({ ...event, sentence: at }));
}

function commandEvents(
  { words, dates, adds }: CommandSentence,
  sentence: Sentence,
  at: number,
  topic: Topic,
): readonly Event[] {
  const whole = {
    text: sentence.clauses.map(({ text }) => text).join(", "),
    dates,
    continues: false,
  };
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
  const generic = done && topic.kind ? [{ kind: topic.kind, isSure: true }] : [];
  return [...generic, ...kinds].map(({ kind, isSure }) => ({
    kind,
    doubt: isSure ? undefined : "unclear",
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
): { readonly kind: ActionKind; readonly isSure: boolean } {
  const isShouted = raw.includes(word.toUpperCase()) && word.toUpperCase() !== word;
  if (word === "talked" && topic.kind !== undefined && TALKS.includes(topic.kind) && !isShouted) {
    return { kind: topic.kind, isSure: true };
  }
  // SENT is a word of the agreement, but the second lesson asks for a list to be sent.
  if (word === "sent" && topic.kind === "role-map") return { kind: "role-map", isSure: true };
  const isOnTopic = kind === topic.kind || (kind.startsWith("mou-") && topic.isAgreement);
  const isOpen = NOUNS.test(word) && !isShouted && hasOpenWeekday(raw);
  return { kind, isSure: (isOnTopic || isShouted || !EVERYDAY.has(word)) && !isOpen };
}

/** "coffee Friday": the last one or the next? */
function hasOpenWeekday(raw: string): boolean {
  return (
    /\b(?:mon|tue|wed|thu|fri|sat|sun|lunes|martes|mi[eé]rcoles|jueves|viernes)/i.test(raw) &&
    !/\b(?:last|past|pasado|\d)\b/i.test(raw)
  );
}

const DENIAL =
  /\b(?:not yet|haven'?t|have not|hasn'?t|has not|didn'?t|did not|couldn'?t|could not|can'?t|cannot|wasn'?t|weren'?t|never|fell through|cancel(?:l?ed|s)?|called off|postponed|rescheduled|no[- ]show|voice ?mail|no answer|phone tag|not done|working on|in progress|still (?:need|have to|waiting|trying|working|not)|tried|trying|almost|nearly|half ?way|stood (?:me|us) up|swamped|slammed|no (?:luck|chance|time)|a[uú]n no|todav[ií]a no|no hemos|no he|no pudimos|no pude|no nos|cancel[oó]|pendiente)\b/i;
/** A denial with an object of its own: "did not get to the numbers" leaves the meeting standing. */
const OTHER_THING =
  /\b(?:get to|got to|cover|discuss|talk about|go over|finish|reach|start|touch|mention|share (?:any|case|names)|use (?:any )?names|name names|have time (?:for|to)|time (?:for|to)|(?:the|our|her|his|my|their|any) (?:\w+ )?(?:lists?|numbers?|boxes|timelines?|mou|agreement|draft|moments?|questions?|date|next|rest|second|other|exact))\b/i;

function deniesPlainly(sentence: Sentence): boolean {
  return sentence.clauses.some(
    ({ text }) => toneOf(text) === "denied" && DENIAL.test(text) && !OTHER_THING.test(text),
  );
}

const PLAN =
  /\b(?:will|'ll|going to|gonna|plan(?:s|ning|ned)?|hop(?:e|ing)|scheduled?|scheduling|we're (?:meeting|having|doing|getting|talking|set|on)|we are (?:meeting|having|doing|getting|talking|set|on)|i'm (?:meeting|calling|seeing|having)|meeting (?:up )?(?:with|on|next)|set (?:up )?(?:a|the|for|it)|on (?:the|my) (?:calendar|books|schedule|list)|booked|lined up|invited|asked (?:her|him|them)|reached out|e-?mailed (?:her|him|them)|need to|have to|want to|looking (?:at|for)|trying|tomorrow|next|soon|vamos a|voy a|mañana|quedamos|pr[oó]xim[ao]|tenemos (?:una )?(?:cita|reuni[oó]n)|nos (?:reuniremos|veremos|vemos)|hablaremos|hablar[eé])\b|⟦/i;
const PLANNED_THING =
  /\b(?:call|coffee|lunch|breakfast|meet|meeting|lists?|talk|talking|connect|get together|sit down|chat|numbers?|swap|mou|agreement|draft|boxes|timelines?|train|training|roll call|debrief|look back|reset|do (?:it|this|that)|get (?:it|this|that) done|this|it|that|them|one|date|time|reunir|hablar|caf[eé]|llamar|llamada|reuni[oó]n|lista|vemos|veremos|reuniremos|hablaremos)\b/i;

function plansSomething(sentence: Sentence): boolean {
  const isTimed = sentence.clauses.some((clause) =>
    datesIn(clause).some(({ mention }) => mention.direction === "future"),
  );
  return (
    PLANNED_THING.test(sentence.raw) &&
    (isTimed ||
      sentence.clauses.some(({ text }) => ["planned", "denied"].includes(toneOf(text) ?? "")) ||
      /\b(?:we're|we are|i'm|i am|reached out|set up|e-?mailed)\b/i.test(sentence.raw))
  );
}

function plannedDay(sentences: readonly Sentence[], today: Day): Day | null {
  const days = sentences.flatMap(({ clauses }) =>
    clauses.flatMap((clause) =>
      datesIn(clause).flatMap(({ mention }) => {
        const isPlanned =
          mention.direction === "future" ||
          toneOf(clause.text) === "planned" ||
          PLAN.test(clause.text.replace(/⟦\d+⟧/g, ""));
        const isPast = mention.direction === "past" || toneOf(clause.text) === "denied";
        return isPlanned && !isPast && mention.future !== null && mention.future > today
          ? [mention.future]
          : [];
      }),
    ),
  );
  return days.sort()[0] ?? null;
}
