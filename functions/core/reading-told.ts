import type { ActionKind } from "./action.ts";
import { type Day, daysBetween } from "./instant.ts";
import type { Command } from "./reading.ts";
import { commandEvents, leadEvents, shoutedEvents } from "./reading-command-events.ts";
import { type CommandSentence, readCommands, type Word } from "./reading-commands.ts";
import { type Event, readEvents, type Topic } from "./reading-events.ts";
import { toneOf } from "./reading-guards.ts";
import { deniesPlainly, isLeftToPartner, leansOpen, putsOff } from "./reading-put-off.ts";
import { isAwayNote, type Request, requestsIn } from "./reading-requests.ts";
import { holdDaysIn, snoozeDaysIn } from "./reading-snooze.ts";
import { type Clause, datesIn, type Sentence } from "./reading-text.ts";

/** Everything the sentences of a reply say, before anything is weighed. */
export interface Told {
  readonly commands: readonly Word[];
  /** A command in capitals before everything else ("DISAGREE. We should have one.", "DISAGREE - we do"). */
  readonly leads: Command | undefined;
  /** True when the first sentence is nothing but commands. */
  readonly opensWithCommand: boolean;
  /** True when the reply is nothing but commands, dates and politeness. */
  readonly isAllCommands: boolean;
  readonly events: readonly Event[];
  readonly requests: ReadonlySet<Request>;
  /** Days of a later reminder or a hold that a request names. */
  readonly days: number | null;
  /** "We haven't yet", "she cancelled": a denial that names no other thing. */
  readonly denies: boolean;
  /** "We will", "she owes me hers": the thing is still to come. */
  readonly putsOff: boolean;
  /** The sentences that do either. */
  readonly openIn: ReadonlySet<number>;
  /** It was meant for somebody else. */
  readonly isMisdirected: boolean;
  /** It is about the pair, in words that were not understood. */
  readonly leansOpen: boolean;
  /** The first day to come that a plan names. */
  readonly plannedOn: Day | null;
}

export function tell(sentences: readonly Sentence[], about: Topic, today: Day): Told {
  const read = sentences.map((sentence) => readCommands(sentence.raw, sentence.dates, today));
  const topic = { ...about, named: kindsNamed(read) };
  const free = sentences.filter((_, at) => read[at] === undefined);
  const asked = free.flatMap((sentence, at) =>
    askedIn(sentence, free[at + 1]).map((request) => ({ request, sentence })),
  );
  const timed = asked.find(({ request }) => ["snooze", "pause", "hold"].includes(request));
  const isAway = isAwayNote(free);
  const statements = free.filter(({ isQuestion }) => !isQuestion);
  const denying = statements.filter((sentence) => deniesPlainly(sentence, topic.kind));
  const delaying = free.filter(
    (sentence) => !isAway && putsOff(sentence) && !isLeftToPartner(sentence, topic.kind),
  );
  return {
    commands: read.flatMap((command) => command?.words ?? []),
    leads: leadingCommand(sentences[0], read[0]),
    opensWithCommand: read[0] !== undefined,
    isAllCommands: read.every((command) => command !== undefined),
    events: sentences.flatMap((sentence, at) => eventsOf(read[at], sentence, at, topic)),
    requests: new Set(asked.map(({ request }) => request)),
    days: timed ? daysAsked(timed.request, timed.sentence, today) : null,
    denies: denying.length > 0,
    putsOff: delaying.length > 0,
    openIn: new Set([...denying, ...delaying].map((sentence) => sentences.indexOf(sentence))),
    leansOpen: !isAway && statements.some(leansOpen),
    isMisdirected: free.some(({ raw }) => MISDIRECTED.test(raw)),
    plannedOn: plannedDay(sentences, today),
  };
}

/** What a sentence asks of us; whoever answers a question ("Swapped? Not really, ...") does not ask it. */
function askedIn(sentence: Sentence, next: Sentence | undefined): readonly Request[] {
  const asked = requestsIn(sentence);
  const isAnswered = sentence.isQuestion && next !== undefined && ANSWERS.test(next.raw);
  return isAnswered ? asked.filter((request) => request !== "question") : asked;
}

const ANSWERS =
  /^(?:no|nope|nah|not|yes|yep|yeah|yup|done|check|sort of|kind of|kinda|almost|nearly|half|partly|s[ií]|todav[ií]a|still|never|nothing)\b/i;

const MISDIRECTED =
  /\b(?:wrong (?:thread|person|e-?mail|address|reply|recipient)|(?:this|that|it) (?:was|is) for (?!you\b|us\b|me\b|the (?:pair|lesson|call|coffee))|(?:meant|intended) for (?!you\b|us\b|me\b)|(?:sent|replied|forwarded|hit reply|hit send)(?: \S+){0,3} (?:by mistake|in error|accidentally)|(?:please )?(?:ignore|disregard) (?:this|that|my|the (?:last|previous))|pocket (?:dial|reply)|hilo equivocado|correo equivocado)/i;

function kindsNamed(read: readonly (CommandSentence | undefined)[]): readonly ActionKind[] {
  const words = read.flatMap((command) => command?.words ?? []);
  return words.flatMap((word) => (word.is === "kind" ? [word.kind] : []));
}

function daysAsked(request: Request, { raw, dates }: Sentence, today: Day): number | null {
  const read = request === "snooze" ? snoozeDaysIn : holdDaysIn;
  return read(raw, dates, today);
}

function leadingCommand(
  first: Sentence | undefined,
  read: CommandSentence | undefined,
): Command | undefined {
  if (first === undefined) return undefined;
  const [opening] = first.clauses;
  const isAlone = read !== undefined || opening === undefined || first.clauses.length === 1;
  const shout = isAlone ? first.raw : opening.written;
  if (
    /\p{Ll}/u.test(shout.replace(POLITE, "")) &&
    !/^(?:i )?disagree$|^no estoy de acuerdo$/i.test(shout)
  )
    return undefined;
  const [word, ...others] = (isAlone ? read : readCommands(shout, [], "2000-01-01"))?.words ?? [];
  return word?.is === "command" && others.length === 0 ? word.command : undefined;
}

const POLITE = /[,\s](?:please|pls|thanks|thank you|thx|por favor|gracias)(?!\p{L})/giu;

function eventsOf(
  command: CommandSentence | undefined,
  sentence: Sentence,
  at: number,
  topic: Topic,
): readonly Event[] {
  if (command !== undefined) return commandEvents(command, sentence, at, topic);
  const lead = leadEvents(sentence, at, topic);
  const shouted = sentence.clauses.flatMap((clause) => shoutedEvents(clause, sentence, at, topic));
  const told = readEvents([sentence], topic).map((event) => ({ ...event, sentence: at }));
  const led = lead.map(({ kind }) => kind);
  return [...lead, ...[...shouted, ...told].filter(({ kind }) => !led.includes(kind))];
}

/** The first day to come that a plan names; a command such as INVITED is a plan by itself. */
function plannedDay(sentences: readonly Sentence[], today: Day): Day | null {
  const days = sentences.flatMap((sentence) => {
    const isPlan = putsOff(sentence) || /^\s*invit/i.test(sentence.raw);
    return sentence.clauses.flatMap((clause) => plannedIn(clause, isPlan, today));
  });
  return days.sort()[0] ?? null;
}

function plannedIn(clause: Clause, isPlan: boolean, today: Day): readonly Day[] {
  const tone = toneOf(clause.text);
  return datesIn(clause).flatMap(({ mention: { direction, future } }) => {
    if (direction === "past" || future === null || future <= today) return [];
    const isPlanned = direction === "future" || tone === "planned" || (isPlan && tone !== "denied");
    const isFixed = tone === undefined && MEETING_FIXED.test(clause.text);
    return isPlanned || (isFixed && daysBetween(today, future) <= FIXED_DAYS_MAX) ? [future] : [];
  });
}

/** "We meet on October 9": the present says a plan where the day is near; of a far one it is "met", misspelt. */
const MEETING_FIXED = /\b(?:we|both) (?:meet|talk|speak|sit down|get together)\b/;
const FIXED_DAYS_MAX = 60;
