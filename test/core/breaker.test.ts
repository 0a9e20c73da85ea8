import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Answer,
  askAgainAt,
  type LaneState,
  noteAnswer,
  OPEN_LANE,
  PROBE_EVERY_MS,
  takeProbe,
} from "../../functions/core/breaker.ts";
import { plusHours, plusMinutes, plusMs, toMs } from "../../functions/core/instant.ts";
import { NOW } from "../support/builders.ts";

function laneAfter(answers: readonly Answer[], from: LaneState = OPEN_LANE): LaneState {
  return answers.reduce((lane, answer) => noteAnswer(lane, answer, NOW) ?? lane, from);
}

const CLOSED = laneAfter(["unknown", "unknown", "unknown"]);

describe("a lane", () => {
  test("closes after three lost answers in a row, and not after three in all", () => {
    expect(CLOSED.closed).toEqual({ since: NOW, probeAt: plusMs(NOW, PROBE_EVERY_MS) });
    expect(laneAfter(["unknown", "unknown"]).closed).toBeUndefined();
    expect(laneAfter(["unknown", "unknown", "known", "unknown", "unknown"])).toEqual({
      unknown: 2,
    });
  });

  test("costs no write while all goes well", () => {
    expect(noteAnswer(OPEN_LANE, "known", NOW)).toBeUndefined();
  });

  test("that is closed is opened by no answer to a mail that was still on its way", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom<Answer>("known", "unknown")), (answers) => {
        expect(laneAfter(answers, CLOSED)).toEqual(CLOSED);
      }),
    );
  });

  test("is probed when the probe is due, and then not for thirty seconds", () => {
    const dueAt = plusMs(NOW, PROBE_EVERY_MS);
    expect(takeProbe(CLOSED, plusMs(dueAt, -1))).toBeUndefined();
    const taken = takeProbe(CLOSED, dueAt) ?? CLOSED;
    expect(taken.closed).toEqual({ since: NOW, probeAt: plusMs(dueAt, PROBE_EVERY_MS) });
    expect(takeProbe(taken, plusMs(dueAt, PROBE_EVERY_MS - 1))).toBeUndefined();
    expect(takeProbe(OPEN_LANE, dueAt)).toBeUndefined();
  });
});

describe("a mail that met its lane closed", () => {
  const waitMs = (lane: "fast" | "bulk" | "valve", now: string, spread: number) =>
    toMs(askAgainAt(lane, NOW, now, spread)) - toMs(now);

  test("asks again within half a minute at first, and after hours within ten", () => {
    expect(waitMs("bulk", plusMinutes(NOW, 1), 1)).toBe(30_000);
    expect(waitMs("bulk", plusMinutes(NOW, 20), 1)).toBe(300_000);
    expect(waitMs("bulk", plusHours(NOW, 6), 1)).toBe(600_000);
  });

  test("asks again within a minute where somebody waits for it", () => {
    expect(waitMs("fast", plusHours(NOW, 6), 1)).toBe(60_000);
  });

  test("asks again within an hour while the valve is shut, for days perhaps", () => {
    expect(waitMs("valve", plusHours(NOW, 60), 1)).toBe(3_600_000);
  });

  test("comes back in the second half of its wait, each mail at an instant of its own", () => {
    expect(waitMs("bulk", plusHours(NOW, 6), 0)).toBe(300_000);
    expect(waitMs("bulk", plusHours(NOW, 6), 0.5)).toBe(450_000);
  });
});
