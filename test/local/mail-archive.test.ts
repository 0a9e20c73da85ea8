import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { plusHours } from "../../functions/core/instant.ts";
import { createClock, type LocalClock } from "../../local/clock.ts";
import {
  diskMailArchive,
  type LocalMailArchive,
  memoryMailArchive,
} from "../../local/mail-archive.ts";
import { START } from "./fake-service.ts";

let folder = "";
let clock: LocalClock;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "archive-"));
  clock = createClock(START, () => 0);
});
afterEach(() => rmSync(folder, { recursive: true }));

const mail = Buffer.from("From: ada@harbor.example\r\n\r\nDóne\r\n");

describe.each<[string, () => LocalMailArchive]>([
  ["in memory", () => memoryMailArchive(clock)],
  ["on disk", () => diskMailArchive(clock, folder)],
])("a mail archive %s", (_name, open) => {
  test("gives a mail back byte for byte until it is removed", async () => {
    const archive = open();
    await archive.store("abc123", mail);
    expect(await archive.read("abc123")).toEqual(mail);
    await archive.remove("abc123");
    expect(await archive.read("abc123")).toBeUndefined();
  });

  test("removes a mail that is gone already", async () => {
    await expect(open().remove("abc123")).resolves.toBeUndefined();
  });

  test("names what was stored before an instant and not read since", async () => {
    const archive = open();
    await archive.store("first", mail);
    await archive.store("read", mail);
    clock.moveTo(plusHours(START, 2));
    await archive.store("second", mail);
    await archive.remove("read");
    expect(await archive.unread(plusHours(START, 1))).toEqual(["first"]);
    expect(await archive.unread(START)).toEqual([]);
  });
});

test("an archive on disk still has its mails and their instants when it is opened again", async () => {
  await diskMailArchive(clock, folder).store("abc123", mail);
  clock.moveTo(plusHours(START, 2));
  const archive = diskMailArchive(clock, folder);
  expect(await archive.read("abc123")).toEqual(mail);
  expect(await archive.unread(plusHours(START, 1))).toEqual(["abc123"]);
});
