import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MAIL_PROGRAMS, readOriginal } from "./mail-programs.ts";
import { hiddenFields, linkTo, newest, PAIR, post, startCourse } from "./sign-up.ts";
import { type AnswerHow, type Visitor, visit } from "./visitor.ts";

/** `npm test` speaks SMTP itself; `.ci/run` knocks at the same door with a real mail client. */
const VIA: NonNullable<AnswerHow["via"]> =
  process.env.JOURNEY_CLIENT === "swaks" ? "swaks" : "smtp";

/** What people write, and the line of the log that comes of it. Every pair had its first lesson on October 6. */
const SENTENCES = [
  ["DONE", "first call Wednesday, October 7 You"],
  ["We had coffee yesterday, it went well.", "coffee Tuesday, October 6 You"],
  ["Not yet, sorry. Next week.", undefined],
] as const;

const names = Object.keys(MAIL_PROGRAMS);
let visitor: Visitor;

beforeAll(async () => {
  visitor = await visit({ startAt: "2026-10-05T15:00:00Z" });
  for (const index of pairNumbers()) {
    const { sp, le } = pairOf(index);
    await startCourse(visitor, { ...PAIR, email: sp, partner_email: le });
  }
  await visitor.moveClock({ to: "2026-10-07T16:00:00.000Z" });
});
afterAll(() => visitor?.stop());

function pairNumbers(): readonly number[] {
  return Array.from({ length: names.length * SENTENCES.length }, (_, index) => index);
}

function pairOf(index: number) {
  return { sp: `sp${index}@harbor.example`, le: `le${index}@police.example` };
}

/** The lines of the log on the partner's own page, without marks. */
async function logOf(email: string): Promise<readonly string[]> {
  await post(`${visitor.site}/sign-in`, { email });
  const link = linkTo(await newest(visitor, "sign-in", email), "/sign-in/open");
  const { token = "" } = hiddenFields(await (await fetch(link)).text());
  const body = new URLSearchParams({ token });
  const opened = await fetch(`${visitor.site}/sign-in/open`, {
    method: "POST",
    redirect: "manual",
    body,
  });
  const cookie = opened.headers.get("set-cookie")?.split(";")[0] ?? "";
  const page = await (await fetch(`${visitor.site}/partner`, { headers: { cookie } })).text();
  const rows = /<tbody>([\s\S]*?)<\/tbody>/.exec(page)?.[1]?.split("</tr>") ?? [];
  const lines = rows.map((row) =>
    row
      .replace(/<[^>]+>/g, " ")
      .replace(/\s+/g, " ")
      .trim(),
  );
  return lines.filter((line) => line !== "");
}

describe.each(names.map((name, place) => [name, place] as const))(
  "an answer from %s",
  (name, place) => {
    test.each(SENTENCES.map(([body, entry], index) => [body, entry, index] as const))(
      "%s",
      async (body, entry, index) => {
        const { sp } = pairOf(place * SENTENCES.length + index);
        const lesson = await newest(visitor, "lesson", sp);
        const original = await readOriginal(lesson, await visitor.source(lesson));
        const program = MAIL_PROGRAMS[name];
        if (program === undefined) throw new Error("a program has a name");
        await visitor.answer(lesson, body, { via: VIA, letter: program(original, body) });
        expect(await logOf(sp)).toEqual(entry === undefined ? [] : [entry]);
        const { subject } = await newest(visitor, "receipt", sp);
        expect(subject).toBe(entry === undefined ? "Not yet is fine" : "Logged, thank you");
      },
    );
  },
);
