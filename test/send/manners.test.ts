import { describe, expect, test } from "vitest";
import { type Instant, localDay, plusHours, plusMinutes } from "../../functions/core/instant.ts";
import type { Send } from "../../functions/core/send.ts";
import { changePair } from "../../functions/schedule/change-pair.ts";
import { sendMail } from "../../functions/send/send-mail.ts";
import { sendOf } from "../support/builders.ts";
import { compiledCourse, type TestService } from "../support/service.ts";
import { mailsOf, running } from "../support/stories.ts";

const FRIDAY: Instant = "2026-10-09T15:00:00.000Z";
/** 22:00 in New York. */
const NIGHT: Instant = "2026-10-10T02:00:00.000Z";
const MORNING: Instant = "2026-10-10T11:00:00.000Z";

async function service(at: Instant) {
  const { service: whole, pair } = await running();
  await whole.advanceTo(at);
  const plan = async (changes: Partial<Send>) => {
    const item = changes.item ?? "lesson-05";
    const send = sendOf({
      owner: pair.id,
      item,
      mail: item,
      edition: compiledCourse().outline.edition,
      plannedAt: at,
      plannedFor: at,
      dueAt: at,
      ...changes,
    });
    await whole.ports.ledger.plan(send);
    return send;
  };
  return { whole, pair, plan };
}

function sendNow(whole: TestService, send: Send, ports = whole.ports) {
  return sendMail({ ...ports, timeLeftMs: () => 60_000 }, send);
}

async function dueOf(whole: TestService, send: Send) {
  const stored = await whole.ports.ledger.read(send);
  return `${stored?.state} ${stored?.dueAt}`;
}

describe("quiet hours", () => {
  test("keep course mail until seven in the morning of the pair's zone", async () => {
    const { whole, plan } = await service(NIGHT);
    const send = await plan({});
    expect(await sendNow(whole, send)).toBe("postponed");
    expect(await dueOf(whole, send)).toBe(`planned ${MORNING}`);
  });

  test("do not keep what somebody asked for", async () => {
    const { whole, plan } = await service(NIGHT);
    const kinds = [
      { item: "receipt-1", mail: "receipt-paused", kind: "receipt" },
      { item: "notice-1", mail: "notice-back", kind: "notice" },
      { item: "sign-in-1", mail: "sign-in", kind: "sign-in" },
    ] as const;
    for (const kind of kinds) expect(await sendNow(whole, await plan(kind))).toBe("sent");
  });

  test("do not count for a pair that chose a time inside them", async () => {
    const { whole, pair, plan } = await service(NIGHT);
    await changePair(whole.ports, pair.id, (stored) => ({
      pair: { ...stored, slot: { ...stored.slot, time: "22:30" } },
      plans: [],
      consents: [],
      log: [],
    }));
    expect(await sendNow(whole, await plan({}))).toBe("sent");
  });
});

describe("twenty hours' distance", () => {
  test("of two items that are due at once one goes out, the other when the time is over", async () => {
    const { whole, plan } = await service(FRIDAY);
    const [first, second] = [await plan({ item: "lesson-05" }), await plan({ item: "lesson-06" })];
    expect(await sendNow(whole, first)).toBe("sent");
    expect(await sendNow(whole, second)).toBe("postponed");
    expect(await dueOf(whole, second)).toBe(`planned ${plusHours(FRIDAY, 20)}`);
  });

  test("of two senders at once only one gets the seat's turn", async () => {
    const { whole, plan } = await service(FRIDAY);
    const sends = [await plan({ item: "lesson-05" }), await plan({ item: "lesson-06" })];
    const outcomes = await Promise.all(sends.map((send) => sendNow(whole, send)));
    expect(outcomes.toSorted()).toEqual(["postponed", "sent"]);
  });

  test("counts each seat by itself, and does not count receipts and notices", async () => {
    const { whole, plan } = await service(FRIDAY);
    expect(await sendNow(whole, await plan({ item: "lesson-05" }))).toBe("sent");
    expect(await sendNow(whole, await plan({ item: "lesson-05", seat: "le" }))).toBe("sent");
    const receipt = { item: "receipt-1", mail: "receipt-paused", kind: "receipt" } as const;
    expect(await sendNow(whole, await plan(receipt))).toBe("sent");
    expect(
      await sendNow(
        whole,
        await plan({ item: "receipt-2", mail: "receipt-paused", kind: "receipt" }),
      ),
    ).toBe("sent");
  });

  test("does not keep a mail from its own second try", async () => {
    const { whole, plan } = await service(FRIDAY);
    const send = await plan({});
    whole.answerWith(() => ({ kind: "not-now" }));
    await sendNow(whole, send);
    whole.answerWith(undefined);
    Object.assign(whole.ports.clock, { now: () => plusMinutes(FRIDAY, 1) });
    expect(await sendNow(whole, send)).toBe("sent");
  });

  test("when it ends at night waits for the morning", async () => {
    const early = "2026-10-10T07:30:00.000Z"; // 03:30, for a pair that chose the night
    const evening = "2026-10-11T00:30:00.000Z"; // 20:30; the twenty hours end at 23:30
    const { whole, pair, plan } = await service(early);
    const slotAt = (time: string) =>
      changePair(whole.ports, pair.id, (stored) => ({
        pair: { ...stored, slot: { ...stored.slot, time } },
        plans: [],
        consents: [],
        log: [],
      }));
    await slotAt("03:00");
    expect(await sendNow(whole, await plan({ item: "lesson-05" }))).toBe("sent");
    await slotAt("10:00");
    Object.assign(whole.ports.clock, { now: () => evening });
    const second = await plan({ item: "lesson-06" });
    expect(await sendNow(whole, second)).toBe("postponed");
    expect(await dueOf(whole, second)).toBe("planned 2026-10-11T11:00:00.000Z");
  });
});

describe("a late lesson", () => {
  test("goes at once within a day, and at the next slot after that", async () => {
    const { whole, plan } = await service(FRIDAY);
    const late = await plan({ plannedFor: plusHours(FRIDAY, -24) });
    expect(await sendNow(whole, late)).toBe("sent");
    const later = await plan({ item: "lesson-06", plannedFor: plusHours(FRIDAY, -25) });
    expect(await sendNow(whole, later)).toBe("postponed");
    const stored = await whole.ports.ledger.read(later);
    expect(localDay(stored?.dueAt ?? "", "America/New_York")).toBe("2026-10-13");
    expect(stored?.plannedFor).toBe(stored?.dueAt);
  });

  test("on its second try waits for no slot, and a late receipt never does", async () => {
    const { whole, plan } = await service(FRIDAY);
    const late = { plannedFor: plusHours(FRIDAY, -30) };
    expect(await sendNow(whole, await plan({ ...late, unresolved: 1 }))).toBe("sent");
    const receipt = { item: "receipt-1", mail: "receipt-paused", kind: "receipt" } as const;
    expect(await sendNow(whole, await plan({ ...late, ...receipt }))).toBe("sent");
  });
});

describe("the account's pace", () => {
  test("puts a mail off to the instant the pacer gives, without asking SES", async () => {
    const { whole, plan } = await service(FRIDAY);
    const send = await plan({});
    const later = plusMinutes(FRIDAY, 3);
    const ports = { ...whole.ports, pacer: { ...whole.ports.pacer, lease: async () => later } };
    expect(await sendNow(whole, send, ports)).toBe("postponed");
    expect(await dueOf(whole, send)).toBe(`planned ${later}`);
    expect(mailsOf(whole).filter((mail) => mail.startsWith("lesson-05"))).toEqual([]);
  });

  test("is not used up by a mail that must not go anyway", async () => {
    const { whole, plan } = await service(NIGHT);
    let leases = 0;
    const pacer = {
      ...whole.ports.pacer,
      lease: async (at: Instant) => {
        leases += 1;
        return at;
      },
    };
    await sendNow(whole, await plan({}), { ...whole.ports, pacer });
    expect(leases).toBe(0);
  });
});
