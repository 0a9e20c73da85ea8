import type { ActionKind } from "./action.ts";
import { type Day, daysBetween } from "./instant.ts";
import type { DateMention } from "./reading-calendar.ts";
import type { Event } from "./reading-events.ts";
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
  const mention =
    corrected(sentences) ??
    own ??
    lentMention(primary, others) ??
    looseMention(happened, sentences);
  const day = mention?.past ?? null;
  if (day !== null && day > today) return { day: null, comes: day, isDoubtful: true };
  if (mention?.direction === "future") {
    return { day: null, comes: mention.future, isDoubtful: true };
  }
  const isSplit = others.some((other) => other !== undefined && other.past !== day);
  const isOld = day !== null && daysBetween(day, today) > AGE_DAYS_MAX;
  const isDoubtful = isSplit || (isOld && !DATED_LONG_AGO.includes(primary.kind));
  return { day, comes: null, isDoubtful };
}

/** "Talked yesterday... sorry, Tuesday." */
function corrected(sentences: readonly Sentence[]): DateMention | undefined {
  return sentences
    .map(({ masked, clauses }) => clauses[0]?.dates[Number(CORRECTION.exec(masked)?.[1] ?? -1)])
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
  return (sentences[event.sentence]?.clauses ?? [])
    .filter(({ text, written }) => saysOnlyWhen(text) || tellsMore(written))
    .flatMap((clause) => usableDates(clause, event.kind))
    .map(({ mention }) => mention)[0];
}

/** Another sentence that says nothing but the day ("Done. It was Tuesday at noon."). */
function looseMention(
  happened: readonly Event[],
  sentences: readonly Sentence[],
): DateMention | undefined {
  const kind = happened[0]?.kind;
  return sentences
    .filter(({ masked, isQuestion }) => !isQuestion && saysOnlyWhen(masked))
    .flatMap(({ clauses }) => clauses.flatMap((clause) => (kind ? usableDates(clause, kind) : [])))
    .map(({ mention }) => mention)
    .find(({ direction }) => direction !== "future");
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
    "morning afternoon evening night am pm for a an hour minute minutes mins fue el por la tarde mañana done completed ok " +
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
