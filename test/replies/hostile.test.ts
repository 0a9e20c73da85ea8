import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAIL_KINDS } from "../../functions/core/course.ts";
import { readReply } from "../../functions/core/read-reply.ts";
import { readMail } from "../../functions/receive/read-mail.ts";
import { trimReply } from "../../functions/receive/trim-reply.ts";
import { loadMails, OWN } from "./corpus.ts";
import type { Cost } from "./cost.ts";
import { HOSTILE_MAILS, LARGE_MAILS } from "./hostile.ts";

/**
 * What a reply may cost, and what a mail with a monstrous structure may. The bar for a text is 100 ms, which
 * `npm run replies` measures; a core that is shared with others needs up to twice as long for the same.
 */
const TEXT_CPU_MS_MAX = 250;
const MAIL_CPU_MS_MAX = 2_000;
const MAIL_MB_MAX = 256;
/** A quadratic reader needs minutes. */
const TIME_MS_MAX = 2_000;

function lettersIn(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0;
}

const SENT = {
  sentOn: "2026-03-05T18:30:00.000Z",
  lesson: 4,
  role: "law_enforcement",
  timeZone: "America/New_York",
  kind: "lesson",
} as const;

function measure(names: readonly string[]): readonly Cost[] {
  const file = fileURLToPath(new URL("./cost.ts", import.meta.url));
  const output = execFileSync(process.execPath, ["--import", "tsx", file, ...names], {
    encoding: "utf8",
  });
  const lines = output.trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Cost);
}

test("each hostile text is read within a fraction of a second of computing", {
  timeout: 120_000,
}, () => {
  const costs = measure([]);
  expect(costs.map(({ name }) => name)).toEqual(HOSTILE_MAILS.map(([name]) => name));
  const texts = costs.filter(({ name }) => !LARGE_MAILS.includes(name));
  expect(texts.filter(({ cpuMs }) => cpuMs >= TEXT_CPU_MS_MAX)).toEqual([]);
});

test.each(LARGE_MAILS)("%s need less than a quarter of a gigabyte", { timeout: 60_000 }, (name) => {
  const [cost] = measure([name]);
  expect(cost?.cpuMs).toBeLessThan(MAIL_CPU_MS_MAX);
  expect(cost?.peakMb).toBeLessThan(MAIL_MB_MAX);
});

describe.each(HOSTILE_MAILS)("%s", (_, make) => {
  test("is read without a throw beside the lesson it answers", async () => {
    const mail = await readMail(make(), {}, { ...OWN, sentText: "We had coffee and it was good" });
    const reading = readReply({ ...SENT, body: mail.text });
    expect(typeof mail.text).toBe("string");
    expect(typeof reading.certain).toBe("boolean");
  });
});

test("a body of any size is read in bounded time", () => {
  const start = performance.now();
  for (const piece of [
    "we had coffee and ",
    "\n",
    " ",
    "_",
    "a",
    "on March 4 ",
    "not ",
    "(",
    "⟦0⟧",
    "done? ",
    "...",
    "-",
    "a@b.c ",
    "\u0301",
  ]) {
    readReply({ ...SENT, body: piece.repeat(1_000_000 / piece.length) });
  }
  expect(performance.now() - start).toBeLessThan(5 * TIME_MS_MAX);
});

const fragments = fc.constantFrom(
  "From: a@b.example\r\n",
  "To: <",
  "Subject: Re: x\r\n",
  "Content-Type: multipart/mixed; boundary=b\r\n",
  "Content-Type: text/html; charset=x\r\n",
  "Content-Type: text/plain; format=flowed\r\n",
  "Content-Transfer-Encoding: base64\r\n",
  "Content-Transfer-Encoding: quoted-printable\r\n",
  "\r\n",
  "\r\n\r\n",
  "--b\r\n",
  "--b--\r\n",
  "=3D=\r\n",
  "DONE",
  "On Tue, Mar 3, 2026 at 10:02 AM x wrote:\n",
  "> ",
  "<div>",
  "</p>",
  "<blockquote type=cite>",
  "&#xffff;",
  "\u0000",
  "=?utf-8?Q?=ff?=",
  ';;;="',
  "-- \n",
);
const mailish = fc
  .array(fc.oneof(fragments, fc.string({ maxLength: 30 })), { maxLength: 40 })
  .map((pieces) => Buffer.from(pieces.join("")));

test("no bytes make reading throw", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        mailish,
        fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes)),
      ),
      async (raw) => {
        const mail = await readMail(raw, {}, OWN);
        expect(mail.automatic === (mail.kind !== "human" && mail.kind !== "unreadable")).toBe(true);
      },
    ),
    { numRuns: 150 },
  );
});

test("a mail cut off anywhere is still read", async () => {
  const mails = loadMails();
  await fc.assert(
    fc.asyncProperty(
      fc.nat(mails.length - 1),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (at, share) => {
        const raw = mails[at]?.raw ?? Buffer.alloc(0);
        await readMail(raw.subarray(0, Math.floor(raw.length * share)), {}, OWN);
      },
    ),
    { numRuns: 100 },
  );
});

test("no text makes trimming throw, and nothing is made up", async () => {
  const text = fc.array(fc.oneof(fragments, fc.string({ unit: "binary", maxLength: 30 })), {
    maxLength: 40,
  });
  await fc.assert(
    fc.property(text, (pieces) => {
      const whole = pieces.join("");
      const { reply } = trimReply(whole, { own: OWN, fromName: "Maria Lopez" });
      expect(lettersIn(reply)).toBeLessThanOrEqual(lettersIn(whole));
    }),
    { numRuns: 300 },
  );
});

const words = fc.constantFrom(
  "we",
  "met",
  "had",
  "coffee",
  "done",
  "not",
  "yet",
  "Tuesday",
  "3/4",
  "yesterday",
  "next week",
  "stop",
  "pause",
  "2 weeks",
  "call",
  "?",
  ".",
  "\n",
  ",",
  "but",
  "and",
  "if",
  "my client",
  "sent",
  "the list",
  "FIX",
  "hecho",
  "el martes",
  "MOU",
  "signed",
  "-",
  "(",
  ")",
);
const bodies = fc.oneof(
  fc.array(words, { maxLength: 30 }).map((list) => list.join(" ")),
  fc.string({ maxLength: 200 }),
  fc.string({ unit: "binary", maxLength: 100 }),
);

test("no words make reading throw, and no reading contradicts itself", async () => {
  await fc.assert(
    fc.property(
      bodies,
      fc.integer({ min: 1, max: 11 }),
      fc.constantFrom(...MAIL_KINDS),
      (body, lesson, kind) => {
        const reading = readReply({ ...SENT, lesson, kind, body });
        if (reading.date !== null) expect(reading.date <= "2026-03-05").toBe(true);
        if (reading.plannedOn !== null) expect(reading.plannedOn > "2026-03-05").toBe(true);
        if (reading.intent === "other" && reading.command === undefined)
          expect(reading.certain).toBe(false);
        if (reading.actions.length > 0)
          expect(["done", "stop", "pause", "resume", "fix"]).toContain(reading.intent);
      },
    ),
    { numRuns: 500 },
  );
});

test("reading the same reply twice gives the same reading", async () => {
  await fc.assert(
    fc.property(bodies, (body) => {
      expect(readReply({ ...SENT, body })).toEqual(readReply({ ...SENT, body }));
    }),
  );
});
