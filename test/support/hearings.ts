import type { Pair } from "../../functions/core/pair.ts";
import type { Reading } from "../../functions/core/reading.ts";
import { decideReply } from "../../functions/core/reply-effect.ts";
import type { Effect, Hearing } from "../../functions/core/reply-hearing.ts";
import { dayOf } from "../../functions/core/timers.ts";
import { actAt, lessonsUntil, NOW, pairOf, sendOf } from "./builders.ts";

/** A pair that has had three lessons. */
export const PAIR = pairOf({
  createdAt: "2026-01-05T15:00:00.000Z",
  lessons: lessonsUntil(3, NOW),
});

/** A reading that says nothing but this. */
export function readingOf(changes: Partial<Reading>): Reading {
  return {
    intent: "other",
    actions: [],
    date: null,
    plannedOn: null,
    snoozeDays: null,
    sensitive: false,
    certain: true,
    ...changes,
  };
}

/** What a reply to lesson 3 by the provider does. */
export function effectOf(reading: Partial<Reading>, changes: Partial<Hearing> = {}): Effect {
  return decideReply({
    reading: readingOf(reading),
    act: actAt(),
    pair: PAIR,
    seat: "sp",
    today: dayOf(changes.pair ?? PAIR, (changes.act ?? actAt()).at),
    answered: sendOf({ item: "lesson-03" }),
    mail: "lesson-03",
    done: "meet-informally",
    entries: [],
    ...changes,
  });
}

/** `meet-informally 2026-10-09` for everything that is logged. */
export function loggedBy({ log = [] }: Effect): readonly string[] {
  return log.map(({ kind, on, assumed }) => `${kind} ${on}${assumed ? " assumed" : ""}`);
}

/** What the effect makes of the pair, and whom it has told what. */
export function changedBy(effect: Effect, pair: Pair = PAIR) {
  const change = effect.change?.(pair);
  return {
    pair: change?.pair ?? pair,
    mails: (change?.plans ?? []).map(({ mail, seat }) => `${mail} ${seat}`),
  };
}

/** `meet-informally 2026-10-09` for every button the answer offers. */
export function guessesOf({ receipt }: Effect): readonly string[] {
  return (receipt?.facts?.guesses ?? []).map(({ kind, on }) => `${kind} ${on}`);
}
