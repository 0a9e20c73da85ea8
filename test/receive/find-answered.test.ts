import { expect, test } from "vitest";
import { createInbox, mailTo, type ReplyMail, replyTo } from "../support/replies.ts";
import type { TestMail } from "../support/service.ts";
import { mailsTo, running } from "../support/stories.ts";

const ADA = "ada@harbor.example";
const MANGLED = "course@reply.common-ground.example";

/** Two lessons have gone out; replies come to an address in the reply domain that holds no token. */
async function afterTwoLessons() {
  const { service, pair } = await running();
  await service.advanceTo("2026-10-13T16:00:00.000Z");
  const [first, second] = [mailTo(service, ADA, /lesson-01/), mailTo(service, ADA, /lesson-02/)];
  const inbox = createInbox();
  const reply = (mail: Partial<ReplyMail>) =>
    replyTo(service, inbox, first, { body: "DONE", recipients: [MANGLED], ...mail });
  const logged = async () =>
    (await service.ports.pairs.log(pair.id)).map(({ kind, seat }) => `${kind} ${seat}`);
  return { service, inbox, first, second, reply, logged };
}

function idOf({ sesId }: TestMail, domain = "email.amazonses.com"): string {
  return `<${sesId}@${domain}>`;
}

test("a mail without a token answers the mail that In-Reply-To names", async () => {
  const { reply, logged, second } = await afterTwoLessons();
  expect(await reply({ headers: [`In-Reply-To: ${idOf(second)}`] })).toBe("answered");
  expect(await logged()).toEqual(["role-map sp"]);
});

test("else the nearest of its References, in whichever region SES named it", async () => {
  const { reply, logged, first, second } = await afterTwoLessons();
  const thread = [idOf(first), idOf(second, "eu-west-1.amazonses.com"), "<x@harbor.example>"];
  const headers = ["In-Reply-To: <x@harbor.example>", `References: ${thread.join("\r\n ")}`];
  expect(await reply({ headers })).toBe("answered");
  expect(await logged()).toEqual(["role-map sp"]);
});

test("a thread is followed ten mails back, and no further", async () => {
  const { reply, first } = await afterTwoLessons();
  const later = (count: number) => Array.from({ length: count }, (_, at) => `<${at}@a.example>`);
  const referring = (ids: readonly string[]) => [
    "In-Reply-To: <9@b.example>",
    `References: ${ids.join(" ")}`,
  ];
  expect(await reply({ headers: referring([idOf(first), ...later(10)]) })).toBe("no-token");
  expect(await reply({ headers: referring([idOf(first), ...later(9)]) })).toBe("answered");
});

test("a token in the envelope decides, whatever the thread says", async () => {
  const { service, reply, logged, first, second } = await afterTwoLessons();
  const address = /<(r-[^>]+)>/.exec(Buffer.from(first.raw).toString("latin1"))?.[1] ?? "";
  const recipients = [MANGLED, address];
  await reply({ recipients, headers: [`In-Reply-To: ${idOf(second)}`] });
  expect(await logged()).toEqual(["intro-call sp"]);
  expect(mailsTo(service, ADA).filter((mail) => mail.startsWith("receipt"))).toHaveLength(1);
});

test("for an address that sits in no pair nothing is looked up, and nobody is told anything", async () => {
  const { service, inbox, reply, first, logged } = await afterTwoLessons();
  const before = service.mails.length;
  const headers = [`In-Reply-To: ${idOf(first)}`];
  expect(await reply({ from: "someone@elsewhere.example", headers })).toBe("no-token");
  expect(await reply({ from: "someone@elsewhere.example", headers, body: "STOP" })).toBe(
    "no-token",
  );
  expect([await logged(), service.mails.length, inbox.stored.size]).toEqual([[], before, 0]);
});

test("somebody who only pretends to be the seat's owner logs nothing: the owner is asked", async () => {
  const { service, reply, first, logged } = await afterTwoLessons();
  const verdicts = { dmarc: "FAIL" } as const;
  expect(await reply({ headers: [`In-Reply-To: ${idOf(first)}`], verdicts })).toBe("answered");
  expect(await logged()).toEqual([]);
  expect(mailsTo(service, ADA).at(-1)).toBe("notice-was-it-you sp1");
});

test("the partner who answers a mail that was forwarded to them logs nothing for the other seat", async () => {
  const { service, reply, first, logged } = await afterTwoLessons();
  const headers = [`In-Reply-To: ${idOf(first)}`];
  expect(await reply({ from: "ben@police.example", headers })).toBe("answered");
  expect(await logged()).toEqual([]);
  expect(mailsTo(service, ADA).at(-1)).toBe("notice-was-it-you sp1");
});

test("ids that SES did not give, or not to a mail of theirs, name nothing", async () => {
  const { reply, first } = await afterTwoLessons();
  const foreign = [
    idOf(first, "evil-amazonses.com"),
    idOf(first, "email.amazonses.com.evil.example"),
    "<ses-999999@email.amazonses.com>",
    "<no-id>",
  ];
  for (const id of foreign) {
    expect(await reply({ headers: [`In-Reply-To: ${id}`] })).toBe("no-token");
  }
});

test("mail to another domain than the one for replies is none of ours", async () => {
  const { reply, first } = await afterTwoLessons();
  const headers = [`In-Reply-To: ${idOf(first)}`];
  expect(await reply({ recipients: ["course@elsewhere.example"], headers })).toBe("no-token");
});
