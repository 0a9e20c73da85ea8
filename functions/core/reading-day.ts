import type { ActionKind } from "./action.ts";
import { type Day, daysBetween } from "./instant.ts";
import type { DateMention } from "./reading-calendar.ts";
import type { Event } from "./reading-events.ts";
import { toneOf } from "./reading-guards.ts";
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
  topic: ActionKind | undefined,
  today: Day,
): ReadDay {
  const isMain = ({ kind }: Event) =>
    kind === (happened.some((event) => event.kind === topic) ? topic : happened[0]?.kind);
  const main = happened.filter(isMain);
  const primary = main.find((event) => ownMention(event) !== undefined) ?? main[0];
  if (primary === undefined) return { day: null, comes: null, isDoubtful: false };
  const others = happened.filter(({ kind }) => kind !== primary.kind).map((event) => ownDay(event));
  const mention =
    ownMention(primary) ?? sentenceMention(primary, sentences) ?? looseMention(happened, sentences);
  const day = mention?.past ?? null;
  if (day !== null && day > today) return { day: null, comes: day, isDoubtful: true };
  if (mention?.direction === "future")
    return { day: null, comes: mention.future, isDoubtful: true };
  const isSplit = others.some((other) => other !== undefined && other !== day);
  const isOld =
    day !== null &&
    daysBetween(day, today) > AGE_DAYS_MAX &&
    !DATED_LONG_AGO.includes(primary.kind);
  return { day, comes: null, isDoubtful: isSplit || isOld };
}

function ownDay(event: Event): Day | null | undefined {
  return ownMention(event)?.past;
}

function ownMention(event: Event): DateMention | undefined {
  return usableDates(event.clause, event.kind)
    .sort((a, b) => Math.abs(a.at - event.at) - Math.abs(b.at - event.at))
    .map(({ mention }) => mention)[0];
}

function sentenceMention(event: Event, sentences: readonly Sentence[]): DateMention | undefined {
  const clauses = sentences[event.sentence]?.clauses ?? [];
  const calm = clauses.filter(({ text }) => toneOf(text) === undefined);
  return calm.flatMap((clause) => usableDates(clause, event.kind)).map(({ mention }) => mention)[0];
}

/** Sentences with an action of their own keep their date; denials, plans and questions have another. */
function looseMention(
  happened: readonly Event[],
  sentences: readonly Sentence[],
): DateMention | undefined {
  const taken = new Set(happened.map(({ sentence }) => sentence));
  const kind = happened[0]?.kind;
  return sentences
    .filter(
      (sentence, place) => !taken.has(place) && !sentence.isQuestion && !NEWS.test(sentence.raw),
    )
    .filter(({ clauses }) => clauses.every(({ text }) => toneOf(text) === undefined))
    .flatMap(({ clauses }) => clauses.flatMap((clause) => (kind ? usableDates(clause, kind) : [])))
    .map(({ mention }) => mention)
    .find(({ direction }) => direction !== "future");
}

/** A sentence that goes on to something else; its days belong to that. */
const NEWS =
  /\b(?:remind|nudge|check back|next|again|out of|leave|vacation|back on|pause|reminder|deadline|training is|hearing|court)\b/i;

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
  /\b(?:born|dob|birth|released?|release date|gets out|hearing|court|trial|filed|arrested|arrest|by|until|till|before|since|after|is|are|'s|which is|(?:our|the|your) (?:e-?mail|lesson|reminder|note|message) (?:of|from)|for) (?:on )?(?:the )?$/;
