import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loseSeat } from "../../functions/core/hold.ts";
import { type Instant, plusDays } from "../../functions/core/instant.ts";
import type { SeatId } from "../../functions/core/pair.ts";
import type { Send } from "../../functions/core/send.ts";
import { actOnOwnPage } from "../../functions/partner/own-page.ts";
import { liftAddress, stopAddress } from "../../functions/partner/stop-address.ts";
import type { Ports } from "../../functions/ports.ts";
import { changePair } from "../../functions/schedule/change-pair.ts";
import { sendMail } from "../../functions/send/send-mail.ts";
import { entryOf, sendOf } from "../support/builders.ts";
import { compiledCourse, type TestService } from "../support/service.ts";
import { actOf, interleaved, mailsOf, running } from "../support/stories.ts";

const FRIDAY: Instant = "2026-10-09T15:00:00.000Z";
const ADA = "ada@harbor.example";

async function planned(changes: Partial<Send> = {}) {
  const { service, pair } = await running();
  await service.advanceTo(FRIDAY);
  const send = sendOf({
    owner: pair.id,
    item: "lesson-05",
    mail: "lesson-05",
    edition: compiledCourse().outline.edition,
    plannedAt: FRIDAY,
    plannedFor: FRIDAY,
    dueAt: FRIDAY,
    ...changes,
  });
  await service.ports.ledger.plan(send);
  return { service, pair, send, holder: holderIn(pair.id, "sp") };
}

function holderIn(pairId: string, seat: SeatId) {
  return { pairId, seat, holder: 1 };
}

function sendNow(ports: Ports, send: Send) {
  return sendMail({ ...ports, timeLeftMs: () => 60_000 }, send);
}

async function stateOf(service: TestService, send: Send) {
  return (await service.ports.ledger.read(send))?.state;
}

function lessonsOut(service: TestService): readonly string[] {
  return mailsOf(service).filter((mail) => mail.startsWith("lesson-05"));
}

describe("between planning and sending", () => {
  test("a stop takes the mail back for good", async () => {
    const { service, send, holder } = await planned();
    await stopAddress(service.ports, holder, actOf(service));
    expect(await sendNow(service.ports, send)).toBe("stopped");
    expect(lessonsOut(service)).toEqual([]);
  });

  test("a stop whose second write was lost, so that the pair knows nothing of it, stops the mail too", async () => {
    const { service, send } = await planned();
    const address = service.ports.signer.hashAddress(ADA);
    await service.ports.ledger.suppress(address, "stop", { at: FRIDAY, lifted: false });
    expect(await sendNow(service.ports, send)).toBe("stopped");
  });

  test("a pause of either seat takes it back until the resume, which gives it its place again", async () => {
    for (const seat of ["sp", "le"] as const) {
      const { service, pair, send } = await planned();
      const holder = holderIn(pair.id, seat);
      await actOnOwnPage(service.ports, holder, { kind: "pause" });
      expect(await sendNow(service.ports, send)).toBe("withdrawn");
      await actOnOwnPage(service.ports, holder, { kind: "resume" });
      await service.advanceTo(plusDays(FRIDAY, 12));
      expect(lessonsOut(service).filter((mail) => mail.endsWith("sp1"))).toEqual(["lesson-05 sp1"]);
    }
  });

  test("a pause whose second write was lost takes it back too", async () => {
    const { service, send, holder } = await planned();
    await service.ports.ledger.changeConsent(holder, (consent) => ({
      ...consent,
      state: "paused",
      at: FRIDAY,
    }));
    expect(await sendNow(service.ports, send)).toBe("withdrawn");
  });

  test("an unreachable partner holds the lesson, which only the pair's row knows", async () => {
    const { service, pair, send } = await planned();
    await changePair(service.ports, pair.id, (stored) => loseSeat(stored, "le", actOf(service)));
    expect(await sendNow(service.ports, send)).toBe("withdrawn");
  });

  test("a hold lets through what the person asks for", async () => {
    const { service, pair } = await planned();
    await actOnOwnPage(service.ports, holderIn(pair.id, "le"), { kind: "pause" });
    await service.drain();
    expect(mailsOf(service).at(-1)).toBe("notice-on-hold sp1");
  });

  test("a seat that changed hands stops the leaver's mail", async () => {
    const { service, send } = await planned({ holder: 2 });
    expect(await sendNow(service.ports, send)).toBe("stopped");
  });

  test("a mail that is of no use any more is withdrawn", async () => {
    const { service, send } = await planned({ expiresAt: FRIDAY });
    expect(await sendNow(service.ports, send)).toBe("withdrawn");
  });

  test("a nudge is withdrawn when what it asks about was logged while it waited", async () => {
    const nudge = { item: "nudge-01-again", mail: "nudge", kind: "nudge" } as const;
    const logged = await planned(nudge);
    const call = entryOf("intro-call", "2026-10-09", { source: "1".repeat(16) });
    await logged.service.ports.pairs.appendLog(logged.pair.id, call);
    expect(await sendNow(logged.service.ports, logged.send)).toBe("withdrawn");
    const open = await planned(nudge);
    expect(await sendNow(open.service.ports, open.send)).toBe("sent");
  });

  test("the day of erasure leaves nobody to write to", async () => {
    const { service, pair, send } = await planned();
    const erased = { name: "", email: "", agency: "" };
    await changePair(service.ports, pair.id, (stored) => ({
      pair: { ...stored, seats: { ...stored.seats, sp: { ...stored.seats.sp, ...erased } } },
      plans: [],
      consents: [],
      log: [],
    }));
    expect(await sendNow(service.ports, send)).toBe("stopped");
  });
});

describe("while it is being sent", () => {
  /** Does something right after this port method answered for the first time. */
  function onceAfter(
    ports: Ports,
    method: "consents" | "suppression" | "change",
    act: () => Promise<unknown>,
  ) {
    let isDone = false;
    const original = ports.ledger[method] as (...values: readonly unknown[]) => Promise<unknown>;
    const wrapped = async (...values: readonly unknown[]) => {
      const answer = await original(...values);
      if (!isDone) {
        isDone = true;
        await act();
      }
      return answer;
    };
    return { ...ports, ledger: { ...ports.ledger, [method]: wrapped } } as Ports;
  }

  test("consent is read after the claim: a stop stored before that reading lets nothing out", async () => {
    const { service, send, holder } = await planned();
    const ports = onceAfter(service.ports, "change", () =>
      stopAddress(service.ports, holder, actOf(service)),
    );
    expect(await sendNow(ports, send)).toBe("stopped");
    expect(lessonsOut(service)).toEqual([]);
  });

  test("a resume that crosses a sender which saw the pause loses nothing", async () => {
    const { service, send, holder } = await planned();
    await actOnOwnPage(service.ports, holder, { kind: "pause" });
    const ports = onceAfter(service.ports, "suppression", () =>
      actOnOwnPage(service.ports, holder, { kind: "resume" }),
    );
    expect(await sendNow(ports, send)).toBe("postponed");
    expect(await stateOf(service, send)).toBe("planned");
    expect(await sendNow(service.ports, send)).toBe("sent");
    expect(lessonsOut(service)).toEqual(["lesson-05 sp1"]);
  });

  test("a START that crosses a sender which saw the stop loses nothing", async () => {
    const { service, send, holder } = await planned();
    await stopAddress(service.ports, holder, actOf(service));
    const ports = onceAfter(service.ports, "suppression", () =>
      liftAddress(service.ports, holder, actOf(service)),
    );
    expect(await sendNow(ports, send)).toBe("postponed");
    expect(await sendNow(service.ports, send)).toBe("sent");
  });

  test("a stop in the same second: either the mail was on its way before it, or none goes out", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { service, send, holder } = await planned();
        const ports = interleaved(service.ports, scheduler);
        const both = Promise.all([
          sendNow(ports, send),
          stopAddress(ports, holder, actOf(service)),
        ]);
        const [outcome] = await scheduler.waitFor(both);
        expect(["sent", "stopped"]).toContain(outcome);
        expect(lessonsOut(service)).toHaveLength(outcome === "sent" ? 1 : 0);
        await service.advanceTo(plusDays(FRIDAY, 3));
        expect(lessonsOut(service)).toHaveLength(outcome === "sent" ? 1 : 0);
      }),
      { numRuns: 20 },
    );
  });
});
