import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { plusMs } from "../../functions/core/instant.ts";
import { clockFile, createClock, KEPT_AHEAD_MS } from "../../local/clock.ts";
import { START } from "./fake-service.ts";

function setup(startAt = START) {
  const real = { ms: 0 };
  return { real, clock: createClock(startAt, () => real.ms) };
}

describe("the local clock", () => {
  test("runs on from its start as real time passes", () => {
    const { real, clock } = setup();
    real.ms = 90_000;
    expect(clock.now()).toBe(plusMs(START, 90_000));
  });

  test("runs on from the instant it was moved to", () => {
    const { real, clock } = setup();
    real.ms = 5_000;
    clock.moveTo("2027-01-01T00:00:00.000Z");
    real.ms = 7_000;
    expect(clock.now()).toBe("2027-01-01T00:00:02.000Z");
  });

  test("stands still while work is done, and then runs on from where that left it", async () => {
    const { real, clock } = setup();
    await clock.whileStill(async () => {
      real.ms = 60_000;
      expect(clock.now()).toBe(START);
      clock.moveTo(plusMs(START, 1_000));
      real.ms = 120_000;
      expect(clock.now()).toBe(plusMs(START, 1_000));
    });
    real.ms = 121_000;
    expect(clock.now()).toBe(plusMs(START, 2_000));
  });

  test("runs on after work that failed", async () => {
    const { real, clock } = setup();
    await expect(clock.whileStill(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    real.ms = 1_000;
    expect(clock.now()).toBe(plusMs(START, 1_000));
  });

  test("never goes back, whatever is done to it", () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant("pass" as const), ms: fc.nat(100_000) }),
      fc.record({ kind: fc.constant("move" as const), ms: fc.integer({ min: -1e9, max: 1e9 }) }),
      fc.constant({ kind: "restart" as const, ms: 0 }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const real = { ms: 0 };
        const kept: string[] = [];
        const memory = {
          read: () => kept.at(-1),
          write: (instant: string) => void kept.push(instant),
        };
        let clock = createClock(START, () => real.ms, memory);
        let last = clock.now();
        for (const { kind, ms } of steps) {
          if (kind === "pass") real.ms += ms;
          if (kind === "move") clock.moveTo(plusMs(START, ms));
          if (kind === "restart") clock = createClock(START, () => real.ms, memory);
          const now = clock.now();
          expect(now >= last).toBe(true);
          last = now;
        }
      }),
    );
  });
});

describe("a clock with a memory", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "clock-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const open = () => createClock(START, () => 0, clockFile(join(folder, "clock.txt")));

  test("goes on exactly where it was closed", () => {
    const clock = open();
    clock.moveTo("2027-03-04T05:06:07.000Z");
    clock.close();
    expect(open().now()).toBe("2027-03-04T05:06:07.000Z");
  });

  test("goes on a little later, never earlier, when the process was killed", () => {
    open().moveTo("2027-03-04T05:06:07.000Z");
    expect(open().now()).toBe(plusMs("2027-03-04T05:06:07.000Z", KEPT_AHEAD_MS));
  });
});
