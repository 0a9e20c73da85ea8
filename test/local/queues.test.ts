import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { plusMs } from "../../functions/core/instant.ts";
import { createClock } from "../../local/clock.ts";
import { createQueues, type Job, RECEIVES_MAX, VISIBILITY_MS } from "../../local/queues.ts";
import { openJournal } from "../../local/stored-file.ts";
import { START, silent } from "./fake-service.ts";

const due = (pairId: string): Job => ({ queue: "due", pairId });
const lesson: Job = {
  queue: "bulk",
  send: { owner: "pair", item: "lesson-01", seat: "sp", holder: 1 },
};
const receipt: Job = {
  queue: "fast",
  send: { owner: "pair", item: "receipt-1", seat: "sp", holder: 1 },
};

function setup() {
  const clock = createClock(START, () => 0);
  return { clock, queues: createQueues({ clock, log: silent }) };
}

/** A handler that takes everything and remembers the order. */
function taker() {
  const taken: Job[] = [];
  return { taken, take: async (job: Job) => void taken.push(job) };
}

const fail = () => Promise.reject(new Error("the table is away"));

describe("the queues", () => {
  test("hand over each message once", async () => {
    const { queues } = setup();
    const { taken, take } = taker();
    await queues.put(due("a"));
    await queues.put(due("b"));
    await queues.drain(take);
    await queues.drain(take);
    expect(taken).toEqual([due("a"), due("b")]);
  });

  test("hand over what a handler puts onto them before they are drained", async () => {
    const { queues } = setup();
    const taken: Job[] = [];
    await queues.put(due("a"));
    await queues.drain(async (job) => {
      taken.push(job);
      if (job.queue === "due") await queues.put(lesson);
    });
    expect(taken).toEqual([due("a"), lesson]);
  });

  test("serve what people wait for before lessons", async () => {
    const { queues } = setup();
    const { taken, take } = taker();
    await queues.put(lesson);
    await queues.put(receipt);
    await queues.drain(take);
    expect(taken).toEqual([receipt, lesson]);
  });

  test("try a message again after the visibility timeout, not before", async () => {
    const { clock, queues } = setup();
    const { taken, take } = taker();
    await queues.put(due("a"));
    await queues.drain(fail);
    clock.moveTo(plusMs(START, VISIBILITY_MS - 1));
    await queues.drain(take);
    expect(taken).toEqual([]);
    expect(queues.nextVisibleAt()).toBe(plusMs(START, VISIBILITY_MS));
    clock.moveTo(plusMs(START, VISIBILITY_MS));
    await queues.drain(take);
    expect(taken).toEqual([due("a")]);
  });

  test("give a message up after five tries and keep it as a dead letter", async () => {
    const { clock, queues } = setup();
    let tries = 0;
    await queues.put(due("a"));
    for (let round = 1; round <= RECEIVES_MAX + 2; round += 1) {
      await queues.drain(() => {
        tries += 1;
        return fail();
      });
      clock.moveTo(plusMs(START, round * VISIBILITY_MS));
    }
    expect(tries).toBe(5);
    expect(queues.waiting()).toEqual([]);
    expect(queues.nextVisibleAt()).toBeUndefined();
    expect(queues.deadLetters()).toMatchObject([
      { job: due("a"), dead: { error: "Error: the table is away" } },
    ]);
  });

  test("go on with the messages behind one that fails", async () => {
    const { queues } = setup();
    const { taken, take } = taker();
    await queues.put(due("a"));
    await queues.put(due("b"));
    await queues.drain((job) => (job.queue === "due" && job.pairId === "a" ? fail() : take(job)));
    expect(taken).toEqual([due("b")]);
  });

  test("take dead letters back when a person asks", async () => {
    const { clock, queues } = setup();
    const { taken, take } = taker();
    await queues.put(due("a"));
    for (let round = 1; round <= RECEIVES_MAX; round += 1) {
      await queues.drain(fail);
      clock.moveTo(plusMs(START, round * VISIBILITY_MS));
    }
    queues.redrive("bulk");
    expect(queues.deadLetters()).toHaveLength(1);
    queues.redrive();
    await queues.drain(take);
    expect(taken).toEqual([due("a")]);
    expect(queues.deadLetters()).toEqual([]);
  });

  test("hide a message until the instant for which it was put there", async () => {
    const { clock, queues } = setup();
    const { taken, take } = taker();
    await queues.put(due("a"), plusMs(START, 1_000));
    await queues.drain(take);
    expect(taken).toEqual([]);
    clock.moveTo(plusMs(START, 1_000));
    await queues.drain(take);
    expect(taken).toEqual([due("a")]);
  });

  test("say that events wait, also while they are dead letters", async () => {
    const { clock, queues } = setup();
    expect(await queues.feedback.isEmpty()).toBe(true);
    await queues.put({ queue: "feedback", event: {} });
    for (let round = 1; round <= RECEIVES_MAX; round += 1) {
      expect(await queues.feedback.isEmpty()).toBe(false);
      await queues.drain(fail);
      clock.moveTo(plusMs(START, round * VISIBILITY_MS));
    }
    expect(queues.deadLetters()).toHaveLength(1);
    expect(await queues.feedback.isEmpty()).toBe(false);
    queues.redrive();
    await queues.drain(async () => undefined);
    expect(await queues.feedback.isEmpty()).toBe(true);
  });
});

describe("queues with a journal", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "queues-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const path = () => join(folder, "queues.jsonl");
  /** As after a kill: nothing was closed, and everything is read from the file. */
  const open = () => {
    const clock = createClock(START, () => 0);
    return createQueues({ clock, log: silent, journal: openJournal(path()) });
  };

  test("hold after a kill what they held before", async () => {
    const before = open();
    await before.put(due("a"));
    await before.put(lesson);
    await before.drain((job) => (job.queue === "due" ? Promise.resolve() : fail()));
    await before.put(receipt, plusMs(START, 5_000));
    const after = open();
    expect(after.waiting()).toEqual(before.waiting());
    expect(after.waiting().map(({ job }) => job)).toEqual([receipt, lesson]);
  });

  test("hand over again at once what was being handled when the process was killed", async () => {
    const before = open();
    await before.put(due("a"));
    const never = new Promise<void>(() => undefined);
    void before.drain(() => never);
    const { taken, take } = taker();
    await open().drain(take);
    expect(taken).toEqual([due("a")]);
  });

  test("give up a message that killed the process five times", async () => {
    const never = new Promise<void>(() => undefined);
    await open().put(due("a"));
    for (let kill = 1; kill <= RECEIVES_MAX; kill += 1) void open().drain(() => never);
    const after = open();
    const { taken, take } = taker();
    await after.drain(take);
    expect(taken).toEqual([]);
    expect(after.deadLetters()).toHaveLength(1);
  });

  test("lose nothing but the line that a kill cut short", async () => {
    await open().put(due("a"));
    appendFileSync(path(), '{"id":2,"job":{"queue":"du');
    const after = open();
    await after.put(due("b"));
    expect(
      open()
        .waiting()
        .map(({ job }) => job),
    ).toEqual([due("a"), due("b")]);
  });

  test("keep their file short", async () => {
    const queues = open();
    for (let index = 0; index < 1_000; index += 1) {
      await queues.put(due(`pair-${index}`));
      await queues.drain(async () => undefined);
    }
    expect(readFileSync(path(), "utf8").split("\n").length).toBeLessThan(1_010);
  });
});
