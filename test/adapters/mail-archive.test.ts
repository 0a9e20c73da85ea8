import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ARCHIVE_PREFIX, s3MailArchive } from "../../functions/adapters/s3-mail-archive.ts";
import { plusHours } from "../../functions/core/instant.ts";
import type { MailArchive } from "../../functions/ports.ts";
import { createClock, type LocalClock } from "../../local/clock.ts";
import {
  diskMailArchive,
  type LocalMailArchive,
  memoryMailArchive,
} from "../../local/mail-archive.ts";
import { START } from "../local/fake-service.ts";
import { type LoopbackBucket, startBucket } from "../support/s3-bucket.ts";

/** An archive, and how a mail gets into it: by the local door, or by SES's receipt rule. */
interface FilledArchive {
  readonly archive: MailArchive;
  store(messageId: string, raw: Uint8Array): Promise<void>;
}

let folder = "";
let clock: LocalClock;
let bucket: LoopbackBucket | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "archive-"));
  clock = createClock(START, () => 0);
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await bucket?.stop();
  bucket = undefined;
});

function local(archive: LocalMailArchive): FilledArchive {
  return { archive, store: archive.store };
}

async function inBucket(): Promise<FilledArchive> {
  const started = await startBucket(clock);
  bucket = started;
  return {
    archive: s3MailArchive(started.client, started.name),
    store: async (messageId, raw) => started.put(ARCHIVE_PREFIX + messageId, raw),
  };
}

/** Umlauts in two encodings, a lone byte, and line ends of both kinds. */
const MAIL = Buffer.from([
  ...Buffer.from("From: ada@harbor.example\r\n\r\nDóne\n", "utf8"),
  ...[0x44, 0xf3, 0x6e, 0x65, 0x92, 0x00, 0xff],
]);

describe.each<[string, () => FilledArchive | Promise<FilledArchive>]>([
  ["in memory", () => local(memoryMailArchive(clock))],
  ["on disk", () => local(diskMailArchive(clock, folder))],
  ["in a bucket of S3", inBucket],
])("a mail archive %s", (_name, open) => {
  test("gives a mail back byte for byte until it is removed", async () => {
    const { archive, store } = await open();
    await store("abc123", MAIL);
    await store("abc124", Buffer.from("another"));
    expect(Buffer.from((await archive.read("abc123")) ?? []).equals(MAIL)).toBe(true);
    await archive.remove("abc123");
    expect(await archive.read("abc123")).toBeUndefined();
    expect(Buffer.from((await archive.read("abc124")) ?? []).toString()).toBe("another");
  });

  test("knows no mail that never came", async () => {
    const { archive } = await open();
    expect(await archive.read("abc123")).toBeUndefined();
    expect(await archive.unread("2099-01-01T00:00:00.000Z")).toEqual([]);
  });

  test("removes a mail that is gone already", async () => {
    const { archive } = await open();
    await expect(archive.remove("abc123")).resolves.toBeUndefined();
  });

  test("names what was stored before an instant and not read since", async () => {
    const { archive, store } = await open();
    await store("first", MAIL);
    await store("read", MAIL);
    clock.moveTo(plusHours(START, 2));
    await store("second", MAIL);
    await archive.remove("read");
    expect(await archive.unread(plusHours(START, 1))).toEqual(["first"]);
    expect(await archive.unread(START)).toEqual([]);
  });

  test("names all of them, however many", async () => {
    const { archive, store } = await open();
    const ids = ["a1", "b2", "c3", "d4", "e5"];
    for (const id of ids) await store(id, MAIL);
    const unread = await archive.unread(plusHours(START, 1));
    expect([...unread].sort()).toEqual(ids);
  });
});
