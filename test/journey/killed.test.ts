import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { PAIR, startCourse } from "./sign-up.ts";
import { type Visitor, visit } from "./visitor.ts";

let dataDir: string;
let visitor: Visitor | undefined;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "common-ground-"));
});

afterEach(async () => {
  await visitor?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const KILLS = 4;

test("a service killed again and again while its clock moves loses no lesson, sends none twice and never goes back", async () => {
  visitor = await visit({ startAt: "2026-10-05T15:00:00Z", dataDir });
  await startCourse(visitor);
  let last = "";
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const moving = visitor.moveClock({ to: "2027-01-15T00:00:00Z" }).catch(() => "cut off");
    await new Promise((resolve) => setTimeout(resolve, 300 * kill));
    await visitor.stop("SIGKILL");
    await moving;
    visitor = await visit({ startAt: "", dataDir });
    const { now } = (await (await fetch(`${visitor.site}/clock`)).json()) as { now: string };
    expect(now >= last).toBe(true);
    last = now;
  }
  await visitor.moveClock({ to: "2027-02-01T00:00:00Z" });
  const lessons = (await visitor.messages()).filter(({ kind }) => kind === "lesson");
  for (const to of [PAIR.email, PAIR.partner_email]) {
    const weeks = lessons
      .filter((lesson) => lesson.to === to)
      .map(({ subject }) => Number(/\d+/.exec(subject)?.[0]));
    expect(weeks).toEqual(Array.from({ length: 11 }, (_, index) => index + 1));
  }
});
