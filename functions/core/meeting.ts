import { addDays, type Day } from "./instant.ts";

/** A meeting that was logged is asked about again after this many weeks (course, "informal meeting prompts"). */
export const MEET_WEEKS = 8;
export const REMIND_DAYS = 14;
/** Rounds that neither seat answered before the two are asked whether to keep the prompts at all. */
export const ROUNDS_UNANSWERED_MAX = 3;
export const KEEP_DAYS = 28;

/**
 * One mail of the meeting prompts. `prompt` is a round's first, `again` its one reminder, `keep` the
 * question after three silent rounds, `happened` the question on the day after a planned day; `over` is
 * no mail, but the moment at which a `keep` that nobody answered ends the prompts.
 */
export type MeetStage = "prompt" | "again" | "keep" | "happened" | "over";

export interface MeetItem {
  readonly round: number;
  readonly stage: MeetStage;
}

/** @throws RangeError for a name that is no meet item (a bug: only the planner names them) */
export function parseMeetItem(item: string): MeetItem {
  const match = /^meet-(\d+)(?:-(again|keep|happened|over))?$/.exec(item);
  if (match?.[1] === undefined) throw new RangeError(`${item} is no meeting prompt`);
  return { round: Number(match[1]), stage: (match[2] ?? "prompt") as MeetStage };
}

export function meetItem({ round, stage }: MeetItem): string {
  return stage === "prompt" ? `meet-${round}` : `meet-${round}-${stage}`;
}

export function nextMeetDay(metOn: Day, weeks = MEET_WEEKS): Day {
  return addDays(metOn, weeks * 7);
}

/**
 * The item after this one, and the day from which it is due; undefined when the prompts end. Rounds
 * lie eight weeks apart, counted from the round's first mail; the caller moves a day to the weekday.
 *
 * @param firedOn the day on which `item` fell due
 * @param answeredRound the last round that either seat answered, or that a logged meeting made needless
 */
export function afterMeetTimer(
  item: string,
  firedOn: Day,
  { answeredRound }: { readonly answeredRound: number },
): { readonly item: string; readonly on: Day } | undefined {
  const { round, stage } = parseMeetItem(item);
  switch (stage) {
    case "prompt":
      return { item: meetItem({ round, stage: "again" }), on: addDays(firedOn, REMIND_DAYS) };
    case "again":
      return nextRound(round, addDays(firedOn, MEET_WEEKS * 7 - REMIND_DAYS), answeredRound);
    case "happened":
      return nextRound(round, addDays(firedOn, MEET_WEEKS * 7), answeredRound);
    case "keep":
      return { item: meetItem({ round, stage: "over" }), on: addDays(firedOn, KEEP_DAYS) };
    case "over":
      return answeredRound >= round
        ? nextRound(round, addDays(firedOn, MEET_WEEKS * 7 - KEEP_DAYS), answeredRound)
        : undefined;
  }
}

function nextRound(round: number, on: Day, answeredRound: number) {
  const silent = round - answeredRound;
  const stage = silent >= ROUNDS_UNANSWERED_MAX ? "keep" : "prompt";
  return { item: meetItem({ round: round + 1, stage }), on };
}
