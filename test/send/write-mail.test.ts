import { expect, test } from "vitest";
import { type CompiledMail, LABELS_MAIL } from "../../emails/compiled.ts";
import { MAIL_KINDS } from "../../functions/core/course.ts";
import type { Facts, Send } from "../../functions/core/send.ts";
import { findRecipient } from "../../functions/send/find-recipient.ts";
import { FOR_COORDINATORS } from "../../functions/send/sample-mail.ts";
import { writeMail } from "../../functions/send/write-mail.ts";
import { compiledCourse, createTestService, startPair } from "../support/service.ts";

const { mails, outline } = compiledCourse();
const mailIds = mails.map(({ mail }) => mail).filter((mail) => mail !== LABELS_MAIL);

const FACTS: Facts = {
  logged: [{ kind: "meet-informally", on: "2026-10-06", assumed: true }],
  guesses: [{ kind: "intro-call", on: "2026-10-05" }],
  recheck: "intro-call",
  until: "2026-12-01",
  days: 7,
  withMeet: true,
  about: "le",
};

async function writtenTo(seat: Send["seat"], mail: string): Promise<string> {
  const service = await createTestService("2026-10-05T15:00:00.000Z");
  const pair = await startPair(service);
  const kind = compiledKind(mail);
  const send: Send = {
    owner: mail === "sign-in-coordinator" ? "cohort-demo" : pair.id,
    item: mail.startsWith("lesson") ? mail : `${kind}-0000000000000001`,
    seat,
    holder: 1,
    kind,
    mail,
    edition: outline.edition,
    locale: "en",
    facts: FACTS,
    plannedAt: service.now(),
    plannedFor: service.now(),
    state: "claimed",
    unresolved: 0,
    version: 1,
  };
  const addressed = await findRecipient(service.ports, send);
  if (addressed === undefined) throw new Error("nobody to write to");
  return Buffer.from((await writeMail(service.ports, addressed)).raw).toString("utf8");
}

function compiledKind(mail: string): Send["kind"] {
  const found = mails.find((record) => record.mail === mail)?.content as CompiledMail;
  return MAIL_KINDS.find((kind) => kind === found.kind) ?? "notice";
}

test.each(mailIds)(
  "%s can be written to everybody it is for, with no slot left open",
  async (mail) => {
    const seats = FOR_COORDINATORS.test(mail)
      ? (["coordinator"] as const)
      : (["sp", "le"] as const);
    for (const seat of seats) {
      const raw = await writtenTo(seat, mail);
      expect(raw).toContain("Subject: ");
      expect(raw).not.toMatch(/\{\{|undefined|\[object/);
    }
  },
);

test("there is a mail of every kind", () => {
  const kinds = new Set(mailIds.map(compiledKind));
  expect([...MAIL_KINDS].filter((kind) => !kinds.has(kind))).toEqual([]);
});
