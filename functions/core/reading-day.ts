import type { ActionKind } from "./action.ts";
import { type Day, daysBetween } from "./instant.ts";
import type { DateMention } from "./reading-calendar.ts";
import type { Event } from "./reading-events.ts";
import { toneOf } from "./reading-guards.ts";
import { speaksOfKind } from "./reading-guess.ts";
import { type Clause, datesIn, type Sentence } from "./reading-text.ts";

/** The day the completed actions happened, and why it may not be trusted. */
export interface ReadDay {
  /** Null when the reply names none, or only a vague one. */
  readonly day: Day | null;
  /** A day to come that a "done" names; then nothing is logged before the person has answered. */
  readonly comes: Day | null;
  /** True when two actions name different days, or the day lies too far back. */
  readonly isDoubtful: boolean;
}

/** Older than this, only an agreement can be meant. */
const AGE_DAYS_MAX = 180;
const DATED_LONG_AGO: readonly ActionKind[] = ["mou-signed", "mou-review"];

/**
 * The day of what happened: the mention nearest to its verb, else one in the same sentence, else one in
 * a sentence that says nothing else ("Done. It was Tuesday.").
 */
export function readDay(
  happened: readonly Event[],
  sentences: readonly Sentence[],
  told: readonly Event[],
  topic: ActionKind | undefined,
  today: Day,
): ReadDay {
  const primary = primaryOf(happened, topic);
  if (primary === undefined) return { day: null, comes: null, isDoubtful: false };
  const own = ownMention(primary) ?? sentenceMention(primary, sentences, told);
  const others = happened.filter(({ kind }) => kind !== primary.kind).map(ownMention);
  const said =
    corrected(sentences) ??
    own ??
    lentMention(primary, others) ??
    looseMention(happened, sentences);
  const inferred = said === undefined ? inferredMention(primary, sentences) : undefined;
  const mention = said ?? inferred?.mention;
  const day = mention?.past ?? null;
  if (day !== null && day > today) return { day: null, comes: day, isDoubtful: true };
  if (mention?.direction === "future") {
    return { day: null, comes: mention.future, isDoubtful: true };
  }
  const isSplit = others.some((other) => other !== undefined && other.past !== day);
  const isSplitInTwo = day !== null && goesOnAnotherDay(primary, sentences, day);
  const isOld = day !== null && daysBetween(day, today) > AGE_DAYS_MAX;
  const isDoubtful =
    inferred?.isDoubtful === true ||
    isSplit ||
    isSplitInTwo ||
    (isOld && !DATED_LONG_AGO.includes(primary.kind));
  return { day, comes: null, isDoubtful };
}

/** "Roughed out on Monday, typed up on Tuesday": one deed on two days. */
function goesOnAnotherDay(event: Event, sentences: readonly Sentence[], day: Day): boolean {
  return (sentences[event.sentence]?.clauses ?? []).some(
    (clause) =>
      clause.continues &&
      clause.written !== event.clause.written &&
      toneOf(clause.text) === undefined &&
      usableDates(clause, event.kind).some(
        ({ mention }) =>
          mention.direction !== "future" && mention.past !== null && mention.past !== day,
      ),
  );
}

/** "Talked yesterday... sorry, Tuesday." */
function corrected(sentences: readonly Sentence[]): DateMention | undefined {
  return sentences
    .map(({ masked, dates }) => dates[Number(CORRECTION.exec(masked)?.[1] ?? -1)])
    .find((mention) => mention !== undefined);
}

const CORRECTION =
  /⟦\d+⟧.{0,20}\b(?:sorry|i mean|i meant|make that|correction|no wait|oops|actually|rather)[,:]?\s(?:it was )?(?:on )?⟦(\d+)⟧/;

/** The mail's own kind goes first; of several mentions of it, one that names a day. */
function primaryOf(happened: readonly Event[], topic: ActionKind | undefined): Event | undefined {
  const isOnTopic = happened.some(({ kind }) => kind === topic);
  const kind = isOnTopic ? topic : happened[0]?.kind;
  const main = happened.filter((event) => event.kind === kind);
  return main.find((event) => ownMention(event) !== undefined) ?? main[0];
}

/** "Lunch on Monday. Done!": the bare DONE borrows the day of what was named beside it. */
function lentMention(
  { clause, isGeneric }: Event,
  others: readonly (DateMention | undefined)[],
): DateMention | undefined {
  const isBare = isGeneric || /^(?:all )?(?:done|hecho)\b/.test(clause.text);
  return isBare ? others.find((other) => other !== undefined) : undefined;
}

function ownMention(event: Event): DateMention | undefined {
  return usableDates(event.clause, event.kind)
    .sort((a, b) => Math.abs(a.at - event.at) - Math.abs(b.at - event.at))
    .map(({ mention }) => mention)[0];
}

/** Another clause of the same sentence that says nothing but the day, or tells of the same meeting ("she came by Tuesday and we ..."). */
function sentenceMention(
  event: Event,
  sentences: readonly Sentence[],
  told: readonly Event[],
): DateMention | undefined {
  const beside = told.filter(
    ({ sentence, doubt }) =>
      sentence === event.sentence &&
      doubt !== "denied" &&
      doubt !== "planned" &&
      doubt !== "supposed",
  );
  const tellsMore = (written: string) => beside.some(({ clause }) => clause.written === written);
  const clauses = sentences[event.sentence]?.clauses ?? [];
  const own = clauses.findIndex(({ written }) => written === event.clause.written);
  const goesOn = (clause: Clause) =>
    clause === clauses[own + 1] && GOES_ON.test(clause.text) && toneOf(clause.text) === undefined;
  return clauses
    .filter(
      (clause) =>
        saysOnlyWhen(clause.text) ||
        WAS_A_DAY.test(clause.text) ||
        tellsMore(clause.written) ||
        goesOn(clause),
    )
    .flatMap((clause) => usableDates(clause, event.kind))
    .map(({ mention }) => mention)[0];
}

/** "Boxes were finished and sent on Tuesday": the second verb has no subject of its own. */
const GOES_ON =
  /^(?:then |and )?(?:sent|shared|swapped|tested|signed|exchanged|e-?mailed|traded|went|grabbed|got|had|did|talked|walked)\b/;
/** "Tuesday was productive: ..." */
const WAS_A_DAY =
  /^(?:on |el )?⟦\d+⟧ (?:was|were|fue)(?: an?| the| un)?(?: very| so| really| pretty| muy)? (?:productive|good|great|busy|big|long|fun|nice|full|day|d[ií]a|our day|it|productivo|bueno)(?: day| one)?$/;

/** Another sentence that says nothing but the day ("Done. It was Tuesday at noon."). */
function looseMention(
  happened: readonly Event[],
  sentences: readonly Sentence[],
): DateMention | undefined {
  const kind = happened[0]?.kind;
  return sentences
    .filter((sentence) => !sentence.isQuestion && isOnlyWhen(sentence))
    .flatMap(({ clauses }) => clauses.flatMap((clause) => (kind ? usableDates(clause, kind) : [])))
    .map(({ mention }) => mention)
    .find(({ direction }) => direction !== "future");
}

/**
 * A day in a clause that tells of the same thing in other words ("La llamada fue anoche"), or of the two in
 * the same sentence ("Talked Tuesday and we decided ..."), or the only day of all. The latter may be another day, and ask.
 */
function inferredMention(
  event: Event,
  sentences: readonly Sentence[],
): { readonly mention: DateMention; readonly isDoubtful: boolean } | undefined {
  const candidates = sentences.flatMap((sentence, place) =>
    sentence.isQuestion
      ? []
      : sentence.clauses.flatMap((clause) =>
          usableDates(clause, event.kind)
            .filter(({ mention }) => mention.direction !== "future" && mention.past !== null)
            .filter(() => toneOf(clause.text) === undefined)
            .map(({ mention }) => ({
              mention,
              place,
              isNamed: speaksOfKind(clause.text, event.kind),
              isForeign: FOREIGN.test(clause.text),
              isBeside:
                (place === event.sentence && OF_US.test(clause.text)) ||
                (Math.abs(place - event.sentence) === 1 &&
                  (IN_TOUCH.test(clause.text) || GOES_ON.test(clause.text))),
            })),
        ),
  );
  const days = new Set(candidates.map(({ mention }) => mention.past));
  const found =
    candidates.find(({ isNamed }) => isNamed) ??
    candidates.find((one) => one.isBeside) ??
    (days.size === 1 ? candidates.find(({ isForeign }) => !isForeign) : undefined);
  if (found === undefined) return undefined;
  const isOneOfTwo = candidates.some(
    ({ place, mention }) => place === found.place && mention.past !== found.mention.past,
  );
  return { mention: found.mention, isDoubtful: !found.isNamed || isOneOfTwo };
}

/** A day of somebody's court, shift or leave is no day of the deed, however alone it stands. */
const FOREIGN =
  /\b(?:is|are|'s|works?|starts?|begins?|comes?|leaves?|court|trial|hearing|shift|leave|vacation|off|back|birthday|deadline|due|e-?mail|reminder|sick|busy|arrest\w*|funeral|wedding|flight|surgery|released?|placed|moved|born|died)\b|^(?:the|my|his|her|their) (?!partner|call|coffee|lunch|meeting|talk|two)/;

/** "Finally reached her late yesterday. Talked the full fifteen." */
const IN_TOUCH =
  /^(?:(?:so|and|then|well|yes|finally|just|we|i|both of us) )*(?:(?:reached|caught|saw|met|called|visited|texted|phoned|joined|found|got (?:hold of|ahold of|through to|in touch with|together with)|ran into|sat down with|spoke (?:to|with)|talked (?:to|with)|connected with|caught up with) (?:her|him|them|my partner|my counterpart|each other|det|sgt|officer|⟦)|(?:spoke|talked|met|connected|chatted)(?: ⟦|$| together| briefly| by| on| over| at))/;

const OF_US =
  /^(?:so |and |then |well |yes |finally |just )*(?:we|i|both of us|it|that|talked|met|spoke|called|sat|went|had|did|got|saw|worked|discussed)\b/;

/** "Monday, 30 min, her office" too: a day before words that are too few to be about anything else. */
function isOnlyWhen({ masked, clauses }: Sentence): boolean {
  const [first, ...others] = clauses;
  const isBrief = ({ text }: Clause) => text.split(" ").length <= 3;
  return (
    saysOnlyWhen(masked) ||
    (first !== undefined && saysOnlyWhen(first.text) && others.every(isBrief))
  );
}

/** A day that stands beside anything else ("the hearing was Thursday") belongs to that. */
function saysOnlyWhen(text: string): boolean {
  if (!text.includes("⟦")) return false;
  const rest = text
    .replace(/⟦\d+⟧/g, " ")
    .replace(/[.!]+\s*$/, "")
    .replace(PLACE, " ");
  return (rest.toLowerCase().match(/\p{L}+/gu) ?? []).every((word) => WHEN_WORDS.has(word));
}

const WHEN_WORDS = new Set(
  (
    "it that this was were did happened on at in the around about back actually date dated day when time noon lunchtime " +
    "morning afternoon evening night am pm for a an hour hours hrs hr h minute minutes mins fue el por la tarde mañana done completed ok " +
    "sorry and so i think believe maybe we"
  ).split(" "),
);
const PLACE = /\bat (?:the |a )?[\p{L}'. -]{2,40}$/u;

function usableDates(
  clause: Clause,
  kind: ActionKind,
): { readonly at: number; readonly mention: DateMention }[] {
  return datesIn(clause).filter(({ at, mention }) => {
    if (mention.isMonth && !DATED_LONG_AGO.includes(kind)) return false;
    if (/^(?:by|until|till|til|before|since|after|for|every|from)\b/i.test(mention.words))
      return false;
    return !OTHER_DATE.test(clause.text.slice(Math.max(0, at - 30), at));
  });
}

/** Words before a day that is somebody's birthday, release or hearing, or only a limit. */
const OTHER_DATE =
  /\b(?:born|dob|birth|released?|release date|gets out|hearing|court|trial|filed|arrested|arrest|by|until|till|before|since|after|is|are|'s|which is|(?:our|the|your) (?:e-?mail|lesson|reminder|note|message) (?:of|from)|for) (?:on )?(?:the )?$|\b(?:raid|warrant|operation|incident|assault|intake|appointment|deadline|interview|custody) (?:(?:was|is|on|of|from|this|last) )?$/;
