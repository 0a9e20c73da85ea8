import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadMails, readCorpusMail, tracesIn } from "./corpus.ts";

const mails = loadMails();

test("every mail of the corpus has what it must give beside it", () => {
  const files = readdirSync(new URL("./mails/", import.meta.url));
  const names = (suffix: string) =>
    files.filter((file) => file.endsWith(suffix)).map((file) => file.slice(0, -suffix.length));
  expect(names(".eml")).toEqual(names(".json"));
  expect(mails.filter(({ expected }) => expected.automatic).length).toBeGreaterThanOrEqual(60);
  expect(mails.filter(({ expected }) => !expected.automatic).length).toBeGreaterThanOrEqual(290);
});

describe.each(mails.map((mail) => [mail.name, mail] as const))("%s", (_, mail) => {
  test("is read as its label says", async () => {
    const { from, messageId, automatic, kind, text } = await readCorpusMail(mail);
    const words = mail.expected.text === undefined ? {} : { text };
    expect({ from, messageId, automatic, kind, ...words }).toEqual(mail.expected);
  });
});

test("not a word of our lesson comes through as a person's", async () => {
  const people = mails.filter(({ expected }) => !expected.automatic);
  const texts = await Promise.all(people.map(async (mail) => (await readCorpusMail(mail)).text));
  expect(texts.flatMap(tracesIn)).toEqual([]);
});
