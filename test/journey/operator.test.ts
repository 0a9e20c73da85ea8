import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ROOT } from "../repo/files.ts";
import { newest, PAIR, startCourse } from "./sign-up.ts";
import { type Visitor, visit } from "./visitor.ts";

/** A process of its own, as the person on duty starts it, against a service that keeps a folder. */
let visitor: Visitor;
let dataDir: string;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "common-ground-"));
  visitor = await visit({ startAt: "2026-10-05T15:00:00Z", dataDir });
  await startCourse(visitor);
});

afterAll(async () => {
  await visitor.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function cg(command: string, ...typed: readonly string[]): Promise<Ended> {
  const args = ["run", "--silent", "cg", "--", command, "--url", visitor.site, ...typed];
  return new Promise((resolve) => {
    execFile("npm", args, { cwd: ROOT }, (error, out, err) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err });
    }).stdin?.end();
  });
}

async function onlyPair(): Promise<string> {
  const { pairs } = JSON.parse((await cg("list", "--json")).out) as { pairs: { pairId: string }[] };
  const [pair] = pairs;
  if (pair === undefined) throw new Error("no pair is listed");
  return pair.pairId;
}

test("a pair is found, paused and resumed; what it plans is in the mailbox when the command ends", async () => {
  const pair = await onlyPair();
  expect((await cg("show", pair)).out).toMatch(/sp +present since 2026-10-05/);
  const paused = await cg("pause", pair, "sp", "--weeks", "2");
  expect(paused).toMatchObject({ code: 0, err: "" });
  expect(paused.out).toMatch(/^The seat sp is paused until 2026-10-19; the pair is on hold\.\n$/);
  expect((await newest(visitor, "notice", PAIR.partner_email)).subject).toMatch(/hold/i);
  expect((await cg("resume", pair, "sp")).code).toBe(0);
});

test("mails are shown and tried out, queues counted, and data exported as a table", async () => {
  expect((await cg("preview", "lesson-03", "--seat", "le")).out).toMatch(/^Subject: Week 3/);
  expect((await cg("test-send", "welcome", "me@agency.example")).out).toMatch(/^SES took it as /);
  expect((await newest(visitor, "welcome", "me@agency.example")).subject).toMatch(/^Test: /);
  expect((await cg("queues")).out).toMatch(/^queue +waiting +dead\n/);
  const table = await cg("export", await onlyPair(), "le");
  expect(table.out).toContain('"you","name: Ben Ramírez",""\r\n');
});

test("a person is erased with a receipt; what they write afterwards is told that the series has ended", async () => {
  const pair = await onlyPair();
  const invitation = await newest(visitor, "welcome", PAIR.email);
  expect((await cg("erase", PAIR.email)).code).toBe(2);
  const receipt = await cg("erase", PAIR.email, "--yes", "--json");
  expect(JSON.parse(receipt.out)).toMatchObject({ pairs: 1, seats: 1, consents: 1 });
  expect((await cg("show", pair, "--people")).out).not.toMatch(/ada|Harbor/i);
  await visitor.answer(invitation, "DONE");
  const answer = await newest(visitor, "receipt", PAIR.email);
  expect(answer.subject).toBe("This series has ended");
  expect((await newest(visitor, "notice", PAIR.partner_email)).subject).toMatch(/seat/i);
});

test("mistakes end with a sentence on stderr and their own exit codes", async () => {
  const unknown = await cg("show", "zzzzzzzzzzzzzzzz");
  expect(unknown).toEqual({ code: 1, out: "", err: expect.stringContaining("There is no pair") });
  expect((await cg("show", "x")).code).toBe(2);
  const gone = await cg("list", "--url", "http://127.0.0.1:9");
  expect(gone.code).toBe(3);
  expect(gone.err).toContain("Start one with npm start");
});

test("no page of another site can give such orders through a browser", async () => {
  const response = await fetch(`${visitor.site}/operator`, {
    method: "POST",
    headers: { "sec-fetch-site": "cross-site" },
    body: JSON.stringify({ command: "list", given: {}, step: "perform" }),
  });
  expect(response.status).toBe(403);
});
