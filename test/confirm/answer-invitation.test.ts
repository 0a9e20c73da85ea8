import { describe, expect, test } from "vitest";
import { acceptInvitation, viewInvitation } from "../../functions/confirm/answer-invitation.ts";
import { nameSuccessor } from "../../functions/core/handover.ts";
import { addDays, localDay, plusDays, plusMinutes } from "../../functions/core/instant.ts";
import { readMailEvent } from "../../functions/feedback/mail-event.ts";
import { settleEvent } from "../../functions/feedback/settle-event.ts";
import { changePair } from "../../functions/schedule/change-pair.ts";
import { eventOf, lastMailTo, tell } from "../support/ses-events.ts";
import {
  actOf,
  consentsOf,
  dyingAtThePair,
  invited,
  inviteeOf,
  mailsOf,
  mailsTo,
  newestPairOf,
  read,
  running,
  START,
  sayNo,
  sayYes,
  signedUp,
  signUp,
} from "../support/stories.ts";

const ADA = "ada@harbor.example";
const BEN = "ben@police.example";
const CARA = { name: "Cara Provider", email: "cara@harbor.example", agency: "Harbor House" };

describe("the signer's yes", () => {
  test("invites the partner, and saying it again says it was said", async () => {
    const { service, pair } = await signedUp();
    expect((await sayYes(service, pair, "sp")).kind).toBe("confirmed");
    expect((await sayYes(service, pair, "sp")).kind).toBe("confirmed");
    expect(mailsOf(service)).toEqual(["invitation sp1", "invitation le1"]);
  });

  test("is asked for before the partner's: the partner cannot start a course alone", async () => {
    const { service, pair } = await signedUp();
    await sayYes(service, pair, "le");
    expect((await read(service, pair.id)).state.kind).toBe("pending");
    expect(mailsTo(service, BEN)).toEqual([]);
  });
});

describe("the partner's yes", () => {
  test("starts the pair once, with one welcome each", async () => {
    const { service, pair } = await invited();
    await sayYes(service, pair, "le");
    await sayYes(service, pair, "le");
    expect((await read(service, pair.id)).state).toEqual({ kind: "active", startedAt: START });
    expect(mailsOf(service, /welcome/)).toEqual(["welcome sp1", "welcome le1"]);
  });

  test("works whichever side signed up", async () => {
    const { service, pair, partner } = await invited({
      role: "law_enforcement",
      email: BEN,
      partnerEmail: ADA,
    });
    expect(partner).toBe("sp");
    await sayYes(service, pair, partner);
    expect((await read(service, pair.id)).state.kind).toBe("active");
  });
});

describe("a yes from an address that complained of the invitation, which the service may not write to", () => {
  test("starts the pair on hold, and the coordinator is told: nobody waits for lessons that never come", async () => {
    const { service, pair } = await invited();
    await tell(service, lastMailTo(service, BEN), "Complaint");
    expect((await sayYes(service, pair, "le")).kind).toBe("confirmed");
    const { state, seats, hold } = await read(service, pair.id);
    expect([state.kind, seats.le.state.kind, hold !== undefined]).toEqual([
      "active",
      "unreachable",
      true,
    ]);
    expect(mailsOf(service).slice(-2).toSorted()).toEqual([
      "notice-on-hold sp1",
      "notice-seat-check coordinator1",
    ]);
    expect(mailsTo(service, BEN)).toEqual(["invitation le1"]);
  });

  test("whose complaint is told of in the same second is found out when the pair is looked at next", async () => {
    const { service, pair } = await running();
    const address = service.ports.signer.hashAddress(BEN);
    await service.ports.ledger.suppress(address, "complaint", { at: START, lifted: false });
    await service.advanceTo(plusDays(START, 15));
    expect((await read(service, pair.id)).seats.le.state.kind).toBe("unreachable");
    expect(mailsOf(service)).toContain("notice-seat-check coordinator1");
  });

  test("is told of once, although the process that read of the complaint died at the pair", async () => {
    const { service, pair } = await running();
    const complaint = readMailEvent(eventOf(lastMailTo(service, BEN), "Complaint", service.now()));
    const dying = { ...service.ports, ...dyingAtThePair(service.ports) };
    await expect(settleEvent(dying, complaint)).rejects.toThrow("the process ends here");
    await service.advanceTo(plusDays(START, 15));
    expect((await read(service, pair.id)).seats.le.state.kind).toBe("unreachable");
    for (const mail of ["notice-seat-check coordinator1", "notice-on-hold sp1"])
      expect(mailsOf(service).filter((sent) => sent === mail)).toHaveLength(1);
  });
});

describe("a no", () => {
  test("of the partner ends the pair, and keeps invitations by others away for 90 days", async () => {
    const { service, pair } = await invited();
    expect(await sayNo(service, pair, "le")).toBe("declined");
    expect(mailsOf(service).at(-1)).toBe("notice-not-taken-up sp1");
    const other = await signUp(service, { email: "dana@harbor.example" });
    await sayYes(service, other, "sp");
    await service.advanceTo(plusDays(START, 3));
    expect(mailsTo(service, BEN)).toEqual(["invitation le1"]);
    await service.advanceTo(plusDays(START, 91));
    const later = await signUp(service, { email: "eve@harbor.example" });
    await sayYes(service, later, "sp");
    expect(mailsTo(service, BEN).slice(1)).toEqual(["invitation le1"]);
  });

  test("of the partner ends the pair although the clock that took the signer's yes ran ahead", async () => {
    const { service, pair, signer, partner } = await invited();
    const own = { pairId: pair.id, seat: signer, holder: 1 };
    const ahead = plusMinutes(service.now(), 5);
    await service.ports.ledger.changeConsent(own, (given) => ({ ...given, at: ahead }));
    expect(await sayNo(service, pair, partner)).toBe("declined");
    expect((await read(service, pair.id)).state).toMatchObject({ reason: "not-taken-up" });
    expect(await consentsOf(service, pair.id)).toEqual(["le1 declined", "sp1 ended"]);
  });

  test("of the signer ends it without keeping anything away from them", async () => {
    const { service, pair } = await signedUp();
    await sayNo(service, pair, "sp");
    const address = service.ports.signer.hashAddress(ADA);
    expect(await service.ports.ledger.suppression(address)).toBeUndefined();
    expect(mailsOf(service)).toEqual(["invitation sp1"]);
  });

  test("after a yes, or said twice, is over", async () => {
    const { service, pair } = await running();
    expect(await sayNo(service, pair, "le")).toBe("over");
    expect((await read(service, pair.id)).state.kind).toBe("active");
    const other = await invited();
    await sayNo(other.service, other.pair, "le");
    expect(await sayNo(other.service, other.pair, "le")).toBe("over");
  });
});

describe("an invitation that ran out", () => {
  test("of the signer: reminded on day 4, over after 14 days, and every name is deleted", async () => {
    const { service, pair } = await signedUp();
    await service.advanceTo(plusDays(START, 13));
    expect(mailsOf(service)).toEqual(["invitation sp1", "reminder sp1"]);
    expect(localDay(service.mails[1]?.at ?? "", "America/New_York")).toBe(addDays("2026-10-05", 4));
    await service.advanceTo(plusDays(START, 15));
    expect((await sayYes(service, pair, "sp")).kind).toBe("over");
    const ended = await read(service, pair.id);
    expect(ended.state).toMatchObject({ kind: "ended", reason: "not-confirmed" });
    expect([ended.seats.sp.email, ended.seats.le.email]).toEqual(["", ""]);
    expect(mailsOf(service)).toHaveLength(2);
  });

  test("of the partner: reminded once, 30 days, then the signer hears that it was not taken up", async () => {
    const { service, pair } = await invited();
    await service.advanceTo(plusDays(START, 29));
    expect(mailsTo(service, BEN)).toEqual(["invitation le1", "reminder le1"]);
    expect((await viewInvitation(service.ports, inviteeOf(pair, "le"))).kind).toBe("open");
    await service.advanceTo(plusDays(START, 31));
    expect((await sayYes(service, pair, "le")).kind).toBe("over");
    expect(mailsOf(service).at(-1)).toBe("notice-not-taken-up sp1");
    expect((await read(service, pair.id)).seats.le).toMatchObject({ name: "", email: "" });
  });

  test("leaves the address free for another pair, with nothing that leads to the old one", async () => {
    const { service, pair } = await invited();
    await service.advanceTo(plusDays(START, 31));
    const { hashAddress } = service.ports.signer;
    expect(await service.ports.pairs.pairsOf(hashAddress(BEN))).toEqual([]);
    await service.advanceTo(plusDays(START, 31 + 91));
    expect(await service.ports.pairs.pairsOf(hashAddress(ADA))).toEqual([]);
    expect((await read(service, pair.id)).seats.sp).toMatchObject({ name: "", email: "" });
  });
});

describe("one person in several pairs", () => {
  test("may be in three; a fourth invitation says so on the page and starts nothing", async () => {
    const { service } = await running();
    for (const email of ["dana@harbor.example", "eve@harbor.example"]) {
      const pair = await signUp(service, { email });
      await sayYes(service, pair, "sp");
      expect((await sayYes(service, pair, "le")).kind).toBe("confirmed");
    }
    const fourth = await signUp(service, { email: "fay@harbor.example" });
    await sayYes(service, fourth, "sp");
    expect((await sayYes(service, fourth, "le")).kind).toBe("full");
    expect((await read(service, fourth.id)).state.kind).toBe("pending");
    expect(await sayNo(service, fourth, "le")).toBe("declined");
  });

  test("counts only seats that confirmed", async () => {
    const { service, pair } = await invited();
    for (const email of ["dana@harbor.example", "eve@harbor.example", "fay@harbor.example"]) {
      const other = await signUp(service, { email });
      await sayYes(service, other, "sp");
    }
    expect((await sayYes(service, pair, "le")).kind).toBe("confirmed");
  });
});

describe("holder numbers", () => {
  test("an answer under a number that nobody holds is over and changes nothing", async () => {
    const { service, pair } = await invited();
    for (const holder of [0, 2, 99]) {
      const stranger = { ...inviteeOf(pair, "le"), holder };
      const state = await acceptInvitation(service.ports, stranger, actOf(service));
      expect(state.kind).toBe("over");
    }
    expect(await consentsOf(service, pair.id)).toEqual(["le1 invited", "sp1 given"]);
  });

  test("an answer to a pair there is not is over", async () => {
    const { service, pair } = await invited();
    const nowhere = { ...inviteeOf(pair, "le"), owner: "zzzzzzzzzzzzzzzz" };
    expect((await viewInvitation(service.ports, nowhere)).kind).toBe("over");
  });

  test("a colleague takes the seat under the next one, and the leaver's link is over", async () => {
    const { service, pair } = await running();
    await changePair(service.ports, pair.id, (stored) =>
      nameSuccessor(stored, "sp", CARA, actOf(service)),
    );
    await service.drain();
    expect(mailsTo(service, CARA.email)).toEqual(["invitation sp2"]);
    const colleague = { owner: pair.id, seat: "sp", holder: 2 } as const;
    expect((await acceptInvitation(service.ports, colleague, actOf(service))).kind).toBe(
      "confirmed",
    );
    await service.drain();
    expect(await consentsOf(service, pair.id)).toEqual(["le1 given", "sp1 left", "sp2 given"]);
    const leaver = { owner: pair.id, seat: "sp", holder: 1 } as const;
    expect((await viewInvitation(service.ports, leaver)).kind).toBe("over");
    expect((await newestPairOf(service, CARA.email)).id).toBe(pair.id);
    await service.advanceTo(plusDays(START, 9));
    expect(mailsTo(service, CARA.email).filter((mail) => /lesson/.test(mail))).not.toEqual([]);
    expect(mailsTo(service, ADA).filter((mail) => /lesson/.test(mail))).toEqual([]);
  });

  test("a colleague who does not answer spends the number, and the coordinator is told", async () => {
    const { service, pair } = await running();
    await changePair(service.ports, pair.id, (stored) =>
      nameSuccessor(stored, "sp", CARA, actOf(service)),
    );
    await service.advanceTo(plusDays(START, 32));
    const colleague = { owner: pair.id, seat: "sp", holder: 2 } as const;
    expect((await acceptInvitation(service.ports, colleague, actOf(service))).kind).toBe("over");
    expect(mailsOf(service)).toContain("notice-declined-successor coordinator1");
    expect((await read(service, pair.id)).seats.sp).toMatchObject({ holder: 1, holdersSpent: 2 });
  });
});
