import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plusDays, plusHours, plusMinutes, plusMs } from "../../functions/core/instant.ts";
import { VISIBILITY_MS } from "../../local/queues.ts";
import { SWEEP_MINUTES } from "../../local/time-machine.ts";
import { fakeService, START } from "./fake-service.ts";

describe("moving the clock", () => {
  test("makes each thing happen at its own instant and in order", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(10_000), { maxLength: 25 }),
        fc.nat(10_000),
        async (minutes, until) => {
          const { steps, machine, clock } = fakeService();
          const rows = minutes.map(
            (minute, index) => [`pair-${index}`, plusMinutes(START, minute)] as const,
          );
          for (const [pairId, at] of rows) steps.due.set(pairId, at);
          const target = plusMinutes(START, until);
          await machine.advanceTo(target);
          const expected = rows
            .filter(([, at]) => at <= target)
            .map(([what, at]) => ({ at, what }))
            .sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
          expect(steps.happened).toEqual(expected);
          expect(clock.now()).toBe(target);
          expect(steps.due.size).toBe(rows.length - expected.length);
        },
      ),
      { numRuns: 50 },
    );
  });

  test("does what one step brings about at the same instant before the next instant comes", async () => {
    const { steps, machine, queues } = fakeService();
    const lesson = { owner: "pair", item: "lesson-01", seat: "sp", holder: 1 } as const;
    steps.due.set("first", plusHours(START, 1));
    steps.due.set("second", plusHours(START, 2));
    const { handle } = steps;
    Object.assign(steps, {
      handle: async (message: Parameters<typeof handle>[0]) => {
        await handle(message);
        if (message.queue === "due") await queues.put({ queue: "bulk", send: lesson });
      },
    });
    await machine.advanceTo(plusHours(START, 3));
    expect(steps.happened).toEqual([
      { at: plusHours(START, 1), what: "first" },
      { at: plusHours(START, 1), what: "lesson-01" },
      { at: plusHours(START, 2), what: "second" },
      { at: plusHours(START, 2), what: "lesson-01" },
    ]);
  });

  test("is refused into the past and changes nothing", async () => {
    const { steps, machine, clock } = fakeService();
    steps.due.set("pair", START);
    const answer = await machine.advanceTo(plusMs(START, -1));
    expect(answer).toEqual({ kind: "in-the-past", now: START });
    expect(clock.now()).toBe(START);
    expect(steps.happened).toEqual([]);
  });

  test("to the present does what is due now", async () => {
    const { steps, machine } = fakeService();
    steps.due.set("pair", START);
    await machine.advanceTo(START);
    expect(steps.happened).toEqual([{ at: START, what: "pair" }]);
  });

  test("tries a failing message again at its own instants, five times, on the way to a far target", async () => {
    const { steps, machine, queues } = fakeService();
    await queues.put({ queue: "due", pairId: "broken" });
    steps.broken.add("broken");
    await machine.advanceTo(plusDays(START, 30));
    const tries = [0, 1, 2, 3, 4].map((round) => plusMs(START, round * VISIBILITY_MS));
    expect(steps.happened.map(({ at }) => at)).toEqual(tries);
    expect(queues.deadLetters()).toHaveLength(1);
  });

  test("is not held up for ever by a row that stays due, nor are the rows behind it", async () => {
    const { steps, machine, clock } = fakeService();
    steps.broken.add("stuck");
    steps.due.set("stuck", plusHours(START, 1));
    steps.due.set("later", plusDays(START, 100));
    await machine.advanceTo(plusDays(START, 365));
    expect(clock.now()).toBe(plusDays(START, 365));
    expect(steps.happened).toContainEqual({ at: plusDays(START, 100), what: "later" });
  });

  test("gives a stuck row another try when the next thing happens, as a tick would", async () => {
    const { steps, machine } = fakeService();
    steps.broken.add("stuck");
    steps.due.set("stuck", plusHours(START, 1));
    steps.due.set("later", plusDays(START, 100));
    await machine.advanceTo(plusDays(START, 99));
    steps.broken.delete("stuck");
    await machine.advanceTo(plusDays(START, 101));
    expect(steps.due.size).toBe(0);
    expect(steps.happened).toContainEqual({ at: plusDays(START, 99), what: "stuck" });
  });

  test("looks once more at the next sweep, when the claim of a killed process has run out", async () => {
    const { steps, machine, clock } = fakeService();
    const claimedUntil = plusMinutes(START, 3);
    steps.due.set("claimed", START);
    const { handle } = steps;
    steps.handle = async (message) => {
      if (clock.now() >= claimedUntil) await handle(message);
    };
    await machine.advanceTo(plusDays(START, 7));
    expect(steps.happened).toEqual([{ at: plusMinutes(START, SWEEP_MINUTES), what: "claimed" }]);
  });

  test("waits for messages that become visible on the way", async () => {
    const { steps, machine, queues } = fakeService();
    await queues.put({ queue: "feedback", event: {} }, plusHours(START, 5));
    await machine.advanceTo(plusDays(START, 1));
    expect(steps.happened).toEqual([{ at: plusHours(START, 5), what: "event" }]);
  });
});

describe("the time machine", () => {
  test("runs one piece of work at a time, in the order in which they came", async () => {
    const { machine, steps, queues } = fakeService();
    const order: string[] = [];
    const slow = machine.run(async () => {
      await queues.put({ queue: "due", pairId: "slow" });
      await new Promise((resolve) => setTimeout(resolve, 20));
      order.push(`slow, handled ${steps.happened.length}`);
    });
    const move = machine.advanceTo(plusDays(START, 1));
    const quick = machine.run(
      async () => void order.push(`quick, handled ${steps.happened.length}`),
    );
    await Promise.all([slow, move, quick]);
    expect(order).toEqual(["slow, handled 0", "quick, handled 1"]);
    expect(steps.happened).toEqual([{ at: START, what: "slow" }]);
  });

  test("goes on after work that threw, and tells only its caller", async () => {
    const { machine } = fakeService();
    await expect(machine.run(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    await expect(machine.run(async () => "yes")).resolves.toBe("yes");
  });

  test("knows what comes next, before and after things happen", async () => {
    const { machine, steps } = fakeService();
    expect(await machine.nextAt()).toBeUndefined();
    await machine.run(async () => {
      steps.due.set("first", plusDays(START, 1));
      steps.due.set("second", plusDays(START, 2));
    });
    expect(await machine.nextAt()).toBe(plusDays(START, 1));
    await machine.advanceTo(plusDays(START, 1));
    expect(await machine.nextAt()).toBe(plusDays(START, 2));
  });

  test("lets things happen by itself as the clock runs on", async () => {
    const { machine, steps, queues } = fakeService();
    steps.due.set("pair", START);
    await queues.put({ queue: "feedback", event: {} });
    const stop = machine.start();
    await expect.poll(() => steps.happened.length).toBe(2);
    await stop();
  });

  test("closes in the middle of a long move, at an instant whose work is done", async () => {
    const { machine, steps, clock } = fakeService();
    const days = [1, 2, 3, 4].map((day) => plusDays(START, day));
    for (const at of days) steps.due.set(at, at);
    const { handle } = steps;
    let closing: Promise<void> | undefined;
    Object.assign(steps, {
      handle: async (message: Parameters<typeof handle>[0]) => {
        await handle(message);
        if (steps.happened.length === 2) closing = machine.close();
      },
    });
    const moved = await machine.advanceTo(plusDays(START, 365));
    await closing;
    expect(moved.now).toBe(days[1]);
    expect(clock.now()).toBe(days[1]);
    expect(steps.happened.map(({ at }) => at)).toEqual(days.slice(0, 2));
  });

  test("survives a step that fails while it runs by itself", async () => {
    const { machine, steps } = fakeService();
    steps.due.set("pair", START);
    const { tick } = steps;
    let failures = 0;
    Object.assign(steps, {
      tick: async () => {
        failures += 1;
        if (failures === 1) throw new Error("the table is away");
        await tick();
      },
    });
    await expect(machine.advanceTo(START)).rejects.toThrow("the table is away");
    const stop = machine.start();
    await expect.poll(() => steps.happened.length, { timeout: 5_000 }).toBe(1);
    await stop();
  });
});
