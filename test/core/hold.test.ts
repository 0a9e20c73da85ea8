import { describe, expect, test } from "vitest";
import {
  comeBack,
  fireHold,
  fireRestart,
  HOLD_ASK_DAYS,
  HOLD_END_DAYS,
  loseSeat,
  openSeat,
  pause,
  RESTART_ASK_DAYS,
  resume,
  waitLonger,
} from "../../functions/core/hold.ts";
import { plusDays } from "../../functions/core/instant.ts";
import type { Pair } from "../../functions/core/pair.ts";
import type { Change } from "../../functions/core/plan.ts";
import { pairDueAt } from "../../functions/core/timers.ts";
import { actAt, completedPair, NOW, pairOf, pendingPair } from "../support/builders.ts";

const nextLesson = { lesson: { at: plusDays(NOW, 7), item: "next" } } as const;

function changed(change: Change | undefined): Change {
  if (change === undefined) throw new Error("this changes something");
  return change;
}

/** `notice-on-hold le` for every mail the change plans. */
function mailsOf(change: Change | undefined): readonly string[] {
  return (change?.plans ?? []).map(({ mail, seat }) => `${mail} ${seat}`);
}

function inDays(days: number) {
  return actAt(plusDays(NOW, days), days.toString(16).padStart(16, "0"));
}

function pausedPair(until?: string): Pair {
  return changed(pause(pairOf({ timers: nextLesson }), "sp", actAt(), until)).pair;
}

describe("a pause", () => {
  test("holds both, tells the partner without a reason, and writes the consent", () => {
    const change = changed(pause(pairOf({ timers: nextLesson }), "sp", actAt()));
    expect(change.pair.hold).toEqual({ since: NOW, countsFrom: NOW });
    expect(mailsOf(change)).toEqual(["notice-on-hold le"]);
    expect(change.consents).toEqual([{ seat: "sp", holder: 1, state: "paused", ...actAt() }]);
  });

  test("makes lessons wait: only the hold's and the pause's own timers count", () => {
    expect(pairDueAt(pausedPair())).toBe(plusDays(NOW, HOLD_ASK_DAYS));
  });

  test("without a day is asked about once, after 30 days", () => {
    const timer = pausedPair().seats.sp.timers.restart;
    expect(timer).toEqual({ at: plusDays(NOW, RESTART_ASK_DAYS), item: "ask" });
    const asked = fireRestart(pausedPair(), "sp", "ask", inDays(30));
    expect(mailsOf(asked)).toEqual(["notice-restart sp"]);
    expect(asked.pair.seats.sp.timers.restart).toBeUndefined();
    expect(asked.pair.seats.sp.state.kind).toBe("paused");
  });

  test("with a day ends on that day by itself, told to both, and the hold's limits wait until then", () => {
    const pair = pausedPair("2027-01-05");
    expect(pair.timers.hold).toBeUndefined();
    expect(pair.seats.sp.timers.restart).toEqual({
      at: "2027-01-05T05:00:00.000Z",
      item: "resume",
    });
    const back = fireRestart(pair, "sp", "resume", actAt("2027-01-05T05:00:00.000Z"));
    expect(mailsOf(back)).toEqual(["notice-back le", "notice-back sp"]);
    expect(back.pair.hold).toBeUndefined();
    expect(back.consents).toMatchObject([{ seat: "sp", state: "given" }]);
  });

  test("said again replaces its end and tells nobody twice", () => {
    const longer = changed(pause(pausedPair("2026-11-01"), "sp", inDays(3), "2026-12-01"));
    expect(longer.pair.seats.sp.state).toMatchObject({ kind: "paused", until: "2026-12-01" });
    expect(mailsOf(longer)).toEqual([]);
    const endless = changed(pause(longer.pair, "sp", inDays(4)));
    expect(endless.pair.seats.sp.timers.restart?.item).toBe("ask");
  });

  test("is nothing to a seat that is open, unreachable or only invited, nor to a pair that ended", () => {
    const open = { kind: "open", since: NOW, reason: "left" } as const;
    const unreachable = { kind: "unreachable", since: NOW } as const;
    for (const state of [open, unreachable, { kind: "invited" } as const]) {
      expect(pause(pairOf({}, { sp: { state } }), "sp", actAt())).toBeUndefined();
    }
    const ended = { kind: "ended", endedAt: NOW, reason: "quiet" } as const;
    expect(pause(pairOf({ state: ended }), "sp", actAt())).toBeUndefined();
  });

  test("after a long dated pause another hold counts its weeks from its own beginning", () => {
    const dated = pausedPair("2027-01-05");
    const stopped = changed(openSeat(dated, "le", "stopped", inDays(80)));
    expect(stopped.pair.hold).toEqual({ since: NOW, countsFrom: plusDays(NOW, 80) });
    expect(stopped.pair.timers.hold).toEqual({
      at: plusDays(NOW, 80 + HOLD_ASK_DAYS),
      item: "ask",
    });
  });
});

describe("coming back", () => {
  test("goes on at once with what the hold withdrew, and drops nudges of lessons long past", () => {
    const nudge = { nudge: { at: NOW, item: "nudge-02" } };
    const held = changed(
      pause(
        pairOf({ timers: nextLesson }, { sp: { timers: nudge }, le: { timers: nudge } }),
        "sp",
        actAt(),
      ),
    ).pair;
    const back = changed(resume(held, "sp", inDays(10)));
    expect(back.pair.timers).toEqual({ lesson: { at: plusDays(NOW, 10), item: "catch-up" } });
    expect([back.pair.seats.sp.timers, back.pair.seats.le.timers]).toEqual([{}, {}]);
    expect(mailsOf(back)).toEqual(["notice-back le"]);
  });

  test("after graduation looks once whether that mail was missed", () => {
    const held = changed(pause(completedPair(), "sp", actAt())).pair;
    const back = changed(resume(held, "sp", inDays(10)));
    expect(back.pair.timers.graduation).toEqual({ at: plusDays(NOW, 10), item: "catch-up" });
    expect(back.pair.timers.lesson).toBeUndefined();
  });

  test("of one seat leaves the pair on hold while the other is paused, and tells nobody yet", () => {
    const both = changed(pause(pausedPair(), "le", inDays(1))).pair;
    const one = changed(resume(both, "sp", inDays(2)));
    expect(one.pair.hold).toBeDefined();
    expect(mailsOf(one)).toEqual([]);
    const other = changed(resume(one.pair, "le", inDays(3)));
    expect(other.pair.hold).toBeUndefined();
    expect(mailsOf(other)).toEqual(["notice-back sp"]);
  });

  test("RESUME wakes only a pause; START also takes an open or unreachable seat again", () => {
    const open = changed(openSeat(pairOf(), "sp", "stopped", actAt())).pair;
    const lost = changed(loseSeat(pairOf(), "sp", actAt())).pair;
    for (const pair of [open, lost]) {
      expect(resume(pair, "sp", inDays(1))).toBeUndefined();
      expect(comeBack(pair, "sp", inDays(1))?.pair.seats.sp.state.kind).toBe("present");
    }
    expect(comeBack(pairOf(), "sp", inDays(1))).toBeUndefined();
  });

  test("nobody comes back to a seat that was erased", () => {
    const erased = changed(openSeat(pairOf(), "sp", "erased", actAt())).pair;
    expect(comeBack(erased, "sp", inDays(1))).toBeUndefined();
  });
});

describe("an open or unreachable seat", () => {
  test("is told to the partner as open, without the reason, and holds the pair", () => {
    const change = changed(openSeat(pairOf({ timers: nextLesson }), "sp", "stopped", actAt()));
    expect(mailsOf(change)).toEqual(["notice-seat-open le"]);
    expect(change.pair.hold).toBeDefined();
    expect(change.consents).toEqual([{ seat: "sp", holder: 1, state: "left", ...actAt() }]);
  });

  test("both open end the pair without further mail", () => {
    const one = changed(openSeat(pairOf(), "sp", "stopped", actAt())).pair;
    const both = changed(openSeat(one, "le", "left", inDays(1)));
    expect(both.pair.state).toMatchObject({ kind: "ended", reason: "both-left" });
    expect(mailsOf(both)).toEqual([]);
  });

  test("erasure takes name and address out at once, also from a seat that was left before", () => {
    const left = changed(openSeat(pairOf(), "sp", "left", actAt())).pair;
    for (const pair of [pairOf(), left]) {
      const erased = changed(openSeat(pair, "sp", "erased", inDays(1)));
      expect(erased.pair.seats.sp).toMatchObject({ name: "", email: "", agency: "", aliases: [] });
      expect(erased.consents).toMatchObject([{ seat: "sp", state: "erased" }]);
    }
    expect(mailsOf(openSeat(left, "sp", "erased", inDays(1)))).toEqual([]);
  });

  test("stopping twice changes nothing", () => {
    const open = changed(openSeat(pairOf(), "sp", "stopped", actAt())).pair;
    expect(openSeat(open, "sp", "stopped", inDays(1))).toBeUndefined();
  });

  test("a bounce tells the partner only that lessons wait, and the coordinator which seat to check", () => {
    const change = changed(loseSeat(pairOf(), "sp", actAt()));
    expect(mailsOf(change)).toEqual(["notice-on-hold le", "notice-seat-check coordinator"]);
    expect(change.plans[1]?.facts).toEqual({ about: "sp" });
    expect(loseSeat(change.pair, "sp", inDays(1))).toBeUndefined();
  });

  test("a bounce of a paused seat tells the partner nothing new, and ends its dated pause", () => {
    const change = changed(loseSeat(pausedPair("2027-01-05"), "sp", inDays(2)));
    expect(mailsOf(change)).toEqual(["notice-seat-check coordinator"]);
    expect(change.pair.seats.sp.timers.restart).toBeUndefined();
    expect(change.pair.timers.hold).toEqual({ at: plusDays(NOW, 2 + HOLD_ASK_DAYS), item: "ask" });
  });
});

describe("an open or unreachable seat while the pair is pending", () => {
  test("the invited partner's bounce asks the signer to check the address", () => {
    const change = changed(loseSeat(pendingPair("partner"), "le", actAt()));
    expect(mailsOf(change)).toEqual(["notice-check-address sp"]);
    expect(change.pair.state.kind).toBe("pending");
    expect(change.pair.seats.le.state.kind).toBe("unreachable");
  });

  test.each(["signer", "approval", "partner"] as const)(
    "the signer's own bounce ends it while it waits for the %s",
    (waitsFor) => {
      const change = changed(loseSeat(pendingPair(waitsFor), "sp", actAt()));
      expect(change.pair.state).toMatchObject({ kind: "ended", reason: "address-failed" });
      expect(mailsOf(change)).toEqual([]);
    },
  );

  test("a stop by either ends it, and the signer hears only that it was not taken up", () => {
    const byPartner = changed(openSeat(pendingPair("partner"), "le", "stopped", actAt()));
    expect(byPartner.pair.state).toMatchObject({ kind: "ended", reason: "not-taken-up" });
    expect(mailsOf(byPartner)).toEqual(["notice-not-taken-up sp"]);
    const bySigner = changed(openSeat(pendingPair("partner"), "sp", "stopped", actAt()));
    expect(mailsOf(bySigner)).toEqual([]);
  });
});

describe("the limits of a hold", () => {
  const held = pausedPair();

  test("after four weeks the other seat and the coordinator are asked, once", () => {
    const asked = fireHold(held, "ask", inDays(28));
    expect(mailsOf(asked)).toEqual([
      "notice-hold-question le",
      "notice-hold-question-coordinator coordinator",
    ]);
    expect(asked.pair.timers.hold).toEqual({ at: plusDays(NOW, HOLD_END_DAYS), item: "end" });
  });

  test("after twelve weeks without an answer the pair ends with a final note", () => {
    const ended = fireHold(held, "end", inDays(84));
    expect(ended.pair.state).toMatchObject({ kind: "ended", reason: "on-hold-too-long" });
    expect(mailsOf(ended)).toEqual(["notice-final sp", "notice-final le"]);
  });

  test("WAIT gives twelve more weeks from then, without asking again", () => {
    const asked = fireHold(held, "ask", inDays(28)).pair;
    const waiting = changed(waitLonger(asked, inDays(40)));
    expect(waiting.pair.timers.hold).toEqual({ at: plusDays(NOW, 124), item: "end" });
    expect(waitLonger(pairOf(), actAt())).toBeUndefined();
  });

  test("a second seat that joins the hold starts neither the weeks nor the question again", () => {
    const asked = fireHold(held, "ask", inDays(28)).pair;
    const joined = changed(loseSeat(asked, "le", inDays(30)));
    expect(joined.pair.timers.hold).toEqual({ at: plusDays(NOW, HOLD_END_DAYS), item: "end" });
    expect(joined.pair.hold).toEqual({ since: NOW, countsFrom: NOW });
  });

  test("a hold timer without a hold asks nobody", () => {
    const stray = fireHold(pairOf({ timers: { hold: { at: NOW, item: "ask" } } }), "ask", actAt());
    expect(mailsOf(stray)).toEqual([]);
    expect(stray.pair.timers.hold).toBeUndefined();
  });
});
