import { describe, expect, test } from "vitest";
import { isSuppressed } from "../../functions/core/consent.ts";
import { acceptSeat, nameSuccessor } from "../../functions/core/handover.ts";
import { plusDays } from "../../functions/core/instant.ts";
import type { SeatId } from "../../functions/core/pair.ts";
import { readMailEvent } from "../../functions/feedback/mail-event.ts";
import { settleEvent } from "../../functions/feedback/settle-event.ts";
import { liftAddress } from "../../functions/partner/stop-address.ts";
import { changePair } from "../../functions/schedule/change-pair.ts";
import type { TestMail, TestService } from "../support/service.ts";
import { afterFirstLesson, eventOf, lastMailTo, tell } from "../support/ses-events.ts";
import {
  actOf,
  invited,
  mailsOf,
  mailsTo,
  read,
  running,
  START,
  sayYes,
  signUp,
} from "../support/stories.ts";

const ADA = "ada@harbor.example";
const BEN = "ben@police.example";
const CARA = "cara@harbor.example";
async function stateOf(service: TestService, mail: TestMail) {
  const [owner = "", item = "", place = ""] = mail.sendId.split("_");
  const seat = place.slice(0, 2) as SeatId;
  return service.ports.ledger.read({ owner, item, seat, holder: Number(place.slice(2)) });
}

describe("events about one mail", () => {
  test("settle a mail whose answer was lost, so that it is never sent again", async () => {
    const { service } = await running();
    service.answerWith(() => ({ kind: "unknown" }));
    await service.advanceTo("2026-10-06T16:00:00.000Z");
    service.answerWith(undefined);
    const [key] = await service.ports.ledger.list((await service.pair()).id, "lesson-01");
    if (key === undefined) throw new Error("the first lesson is planned");
    const welcome = lastMailTo(service, ADA);
    const sendId = `${key.owner}_lesson-01_${key.seat}1`;
    await tell(service, { ...welcome, sendId, sesId: "ses-lost" }, "Send");
    await service.advanceTo("2026-10-09T16:00:00.000Z");
    expect((await service.ports.ledger.read(key))?.state).toBe("sent");
    expect(mailsOf(service).filter((mail) => mail === `lesson-01 ${key.seat}1`)).toEqual([]);
  });

  test("count a second Send under another id as the residual case, which is alarmed", async () => {
    const { service, lesson } = await afterFirstLesson();
    await tell(service, lesson, "Send");
    expect(service.log.filter((line) => line.startsWith("ERROR"))).toEqual([]);
    await tell(service, { ...lesson, sesId: "ses-other" }, "Send");
    expect(
      service.log.filter((line) => line.startsWith("ERROR feedback.second-send")),
    ).toHaveLength(1);
    await tell(service, { ...lesson, sesId: "ses-other" }, "Delivery");
    expect(service.log.filter((line) => line.startsWith("ERROR"))).toHaveLength(1);
  });

  test("bring back no row that is not there, and are nothing without our tag", async () => {
    const { service, lesson } = await afterFirstLesson();
    const gone = { ...lesson, sendId: lesson.sendId.replace("lesson-01", "lesson-09") };
    expect(await tell(service, gone, "Bounce")).toBe("not-ours");
    expect(await stateOf(service, gone)).toBeUndefined();
    expect(await tell(service, { ...lesson, sendId: "somebody-else" }, "Bounce")).toBe("not-ours");
    const { tags: _, ...untagged } = eventOf(lesson, "Bounce", START).mail;
    const foreign = { ...eventOf(lesson, "Bounce", START), mail: untagged };
    expect(await settleEvent(service.ports, readMailEvent(foreign))).toBe("not-ours");
  });

  test("of a kind nobody knows are refused, so that the queue keeps them for a person", () => {
    const { lesson } = { lesson: { messageId: "1", timestamp: START } };
    expect(() => readMailEvent({ eventType: "Open", mail: lesson })).toThrow();
    expect(() => readMailEvent({ eventType: "Bounce" })).toThrow();
    expect(() => readMailEvent("not json")).toThrow();
  });
});

describe.each(["Bounce", "Complaint"] as const)("after a %s", (type) => {
  test("nothing more goes to that person, and the partner hears only that lessons wait", async () => {
    const { service, pair, lesson } = await afterFirstLesson();
    await tell(service, lesson, type);
    const before = mailsTo(service, ADA);
    expect(mailsTo(service, BEN).at(-1)).toBe("notice-on-hold le1");
    expect(mailsOf(service).at(-1)).toBe("notice-seat-check coordinator1");
    await service.advanceTo(plusDays(START, 40));
    expect(mailsTo(service, ADA)).toEqual(before);
    expect(mailsTo(service, BEN).filter((mail) => /lesson|nudge/.test(mail))).toEqual([
      "lesson-01 le1",
    ]);
    expect((await read(service, pair.id)).seats.sp.state.kind).toBe("unreachable");
  });

  test("the person's other pairs wait too, instead of sending lessons into the void", async () => {
    const { service } = await running();
    const other = await signUp(service, { partnerEmail: "dana@police.example" });
    await sayYes(service, other, "sp");
    await sayYes(service, other, "le");
    await service.advanceTo("2026-10-06T16:00:00.000Z");
    const lesson = service.mails.find(
      ({ sendId }) => sendId.startsWith(other.id) && /lesson-01_sp1/.test(sendId),
    );
    if (lesson === undefined) throw new Error("the first lesson went out");
    await tell(service, lesson, type);
    expect(mailsTo(service, BEN).at(-1)).toBe("notice-on-hold le1");
    expect((await service.pair()).hold).toBeDefined();
  });

  test("an invitation elsewhere just runs out", async () => {
    const { service, lesson } = await afterFirstLesson();
    const other = await signUp(service, { partnerEmail: "dana@police.example" });
    await tell(service, lesson, type);
    expect(await read(service, other.id)).toEqual(other);
  });

  test("an old event told again does not undo a later lift", async () => {
    const { service, pair, lesson } = await afterFirstLesson();
    const at = service.now();
    await tell(service, lesson, type, { at });
    await service.advanceTo(plusDays(at, 1));
    const address = service.ports.signer.hashAddress(ADA);
    const ground = type === "Bounce" ? "bounce" : "complaint";
    await service.ports.ledger.suppress(address, ground, { at: service.now(), lifted: true });
    const holder = { pairId: pair.id, seat: "sp", holder: 1 } as const;
    await liftAddress(service.ports, holder, actOf(service));
    await tell(service, lesson, type, { at });
    expect((await read(service, pair.id)).seats.sp.state.kind).toBe("present");
  });
});

test("START from the address lifts a bounce, but not a complaint: the seat stays empty", async () => {
  for (const [type, kind] of [
    ["Bounce", "present"],
    ["Complaint", "unreachable"],
  ] as const) {
    const { service, pair, lesson } = await afterFirstLesson();
    await tell(service, lesson, type);
    await service.advanceTo(plusDays(START, 2));
    const holder = { pairId: pair.id, seat: "sp", holder: 1 } as const;
    await liftAddress(service.ports, holder, actOf(service));
    expect((await read(service, pair.id)).seats.sp.state.kind).toBe(kind);
  }
});

describe("while the pair is pending", () => {
  test("a bounce of the invitation asks the signer to check the address", async () => {
    const { service, pair } = await invited();
    await tell(service, lastMailTo(service, BEN), "Bounce");
    expect(mailsTo(service, ADA).at(-1)).toBe("notice-check-address sp1");
    expect((await read(service, pair.id)).state.kind).toBe("pending");
  });

  test("a complaint of the invited partner tells the signer no more than silence would", async () => {
    const { service } = await invited();
    await tell(service, lastMailTo(service, BEN), "Complaint");
    await service.advanceTo(plusDays(START, 31));
    expect(mailsTo(service, ADA)).toEqual(["invitation sp1", "notice-not-taken-up sp1"]);
    expect(mailsTo(service, BEN)).toEqual(["invitation le1"]);
  });

  test("a bounce of the signer's own address ends it", async () => {
    const { service, pair } = await invited();
    await tell(service, lastMailTo(service, ADA), "Bounce");
    expect((await read(service, pair.id)).state).toMatchObject({ reason: "address-failed" });
  });
});

/** A hand-over after the first lesson: from Ada to a colleague. */
async function handedOver() {
  const { service, pair, lesson } = await afterFirstLesson();
  await nameCara(service, pair.id);
  await changePair(service.ports, pair.id, (stored) => acceptSeat(stored, "sp", 2, actOf(service)));
  await service.drain();
  return { service, pair, lesson };
}

async function nameCara(service: TestService, pairId: string): Promise<void> {
  const cara = { name: "Cara", email: CARA, agency: "Harbor House" };
  await changePair(service.ports, pairId, (stored) =>
    nameSuccessor(stored, "sp", cara, actOf(service)),
  );
}

test("an event about the leaver's mail touches neither the successor nor the pair", async () => {
  const { service, pair, lesson } = await handedOver();
  const before = await read(service, pair.id);
  await tell(service, lesson, "Bounce");
  await tell(service, lesson, "Complaint");
  expect(await read(service, pair.id)).toEqual(before);
  await service.advanceTo(plusDays(START, 9));
  expect(mailsTo(service, CARA)).toContain("lesson-02 sp2");
  expect((await stateOf(service, lesson))?.state).toBe("complained");
});

test("an event about the successor's mail stops the successor's address and not the leaver's", async () => {
  const { service, pair } = await handedOver();
  await tell(service, lastMailTo(service, CARA), "Bounce");
  expect((await read(service, pair.id)).seats.sp.state.kind).toBe("unreachable");
  const isStopped = async (email: string) => {
    const address = service.ports.signer.hashAddress(email);
    return isSuppressed(await service.ports.ledger.suppression(address));
  };
  expect([await isStopped(CARA), await isStopped(ADA)]).toEqual([true, false]);
});

test("a coordinator's mail that bounces stops no pair, and one that arrives counts for no seat", async () => {
  const { service, pair } = await running();
  await nameCara(service, pair.id);
  await service.advanceTo(plusDays(START, 32));
  const mail = lastMailTo(service, "coordinator@common-ground.example");
  const before = await read(service, pair.id);
  const transient = { bounceType: "Transient" };
  expect(await tell(service, mail, "Bounce", transient)).toBe("unchanged");
  expect(await tell(service, mail, "Delivery")).toBe("settled");
  expect(await tell(service, mail, "Bounce")).toBe("settled");
  expect(await read(service, pair.id)).toEqual(before);
});
