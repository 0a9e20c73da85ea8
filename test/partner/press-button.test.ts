import { describe, expect, test } from "vitest";
import type { ActionKind } from "../../functions/core/action.ts";
import { acceptSeat, nameSuccessor } from "../../functions/core/handover.ts";
import { addDays, localDay, plusDays } from "../../functions/core/instant.ts";
import type { LoggedFact, Send } from "../../functions/core/send.ts";
import {
  acceptAddress,
  logGuess,
  pressControl,
  undoReceipt,
} from "../../functions/partner/press-button.ts";
import { stopAddress } from "../../functions/partner/stop-address.ts";
import type { LinkClaims } from "../../functions/ports.ts";
import { changePair } from "../../functions/schedule/change-pair.ts";
import { entryOf, sendOf } from "../support/builders.ts";
import { compiledCourse, type TestService } from "../support/service.ts";
import { actOf, mailsTo, read, running, START, sayYes, signUp } from "../support/stories.ts";

const ADA = "ada@harbor.example";
const BEN = "ben@police.example";
const TODAY = "2026-10-05";
const REPLY = "1111111111111111";

function claimsOf(owner: string, item = "lesson-01", holder = 1): LinkClaims {
  return { purpose: "weak", owner, item, seat: "sp", holder, expires: 2_000_000_000 };
}

async function started() {
  const { service, pair } = await running();
  return { service, pair, claims: claimsOf(pair.id) };
}

/** A mail in the ledger, as a link's token names it. */
async function planned(service: TestService, pairId: string, changes: Partial<Send>) {
  const send = sendOf({
    owner: pairId,
    edition: compiledCourse().outline.edition,
    kind: "receipt",
    ...changes,
  });
  await service.ports.ledger.plan(send);
  return claimsOf(pairId, send.item);
}

async function handOver(service: TestService, pairId: string): Promise<void> {
  const cara = { name: "Cara", email: "cara@harbor.example", agency: "Harbor House" };
  await changePair(service.ports, pairId, (pair) =>
    nameSuccessor(pair, "sp", cara, actOf(service)),
  );
  await changePair(service.ports, pairId, (pair) => acceptSeat(pair, "sp", 2, actOf(service)));
  await service.drain();
}

async function loggedBy(service: TestService, pairId: string): Promise<readonly string[]> {
  const entries = await service.ports.pairs.log(pairId);
  // A hand-over asks for a review by itself, which no partner logged.
  const reported = entries.filter(({ seat }) => seat !== "coordinator");
  return reported.map(
    ({ kind, on, undoneAt }) => `${kind} ${on}${undoneAt === undefined ? "" : " undone"}`,
  );
}

describe("the buttons behind a mailed link", () => {
  test("LATER holds back follow-ups for a week; pressed again it says so", async () => {
    const { service, pair, claims } = await started();
    expect(await pressControl(service.ports, claims, "later")).toBe("done");
    expect((await read(service, pair.id)).seats.sp.snoozedUntil).toBe(addDays(TODAY, 7));
    expect(await pressControl(service.ports, claims, "later")).toBe("already");
  });

  test("PAUSE holds the pair and tells the partner once, however often it is pressed", async () => {
    const { service, claims } = await started();
    expect(await pressControl(service.ports, claims, "pause")).toBe("done");
    expect(await pressControl(service.ports, claims, "pause")).toBe("already");
    await service.drain();
    expect(mailsTo(service, BEN).filter((mail) => /on-hold/.test(mail))).toHaveLength(1);
  });

  test("STOP ends all mail to the address in every pair, without a receipt, and can be pressed again", async () => {
    const { service, claims } = await started();
    const other = await signUp(service, { partnerEmail: "dana@police.example" });
    await sayYes(service, other, "sp");
    const before = mailsTo(service, ADA);
    expect(await pressControl(service.ports, claims, "stop")).toBe("done");
    expect(await pressControl(service.ports, claims, "stop")).toBe("already");
    await service.advanceTo(plusDays(START, 30));
    expect(mailsTo(service, ADA)).toEqual(before);
    expect((await read(service, other.id)).state.kind).toBe("ended");
  });

  test("tell the other seat that it is open, and not why", async () => {
    const { service, claims } = await started();
    await pressControl(service.ports, claims, "stop");
    await service.drain();
    expect(mailsTo(service, BEN).at(-1)).toBe("notice-seat-open le1");
  });

  test("of the leaver act on nothing but the leaver's own mail", async () => {
    const { service, pair, claims } = await started();
    await handOver(service, pair.id);
    const before = await read(service, pair.id);
    expect(await pressControl(service.ports, claims, "pause")).toBe("over");
    expect(await pressControl(service.ports, claims, "later")).toBe("over");
    expect(await pressControl(service.ports, claims, "stop")).toBe("done");
    expect(await read(service, pair.id)).toEqual(before);
    const address = service.ports.signer.hashAddress(ADA);
    expect((await service.ports.ledger.suppression(address))?.stop?.lifted).toBe(false);
  });

  test("do nothing once the pair has ended or is unknown, or for a coordinator's mail", async () => {
    const { service, pair, claims } = await started();
    for (const seat of ["sp", "le"] as const) {
      await stopAddress(service.ports, { pairId: pair.id, seat, holder: 1 }, actOf(service));
    }
    expect(await pressControl(service.ports, claims, "pause")).toBe("over");
    const nowhere = claimsOf("zzzzzzzzzzzzzzzz");
    expect(await pressControl(service.ports, nowhere, "pause")).toBe("over");
    expect(await pressControl(service.ports, nowhere, "stop")).toBe("over");
    const coordinator = { ...claims, seat: "coordinator" } as const;
    expect(await pressControl(service.ports, coordinator, "stop")).toBe("over");
  });
});

describe("undoing what a receipt logged", () => {
  async function withEntry(kind: ActionKind = "meet-informally") {
    const { service, pair } = await started();
    const entry = entryOf(kind, TODAY, { source: REPLY, reportedAt: START });
    await service.ports.pairs.appendLog(pair.id, entry);
    return { service, pair, claims: claimsOf(pair.id, `receipt-${REPLY}`) };
  }

  test("takes back that entry and no other, once", async () => {
    const { service, pair, claims } = await withEntry();
    const other = entryOf("intro-call", TODAY, { source: "2".repeat(16) });
    await service.ports.pairs.appendLog(pair.id, other);
    expect(await undoReceipt(service.ports, claims)).toBe("done");
    expect(await undoReceipt(service.ports, claims)).toBe("already");
    expect(await loggedBy(service, pair.id)).toEqual([
      `intro-call ${TODAY}`,
      `meet-informally ${TODAY} undone`,
    ]);
  });

  test("is over where nothing was logged, or when the seat changed hands", async () => {
    const { service, pair, claims } = await withEntry();
    expect(await undoReceipt(service.ports, claimsOf(pair.id, "lesson-01"))).toBe("over");
    await handOver(service, pair.id);
    expect(await undoReceipt(service.ports, claims)).toBe("over");
    expect(await loggedBy(service, pair.id)).toEqual([`meet-informally ${TODAY}`]);
  });

  test("leaves the prompts where what still stands puts them", async () => {
    const { service, pair, claims } = await withEntry();
    await service.advanceTo("2026-12-23T15:00:00.000Z");
    const meetAt = async () =>
      localDay((await read(service, pair.id)).seats.sp.timers.meet?.at ?? "", "America/New_York");
    const before = await meetAt();
    const guess = await planned(service, pair.id, {
      item: "receipt-3333333333333333",
      mail: "receipt-ask",
      facts: { guesses: [{ kind: "meet-informally", on: "2026-12-22" }] },
    });
    await logGuess(service.ports, guess, 0);
    expect(await meetAt()).toBe("2027-02-16");
    expect(await undoReceipt(service.ports, claims)).toBe("done");
    expect(await meetAt()).toBe("2027-02-16");
    expect(before < "2027-02-16").toBe(true);
  });
});

describe("a guess", () => {
  const guesses: readonly LoggedFact[] = [
    { kind: "intro-call", on: "2026-10-02" },
    { kind: "meet-informally" },
  ];
  const question = { item: `receipt-${REPLY}`, mail: "receipt-ask", facts: { guesses } };

  test("is logged by its own button, once", async () => {
    const { service, pair } = await started();
    const claims = await planned(service, pair.id, { ...question, plannedFor: START });
    expect(await logGuess(service.ports, claims, 1)).toBe("done");
    expect(await logGuess(service.ports, claims, 1)).toBe("already");
    expect(await loggedBy(service, pair.id)).toEqual([`meet-informally ${TODAY}`]);
    expect((await read(service, pair.id)).lastActionOn).toBe(TODAY);
  });

  test("that the mail did not offer is over, and logs nothing", async () => {
    const { service, pair } = await started();
    const claims = await planned(service, pair.id, question);
    expect(await logGuess(service.ports, claims, 2)).toBe("over");
    expect(await logGuess(service.ports, claims, -1)).toBe("over");
    expect(await logGuess(service.ports, claimsOf(pair.id, "receipt-none"), 0)).toBe("over");
    expect(await loggedBy(service, pair.id)).toEqual([]);
  });

  test("of the leaver logs nothing", async () => {
    const { service, pair } = await started();
    const claims = await planned(service, pair.id, question);
    await handOver(service, pair.id);
    expect(await logGuess(service.ports, claims, 0)).toBe("over");
    expect(await loggedBy(service, pair.id)).toEqual([]);
  });

  test("of NOT NEEDED tells the other seat, who may disagree", async () => {
    const { service, pair } = await started();
    const facts = { guesses: [{ kind: "mou-not-needed", on: TODAY }] } as const;
    const claims = await planned(service, pair.id, { ...question, facts });
    await logGuess(service.ports, claims, 0);
    await service.drain();
    expect(mailsTo(service, BEN).at(-1)).toBe("notice-not-needed le1");
  });
});

describe("was this you?", () => {
  const address = "fedcba9876543210fedcba9876543210";
  const asked = {
    item: `notice-was-it-you-${REPLY}`,
    mail: "notice-was-it-you",
    kind: "notice",
    facts: { address, logged: [{ kind: "intro-call", on: "2026-10-02" }] },
  } as const;

  test("yes keeps the address for the seat and logs what that reply said, once", async () => {
    const { service, pair } = await started();
    const claims = await planned(service, pair.id, asked);
    expect(await acceptAddress(service.ports, claims)).toBe("done");
    expect(await acceptAddress(service.ports, claims)).toBe("already");
    expect((await read(service, pair.id)).seats.sp.aliases).toEqual([address]);
    expect(await loggedBy(service, pair.id)).toEqual(["intro-call 2026-10-02"]);
  });

  test("is over for a mail that asked nothing, and for the leaver", async () => {
    const { service, pair, claims } = await started();
    expect(await acceptAddress(service.ports, claims)).toBe("over");
    const question = await planned(service, pair.id, asked);
    await handOver(service, pair.id);
    expect(await acceptAddress(service.ports, question)).toBe("over");
    expect((await read(service, pair.id)).seats.sp.aliases).toEqual([]);
    expect(await loggedBy(service, pair.id)).toEqual([]);
  });
});
