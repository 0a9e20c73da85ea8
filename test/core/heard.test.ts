import { describe, expect, test } from "vitest";
import type { LogEntry } from "../../functions/core/action.ts";
import { afterLogging, afterUndoing, heardFrom, withEntries } from "../../functions/core/heard.ts";
import { localDay } from "../../functions/core/instant.ts";
import type { Pair, SeatTimers } from "../../functions/core/pair.ts";
import { completedPair, entryOf, NOW, OUTLINE, pairOf } from "../support/builders.ts";

function dayOfTimer(pair: Pair, name: keyof SeatTimers): string {
  return localDay(pair.seats.sp.timers[name]?.at ?? "", "America/New_York");
}

function logged(pair: Pair, entries: readonly LogEntry[]): Pair {
  return afterLogging(pair, entries, { outline: OUTLINE, entries }, NOW);
}

describe("an answer", () => {
  const timers = { nudge: { at: NOW, item: "nudge-03" } };
  const nudged = pairOf({}, { sp: { timers, nudgesIgnored: 2 }, le: { timers } });

  test("cancels the writer's open nudge and starts the count of ignored ones again", () => {
    const heard = heardFrom(nudged, "sp", "lesson-03");
    expect(heard.seats.sp).toMatchObject({ timers: {}, nudgesIgnored: 0 });
    expect(heard.seats.le.timers).toEqual(timers);
  });

  test("to a prompt counts for its round and for both, whichever of the round's mails it answers", () => {
    expect(heardFrom(pairOf(), "sp", "meet-3-again").rounds.meetAnswered).toBe(3);
    expect(heardFrom(pairOf(), "le", "check-in-2").rounds.checkInAnswered).toBe(2);
    expect(heardFrom(pairOf(), "sp", "lesson-03").rounds).toEqual(pairOf().rounds);
  });

  test("to an old prompt does not set a later answer back", () => {
    const answered = pairOf({ rounds: { meetAnswered: 4, checkInAnswered: 3 } });
    expect(heardFrom(answered, "sp", "meet-2").rounds.meetAnswered).toBe(4);
    expect(heardFrom(answered, "sp", "check-in-1").rounds.checkInAnswered).toBe(3);
  });
});

describe("what was logged", () => {
  test("shows the coordinator the latest day on which anything happened", () => {
    const first = logged(pairOf(), [entryOf("intro-call", "2026-10-09")]);
    expect(first.lastActionOn).toBe("2026-10-09");
    expect(logged(first, [entryOf("role-map", "2026-10-01")]).lastActionOn).toBe("2026-10-09");
    expect(logged(pairOf(), [])).toEqual(pairOf());
  });

  test("moves coffee prompts when they met, and agreement prompts when the agreement moved", () => {
    const met = logged(completedPair(), [entryOf("meet-informally", "2026-10-13")]);
    expect(dayOfTimer(met, "meet")).toBe("2026-12-08");
    const sent = logged(completedPair(), [entryOf("mou-sent", "2026-10-13")]);
    expect(dayOfTimer(sent, "mou")).toBe("2026-11-17");
    const called = logged(completedPair(), [entryOf("intro-call", "2026-10-13")]);
    expect(called.seats).toEqual(completedPair().seats);
  });
});

describe("what was taken back", () => {
  const met = entryOf("meet-informally", "2026-10-13");
  const wrong = logged(completedPair(), [met]);
  const undone: LogEntry = { ...met, undoneAt: NOW };

  function undo(pair: Pair, entries: readonly LogEntry[], taken: readonly LogEntry[]): Pair {
    return afterUndoing(pair, taken, { outline: OUTLINE, entries }, NOW);
  }

  test("no longer counts as the last day, nor moves the coffee prompt away", () => {
    const pair = undo(wrong, [undone], [undone]);
    expect(pair).not.toHaveProperty("lastActionOn");
    expect(dayOfTimer(pair, "meet")).toBe("2026-10-20");
  });

  test("leaves what still stands in force", () => {
    const earlier = entryOf("meet-informally", "2026-09-29");
    const pair = undo(wrong, [earlier, undone], [undone]);
    expect(pair.lastActionOn).toBe("2026-09-29");
    expect(dayOfTimer(pair, "meet")).toBe("2026-11-24");
  });

  test("gives the agreement its earlier prompts back", () => {
    const drafted = entryOf("mou-sent", "2026-10-12");
    const signed = entryOf("mou-signed", "2026-10-13", { reportedAt: NOW });
    const all = [drafted, signed];
    const after = afterLogging(completedPair(), all, { outline: OUTLINE, entries: all }, NOW);
    expect(dayOfTimer(after, "mou")).toBe("2027-04-13");
    const back = { ...signed, undoneAt: NOW };
    expect(dayOfTimer(undo(after, [drafted, back], [back]), "mou")).toBe("2026-11-17");
  });

  test("nothing, changes nothing", () => {
    expect(undo(wrong, [met], [])).toEqual(wrong);
  });
});

test("the log with new entries holds each once, also when they were stored already", () => {
  const call = entryOf("intro-call", "2026-10-09");
  const coffee = entryOf("meet-informally", "2026-10-10");
  expect(withEntries([call], [call, coffee])).toEqual([call, coffee]);
});
