import { describe, expect, test } from "vitest";
import { answerApproval, viewApproval } from "../../functions/coordinator/approve-pair.ts";
import { STALLED_DAYS, viewPair, viewRoster } from "../../functions/coordinator/roster.ts";
import { afterLogging } from "../../functions/core/heard.ts";
import { pause } from "../../functions/core/hold.ts";
import { plusDays } from "../../functions/core/instant.ts";
import { changeOf } from "../../functions/core/plan.ts";
import { changePair } from "../../functions/schedule/change-pair.ts";
import { entryOf, OUTLINE } from "../support/builders.ts";
import { TEST_SETTINGS, type TestService } from "../support/service.ts";
import {
  actOf,
  mailsOf,
  mailsTo,
  read,
  running,
  START,
  sayYes,
  signedUp,
  signUp,
} from "../support/stories.ts";

const BEN = "ben@police.example";

async function log(service: TestService, pairId: string, on: string): Promise<void> {
  const entry = entryOf("intro-call", on, { source: "1".repeat(16) });
  await service.ports.pairs.appendLog(pairId, entry);
  const facts = { outline: OUTLINE, entries: [entry] };
  await changePair(service.ports, pairId, (pair) =>
    changeOf(afterLogging(pair, [entry], facts, service.now())),
  );
}

async function paceOf(service: TestService): Promise<string | undefined> {
  return (await viewRoster(service.ports, "demo")).pairs[0]?.pace;
}

describe("the list of pairs", () => {
  test("holds the group's own pairs, whatever state they are in, and nobody else's", async () => {
    const { service, pair } = await running();
    const other = await signUp(service, { cohort: "reviewed", email: "eve@harbor.example" });
    const demo = await viewRoster(service.ports, "demo");
    const reviewed = await viewRoster(service.ports, "reviewed");
    expect(demo.pairs.map(({ pairId }) => pairId)).toEqual([pair.id]);
    expect(reviewed.pairs.map(({ pairId }) => pairId)).toEqual([other.id]);
  });

  test("shows people, standing and progress", async () => {
    const { service } = await running();
    await service.advanceTo("2026-10-14T15:00:00.000Z");
    expect((await viewRoster(service.ports, "demo")).pairs).toMatchObject([
      {
        people: [{ name: "Ada Provider" }, { name: "Ben Officer" }],
        standing: { kind: "running" },
        lessons: { sent: 2, total: 11 },
      },
    ]);
  });

  test("puts those that wait for an approval forward, the oldest first", async () => {
    const { service, pair } = await signedUp({ cohort: "reviewed" });
    await service.advanceTo(plusDays(START, 2));
    const later = await signUp(service, { cohort: "reviewed", email: "eve@harbor.example" });
    await sayYes(service, later, "sp");
    await sayYes(service, pair, "sp");
    const { approvals } = await viewRoster(service.ports, "reviewed");
    expect(approvals.map(({ pairId }) => pairId)).toEqual([pair.id, later.id]);
    expect((await viewRoster(service.ports, "demo")).approvals).toEqual([]);
  });

  test("calls a pair stalled when nothing was logged for three weeks, and not a day sooner", async () => {
    const { service } = await running();
    await service.advanceTo(plusDays(START, STALLED_DAYS));
    expect(await paceOf(service)).toBe("moving");
    await service.advanceTo(plusDays(START, STALLED_DAYS + 1));
    expect(await paceOf(service)).toBe("stalled");
  });

  test("counts the three weeks from the last thing that was logged", async () => {
    const { service, pair } = await running();
    await log(service, pair.id, "2026-10-20");
    await service.advanceTo(plusDays(START, 15 + STALLED_DAYS));
    expect(await paceOf(service)).toBe("moving");
    await service.advanceTo(plusDays(START, 16 + STALLED_DAYS));
    expect(await paceOf(service)).toBe("stalled");
  });

  test("a pair on hold has not stalled: it waits", async () => {
    const { service, pair } = await running();
    await changePair(service.ports, pair.id, (stored) => pause(stored, "sp", actOf(service)));
    await service.advanceTo(plusDays(START, 25));
    const [line] = (await viewRoster(service.ports, "demo")).pairs;
    expect([line?.pace, line?.standing.kind]).toEqual([undefined, "on-hold"]);
  });
});

describe("one pair", () => {
  test("of another group is not there", async () => {
    const { service, pair } = await running();
    expect(await viewPair(service.ports, "reviewed", pair.id)).toBeUndefined();
    expect(await viewPair(service.ports, "demo", "zzzzzzzzzzzzzzzz")).toBeUndefined();
    expect(await viewPair(service.ports, "demo", pair.id)).toBeDefined();
  });

  test("shows what was sent to whom, and not who paused", async () => {
    const { service, pair } = await running();
    await changePair(service.ports, pair.id, (stored) => pause(stored, "sp", actOf(service)));
    await service.drain();
    const view = await viewPair(service.ports, "demo", pair.id);
    expect(view?.standing).toMatchObject({ kind: "on-hold" });
    expect(JSON.stringify(view)).not.toMatch(/paus/i);
    expect(view?.sends.filter(({ kind }) => kind === "welcome")).toHaveLength(2);
  });

  test("shows a withdrawn mail as one that waits, so that the list says nothing about the break", async () => {
    const { service, pair } = await running();
    service.answerWith(() => ({ kind: "not-now" }));
    await service.advanceTo("2026-10-06T14:30:00.000Z");
    await changePair(service.ports, pair.id, (stored) => pause(stored, "sp", actOf(service)));
    service.answerWith(undefined);
    await service.advanceTo("2026-10-06T16:00:00.000Z");
    const view = await viewPair(service.ports, "demo", pair.id);
    expect(view?.sends.filter(({ kind }) => kind === "lesson").map(({ state }) => state)).toEqual([
      "planned",
      "planned",
    ]);
  });
});

describe("an approval", () => {
  async function waiting() {
    const { service, pair } = await signedUp({ cohort: "reviewed" });
    await sayYes(service, pair, "sp");
    return { service, pair };
  }

  test("shows who signed up whom, and why it waits", async () => {
    const { service, pair } = await waiting();
    expect(await viewApproval(service.ports, "reviewed", pair.id)).toMatchObject({
      kind: "open",
      view: {
        signer: { name: "Ada Provider", role: "service_provider" },
        partner: { name: "Ben Officer", role: "law_enforcement" },
        reason: "every-pair",
      },
    });
  });

  test("invites the partner, once; a second coordinator is told what was answered", async () => {
    const { service, pair } = await waiting();
    const answers = [];
    for (const answer of ["approve", "decline", "approve"] as const) {
      answers.push(await answerApproval(service.ports, "reviewed", pair.id, answer));
      await service.drain();
    }
    expect(answers).toEqual([
      { outcome: "approved", already: false },
      { outcome: "approved", already: true },
      { outcome: "approved", already: true },
    ]);
    expect(mailsTo(service, BEN)).toEqual(["invitation le1"]);
  });

  test("that is refused tells the signer and writes nothing to the partner", async () => {
    const { service, pair } = await waiting();
    await answerApproval(service.ports, "reviewed", pair.id, "decline");
    await service.drain();
    expect(await answerApproval(service.ports, "reviewed", pair.id, "approve")).toEqual({
      outcome: "declined",
      already: true,
    });
    expect(mailsOf(service).at(-1)).toBe("notice-not-approved sp1");
    expect(mailsTo(service, BEN)).toEqual([]);
  });

  test("of another group's pair is not possible", async () => {
    const { service, pair } = await waiting();
    expect(await answerApproval(service.ports, "demo", pair.id, "approve")).toEqual({
      outcome: "over",
      already: true,
    });
    expect((await read(service, pair.id)).state).toMatchObject({ waitsFor: "approval" });
  });

  test("comes too early before the signer confirmed, and too late after fourteen days", async () => {
    const { service, pair } = await signedUp({ cohort: "reviewed" });
    expect((await answerApproval(service.ports, "reviewed", pair.id, "approve")).already).toBe(
      true,
    );
    await sayYes(service, pair, "sp");
    await service.advanceTo(plusDays(START, 15));
    expect((await answerApproval(service.ports, "reviewed", pair.id, "approve")).outcome).not.toBe(
      "approved",
    );
    expect(mailsTo(service, BEN)).toEqual([]);
  });
});

test("where only listed work domains go without approval, one unlisted address asks for it", async () => {
  const { reviewed } = TEST_SETTINGS.cohorts;
  if (reviewed === undefined) throw new Error("the reviewed group is set up");
  const cohort = {
    ...reviewed,
    approval: "unlisted-domains",
    workDomains: ["harbor.example", "police.example"],
  } as const;
  const settings = { ...TEST_SETTINGS, cohorts: { reviewed: cohort } };
  const listed = await signedUp({ cohort: "reviewed" }, settings);
  await sayYes(listed.service, listed.pair, "sp");
  expect(mailsTo(listed.service, BEN)).toEqual(["invitation le1"]);
  const unlisted = await signedUp({ cohort: "reviewed", partnerEmail: "x@mail.example" }, settings);
  await sayYes(unlisted.service, unlisted.pair, "sp");
  expect(mailsTo(unlisted.service, "x@mail.example")).toEqual([]);
  const { approvals } = await viewRoster(unlisted.service.ports, "reviewed");
  expect(approvals).toHaveLength(1);
});
