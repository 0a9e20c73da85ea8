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
const PAST_THE_COURSE = "2027-02-01T00:00:00Z";
const ALL_WEEKS = Array.from({ length: 11 }, (_, index) => index + 1);

async function weeksOf({ messages }: Visitor, to: string): Promise<readonly number[]> {
  return (await messages())
    .filter((mail) => mail.kind === "lesson" && mail.to === to)
    .map(({ subject }) => Number(/\d+/.exec(subject)?.[0]));
}

/** What the person on duty asks of a running service. */
async function operate(
  { site }: Visitor,
  command: string,
  given: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const order = JSON.stringify({ command, given, step: "perform" });
  const response = await fetch(`${site}/operator`, { method: "POST", body: order });
  return ((await response.json()) as { facts: unknown }).facts;
}

/** Ids of the mails that wait for a person. */
async function heldSends(service: Visitor): Promise<readonly string[]> {
  const { pairs } = (await operate(service, "list")) as { pairs: { pairId: string }[] };
  const shown = await operate(service, "show", { pair: pairs[0]?.pairId ?? "" });
  const { mails } = shown as { mails: { send: string; state: string }[] };
  return mails.filter(({ state }) => state === "held").map(({ send }) => send);
}

function weeksHeld(sends: readonly string[], seat: string): readonly number[] {
  return sends
    .filter((send) => send.includes("_lesson-") && send.endsWith(`_${seat}1`))
    .map((send) => Number(/lesson-(\d+)/.exec(send)?.[1]));
}

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
  await visitor.moveClock({ to: PAST_THE_COURSE });
  const held = await heldSends(visitor);
  for (const [seat, to] of [
    ["sp", PAIR.email],
    ["le", PAIR.partner_email],
  ] as const) {
    // Two of the kills may have hit the sending of one lesson, which then waits for a person.
    const weeks = [...(await weeksOf(visitor, to)), ...weeksHeld(held, seat)];
    expect(weeks.sort((one, other) => one - other)).toEqual(ALL_WEEKS);
  }
});

test("a lesson in whose sending the service died is sent a day later; after a second death it waits for a person, who sends it", async () => {
  const dying = { dataDir, diesSending: "_lesson-01_sp1" };
  visitor = await visit({ ...dying, startAt: "2026-10-05T15:00:00Z" });
  await startCourse(visitor);
  for (const day of ["2026-10-06", "2026-10-07"]) {
    await expect(visitor.moveClock({ to: PAST_THE_COURSE })).rejects.toThrow();
    await visitor.stop("SIGKILL");
    visitor = await visit({ ...dying, startAt: "" });
    const { now } = (await (await fetch(`${visitor.site}/clock`)).json()) as { now: string };
    expect(now.slice(0, 10)).toBe(day);
  }
  await visitor.moveClock({ to: "2026-10-08T23:00:00Z" });
  const [held, ...others] = await heldSends(visitor);
  expect(held).toMatch(/_lesson-01_sp1$/);
  expect(others).toEqual([]);
  expect(await weeksOf(visitor, PAIR.email)).toEqual([]);
  expect(await weeksOf(visitor, PAIR.partner_email)).toEqual([1]);

  await visitor.stop();
  visitor = await visit({ startAt: "", dataDir });
  await operate(visitor, "resend", { send: held ?? "" });
  await visitor.moveClock({ to: PAST_THE_COURSE });
  expect(await weeksOf(visitor, PAIR.email)).toEqual(ALL_WEEKS);
  expect(await heldSends(visitor)).toEqual([]);
});
