import { describe, expect, test } from "vitest";
import { plusHours, plusMinutes } from "../../functions/core/instant.ts";
import { readStoredNotice } from "../../functions/receive/stored-notice.ts";
import { sweepUnread } from "../../functions/receive/sweep-unread.ts";
import type { Delivery } from "../../local/inbound.ts";
import { fakeService } from "../local/fake-service.ts";
import { NOW } from "../support/builders.ts";
import { mailTo, rawReply, replyAddressOf } from "../support/replies.ts";
import { createTestService, startPair, type TestService } from "../support/service.ts";

const ADA = "ada@harbor.example";
const REPLY_TO = "r-abc234@reply.common-ground.example";

/** Lets a mail through the door that writes what SES writes above it; answers what was stored and told. */
async function stored(delivery: Delivery) {
  const { door, steps, archive } = fakeService();
  await door.receive(delivery);
  const [notice] = steps.notices;
  const raw = await archive.read(notice?.messageId ?? "");
  if (notice === undefined || raw === undefined) throw new Error("the door let nothing through");
  return { notice, raw };
}

const rawMail = (headers: readonly string[] = []) =>
  Buffer.from([`From: ${ADA}`, `To: ${REPLY_TO}`, ...headers, "", "Done", ""].join("\r\n"));

describe("what a lost notice said", () => {
  test.each([
    ["all is well", {}],
    ["a forged sender", { spf: "FAIL", dkim: "FAIL", dmarc: "FAIL" }],
    ["a domain that publishes nothing", { spf: "GRAY", dkim: "GRAY", dmarc: "GRAY" }],
    ["spam", { spam: "FAIL" }],
    ["a virus", { virus: "FAIL" }],
  ])("is read from the stored mail when SES judged: %s", async (_, verdicts) => {
    const { notice, raw } = await stored({ raw: rawMail(), sender: ADA, verdicts });
    const read = readStoredNotice(notice.messageId, raw, plusHours(notice.timestamp, 3));
    expect(read).toEqual(notice);
  });

  test("is not what the mail's own headers say", async () => {
    const forged = rawMail([
      "X-SES-Spam-Verdict: PASS",
      "X-SES-Virus-Verdict: PASS",
      "Authentication-Results: amazonses.com; spf=pass; dkim=pass; dmarc=pass;",
      "Return-Path: <somebody@else.example>",
    ]);
    const verdicts = { dmarc: "FAIL", spf: "FAIL", dkim: "FAIL", spam: "FAIL", virus: "FAIL" };
    const { notice, raw } = await stored({ raw: forged, sender: ADA, verdicts });
    const read = readStoredNotice(notice.messageId, raw, notice.timestamp);
    expect(read).toMatchObject({ verdicts, sender: ADA });
  });

  test("is nothing at all about a mail that SES did not sign for", () => {
    const raw = rawMail([
      "Received: from x by y with SMTP id another for <r-zzz@reply.common-ground.example>; Mon, 1 Dec 2026 10:00:00 +0000",
      "Authentication-Results: amazonses.com; spf=pass; dkim=pass; dmarc=pass;",
    ]);
    const read = readStoredNotice("this-one", raw, NOW);
    expect(Object.values(read.verdicts)).toEqual(Array(5).fill("GRAY"));
    expect(read).toMatchObject({ recipients: [REPLY_TO], timestamp: NOW });
  });

  test("is found in linear time in a mail of headers only", () => {
    const raw = Buffer.from(`Received: ${"for <a@b ".repeat(100_000)}\r\n\r\n`);
    const begun = performance.now();
    readStoredNotice("this-one", raw, NOW);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});

interface Stored {
  readonly messageId: string;
  readonly raw: Uint8Array;
  readonly at: string;
}

/** A pair under way, and a bucket with these mails in it. */
async function setup(mails: (service: TestService) => readonly Stored[]) {
  const service = await createTestService(NOW);
  const { id } = await startPair(service);
  await service.advanceTo(plusHours(NOW, 9 * 24));
  const left = new Map(mails(service).map((mail) => [mail.messageId, mail]));
  const archive = {
    read: async (messageId: string) => left.get(messageId)?.raw,
    remove: async (messageId: string) => void left.delete(messageId),
    unread: async (before: string) =>
      [...left.values()].filter(({ at }) => at < before).map(({ messageId }) => messageId),
  };
  const ports = { ...service.ports, archive };
  return { service, id, left, ports, sweep: () => sweepUnread(ports) };
}

/** Ada's DONE to the first lesson, stored so long ago. */
function doneOf(service: TestService, messageId: string, minutesAgo: number): Stored {
  const lesson = mailTo(service, ADA, /lesson-01/);
  const at = plusMinutes(service.now(), -minutesAgo);
  const head = [
    `Return-Path: <${ADA}>`,
    `Received: from mail.example by inbound-smtp.us-east-1.amazonaws.com with SMTP id ${messageId}`,
    ` for ${replyAddressOf(lesson)};`,
    ` ${new Date(at).toUTCString()}`,
    "X-SES-Spam-Verdict: PASS",
    "X-SES-Virus-Verdict: PASS",
    "Authentication-Results: amazonses.com; spf=pass; dkim=pass; dmarc=pass;",
    "",
  ].join("\r\n");
  const raw = Buffer.concat([Buffer.from(head), rawReply(lesson, { body: "DONE" })]);
  return { messageId, raw, at };
}

describe("the hourly sweep", () => {
  test("reads a mail whose notice was lost, once, and deletes it", async () => {
    const { service, id, left, sweep } = await setup((made) => [doneOf(made, "lost", 30)]);
    await sweep();
    await sweep();
    expect(await service.ports.pairs.log(id)).toHaveLength(1);
    expect(left.size).toBe(0);
  });

  test("leaves a mail alone that may be in somebody's hands right now", async () => {
    const { service, id, left, sweep } = await setup((made) => [doneOf(made, "new", 10)]);
    await sweep();
    expect(await service.ports.pairs.log(id)).toEqual([]);
    expect(left.size).toBe(1);
  });

  test("goes on after a mail that cannot be read, and says how many are left after two hours", async () => {
    const { service, id, left, ports } = await setup((made) => [
      doneOf(made, "poison", 180),
      doneOf(made, "good", 170),
    ]);
    const read = async (messageId: string) => {
      if (messageId === "poison") throw new RangeError("Ada wrote something odd");
      return ports.archive.read(messageId);
    };
    await sweepUnread({ ...ports, archive: { ...ports.archive, read } });
    expect(await service.ports.pairs.log(id)).toHaveLength(1);
    expect([...left.keys()]).toEqual(["poison"]);
    const errors = service.log.filter((line) => line.startsWith("ERROR receive"));
    expect(errors).toEqual([
      'ERROR receive.unreadable {"messageId":"poison","error":"RangeError"}',
      'ERROR receive.unread {"count":1}',
    ]);
  });
});
