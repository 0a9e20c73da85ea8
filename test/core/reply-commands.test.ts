import { describe, expect, test } from "vitest";
import type { Reading } from "../../functions/core/reading.ts";
import { completedPair, pendingPair, sendOf } from "../support/builders.ts";
import { changedBy, effectOf, loggedBy } from "../support/hearings.ts";

describe("pause, resume, stop and start", () => {
  test("PAUSE takes its end from a day, from weeks, or from neither", () => {
    const until = (reading: Partial<Reading>) => {
      const { state } = changedBy(effectOf({ intent: "pause", ...reading })).pair.seats.sp;
      return state.kind === "paused" ? (state.until ?? "open") : state.kind;
    };
    expect(until({ plannedOn: "2026-12-01" })).toBe("2026-12-01");
    expect(until({ snoozeDays: 21 })).toBe("2026-11-03");
    expect(until({})).toBe("open");
  });

  test("what happened is logged beside a pause, a resume and a stop, if it is certain and likely", () => {
    for (const intent of ["pause", "resume", "stop"] as const) {
      const reading = { intent, actions: ["meet-informally"], date: "2026-10-09" } as const;
      expect(loggedBy(effectOf(reading))).toEqual(["meet-informally 2026-10-09"]);
      expect(loggedBy(effectOf({ ...reading, certain: false }))).toEqual([]);
      expect(loggedBy(effectOf({ ...reading, date: "2026-11-09" }))).toEqual([]);
    }
  });

  test("RESUME takes the seat back and answers", () => {
    const paused = changedBy(effectOf({ intent: "pause" })).pair;
    const effect = effectOf({ intent: "resume" }, { pair: paused });
    expect(changedBy(effect, paused).pair.hold).toBeUndefined();
    expect(effect.receipt?.mail).toBe("receipt-resumed");
  });

  test("STOP stops the address with one last receipt; START lifts it", () => {
    expect(effectOf({ intent: "stop" })).toMatchObject({
      suppress: "stop",
      receipt: { mail: "receipt-stopped" },
    });
    expect(effectOf({ command: "START" })).toMatchObject({ suppress: "lift" });
  });
});

describe("YES", () => {
  test("confirms only in answer to an invitation or its reminder", () => {
    const yes = { intent: "confirm", command: "YES" } as const;
    for (const item of ["invitation", "reminder"]) {
      const answered = sendOf({ item, kind: "invitation" });
      expect(effectOf(yes, { answered, pair: pendingPair("signer") }).invitation).toBe("accept");
    }
    const elsewhere = effectOf(yes);
    expect([elsewhere.invitation, elsewhere.receipt?.mail]).toEqual([undefined, "receipt-ask"]);
  });
});

describe("a colleague who was named to follow", () => {
  const answered = sendOf({ item: "invitation", kind: "invitation", holder: 2 });

  test("confirms, stops or asks, and logs or pauses nothing in a seat that is not theirs", () => {
    const byColleague = (reading: Partial<Reading>) => effectOf(reading, { answered });
    expect(byColleague({ intent: "confirm", command: "YES" })).toEqual({ invitation: "accept" });
    expect(byColleague({ intent: "not_yet", command: "NO" })).toEqual({ invitation: "decline" });
    expect(byColleague({ intent: "stop" })).toMatchObject({ suppress: "stop" });
    for (const intent of ["pause", "resume", "done", "snooze", "fix", "not_yet"] as const) {
      const effect = byColleague({ intent, actions: ["meet-informally"] });
      expect(Object.keys(effect)).toEqual(["receipt"]);
    }
  });
});

describe("END, WAIT, KEEP and HANDOVER", () => {
  test("END ends a pair on hold, or after its question; elsewhere it ends nothing", () => {
    const held = changedBy(effectOf({ intent: "pause" })).pair;
    const ended = changedBy(effectOf({ command: "END" }, { pair: held, seat: "le" }), held);
    expect(ended.pair.state).toMatchObject({ kind: "ended", reason: "ended-by-partner" });
    expect(ended.mails).toEqual(["notice-final sp"]);
    const asked = effectOf({ command: "END" }, { pair: completedPair(), mail: "meet-keep" });
    expect(asked.receipt?.mail).toBe("receipt-ended");
    expect(changedBy(effectOf({ command: "END" })).pair.state.kind).toBe("active");
  });

  test("WAIT gives a hold twelve more weeks", () => {
    const held = changedBy(effectOf({ intent: "pause" })).pair;
    const effect = effectOf({ command: "WAIT" }, { seat: "le", pair: held });
    expect(changedBy(effect, held).pair.timers.hold?.item).toBe("end");
    expect(effect.receipt?.mail).toBe("receipt-waiting");
  });

  test("KEEP starts the coffee prompts again", () => {
    const effect = effectOf({ command: "KEEP" }, { pair: completedPair(), mail: "meet-keep" });
    expect(changedBy(effect, completedPair()).pair.seats.le.timers.meet).toBeDefined();
  });

  test("HANDOVER asks the coordinator to name a colleague, and says which seat", () => {
    const effect = effectOf({ intent: "help", command: "HANDOVER" });
    expect(changedBy(effect).mails).toEqual(["notice-handover coordinator"]);
    expect(effect.receipt?.mail).toBe("receipt-handover");
  });
});
