import { expect, test } from "vitest";
import { acceptInvitation } from "../../functions/confirm/answer-invitation.ts";
import { nameSuccessor } from "../../functions/core/handover.ts";
import type { SendKey } from "../../functions/core/send.ts";
import { type ReceiveOutcome, receiveMail } from "../../functions/receive/receive-mail.ts";
import { changePair } from "../../functions/schedule/change-pair.ts";
import { createTestService, startPair, type TestService } from "../support/service.ts";
import { actOf, mailsTo, START } from "../support/stories.ts";

const COLLEAGUE = { name: "Cal Colleague", email: "cal@harbor.example", agency: "Harbor House" };
const PASS = { spf: "PASS", dkim: "PASS", dmarc: "PASS", spam: "PASS", virus: "PASS" } as const;
let serial = 0;

async function answer(
  service: TestService,
  answered: SendKey,
  from: string,
  body: string,
): Promise<ReceiveOutcome> {
  serial += 1;
  const to = `${service.ports.signer.replyLocalPart(answered)}@${service.ports.settings.replyDomain}`;
  const head = `From: ${from}\r\nTo: ${to}\r\nMessage-ID: <${serial}@partner.example>`;
  const raw = Buffer.from(`${head}\r\nSubject: Re: hello\r\n\r\n${body}\r\n`);
  const archive = { ...service.ports.archive, read: async () => raw };
  const outcome = await receiveMail(
    { ...service.ports, archive },
    {
      messageId: `m${serial}`,
      timestamp: service.now(),
      sender: from,
      recipients: [to],
      verdicts: PASS,
    },
  );
  await service.drain();
  return outcome;
}

/** Ada names a colleague, who takes the seat; the second holder's mails are new ones. */
async function handedOver(): Promise<{ service: TestService; pairId: string }> {
  const service = await createTestService(START);
  const { id: pairId } = await startPair(service);
  await service.advanceTo("2026-10-07T15:00:00.000Z");
  await named(service, pairId);
  const invitee = { owner: pairId, seat: "sp", holder: 2 } as const;
  await acceptInvitation(service.ports, invitee, actOf(service));
  await service.drain();
  return { service, pairId };
}

async function named(service: TestService, pairId: string): Promise<void> {
  const act = actOf(service);
  await changePair(service.ports, pairId, (pair) => nameSuccessor(pair, "sp", COLLEAGUE, act));
  await service.drain();
}

test("a leaver's DONE logs nothing in the seat that is somebody else's now", async () => {
  const { service, pairId } = await handedOver();
  const lesson = { owner: pairId, item: "lesson-01", seat: "sp", holder: 1 } as const;
  expect(await answer(service, lesson, "ada@harbor.example", "DONE")).toBe("unknown-seat");
  const logged = await service.ports.pairs.log(pairId);
  expect(logged.filter(({ seat }) => seat !== "coordinator")).toEqual([]);
});

test("a leaver's STOP stops their own address and leaves the colleague in the seat", async () => {
  const { service, pairId } = await handedOver();
  const lesson = { owner: pairId, item: "lesson-01", seat: "sp", holder: 1 } as const;
  expect(await answer(service, lesson, "ada@harbor.example", "STOP")).toBe("answered");
  const { ledger, signer } = service.ports;
  const stopped = await ledger.suppression(signer.hashAddress("ada@harbor.example"));
  expect(stopped?.stop).toMatchObject({ at: service.now(), lifted: false });
  expect((await service.ports.pairs.read(pairId))?.seats.sp).toMatchObject({
    holder: 2,
    state: { kind: "present" },
  });
  await service.advanceTo("2026-10-14T15:00:00.000Z");
  expect(mailsTo(service, COLLEAGUE.email)).toContain("lesson-02 sp2");
});

test("a colleague who was named and answers STOP gives up the number, and the coordinator is told", async () => {
  const service = await createTestService(START);
  const { id: pairId } = await startPair(service);
  await service.advanceTo("2026-10-07T15:00:00.000Z");
  await named(service, pairId);
  const invitation = { owner: pairId, item: "invitation", seat: "sp", holder: 2 } as const;
  await answer(service, invitation, COLLEAGUE.email, "STOP");
  const pair = await service.ports.pairs.read(pairId);
  expect(pair?.seats.sp.successor).toBeUndefined();
  expect(pair?.seats.sp.state.kind).toBe("present");
  expect(mailsTo(service, "coordinator@common-ground.example")).toEqual([
    "notice-declined-successor coordinator1",
  ]);
});

test("coming back while the partner is away too says that the series still waits", async () => {
  const service = await createTestService(START);
  const { id: pairId } = await startPair(service);
  await service.advanceTo("2026-10-07T15:00:00.000Z");
  const lessonOf = (seat: "sp" | "le") => ({ owner: pairId, item: "lesson-01", seat, holder: 1 });
  await answer(service, lessonOf("sp"), "ada@harbor.example", "PAUSE");
  await answer(service, lessonOf("le"), "ben@police.example", "PAUSE");
  await answer(service, lessonOf("sp"), "ada@harbor.example", "RESUME");
  const mails = service.mails.filter(({ to }) => to === "ada@harbor.example");
  const source = Buffer.from(mails.at(-1)?.raw ?? "").toString("utf8");
  expect(source).toContain("The lessons still wait");
  expect((await service.ports.pairs.read(pairId))?.hold).toBeDefined();
});
