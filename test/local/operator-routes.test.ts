import { expect, test } from "vitest";
import { plusMs } from "../../functions/core/instant.ts";
import { localDeadLetters } from "../../local/operator-routes.ts";
import { RECEIVES_MAX, VISIBILITY_MS } from "../../local/queues.ts";
import { fakeService, START } from "./fake-service.ts";

test("the queues of this process are counted and put back one by one, as those of a stage", async () => {
  const { clock, queues } = fakeService();
  const letters = localDeadLetters(queues);
  await queues.put({ queue: "due", pairId: "a" });
  await queues.put({ queue: "feedback", event: {} });
  for (let round = 1; round <= RECEIVES_MAX; round += 1) {
    await queues.drain(async () => {
      throw new Error("broken");
    });
    clock.moveTo(plusMs(START, round * VISIBILITY_MS));
  }
  const deadIn = async () =>
    Object.fromEntries((await letters.counts()).map(({ queue, dead }) => [queue, dead]));
  expect(await deadIn()).toEqual({ inbound: 0, feedback: 1, fast: 0, due: 1, bulk: 0 });
  await letters.redrive("due");
  expect(await deadIn()).toMatchObject({ feedback: 1, due: 0 });
  expect((await letters.counts()).find(({ queue }) => queue === "due")?.waiting).toBe(1);
});
