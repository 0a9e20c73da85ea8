import type { ActionKind } from "./action.ts";
import type { Day } from "./instant.ts";
import type { Command, Intent, Reading } from "./reading.ts";
import type { Word } from "./reading-commands.ts";
import { readDay } from "./reading-day.ts";
import type { Event, Topic } from "./reading-events.ts";
import { namesKind, speaksOfKind } from "./reading-guess.ts";
import { type Hunch, hunchOf, settle } from "./reading-hunch.ts";
import { dayAfter, SNOOZE_DAYS_DEFAULT, snoozeDaysIn } from "./reading-snooze.ts";
import type { Sentence } from "./reading-text.ts";
import type { Told } from "./reading-told.ts";

/** A reading before the question whether it holds identifying details. */
export type Decision = Omit<Reading, "sensitive">;

/** What is known about the mail that is answered. */
export interface Answered {
  readonly topic: Topic;
  /** An invitation (or its reminder), where YES confirms. */
  readonly isInvitation: boolean;
  readonly today: Day;
}

/** Weighs what was told by the order stop, pause, resume, done, snooze, help, question, not yet, other. */
export function decide(told: Told, sentences: readonly Sentence[], answered: Answered): Decision {
  const alone = told.isAllCommands ? loneCommand(told.commands) : told.leads;
  if (alone !== undefined) return decideCommand(alone, told, answered);
  if (answered.isInvitation && opensWithYes(told, sentences))
    return decideCommand("YES", told, answered);
  if (answered.isInvitation && isPlainNo(told)) return decideCommand("NO", told, answered);
  const weighed = weighEvents(told, sentences, answered);
  const ruled = chooseIntent(told, weighed);
  const hunch = hunchOf(sentences, answered.topic.kind);
  const guessed = told.isAllCommands ? ruled : settle(ruled, weighed.isSure, hunch);
  const outcome = outcomeOf(guessed, weighed, told, sentences, answered);
  const intent = guessed === "done" && outcome.actions.length === 0 ? ruled : guessed;
  const days = delayOf(told, sentences, intent, answered.today);
  return {
    intent,
    actions: outcome.actions,
    date: outcome.actions.length > 0 ? outcome.date : null,
    plannedOn: plannedOn(told, outcome, intent, days, answered),
    snoozeDays: days,
    certain:
      intent === ruled && isCertain(intent, told, outcome) && !speaksAgainst(hunch, told, outcome),
  };
}

/** A hunch makes nothing certain, but a deed that all the words together speak against is asked about. */
function speaksAgainst({ shares }: Hunch, told: Told, { actions }: Outcome): boolean {
  const isCommand = told.isAllCommands || told.opensWithCommand;
  // "No agreement needed" is a deed that says no.
  const isRefusal = actions.length === 0 || actions.includes("mou-not-needed");
  return !isCommand && !isRefusal && shares.not_yet > AGAINST_SHARE;
}

const AGAINST_SHARE = 0.9;

/** What was weighed, without what a hunch speaks against, or with what it speaks for. */
function outcomeOf(
  intent: Intent,
  weighed: Outcome,
  told: Told,
  sentences: readonly Sentence[],
  { topic, today }: Answered,
): Outcome {
  const keeps = ["done", "stop", "pause", "resume"].includes(intent);
  if (!keeps) return { ...weighed, actions: [], date: null };
  if (intent !== "done" || weighed.actions.length > 0 || weighed.isBare) return weighed;
  const events = supposedEvents(told.events, sentences, topic.kind);
  const { day, comes } = readDay(events, sentences, told.events, topic.kind, today);
  return {
    ...weighed,
    actions: [...new Set(events.map(({ kind }) => kind))],
    date: day,
    comes,
    isSure: false,
  };
}

/** What may have happened when only the words as a whole say that something has: what was half heard, else what the mail asked for. */
function supposedEvents(
  events: readonly Event[],
  sentences: readonly Sentence[],
  topic: ActionKind | undefined,
): readonly Event[] {
  const heard = events.filter(
    ({ doubt }) => doubt !== "denied" && doubt !== "planned" && doubt !== "supposed",
  );
  if (heard.length > 0) return heard;
  if (topic === undefined) return [];
  const place = Math.max(
    0,
    sentences.findIndex(({ masked, dates }) => dates.length > 0 || speaksOfKind(masked, topic)),
  );
  const clause = sentences[place]?.clauses[0];
  return clause === undefined
    ? []
    : [{ kind: topic, doubt: "guessed", isGeneric: false, sentence: place, clause, at: 0 }];
}

const COMMAND_INTENTS: Readonly<Record<Command, Intent>> = {
  START: "resume",
  FIX: "fix",
  DISAGREE: "fix",
  HANDOVER: "help",
  INVITED: "not_yet",
  KEEP: "other",
  WAIT: "other",
  END: "other",
  REVISE: "question",
  YES: "confirm",
  NO: "not_yet",
};

/** The one command of a message, beside thanks and dates. */
function loneCommand(commands: readonly Word[]): Command | undefined {
  const [word, ...others] = commands.filter(({ is }) => is !== "thanks");
  if (word?.is !== "command") return undefined;
  const isSame = (other: Word) => other.is === "command" && other.command === word.command;
  return others.every(isSame) ? word.command : undefined;
}

/** "Yes! Happy to be part of it.": what follows the word must not limit it. */
function opensWithYes(told: Told, [first]: readonly Sentence[]): boolean {
  const isYes = first !== undefined && SAYS_YES.test(first.raw);
  return (
    isYes &&
    !told.denies &&
    told.requests.size === 0 &&
    !/\b(?:but|pero|if|si|unless)\b/i.test(first.raw.slice(3))
  );
}

const SAYS_YES =
  /^\W*(?:yes|yep|yeah|s[ií]|count me in|i accept|acepto|gladly|happily|of course|absolutely|con (?:mucho )?gusto)(?!\p{L})/iu;

/** "No, thank you." and not a word more, for what it does cannot be taken back; anything else is answered. */
function isPlainNo({ commands, isAllCommands }: Told): boolean {
  const words = commands.filter(({ is }) => is !== "thanks");
  return isAllCommands && words.length > 0 && words.every(({ is }) => is === "no");
}

function decideCommand(command: Command, told: Told, { isInvitation }: Answered): Decision {
  // Elsewhere a bare yes could answer anything, so it asks back.
  if (command === "YES" && !isInvitation) return nothing("other", false);
  const plannedDay = command === "INVITED" ? told.plannedOn : null;
  return { ...nothing(COMMAND_INTENTS[command], true), command, plannedOn: plannedDay };
}

function nothing(intent: Intent, certain: boolean): Decision {
  return { intent, actions: [], date: null, plannedOn: null, snoozeDays: null, certain };
}

/** What the events come to. */
interface Outcome {
  readonly actions: readonly ActionKind[];
  readonly date: Day | null;
  readonly comes: Day | null;
  readonly isSure: boolean;
  /** DONE was said but means nothing here: a check-in names no action. */
  readonly isBare: boolean;
  readonly isDenied: boolean;
}

function weighEvents(
  told: Told,
  sentences: readonly Sentence[],
  { topic, today }: Answered,
): Outcome {
  const plain = withoutAside(told.events.filter(({ doubt }) => doubt === undefined));
  const undated = told.events.filter(({ doubt }) => doubt === "undated");
  const happened = plain.length > 0 ? [...plain, ...undated] : [];
  const unclear = told.events.filter(({ doubt }) => doubt === "unclear" || doubt === "undated");
  const denied = told.events.filter(({ doubt }) => doubt === "denied");
  const guessed = told.events.filter(({ doubt }) => doubt === "guessed");
  const isOpen = told.denies || denied.length > 0 || told.putsOff || saysNotYet(told.commands);
  const isBare = told.events.length === 0 && topic.kind === undefined && saysDone(told.commands);
  const beside = guessed.filter(
    ({ kind, sentence, clause }) =>
      happened.some((one) => one.sentence === sentence) &&
      !happened.some((one) => one.kind === kind) &&
      namesKind(clause.text, kind),
  );
  // What is put off elsewhere may be another thing.
  const apart =
    denied.length === 0 && !saysNotYet(told.commands)
      ? unclear.filter(({ sentence }) => !told.openIn.has(sentence))
      : [];
  const counted =
    happened.length > 0
      ? [...happened, ...beside]
      : isOpen
        ? apart
        : unclear.length > 0
          ? unclear
          : guessed;
  const day = readDay(counted, sentences, told.events, topic.kind, today);
  const isDisputed =
    beside.length > 0 ||
    told.events.some(
      (event) => takesBack(event) && counted.some(({ kind }) => kind === event.kind),
    ) ||
    (told.denies && counted.length > 0) ||
    saysNotYet(told.commands);
  return {
    actions: [...new Set(counted.map(({ kind }) => kind))],
    date: day.day,
    comes: day.comes,
    isSure: happened.length > 0 && !isDisputed && !day.isDoubtful,
    isBare,
    isDenied: denied.length > 0 || told.denies,
  };
}

/** A denial of the same thing, or a plan for it that is not the next time. */
function takesBack({ doubt, clause }: Event): boolean {
  if (doubt === "denied") return true;
  return (
    doubt === "planned" &&
    !/\b(?:again|next|another|more|second|regular|monthly|weekly|otra|próxim[oa])\b/.test(
      clause.text,
    )
  );
}

/** "Did it: we had lunch" names what "it" was; only DONE by itself adds the mail's own kind. */
function withoutAside(happened: readonly Event[]): readonly Event[] {
  const named = happened.filter(({ isGeneric }) => !isGeneric);
  const kinds = named.map(({ kind }) => kind);
  return named.length > 0 ? happened.filter(({ kind }) => kinds.includes(kind)) : happened;
}

function saysDone(commands: readonly Word[]): boolean {
  return commands.some(({ is }) => is === "done");
}

function saysNotYet(commands: readonly Word[]): boolean {
  return commands.some(({ is }) => is === "not-yet" || is === "no");
}

function chooseIntent(told: Told, outcome: Outcome): Intent {
  const says = (is: Word["is"]) => told.commands.some((word) => word.is === is);
  if (says("stop") || told.requests.has("stop")) return "stop";
  if (says("pause") || told.requests.has("pause")) return "pause";
  if (told.requests.has("hold") && told.days === null) return "pause";
  if (says("resume") || told.requests.has("resume")) return "resume";
  if (outcome.actions.length > 0 || outcome.isBare) return "done";
  if (says("snooze") || told.requests.has("snooze") || told.requests.has("hold")) return "snooze";
  if (says("help") || told.requests.has("help")) return "help";
  if (told.requests.has("question")) return "question";
  if (told.isMisdirected) return "other";
  if (isPutOff(told, outcome)) return "not_yet";
  return told.leansOpen ? "not_yet" : "other";
}

function isPutOff(told: Told, outcome: Outcome): boolean {
  const isPlanned = told.events.some(({ doubt }) => doubt === "planned");
  return saysNotYet(told.commands) || outcome.isDenied || told.putsOff || isPlanned;
}

function delayOf(
  told: Told,
  sentences: readonly Sentence[],
  intent: Intent,
  today: Day,
): number | null {
  if (intent === "stop" || intent === "resume") return null;
  for (const word of told.commands) {
    if (word.is === "snooze") return word.days ?? SNOOZE_DAYS_DEFAULT;
    if (word.is === "pause") return word.days;
  }
  if (intent === "pause" || told.requests.has("pause") || told.requests.has("hold"))
    return told.days;
  if (told.requests.has("snooze")) return told.days ?? SNOOZE_DAYS_DEFAULT;
  return intent === "snooze" ? (told.days ?? delayIn(sentences, today)) : null;
}

/** How long, where it is not plain which words ask for it. */
function delayIn(sentences: readonly Sentence[], today: Day): number {
  const lengths = sentences.map(({ raw, dates }) => snoozeDaysIn(raw, dates, today));
  return lengths.find((days) => days !== null) ?? SNOOZE_DAYS_DEFAULT;
}

function plannedOn(
  told: Told,
  outcome: Outcome,
  intent: Intent,
  days: number | null,
  { today }: Answered,
): Day | null {
  if (outcome.comes !== null) return outcome.comes;
  if ((intent === "pause" || intent === "snooze") && days !== null) return dayAfter(days, today);
  return intent === "not_yet" || intent === "done" ? told.plannedOn : null;
}

function isCertain(intent: Intent, told: Told, outcome: Outcome): boolean {
  if (intent === "other" || outcome.isBare) return false;
  if (intent === "not_yet" && !isPutOff(told, outcome)) return false;
  return outcome.actions.length === 0 || outcome.isSure;
}

/** FIX: takes back, and says what was right where the words behind it do. */
export function decideCorrection(
  told: Told,
  sentences: readonly Sentence[],
  answered: Answered,
): Decision {
  const outcome = weighEvents(told, sentences, answered);
  const loose = sentences.flatMap(({ dates }) => dates).find(({ past }) => past !== null);
  const date = outcome.date ?? loose?.past ?? null;
  return {
    ...nothing("fix", true),
    command: "FIX",
    actions: outcome.isSure ? outcome.actions : [],
    date: date !== null && date <= answered.today ? date : null,
  };
}
