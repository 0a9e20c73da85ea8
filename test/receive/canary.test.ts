import { expect, test } from "vitest";
import type { Ports } from "../../functions/ports.ts";
import { createInbox, mailTo, type ReplyMail, replyTo } from "../support/replies.ts";
import type { TestService } from "../support/service.ts";
import { running } from "../support/stories.ts";

const WORD = "Zanzibarquux";
const ADA = "ada@harbor.example";
const STRANGER = "wanderer@elsewhere.example";

const REPLIES: readonly ReplyMail[] = [
  { body: `DONE, ${WORD} was there` },
  { body: `We met on Monday at ${WORD} with client ${WORD}, case 23-1104` },
  { body: `not yet, ${WORD} is ill` },
  { body: `Please tell her that ${WORD} cannot come` },
  { body: `What does ${WORD} mean?` },
  { body: `FIX it was ${WORD}`, subject: `${WORD} again` },
  { body: `DONE ${WORD}`, from: STRANGER },
  { body: `PAUSE 2 weeks because of ${WORD}` },
  { body: `away: ${WORD}`, headers: ["Auto-Submitted: auto-replied"] },
  { body: `STOP ${WORD}` },
  { body: "STOP", subject: WORD },
];

/** Everything that is handed to a table, a queue or the log, as text. */
function recorded(ports: Ports, lines: string[]): Ports {
  const record = <Port extends object>(port: Port): Port =>
    Object.fromEntries(
      Object.entries(port).map(([name, method]) => [
        name,
        (...values: readonly unknown[]) => {
          lines.push(`${name} ${JSON.stringify(values)}`);
          return method(...values);
        },
      ]),
    ) as Port;
  return {
    ...ports,
    pairs: record(ports.pairs),
    ledger: record(ports.ledger),
    limits: record(ports.limits),
    queues: record(ports.queues),
    log: record(ports.log),
  };
}

function sentText(service: TestService): string {
  return service.mails
    .map(({ raw }) => Buffer.from(raw).toString("latin1").replaceAll("=\r\n", ""))
    .join("\n");
}

test("no word of a reply is kept, logged, queued or sent to anybody, whatever it says", async () => {
  const { service } = await running();
  await service.advanceTo("2026-10-06T16:00:00.000Z");
  const lines: string[] = [];
  const ports = recorded(service.ports, lines);
  const inbox = createInbox();
  for (const reply of REPLIES) {
    await replyTo(service, inbox, mailTo(service, ADA, /lesson-01/), reply, ports);
  }
  await service.advanceTo("2026-12-30T00:00:00.000Z");
  expect(lines.length).toBeGreaterThan(50);
  expect(lines.filter((line) => line.toLowerCase().includes(WORD.toLowerCase()))).toEqual([]);
  expect(service.log.filter((line) => line.toLowerCase().includes(WORD.toLowerCase()))).toEqual([]);
  expect(sentText(service).toLowerCase()).not.toContain(WORD.toLowerCase());
  expect(inbox.stored.size).toBe(0);
});

test("the address of somebody else who wrote is kept only as a hash, and logged nowhere", async () => {
  const { service } = await running();
  await service.advanceTo("2026-10-06T16:00:00.000Z");
  const lines: string[] = [];
  const ports = recorded(service.ports, lines);
  const reply = { body: "DONE", from: STRANGER };
  await replyTo(service, createInbox(), mailTo(service, ADA, /lesson-01/), reply, ports);
  expect(lines.filter((line) => line.includes(STRANGER))).toEqual([]);
  expect(service.log.filter((line) => line.includes(STRANGER))).toEqual([]);
  expect(lines.some((line) => line.includes(service.ports.signer.hashAddress(STRANGER)))).toBe(
    true,
  );
});

test("the log names neither people nor addresses, whatever happens in a course", async () => {
  const { service } = await running();
  await service.advanceTo("2027-06-30T00:00:00.000Z");
  expect(service.log.length).toBeGreaterThan(100);
  const people = /ada|ben|harbor|police|provider|officer|@/i;
  expect(service.log.filter((line) => people.test(line))).toEqual([]);
});
