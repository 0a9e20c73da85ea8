import type { ActionKind } from "./action.ts";
import { doubtOfGeneric, doubtOfMatch } from "./reading-doubt.ts";
import { type Doubt, doubtIn, toneOf } from "./reading-guards.ts";
import { guessKinds, namesKind } from "./reading-guess.ts";
import type { Clause, Sentence } from "./reading-text.ts";
import {
  ACTION_PATTERNS,
  type ActionPattern,
  DOCUMENT,
  FOOD,
  GENERIC_DONE,
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
  /** Kinds that the reply names by their word ("CALL. We talked Wednesday."). */
  readonly named: readonly ActionKind[];
}

export function readEvents(sentences: readonly Sentence[], topic: Topic): readonly Event[] {
  return sentences.flatMap((sentence, place) => eventsInSentence(sentence, place, topic));
}

function eventsInSentence(sentence: Sentence, place: number, topic: Topic): readonly Event[] {
  const events: Event[] = [];
  let carried: Doubt | undefined;
  sentence.clauses.forEach((clause, at) => {
    if (!clause.continues) carried = undefined;
    const isLast = at === sentence.clauses.length - 1;
    const found = eventsInClause(clause, place, topic, tellsDay(sentence)).map((event) => ({
      ...event,
      doubt: askedDoubt(sentence, isLast) ?? carried ?? event.doubt,
    }));
    events.push(...found);
    carried = carriedDoubt(found, clause, carried);
  });
  return events;
}

function tellsDay({ dates }: Sentence): boolean {
  return dates.some(({ past, direction }) => past !== null && direction !== "future");
}

/** A question tells nothing; a statement with a question behind it ("We met, does that count?") asks. */
function askedDoubt(sentence: Sentence, isLast: boolean): Doubt | undefined {
  if (!sentence.isQuestion) return undefined;
  return sentence.asksAll || isLast ? "supposed" : "unclear";
}

/** What a clause without a subject of its own goes on to deny or plan. */
function carriedDoubt(
  found: readonly Event[],
  clause: Clause,
  carried: Doubt | undefined,
): Doubt | undefined {
  const own = found.length > 0 ? found.find(({ doubt }) => doubt)?.doubt : toneOf(clause.text);
  const isPlain = found.some(({ doubt }) => doubt === undefined);
  const doubt = isPlain ? undefined : (own ?? (clause.continues ? carried : undefined));
  return doubt === "unclear" || doubt === "guessed" ? undefined : doubt;
}

function eventsInClause(
  original: Clause,
  sentence: number,
  topic: Topic,
  isDated: boolean,
): readonly Event[] {
  const clause = {
    ...original,
    text: intoPast(original.text),
    written: intoPast(original.written),
  };
  const named = namedEvents(clause, topic, isDated);
  const nouns = named.length > 0 ? [] : nounWithDay(clause, topic);
  const meals = mealBeside(
    clause.text,
    named.some(({ doubt }) => doubt === undefined),
  );
  const generic = named.length + nouns.length > 0 ? [] : genericEvents(clause, topic);
  const all = [...named, ...nouns, ...meals];
  const found = dedupe(all.map((event) => asTalk(event, all, clause, topic)));
  const guesses = found.length + generic.length > 0 ? [] : guessedEvents(clause, topic, isDated);
  return [...found, ...guesses]
    .map((event) => ({ ...event, isGeneric: false, sentence, clause }))
    .concat(generic.map((event) => ({ ...event, isGeneric: true, sentence, clause })));
}

const TALKS: readonly ActionKind[] = ["tension-preview", "repair-conversation", "debrief"];

/**
 * A call about the very thing the mail asked to talk about is that talk: "the hard-parts phone call", and
 * "talked it through by phone", where the phone is but the way.
 */
function asTalk(event: Found, all: readonly Found[], { text }: Clause, { kind }: Topic): Found {
  if (event.kind !== "intro-call" || kind === undefined || !TALKS.includes(kind)) return event;
  const isTheWay = !/\bcall\b/.test(text) && all.some((other) => other.kind === kind);
  return isTheWay || namesKind(text, kind) ? { ...event, kind } : event;
}

function namedEvents(clause: Clause, topic: Topic, isDated: boolean): readonly Found[] {
  const isOwn = ({ kind }: ActionPattern) => kind === topic.kind || topic.named.includes(kind);
  return ACTION_PATTERNS.filter((one) => one.isOnlyOwn !== true || isOwn(one))
    .filter((one) => !one.isState || isAgreementTalk(clause.text, topic))
    .flatMap((one) => {
      const asked = { topic: isOwn(one) ? one.kind : topic.kind, isDated };
      return matchesOf(one, clause, asked).map(({ at, doubt }) => ({ kind: one.kind, at, doubt }));
    });
}

function guessedEvents(clause: Clause, topic: Topic, isDated: boolean): readonly Found[] {
  return guessKinds(clause, topic.kind, isDated).map((kind) => ({ kind, at: 0, doubt: "guessed" }));
}

type Found = Pick<Event, "kind" | "at" | "doubt">;

const NOUN_AND_DAY =
  /^(?:(?:our|the|my|had|a|real|actual|itself) ){0,3}(?:(coffee|lunch|breakfast|dinner|tea)|((?:intro |phone )?call)|(debrief)|(talk|meeting))(?: itself)?(?: (?:together )?with [^⟦]{2,50}?)?( was| happened| took place| is)? ?(?:on |set for |for )?⟦(\d+)⟧/;

/** "Yesterday coffee after". */
const DAY_AND_NOUN =
  /^⟦(\d+)⟧:? (?:had |we had |was )?(?:a |our |the )?(?:quick )?(?:(coffee|lunch|breakfast|dinner|tea)|((?:intro |phone )?call)|(debrief))\b/;

/** "Coffee yesterday", "Call was Friday": no verb, or hardly one, but a day that is over. */
function nounWithDay(clause: Clause, topic: Topic): readonly Found[] {
  const [, first, ...turned] = DAY_AND_NOUN.exec(clause.text) ?? [];
  const [food, call, debrief, , verb, place] =
    first === undefined
      ? (NOUN_AND_DAY.exec(clause.text)?.slice(1) ?? [])
      : [...turned, undefined, undefined, first];
  const mention = clause.dates[Number(place)];
  if (place === undefined || mention === undefined) return [];
  const kind = food ? "meet-informally" : call ? "intro-call" : debrief ? "debrief" : topic.kind;
  if (kind === undefined) return [];
  if (mention.direction === "future" || verb === " is") return [{ kind, at: 0, doubt: "planned" }];
  const isOver = verb !== undefined || mention.direction === "past";
  return [{ kind, at: 0, doubt: doubtIn("", clause.text) ?? (isOver ? undefined : "undated") }];
}

/** "We have one", "we need one" speak of the agreement only in answer to a mail about it, or by its name. */
function isAgreementTalk(text: string, topic: Topic): boolean {
  return topic.isAgreement || new RegExp(`\\b${DOCUMENT}\\b`).test(text);
}

function matchesOf(
  one: ActionPattern,
  clause: Clause,
  asked: { readonly topic: ActionKind | undefined; readonly isDated: boolean },
): readonly Omit<Found, "kind">[] {
  return [...clause.text.matchAll(one.pattern)].map((match) => {
    const at = match.index;
    return { at, doubt: doubtOfMatch(one, clause, { at, words: match[0] }, asked) };
  });
}

const MEAL = new RegExp(
  `\\b(?:(?:over|at|during|after|with|then|plus) |[&+] ?|and (?=\\S+ (?:after|included|too|as well)))(?:an? |some |our |the )?(?:quick )?${FOOD}(?![\\p{L}'])(?! (?:is|next|will|soon|set|planned|to|for next|later|tomorrow|scheduled))`,
  "u",
);

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
    return { kind, at, doubt: doubtOfGeneric(kind, clause, { at, words: match[0] }) };
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
  /\b(?:(?:was|were) (?:finally |both )?able to|managed to|got (?:a chance |the chance |around |the opportunity )?to|had (?:a|the) (?:chance|opportunity) to|(?:found|made|took) (?:the )?time to|did)(?: finally| actually| already| just| get to)? (\w+)\b/g;

const ENDED_UP =
  /\b(?:ended up|wound up|got around to|finished|are done|'re done|am done) (\w+)ing\b/g;

/** "Were able to meet" and "ended up grabbing" say the same as "met" and "grabbed". */
function intoPast(text: string): string {
  return text
    .replace(MANAGED, (words, verb: string) => PAST_FORMS[verb] ?? words)
    .replace(ENDED_UP, (words, stem: string) => pastOfStem(stem) ?? words);
}

/** The stem of a form in -ing: "grabb" is grab, "mak" is make. */
function pastOfStem(stem: string): string | undefined {
  return PAST_FORMS[stem] ?? PAST_FORMS[`${stem}e`] ?? PAST_FORMS[stem.slice(0, -1)];
}
