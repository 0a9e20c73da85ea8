import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Log } from "../../functions/ports.ts";
import {
  LEDGER_TABLE_NAME,
  localDocumentClient,
  PAIRS_TABLE_NAME,
  startDatabase,
} from "../../local/database.ts";
import { type RunningService, startService } from "../../local/service.ts";
import { hiddenFields, linkTo, PAIR, post, pressLink } from "./sign-up.ts";
import type { MailboxMessage } from "./visitor.ts";

/** Words that stand nowhere but in what is written to the service: a person, a street, numbers, a day. */
const MARKS = ["Zanzibarquux", "Quuxley", "QX4471", "8675309", "07/09/1981"] as const;
/** The same for what is meant to be kept, so that the search is known to find what is there. */
const KEPT = "Controlmark";

const ADA = PAIR.email;
const BEN = PAIR.partner_email;
const STRANGER = "wanderer@elsewhere.example";

interface Letter {
  readonly body: string;
  readonly from?: string;
  readonly headers?: readonly string[];
  readonly html?: true;
  readonly to?: RegExp;
}

const SLIP =
  "Done. Met my client Zanzibarquux (DOB 07/09/1981) at 413 Quuxley Lane, case QX4471, call 555-867-5309 or 8675309";

/** Replies of every kind, each with marked words in it. */
const LETTERS: readonly Letter[] = [
  { body: SLIP },
  { body: "DONE" },
  { body: "FIX it was with Zanzibarquux", to: /receipt/ },
  { body: "not yet, Zanzibarquux of Quuxley Lane is ill" },
  { body: "Please tell her that Zanzibarquux cannot come, QX4471" },
  { body: "What does Zanzibarquux mean by QX4471?" },
  { body: "HELP Zanzibarquux 8675309" },
  { body: "hm Zanzibarquux", headers: ["X-Note: QX4471", "Organization: Quuxley"] },
  { body: "DONE Zanzibarquux", from: STRANGER },
  { body: "DONE", from: `"Zanzibarquux Quuxley" <${STRANGER}>` },
  { body: "away: Zanzibarquux", headers: ["Auto-Submitted: auto-replied"] },
  { body: "<p>Coffee with <b>Zanzibarquux</b> on <i>Quuxley</i></p>", html: true },
  { body: "COFFEE next week with Zanzibarquux QX4471" },
  { body: "DISAGREE, Zanzibarquux never did" },
  { body: "PAUSE 2 weeks because of client Zanzibarquux, DOB 07/09/1981" },
  { body: "RESUME Zanzibarquux" },
  { body: "RESUME" },
  { body: "HANDOVER to Zanzibarquux" },
  { body: "SIGNED with Zanzibarquux, docket QX4471" },
  { body: "Zanzibarquux ".repeat(30_000) },
];

let folder: string;
let service: RunningService;
let isFailing = false;
const lines: string[] = [];
const pages: string[] = [];

/** Everything that is logged; while `isFailing`, whatever plans a mail dies in the middle. */
const log: Log = {
  info: (event, facts) => {
    lines.push(`${event} ${JSON.stringify(facts)}`);
    if (isFailing && event === "schedule.planned") throw new Error("the process ends here");
  },
  error: (event, facts) => void lines.push(`${event} ${JSON.stringify(facts)}`),
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "canary-"));
  const ports = { port: 0, smtpPort: 0 };
  service = await startService(
    { ...ports, startAt: "2026-10-05T15:00:00.000Z", dataDir: folder },
    log,
  );
});
afterAll(async () => {
  await service?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function messages(): Promise<readonly MailboxMessage[]> {
  return (await fetch(`${service.siteUrl}/mailbox/messages`)).json() as never;
}

async function newest(to: string, kind: RegExp): Promise<MailboxMessage> {
  const found = (await messages()).filter((mail) => mail.to === to && kind.test(mail.kind)).at(-1);
  if (found === undefined) throw new Error(`no ${kind} went to ${to}`);
  return found;
}

async function move(advance: string): Promise<void> {
  const body = JSON.stringify({ advance });
  const headers = { "content-type": "application/json" };
  const moved = await fetch(`${service.siteUrl}/clock`, { method: "POST", headers, body });
  if (!moved.ok) throw new Error(await moved.text());
}

let serial = 0;

async function write(answered: MailboxMessage, letter: Letter): Promise<void> {
  serial += 1;
  const type = letter.html ? "text/html" : "text/plain";
  const raw = [
    `From: ${letter.from ?? answered.to}`,
    `To: "Zanzibarquux" <${answered.replyTo}>`,
    `Subject: Re: about Zanzibarquux ${MARKS.join(" ")}`,
    `Message-ID: <${serial}-quux@partner.example>`,
    ...(letter.headers ?? []),
    "MIME-Version: 1.0",
    'Content-Type: multipart/mixed; boundary="b"',
    "",
    "--b",
    `Content-Type: ${type}; charset=utf-8`,
    "",
    letter.body,
    "--b",
    'Content-Type: text/plain; name="Zanzibarquux.txt"',
    'Content-Disposition: attachment; filename="Zanzibarquux.txt"',
    "",
    MARKS.join(" "),
    "--b--",
    "",
  ].join("\r\n");
  const headers = { "content-type": "message/rfc822" };
  const sent = await fetch(`${service.siteUrl}/mailbox/inbound`, {
    method: "POST",
    headers,
    body: raw,
  });
  if (!sent.ok) throw new Error(await sent.text());
}

/** A page as a browser gets it, and what came with it. */
async function look(path: string, cookie = ""): Promise<void> {
  const page = await fetch(path.startsWith("http") ? path : `${service.siteUrl}${path}`, {
    headers: { cookie },
    redirect: "manual",
  });
  pages.push(`${page.url} ${JSON.stringify([...page.headers])} ${await page.text()}`);
}

async function signIn(door: string, email: string): Promise<string> {
  await post(`${service.siteUrl}${door}/sign-in`, { email });
  const link = linkTo(await newest(email, /sign-in/), `${door}/sign-in/open`);
  const { token = "" } = hiddenFields(await (await fetch(link)).text());
  const body = new URLSearchParams({ token });
  const opened = await fetch(`${service.siteUrl}${door}/sign-in/open`, {
    method: "POST",
    redirect: "manual",
    body,
  });
  return opened.headers.get("set-cookie")?.split(";")[0] ?? "";
}

async function lookEverywhere(): Promise<void> {
  for (const email of [ADA, BEN]) await look("/partner", await signIn("", email));
  const desk = await signIn("/coordinator", "coordinator@common-ground.example");
  await look("/coordinator", desk);
  for (const [, path = ""] of pages.join().matchAll(/href="(\/coordinator\/pairs\/[^"]+)"/g)) {
    await look(path, desk);
  }
  for (const { links, id } of await messages()) {
    await look(`/mailbox/messages/${id}.eml`);
    const weak = links.filter(({ href }) => /undo|guess|was-it-you|controls/.test(href));
    for (const { href } of weak) await look(href);
  }
  await look("/mailbox");
  await look("/mailbox/messages");
}

function filesIn(directory: string): readonly string[] {
  return readdirSync(directory).flatMap((name) => {
    const path = join(directory, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}

/** Both tables row by row, as the database gives them out after the service has stopped. */
async function rows(): Promise<readonly string[]> {
  const database = await startDatabase(join(folder, "tables"));
  const client = localDocumentClient(database.endpoint);
  const found: string[] = [];
  for (const TableName of [PAIRS_TABLE_NAME, LEDGER_TABLE_NAME]) {
    let ExclusiveStartKey: Record<string, unknown> | undefined;
    do {
      const page = await client.send(new ScanCommand({ TableName, ExclusiveStartKey }));
      found.push(...(page.Items ?? []).map((item) => JSON.stringify(item)));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
  }
  client.destroy();
  await database.close();
  return found;
}

function decoded(text: string): string {
  return text
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** What stands around the word, wherever it is found. */
function holds(texts: readonly string[], word: string): readonly string[] {
  return texts.map(decoded).flatMap((text) => {
    const at = text.toLowerCase().indexOf(word.toLowerCase());
    return at < 0 ? [] : [text.slice(Math.max(0, at - 80), at + 80)];
  });
}

test("no marked word of any reply is in a table, a log line, a mail, a page, a queue or the archive", async () => {
  const fields = { ...PAIR, agency: `${KEPT} House` };
  const check = await post(`${service.siteUrl}/enroll`, fields);
  await post(`${service.siteUrl}/enroll`, { ...hiddenFields(await check.text()), checked: "yes" });
  await pressLink(await newest(ADA, /invitation/), "/confirm", "join");
  await write(await newest(BEN, /invitation/), { body: "Who is Zanzibarquux?" });
  await pressLink(await newest(BEN, /invitation/), "/confirm", "join");
  await move("P2D");
  for (const [index, letter] of LETTERS.entries()) {
    if (index % 4 === 3) await move("P1D");
    await write(await newest(ADA, letter.to ?? /lesson/), letter);
  }
  // A reading that dies again and again ends among the dead letters; the sweep reads the mail later.
  isFailing = true;
  await write(await newest(BEN, /lesson/), { body: `${SLIP} once more` });
  await move("PT2H");
  isFailing = false;
  await move("PT3H");
  await write(await newest(BEN, /lesson/), { body: "STOP Zanzibarquux" });
  await write(await newest(BEN, /lesson/), { body: "STOP", headers: ["Comments: QX4471"] });
  await lookEverywhere();
  await move("P1D");
  await service.stop();

  const stored = await rows();
  const files = filesIn(folder).filter((path) => !path.includes("/tables/"));
  const kept = files.map((path) => readFileSync(path, "latin1"));
  expect(files.filter((path) => path.includes("/inbound/"))).toEqual([]);
  // What is meant to be kept is found in each place, so the search sees them.
  for (const place of [stored, kept, pages]) expect(holds(place, KEPT).length).toBeGreaterThan(0);
  expect(lines.length).toBeGreaterThan(100);
  expect(lines.some((line) => line.startsWith("receive.details"))).toBe(true);
  expect(lines.some((line) => line.startsWith("queue.failed"))).toBe(true);
  for (const mark of MARKS) {
    for (const place of [stored, kept, pages, lines]) expect(holds(place, mark)).toEqual([]);
  }
  // The envelope's sender is in the notice while that waits in its queue, and nowhere else.
  for (const place of [stored, pages, lines]) expect(holds(place, STRANGER)).toEqual([]);
}, 240_000);
