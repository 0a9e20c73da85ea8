import { describe, expect, test } from "vitest";
import { acceptSeat, nameSuccessor } from "../../functions/core/handover.ts";
import { daysBetween, localDay, plusDays } from "../../functions/core/instant.ts";
import { actOnOwnPage, viewOwnPage } from "../../functions/partner/own-page.ts";
import { stopAddress } from "../../functions/partner/stop-address.ts";
import { changePair } from "../../functions/schedule/change-pair.ts";
import { entryOf } from "../support/builders.ts";
import {
  actOf,
  dyingAtThePair,
  invited,
  mailsTo,
  read,
  running,
  START,
} from "../support/stories.ts";

const ZONE = "America/New_York";
const BEN = "ben@police.example";

async function started() {
  const { service, pair } = await running();
  const holder = { pairId: pair.id, seat: "sp", holder: 1 } as const;
  return { service, pair, holder, partner: { ...holder, seat: "le" } as const };
}

describe("the own page", () => {
  test("shows the person, the partner, the slot and how far they are", async () => {
    const { service, pair, holder } = await started();
    await service.advanceTo("2026-10-07T15:00:00.000Z");
    expect(await viewOwnPage(service.ports, holder)).toMatchObject({
      you: { name: "Ada Provider", email: "ada@harbor.example" },
      partner: { name: "Ben Officer", email: BEN, agency: "City Police" },
      standing: { kind: "running" },
      nextLesson: { week: 2, on: "2026-10-13" },
      lessons: { sent: 1, total: 11 },
      slot: pair.slot,
      agreement: { state: "undecided" },
    });
  });

  test("shows what both logged, the same coffee once, and by whom", async () => {
    const { service, pair, holder, partner } = await started();
    const coffee = entryOf("meet-informally", "2026-10-06", { source: "1".repeat(16) });
    await service.ports.pairs.appendLog(pair.id, coffee);
    await service.ports.pairs.appendLog(pair.id, { ...coffee, seat: "le", source: "2".repeat(16) });
    const call = entryOf("intro-call", "2026-10-05", { seat: "le", source: "3".repeat(16) });
    await service.ports.pairs.appendLog(pair.id, call);
    const own = await viewOwnPage(service.ports, holder);
    expect(own?.log.map(({ on, by }) => `${on} ${by}`)).toEqual([
      "2026-10-06 you",
      "2026-10-05 partner",
    ]);
    const theirs = await viewOwnPage(service.ports, partner);
    expect(theirs?.log.map(({ on, by }) => `${on} ${by}`)).toEqual([
      "2026-10-06 partner",
      "2026-10-05 you",
    ]);
  });

  test("pressed again after it failed tells the partner once", async () => {
    const { service, pair, holder } = await started();
    const pause = { kind: "pause", weeks: 3 } as const;
    const dying = { ...service.ports, ...dyingAtThePair(service.ports) };
    await expect(actOnOwnPage(dying, holder, pause)).rejects.toThrow("the process ends here");
    expect(await actOnOwnPage(service.ports, holder, pause)).toBe("done");
    await service.drain();
    expect(mailsTo(service, BEN).filter((mail) => mail.startsWith("notice-on-hold"))).toHaveLength(
      1,
    );
    await actOnOwnPage(service.ports, holder, { kind: "resume" });
    await actOnOwnPage(service.ports, holder, pause);
    expect(await service.ports.ledger.list(pair.id, "notice-on-hold")).toHaveLength(2);
  });

  test("says to the other seat only that lessons wait, whether it is a pause, a stop or a bounce", async () => {
    const { service, holder, partner } = await started();
    await actOnOwnPage(service.ports, holder, { kind: "pause", weeks: 3 });
    const theirs = await viewOwnPage(service.ports, partner);
    expect(theirs?.standing).toEqual({ kind: "on-hold" });
    expect(theirs?.nextLesson).toBeUndefined();
    expect((await viewOwnPage(service.ports, holder))?.standing).toEqual({
      kind: "paused",
      until: "2026-10-26",
    });
    await stopAddress(service.ports, holder, actOf(service));
    const left = await viewOwnPage(service.ports, partner);
    expect([left?.standing, left?.partner]).toEqual([{ kind: "on-hold" }, undefined]);
  });

  test("does not show an invited partner's data before they agreed", async () => {
    const { service, pair } = await invited();
    const holder = { pairId: pair.id, seat: "sp", holder: 1 } as const;
    const view = await viewOwnPage(service.ports, holder);
    expect([view?.standing, view?.partner]).toEqual([{ kind: "waiting" }, undefined]);
  });

  test("opens for nobody who does not hold the seat any more", async () => {
    const { service, pair, holder } = await started();
    const cara = { name: "Cara", email: "cara@harbor.example", agency: "Harbor House" };
    await changePair(service.ports, pair.id, (stored) =>
      nameSuccessor(stored, "sp", cara, actOf(service)),
    );
    expect(await viewOwnPage(service.ports, { ...holder, holder: 2 })).toBeUndefined();
    await changePair(service.ports, pair.id, (stored) =>
      acceptSeat(stored, "sp", 2, actOf(service)),
    );
    expect(await viewOwnPage(service.ports, holder)).toBeUndefined();
    expect(await actOnOwnPage(service.ports, holder, { kind: "pause" })).toBe("unchanged");
    expect((await read(service, pair.id)).hold).toBeUndefined();
  });
});

describe("a change of the slot", () => {
  const friday = { weekday: 5, time: "16:00", timeZone: ZONE };

  test("by either seat is told to the other, and asks for nothing back", async () => {
    const { service, holder } = await started();
    expect(await actOnOwnPage(service.ports, holder, { kind: "slot", slot: friday })).toBe("done");
    await service.drain();
    expect(mailsTo(service, BEN).at(-1)).toBe("notice-slot-changed le1");
    expect(await actOnOwnPage(service.ports, holder, { kind: "slot", slot: friday })).toBe(
      "unchanged",
    );
  });

  test("again and again keeps four days after the last lesson; the last choice counts", async () => {
    const { service, holder } = await started();
    await service.advanceTo("2026-10-06T16:00:00.000Z");
    for (const weekday of [3, 4, 1, 5]) {
      await actOnOwnPage(service.ports, holder, { kind: "slot", slot: { ...friday, weekday } });
    }
    await service.advanceTo(plusDays(START, 20));
    const days = service.mails
      .filter(({ sendId }) => /lesson-\d\d_sp1/.test(sendId))
      .map(({ at }) => localDay(at, ZONE));
    expect(days).toEqual(["2026-10-06", "2026-10-16", "2026-10-23"]);
    expect(daysBetween(days[0] ?? "", days[1] ?? "")).toBeGreaterThanOrEqual(4);
  });
});

describe("pause, resume and stop on the page", () => {
  test("resume does nothing where nothing is paused", async () => {
    const { service, holder } = await started();
    expect(await actOnOwnPage(service.ports, holder, { kind: "resume" })).toBe("unchanged");
  });

  test("the ledger has a pause before the pair has it", async () => {
    const { service, pair, holder } = await started();
    const dying = {
      ...service.ports,
      pairs: {
        ...service.ports.pairs,
        save: async () => {
          throw new Error("the process ends here");
        },
      },
    };
    await expect(actOnOwnPage(dying, holder, { kind: "pause" })).rejects.toThrow();
    const consents = await service.ports.ledger.consents(pair.id);
    expect(consents.find(({ seat }) => seat === "sp")?.state).toBe("paused");
    await service.advanceTo(plusDays(START, 3));
    const repaired = await read(service, pair.id);
    expect(repaired.seats.sp.state.kind).toBe("paused");
    expect(mailsTo(service, BEN).filter((mail) => /lesson/.test(mail))).toEqual([]);
  });

  test("stop ends the person's mail", async () => {
    const { service, holder } = await started();
    expect(await actOnOwnPage(service.ports, holder, { kind: "stop" })).toBe("done");
    const before = mailsTo(service, "ada@harbor.example");
    await service.advanceTo(plusDays(START, 30));
    expect(mailsTo(service, "ada@harbor.example")).toEqual(before);
  });
});
