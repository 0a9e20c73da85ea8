import type { LogEntry } from "./action.ts";
import { type Agreement, agreementAt, askWithCheckIn, nextAgreementPrompt } from "./agreement.ts";
import type { CourseOutline, LessonOutline } from "./course.ts";
import { addDays, type Day, daysBetween, type Instant, plusHours } from "./instant.ts";
import { end } from "./life.ts";
import { isComplete, lastOn } from "./log.ts";
import { afterMeetTimer, nextMeetDay, parseMeetItem } from "./meeting.ts";
import { type Pair, SEATS, type SeatId, type Timer } from "./pair.ts";
import {
  type Act,
  andThen,
  type Change,
  changeOf,
  planForBoth,
  planItem,
  withSeat,
} from "./plan.ts";
import type { Facts } from "./send.ts";
import {
  clearSeatTimer,
  clearTimer,
  dayOf,
  daysLater,
  followUpAt,
  followUpFrom,
  setSeatTimer,
  setTimer,
} from "./timers.ts";

export const CHECK_IN_DAYS = 91;
export const CHECK_INS_UNANSWERED_MAX = 4;
export const NUDGES_IGNORED_MAX = 2;
/** A meet prompt this near rides on the check-in instead of being a mail of its own. */
const RIDES_WITHIN_DAYS = 14;
const FIRST_MEET_DAYS = 7;
/** Nobody gets two items of one pair within this time. */
export const GAP_HOURS = 20;

export type FollowUpName = "mou" | "meet" | "nudge";
/** Which of one seat's follow-ups goes first when several fall due together; the others move by a day. */
export const FOLLOW_UP_ORDER: readonly FollowUpName[] = ["mou", "meet", "nudge"];

/** What is read before a follow-up is decided about. */
export interface FollowUpFacts {
  readonly outline: CourseOutline;
  readonly entries: readonly LogEntry[];
}

/** One follow-up of one seat rang: plans its mail if that still makes sense, and sets the next one. */
export function fireFollowUp(
  pair: Pair,
  seat: SeatId,
  name: FollowUpName,
  facts: FollowUpFacts,
  now: Instant,
): Change {
  const timer = pair.seats[seat].timers[name];
  if (timer === undefined) return changeOf(pair);
  const snoozedUntil = pair.seats[seat].snoozedUntil;
  if (snoozedUntil !== undefined && dayOf(pair, now) < snoozedUntil) {
    return changeOf(moveTo(pair, seat, name, followUpAt(pair, snoozedUntil)));
  }
  switch (name) {
    case "nudge":
      return fireNudge(pair, seat, timer, facts, now);
    case "meet":
      return fireMeet(pair, seat, timer, now);
    case "mou":
      return fireAgreement(pair, seat, facts, now);
  }
}

/** Moves a follow-up that met another item of the same seat by one day. */
export function moveByADay(pair: Pair, seat: SeatId, name: FollowUpName, now: Instant): Pair {
  return moveTo(pair, seat, name, daysLater(pair, now, 1));
}

/** True when this seat got an item less than 20 hours ago, so that a follow-up has to wait a day. */
export function isTooClose(pair: Pair, seat: SeatId, now: Instant): boolean {
  const { lastItemAt } = pair.seats[seat].prompts;
  return lastItemAt !== undefined && now < plusHours(lastItemAt, GAP_HOURS);
}

/** Graduation, one week after the last lesson and whatever the count: from here on follow-ups are mails of their own. */
export function graduate(pair: Pair, facts: FollowUpFacts, now: Instant): Change {
  // The key is put if it is free; a graduation that a pause took back gets its place again.
  const what = {
    item: "graduation",
    kind: "graduation",
    mail: "graduation",
    revive: true,
  } as const;
  const planned = planForBoth(clearTimer(pair, "graduation"), what, now);
  if (pair.state.kind !== "active") return planned;
  const completed: Pair = {
    ...planned.pair,
    state: { kind: "completed", startedAt: pair.state.startedAt, completedAt: now },
  };
  const checkIn = { at: daysLater(pair, now, CHECK_IN_DAYS), item: "check-in-1" };
  const followed = startPrompts(setTimer(completed, "checkIn", checkIn), facts, now);
  return { ...planned, pair: followed };
}

/**
 * The quarterly check-in, to both seats; the series ends with a final note when the fourth in a row
 * stayed without a reply from either seat for a quarter.
 */
export function fireCheckIn(pair: Pair, facts: FollowUpFacts, act: Act): Change {
  const timer = pair.timers.checkIn;
  if (timer === undefined) return changeOf(pair);
  const round = roundOf(timer.item);
  if (round - 1 - pair.rounds.checkInAnswered >= CHECK_INS_UNANSWERED_MAX) {
    return end(pair, "quiet", act);
  }
  const next = { at: daysLater(pair, act.at, CHECK_IN_DAYS), item: `check-in-${round + 1}` };
  return SEATS.reduce(
    (change, seat) => andThen(change, (asked) => checkIn(asked, seat, timer.item, facts, act.at)),
    changeOf(setTimer(pair, "checkIn", next)),
  );
}

/** Sets each seat's agreement prompt anew after something about the agreement was logged; nothing before graduation. */
export function reanchorAgreement(pair: Pair, facts: FollowUpFacts, now: Instant): Pair {
  if (pair.state.kind !== "completed") return pair;
  return SEATS.reduce<Pair>((changed, seat) => setAgreementTimer(changed, seat, facts, now), pair);
}

/** A logged meeting makes the open meet prompt needless: the next one counts from the day they met. */
export function reanchorMeet(pair: Pair, metOn: Day, now: Instant): Pair {
  if (pair.state.kind !== "completed") return pair;
  const tomorrow = addDays(dayOf(pair, now), 1);
  const due = nextMeetDay(metOn);
  const at = followUpFrom(pair, due > tomorrow ? due : tomorrow);
  const rounds = SEATS.map((seat) => pair.seats[seat].prompts.meet);
  const answered = Math.max(pair.rounds.meetAnswered, ...rounds);
  return SEATS.reduce<Pair>(
    (changed, seat) =>
      setSeatTimer(changed, seat, "meet", { at, item: nextMeetItem(changed, seat) }),
    { ...pair, rounds: { ...pair.rounds, meetAnswered: answered } },
  );
}

/** A day in the future on which the two plan to do it: asked about the day after, in the middle of the course as a nudge. */
export function askAfter(pair: Pair, seat: SeatId, plannedOn: Day): Pair {
  const at = followUpAt(pair, addDays(plannedOn, 1));
  if (pair.state.kind !== "completed") return setNudge(pair, seat, "happened", at);
  const item = `meet-${Math.max(1, pair.seats[seat].prompts.meet)}-happened`;
  return setSeatTimer(pair, seat, "meet", { at, item });
}

/** "Not yet": the next nudge comes a week after the reply; later prompts have reminders of their own. */
export function nudgeLater(pair: Pair, seat: SeatId, now: Instant): Pair {
  if (pair.state.kind !== "active") return pair;
  return setNudge(pair, seat, "again", daysLater(pair, now, 7));
}

/** Meet prompts end when nobody answered whether to keep them; KEEP starts them again. */
export function keepMeeting(pair: Pair, now: Instant): Pair {
  return reanchorMeet(pair, dayOf(pair, now), now);
}

export function agreementOf(pair: Pair, entries: readonly LogEntry[], now: Instant): Agreement {
  return agreementAt(entries, dayOf(pair, now));
}

const AGREEMENT_MAILS = {
  decide: "mou-decide",
  draft: "mou-draft",
  sent: "mou-sent",
  review: "mou-review",
  "still-needed": "mou-still-needed",
  recheck: "mou-recheck",
} as const;

function fireNudge(
  pair: Pair,
  seat: SeatId,
  timer: Timer,
  facts: FollowUpFacts,
  now: Instant,
): Change {
  const cleared = clearSeatTimer(pair, seat, "nudge");
  const { nudgesIgnored } = pair.seats[seat];
  const wasPromised = /-(again|happened)$/.test(timer.item);
  const isOff = !wasPromised && nudgesIgnored >= NUDGES_IGNORED_MAX;
  if (isOff || isNudgeNeedless(seat, timer.item, facts)) return changeOf(cleared);
  const mail = timer.item.endsWith("-happened") ? "nudge-plan" : "nudge";
  const counted = withSeat(cleared, seat, { nudgesIgnored: nudgesIgnored + 1 });
  return planItem(counted, seat, { item: timer.item, kind: "nudge", mail }, now);
}

/** True when the lesson a nudge is about needs none: its action is logged, for this seat's half at least. */
export function isNudgeNeedless(seat: SeatId, item: string, facts: FollowUpFacts): boolean {
  const lesson = lessonOfNudge(item, facts.outline);
  if (lesson === undefined) return true;
  const own = facts.entries.filter((entry) => entry.undoneAt === undefined && entry.seat === seat);
  return isComplete(facts.entries, lesson.done) || own.some((entry) => entry.kind === lesson.done);
}

function lessonOfNudge(item: string, outline: CourseOutline): LessonOutline | undefined {
  const [, number] = item.split("-");
  return outline.lessons.find(({ id }) => id === `lesson-${number}`);
}

function setNudge(pair: Pair, seat: SeatId, suffix: "again" | "happened", at: Instant): Pair {
  const last = pair.lessons.at(-1);
  if (last === undefined) return pair;
  const item = `nudge-${last.id.slice("lesson-".length)}-${suffix}`;
  return setSeatTimer(pair, seat, "nudge", { at, item });
}

function fireMeet(pair: Pair, seat: SeatId, timer: Timer, now: Instant): Change {
  const { round, stage } = parseMeetItem(timer.item);
  const { meetAnswered } = pair.rounds;
  const next = afterMeetTimer(timer.item, dayOf(pair, now), { answeredRound: meetAnswered });
  const moved =
    next === undefined
      ? clearSeatTimer(pair, seat, "meet")
      : setSeatTimer(pair, seat, "meet", { at: followUpFrom(pair, next.on), item: next.item });
  const isNeedless = stage === "over" || (stage === "again" && meetAnswered >= round);
  if (isNeedless) return changeOf(moved);
  const mail = stage === "prompt" ? "meet" : `meet-${stage}`;
  const { prompts } = pair.seats[seat];
  const counted = withSeat(moved, seat, { prompts: { ...prompts, meet: round } });
  return planItem(counted, seat, { item: timer.item, kind: "meet", mail }, now);
}

function fireAgreement(pair: Pair, seat: SeatId, facts: FollowUpFacts, now: Instant): Change {
  const { prompts } = pair.seats[seat];
  const today = dayOf(pair, now);
  const due = nextPrompt(pair, seat, facts, now);
  if (due === undefined || due.on > today)
    return changeOf(setAgreementTimer(pair, seat, facts, now));
  const mou = prompts.mou + 1;
  const asked = withSeat(pair, seat, { prompts: { ...prompts, mou, agreementOn: today } });
  const plan = { item: `mou-${mou}`, kind: "mou", mail: AGREEMENT_MAILS[due.ask] } as const;
  return planItem(setAgreementTimer(asked, seat, facts, now), seat, plan, now);
}

function setAgreementTimer(pair: Pair, seat: SeatId, facts: FollowUpFacts, now: Instant): Pair {
  const prompt = nextPrompt(pair, seat, facts, now);
  if (prompt === undefined) return clearSeatTimer(pair, seat, "mou");
  const item = `mou-${pair.seats[seat].prompts.mou + 1}`;
  return setSeatTimer(pair, seat, "mou", { at: promptAt(pair, prompt.on, now), item });
}

/** On the lesson weekday from that day on; what is due at this very instant comes tomorrow. */
function promptAt(pair: Pair, on: Day, now: Instant): Instant {
  const at = followUpFrom(pair, on);
  return at > now ? at : daysLater(pair, now, 1);
}

function nextPrompt(pair: Pair, seat: SeatId, facts: FollowUpFacts, now: Instant) {
  const graduatedOn =
    pair.state.kind === "completed" ? dayOf(pair, pair.state.completedAt) : undefined;
  const lesson8 = pair.lessons.find(({ id }) => id === "lesson-08");
  const after = pair.seats[seat].prompts.agreementOn ?? addDays(dayOf(pair, pair.createdAt), -1);
  return nextAgreementPrompt(agreementOf(pair, facts.entries, now), after, {
    ...(graduatedOn === undefined ? {} : { graduatedOn }),
    ...(lesson8 === undefined ? {} : { lesson8On: dayOf(pair, lesson8.plannedFor) }),
  });
}

/** At graduation: what rode in the lessons' P.S. until now becomes mails of their own, a week from now at the earliest. */
function startPrompts(pair: Pair, facts: FollowUpFacts, now: Instant): Pair {
  const met = lastOn(facts.entries, "meet-informally");
  const weekLater = addDays(dayOf(pair, now), FIRST_MEET_DAYS);
  const due = met === undefined ? weekLater : nextMeetDay(met);
  const at = followUpFrom(pair, due > weekLater ? due : weekLater);
  return SEATS.reduce<Pair>((changed, seat) => {
    const { prompts } = changed.seats[seat];
    const agreementOn = addDays(dayOf(pair, now), -1);
    const asked = withSeat(changed, seat, { prompts: { ...prompts, agreementOn } });
    const withMeet = setSeatTimer(asked, seat, "meet", { at, item: nextMeetItem(asked, seat) });
    return setAgreementTimer(clearSeatTimer(withMeet, seat, "nudge"), seat, facts, now);
  }, pair);
}

function checkIn(
  pair: Pair,
  seat: SeatId,
  item: string,
  facts: FollowUpFacts,
  now: Instant,
): Change {
  const meet = pair.seats[seat].timers.meet;
  const rides =
    meet !== undefined && daysBetween(dayOf(pair, now), dayOf(pair, meet.at)) <= RIDES_WITHIN_DAYS;
  const moved = rides ? skipMeetRound(pair, seat, meet) : pair;
  const agreement = agreementOf(pair, facts.entries, now);
  const mailFacts: Facts = {
    withMeet: rides,
    ...(askWithCheckIn(agreement) ? { agreement: agreement.kind } : {}),
  };
  return planItem(moved, seat, { item, kind: "check-in", mail: "check-in", facts: mailFacts }, now);
}

/** The check-in asks for this round; the next meet prompt is the one after it. */
function skipMeetRound(pair: Pair, seat: SeatId, meet: Timer): Pair {
  const { round } = parseMeetItem(meet.item);
  const { prompts } = pair.seats[seat];
  const counted = withSeat(pair, seat, { prompts: { ...prompts, meet: round } });
  const at = followUpFrom(pair, nextMeetDay(dayOf(pair, meet.at)));
  return setSeatTimer(counted, seat, "meet", { at, item: `meet-${round + 1}` });
}

function nextMeetItem(pair: Pair, seat: SeatId): string {
  return `meet-${pair.seats[seat].prompts.meet + 1}`;
}

function moveTo(pair: Pair, seat: SeatId, name: FollowUpName, at: Instant): Pair {
  const timer = pair.seats[seat].timers[name];
  return timer === undefined ? pair : setSeatTimer(pair, seat, name, { ...timer, at });
}

function roundOf(item: string): number {
  return Number(item.slice(item.lastIndexOf("-") + 1));
}
