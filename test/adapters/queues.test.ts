import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sqsFeedbackQueue, sqsQueues } from "../../functions/adapters/sqs.ts";
import { type DeadLetters, sqsDeadLetters } from "../../functions/adapters/sqs-dead-letters.ts";
import { plusMs } from "../../functions/core/instant.ts";
import type { FeedbackQueue, QueueMessage, Queues } from "../../functions/ports.ts";
import { createClock, type LocalClock } from "../../local/clock.ts";
import { localDeadLetters } from "../../local/operator-routes.ts";
import { createQueues, RECEIVES_MAX, VISIBILITY_MS } from "../../local/queues.ts";
import { START, silent } from "../local/fake-service.ts";
import { type LoopbackSqs, startSqs } from "../support/sqs-service.ts";

/** The queues between the steps as the workflows see them, and what feeds and empties them from outside. */
interface QueueWorld {
  readonly queues: Queues;
  readonly feedback: FeedbackQueue;
  readonly deadLetters: DeadLetters;
  /** SES tells of an event. */
  tell(event: unknown): Promise<void>;
  /** The steps take all that can be taken now. */
  consume(handle: (message: unknown) => Promise<unknown>): Promise<void>;
}

let clock: LocalClock;
let sqs: LoopbackSqs | undefined;
beforeEach(() => {
  clock = createClock(START, () => 0);
});
afterEach(async () => {
  await sqs?.stop();
  sqs = undefined;
});

async function inProcess(): Promise<QueueWorld> {
  const queues = createQueues({ clock, log: silent });
  return {
    queues,
    feedback: queues.feedback,
    deadLetters: localDeadLetters(queues),
    tell: (event) => queues.put({ queue: "feedback", event }),
    consume: (handle) => queues.drain(async (job) => void (await handle(job))),
  };
}

const NAMES = ["feedback", "fast", "due", "bulk"] as const;

async function overSqs(): Promise<QueueWorld> {
  const rules = { clock, log: silent, visibilityMs: VISIBILITY_MS, receivesMax: RECEIVES_MAX };
  const service = await startSqs(rules);
  sqs = service;
  const { client, urlOf } = service;
  const urls = Object.fromEntries(NAMES.map((name) => [name, urlOf(name)]));
  return {
    queues: sqsQueues(client, { fast: urlOf("fast"), bulk: urlOf("bulk"), due: urlOf("due") }),
    feedback: sqsFeedbackQueue(client, [urlOf("feedback"), urlOf("feedback-dead")]),
    deadLetters: sqsDeadLetters(client, urls),
    tell: async (event) => service.put("feedback", event),
    consume: async (handle) => {
      for (const name of NAMES) await service.consume(name, handle);
    },
  };
}

const DUE: QueueMessage = { queue: "due", pairId: "abcdefgh234567ab" };
const SEND = { owner: "abcdefgh234567ab", item: "lesson-03", seat: "sp", holder: 1 } as const;
const LESSON: QueueMessage = { queue: "bulk", send: SEND };
const FAREWELL: QueueMessage = { queue: "fast", send: { ...SEND, to: "ada@harbor.example" } };
const fails = () => Promise.reject(new Error("the table is away"));

describe.each<[string, () => Promise<QueueWorld>]>([
  ["in the process", inProcess],
  ["of SQS", overSqs],
])("the queues %s", (_name, open) => {
  async function setup() {
    const world = await open();
    const taken: unknown[] = [];
    const take = async (message: unknown) => void taken.push(message);
    const countOf = async (queue: string) => {
      const found = (await world.deadLetters.counts()).find((count) => count.queue === queue);
      return { waiting: found?.waiting, dead: found?.dead };
    };
    return { ...world, taken, take, countOf };
  }

  /** Each message fails as often as a queue hands it over, and once more is looked for it. */
  async function failUntilDead({ consume }: QueueWorld): Promise<number> {
    let tries = 0;
    for (let round = 0; round <= RECEIVES_MAX; round += 1) {
      await consume(() => {
        tries += 1;
        return fails();
      });
      clock.moveTo(plusMs(clock.now(), VISIBILITY_MS));
    }
    return tries;
  }

  test("hand over each message once, as it was put there", async () => {
    const { queues, consume, taken, take } = await setup();
    for (const message of [DUE, LESSON, FAREWELL]) await queues.put(message);
    await consume(take);
    await consume(take);
    expect(taken).toHaveLength(3);
    expect(taken).toEqual(expect.arrayContaining([DUE, LESSON, FAREWELL]));
  });

  test("keep a message back for as long as it says, and count it meanwhile", async () => {
    const { queues, consume, taken, take, countOf } = await setup();
    await queues.put({ ...DUE, afterSeconds: 60 });
    clock.moveTo(plusMs(START, 59_000));
    await consume(take);
    expect([taken.length, await countOf("due")]).toEqual([0, { waiting: 1, dead: 0 }]);
    clock.moveTo(plusMs(START, 60_000));
    await consume(take);
    expect([taken.length, await countOf("due")]).toEqual([1, { waiting: 0, dead: 0 }]);
  });

  test("try a message that failed again after the visibility timeout, not before", async () => {
    const { queues, consume, taken, take, countOf } = await setup();
    await queues.put(DUE);
    await consume(fails);
    clock.moveTo(plusMs(START, VISIBILITY_MS - 1));
    await consume(take);
    expect([taken.length, await countOf("due")]).toEqual([0, { waiting: 1, dead: 0 }]);
    clock.moveTo(plusMs(START, VISIBILITY_MS));
    await consume(take);
    expect(taken).toEqual([DUE]);
  });

  test("hold up no message for one that fails", async () => {
    const { queues, consume, taken, take } = await setup();
    const other: QueueMessage = { queue: "due", pairId: "bbbbbbbbbbbbbbbb" };
    await queues.put(DUE);
    await queues.put(other);
    const isDue = (message: unknown) => (message as { pairId?: string }).pairId === DUE.pairId;
    await consume((message) => (isDue(message) ? fails() : take(message)));
    expect(taken).toEqual([other]);
  });

  test("give a message up after five tries, and count it among the dead letters of its queue", async () => {
    const world = await setup();
    await world.queues.put(LESSON);
    expect(await failUntilDead(world)).toBe(5);
    expect(await world.countOf("bulk")).toEqual({ waiting: 0, dead: 1 });
    expect(await world.countOf("due")).toEqual({ waiting: 0, dead: 0 });
  });

  test("put back the dead letters of the queue that a person names, and of no other", async () => {
    const world = await setup();
    await world.queues.put(LESSON);
    await world.queues.put(DUE);
    await failUntilDead(world);
    await world.deadLetters.redrive("bulk");
    expect(await world.countOf("bulk")).toEqual({ waiting: 1, dead: 0 });
    await world.consume(world.take);
    expect(world.taken).toEqual([LESSON]);
    expect(await world.countOf("due")).toEqual({ waiting: 0, dead: 1 });
  });

  test("the one of events is empty only when nothing waits, is read, failed or was given up", async () => {
    const world = await setup();
    const { feedback, tell, consume } = world;
    const seen = [await feedback.isEmpty()];
    await tell({ eventType: "Send" });
    seen.push(await feedback.isEmpty());
    await consume(async () => void seen.push(await feedback.isEmpty()));
    seen.push(await feedback.isEmpty());
    expect(seen).toEqual([true, false, false, true]);
    await tell({ eventType: "Send" });
    await consume(fails);
    expect(await feedback.isEmpty()).toBe(false);
    await failUntilDead(world);
    expect(await world.countOf("feedback")).toEqual({ waiting: 0, dead: 1 });
    expect(await feedback.isEmpty()).toBe(false);
  });

  test("other queues say nothing about the one of events", async () => {
    const { queues, feedback } = await setup();
    await queues.put(LESSON);
    expect(await feedback.isEmpty()).toBe(true);
  });
});
