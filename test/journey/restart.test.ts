import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newest, PAIR, startCourse } from "./sign-up.ts";
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

function lessonsOf(mails: Awaited<ReturnType<Visitor["messages"]>>, to: string) {
  return mails.filter((mail) => mail.kind === "lesson" && mail.to === to);
}

test.each(["SIGTERM", "SIGKILL"] as const)(
  "a course goes on where it was after %s in its middle: nothing twice, nothing lost",
  async (signal) => {
    visitor = await visit({ startAt: "2026-10-05T15:00:00Z", dataDir });
    await startCourse(visitor);
    await visitor.moveClock({ to: "2026-10-27T18:00:00Z" });
    const before = await visitor.messages();
    const answered = await newest(visitor, "lesson", PAIR.email);
    await visitor.stop(signal);

    visitor = await visit({ startAt: "", dataDir });
    expect((await visitor.messages()).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    await visitor.answer(answered, "DONE");
    expect((await newest(visitor, "receipt", PAIR.email)).subject).toBe("Logged, thank you");
    await visitor.moveClock({ to: "2026-12-23T00:00:00Z" });
    const after = await visitor.messages();
    for (const to of [PAIR.email, PAIR.partner_email]) {
      const weeks = lessonsOf(after, to).map(({ subject }) => Number(/\d+/.exec(subject)?.[0]));
      expect(weeks).toEqual(Array.from({ length: 11 }, (_, index) => index + 1));
    }
  },
);

test("the clock refuses to go back, and says so", async () => {
  visitor = await visit({ startAt: "2026-10-05T15:00:00Z", dataDir });
  const response = await fetch(`${visitor.site}/clock`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ to: "2026-10-01T00:00:00Z" }),
  });
  expect(response.status).toBe(400);
  expect(await response.text()).toMatch(/back|past|earlier/i);
});
