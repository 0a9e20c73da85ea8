import { beforeAll, describe, expect, inject, test } from "vitest";
import { until } from "./aws.ts";
import { openBrowser } from "./browser.ts";
import { mailsTo, mailTo } from "./inbox.ts";
import { countIn, redrive, setRetrySeconds, tick } from "./queues.ts";
import { untilQuiet } from "./quiet.ts";
import { letTimePass, letTimerEnd, overwrite, pairOf, rowsOf } from "./rows.ts";
import { startCourse } from "./sign-up.ts";
import { openStage } from "./stage.ts";

const stage = openStage(inject("stage"));
const CY = "cy@shelter.example";
const DEE = "dee@county-police.example";
const DAY_MS = 86_400_000;
/** What the stack sets: six times what a function may take. */
const RETRY_SECONDS = 180;

async function lessons(): Promise<readonly string[]> {
  const mails = [...(await mailsTo(stage, CY)), ...(await mailsTo(stage, DEE))];
  return mails.filter(({ subject }) => /^Week/.test(subject)).map(({ to }) => to);
}

/** Addresses that nothing is sent to because their owners said so. */
async function countStops(): Promise<number> {
  const rows = await rowsOf(stage, "ledger", "SUPPRESSED#");
  return rows.filter(({ stop }) => (stop as { lifted: boolean } | undefined)?.lifted === false)
    .length;
}

beforeAll(async () => {
  await startCourse(stage, { signer: CY, partner: DEE });
  await untilQuiet(stage);
});

describe("a message that fails", () => {
  beforeAll(() => setRetrySeconds(stage, "due", 1));

  test("is kept as a dead letter after its tries, and nothing goes out", async () => {
    await letTimerEnd(stage, await pairOf(stage, CY), "lesson");
    const pair = await pairOf(stage, CY);
    await overwrite(stage, "pairs", { ...pair, state: { kind: "unreadable" } });
    await tick(stage);
    await until(
      "a dead letter",
      async () => (await countIn(stage, "due-dead")) > 0 || undefined,
      90,
    );
    expect(await lessons()).toEqual([]);
    const broken = await pairOf(stage, CY);
    await overwrite(stage, "pairs", { ...broken, state: pair.state });
  });

  test("is done once, when its cause is gone and it was put back", async () => {
    await redrive(stage, "due");
    await mailTo(stage, CY, /^Week 1:/);
    await mailTo(stage, DEE, /^Week 1:/);
    await setRetrySeconds(stage, "due", RETRY_SECONDS);
    await tick(stage);
    await untilQuiet(stage);
    expect(await lessons()).toEqual([CY, DEE]);
    expect(await countIn(stage, "due-dead")).toBe(0);
  });
});

describe("one-click unsubscribing", () => {
  test("stops the address at once, without a page, a cookie or a question", async () => {
    const before = await countStops();
    const { unsubscribe = "" } = await mailTo(stage, CY, /^Week 1:/);
    const page = await openBrowser(stage).submit(unsubscribe, { "List-Unsubscribe": "One-Click" });
    expect(page.status).toBe(200);
    expect(await countStops()).toBe(before + 1);
  });

  test("ends the mail to it, and the course waits for somebody else in that seat", async () => {
    await untilQuiet(stage);
    const before = (await mailsTo(stage, CY)).length;
    await letTimePass(stage, await pairOf(stage, CY), 8 * DAY_MS);
    await tick(stage);
    await untilQuiet(stage);
    expect(await mailsTo(stage, CY)).toHaveLength(before);
    expect(await lessons()).toEqual([CY, DEE]);
  });
});
