import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { plusHours } from "../../functions/core/instant.ts";
import { createClock, type LocalClock } from "../../local/clock.ts";
import { diskMailArchive } from "../../local/mail-archive.ts";
import { START } from "./fake-service.ts";

let folder = "";
let clock: LocalClock;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "archive-"));
  clock = createClock(START, () => 0);
});
afterEach(() => rmSync(folder, { recursive: true }));

const mail = Buffer.from("From: ada@harbor.example\r\n\r\nDóne\r\n");

test("an archive on disk still has its mails and their instants when it is opened again", async () => {
  await diskMailArchive(clock, folder).store("abc123", mail);
  clock.moveTo(plusHours(START, 2));
  const archive = diskMailArchive(clock, folder);
  expect(await archive.read("abc123")).toEqual(mail);
  expect(await archive.unread(plusHours(START, 1))).toEqual(["abc123"]);
});
