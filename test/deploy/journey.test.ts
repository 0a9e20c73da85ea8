import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { localDay } from "../../functions/core/instant.ts";
import { until } from "./aws.ts";
import { openBrowser } from "./browser.ts";
import { diff } from "./cdk.ts";
import { answer, linkIn, mailsTo, mailTo, reportBounce } from "./inbox.ts";
import type { DeliveredMail } from "./mail-sink.ts";
import { countIn, setFeeding, tick } from "./queues.ts";
import { untilQuiet } from "./quiet.ts";
import { deployDuring, type Edit, synthesizeEdited } from "./redeploy.ts";
import { letTimePass, letTimerEnd, logOf, pairOf } from "./rows.ts";
import { press, signUp } from "./sign-up.ts";
import { openStage } from "./stage.ts";

const stage = openStage(inject("stage"));
const ADA = "ada@shelter.example";
const BEN = "ben@county-police.example";
const DAY_MS = 86_400_000;
/** EventBridge's minute, and as long again for what it sets off on a busy machine. */
const REAL_TICK_SECONDS = 130;

const EDITS: readonly Edit[] = [
  {
    file: "functions/enroll/page.tsx",
    from: "Sign up with your partner",
    to: "Sign up, the two of you",
  },
  {
    file: "functions/adapters/live-ports.ts",
    from: "/** Past the console,",
    to: 'process.title = "deployed again"; // is in every bundle\n/** Past the console,',
  },
  {
    file: "emails/courses/partner-tips/en/week-03.md",
    from: "before you share a case",
    to: "well before you share a case",
  },
];

const browser = openBrowser(stage);
/** Takes a while, in which the pair goes on. */
let edited: Promise<string>;

beforeAll(() => {
  edited = synthesizeEdited(stage, EDITS);
  edited.catch(() => undefined); // the test that needs it says so
});

async function lessonsTo(to: string): Promise<readonly string[]> {
  const subjects = (await mailsTo(stage, to)).map(({ subject }) => /^Week \d+/.exec(subject)?.[0]);
  return subjects.filter((week) => week !== undefined);
}

function isReceipt({ text }: DeliveredMail): boolean {
  return text.includes("FIX");
}

/** Replies whose raw text is still stored. */
async function storedReplies(): Promise<number> {
  const listed = await stage.aws.s3.send(new ListObjectsV2Command({ Bucket: stage.archive }));
  return listed.KeyCount ?? 0;
}

test("after the first deployment nothing differs", async () => {
  expect(await diff(stage.outdir, stage.environment)).toContain(
    "Number of stacks with differences: 0",
  );
});

describe("a pair on the deployed stage", () => {
  test("signs up by form, and only the signer is written to", async () => {
    const page = await signUp(browser, { signer: ADA, partner: BEN });
    expect(page).toMatchObject({ status: 200, heading: "Now check your mail" });
    await mailTo(stage, ADA, "Please confirm your address");
    expect(await mailsTo(stage, BEN)).toEqual([]);
  });

  test("confirms, the signer first, and both are welcomed", async () => {
    const forAda = linkIn(await mailTo(stage, ADA, /confirm/), "/confirm");
    expect(await press(browser, forAda, "join")).toMatchObject({ status: 200 });
    const forBen = linkIn(await mailTo(stage, BEN, /invitation/), "/confirm");
    expect(await press(browser, forBen, "join")).toMatchObject({ status: 200 });
    await mailTo(stage, ADA, /Welcome/);
    await mailTo(stage, BEN, /Welcome/);
  });

  test("gets the first lesson when the minute of a real tick comes round", async () => {
    await untilQuiet(stage);
    await letTimerEnd(stage, await pairOf(stage, ADA), "lesson");
    await until(
      "both have a lesson",
      async () => {
        const both = [await lessonsTo(ADA), await lessonsTo(BEN)];
        return both.every(({ length }) => length > 0) || undefined;
      },
      REAL_TICK_SECONDS,
    );
    expect([await lessonsTo(ADA), await lessonsTo(BEN)]).toEqual([["Week 1"], ["Week 1"]]);
  });

  test("logs what it did by a reply, is answered, and the reply is kept nowhere", async () => {
    await answer(stage, await mailTo(stage, ADA, /^Week 1:/), "Done, thank you!");
    const receipt = await mailTo(stage, ADA, /^Re: Week 1:|Logged/);
    expect(receipt.text).toContain("first call");
    const pair = await pairOf(stage, ADA);
    const today = localDay(new Date().toISOString(), pair.slot.timeZone);
    expect(await logOf(stage, pair)).toEqual([`${today} intro-call`]);
    expect(await storedReplies()).toBe(0);
  });

  test("sees it on the partner's page, behind a sign-in link", async () => {
    await browser.submit("/sign-in", { email: BEN });
    const signIn = linkIn(await mailTo(stage, BEN, "Your sign-in link"), "/sign-in/open");
    const page = await press(browser, signIn);
    expect(page.html).toContain("What you two have done");
    expect(page.html).toContain("first call");
  });
});

describe("a deployment of changed code and a changed lesson in the middle of a course", () => {
  test("loses nothing and repeats nothing of what the old code left under way", async () => {
    await untilQuiet(stage);
    await setFeeding(stage, "send-bulk", false);
    await letTimerEnd(stage, await pairOf(stage, ADA), "lesson");
    await tick(stage);
    await until("both lessons wait for the sender", async () =>
      (await countIn(stage, "bulk")) === 2 ? true : undefined,
    );
    await answer(stage, await mailTo(stage, BEN, /^Week 1:/), "DONE");
    // A tick that the emulator cuts off (see GAPS) is made good by the next one.
    await deployDuring(stage, await edited, () => tick(stage).catch(() => undefined));
    expect(await lessonsTo(ADA)).toEqual(["Week 1"]);
    await setFeeding(stage, "send-bulk", true);
    await mailTo(stage, ADA, /^Week 2:/);
    await mailTo(stage, BEN, /^Week 2:/);
    await tick(stage);
    await untilQuiet(stage);
    for (const who of [ADA, BEN]) expect(await lessonsTo(who)).toEqual(["Week 1", "Week 2"]);
    expect(await storedReplies()).toBe(0);
    expect((await mailsTo(stage, BEN)).filter(isReceipt)).toHaveLength(1);
    const kinds = (await logOf(stage, await pairOf(stage, ADA))).map((line) => line.split(" ")[1]);
    expect(kinds).toEqual(["intro-call", "intro-call"]);
  });

  test("is what runs now", async () => {
    expect((await browser.open("/")).heading).toBe("Sign up, the two of you");
  });

  test("leaves links good that were mailed before it", async () => {
    const controls = linkIn(await mailTo(stage, ADA, /^Week 1:/), "/controls");
    expect(await browser.open(controls)).toMatchObject({ status: 200 });
  });

  test("brings the changed lesson to those who have not had it", async () => {
    await letTimerEnd(stage, await pairOf(stage, ADA), "lesson");
    await tick(stage);
    const lesson = await mailTo(stage, BEN, /^Week 3:/);
    expect(lesson.text).toContain("well before you share a case");
    await untilQuiet(stage);
    expect(await lessonsTo(ADA)).toEqual(["Week 1", "Week 2", "Week 3"]);
  });

  test("leaves nothing that a deployment would still change", async () => {
    expect(await diff(await edited, stage.environment)).toContain(
      "Number of stacks with differences: 0",
    );
  });
});

describe("an address that bounces", () => {
  test("puts the course on hold, and the other one and the coordinator are told", async () => {
    await reportBounce(stage, await mailTo(stage, BEN, /^Week 3:/));
    await mailTo(stage, ADA, "The series is on hold");
    const [coordinator = ""] = stage.settings.coordinators;
    await mailTo(stage, coordinator, "A seat needs checking");
    const pair = await pairOf(stage, ADA);
    expect(pair.seats.le.state.kind).toBe("unreachable");
    expect(pair.hold).toBeDefined();
  });

  test("gets no more mail, and the course waits", async () => {
    const before = (await mailsTo(stage, BEN)).length;
    await untilQuiet(stage);
    await letTimePass(stage, await pairOf(stage, ADA), 8 * DAY_MS);
    await tick(stage);
    await untilQuiet(stage);
    expect(await lessonsTo(ADA)).toEqual(["Week 1", "Week 2", "Week 3"]);
    expect(await mailsTo(stage, BEN)).toHaveLength(before);
  });
});
