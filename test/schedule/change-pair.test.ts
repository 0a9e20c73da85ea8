import { describe, expect, test } from "vitest";
import { pause } from "../../functions/core/hold.ts";
import { plusMinutes } from "../../functions/core/instant.ts";
import { end } from "../../functions/core/life.ts";
import { changeOf } from "../../functions/core/plan.ts";
import { stopAddress } from "../../functions/partner/stop-address.ts";
import type { Ports } from "../../functions/ports.ts";
import { advancePair } from "../../functions/schedule/advance-pair.ts";
import { changePair } from "../../functions/schedule/change-pair.ts";
import { entryOf } from "../support/builders.ts";
import type { TestService } from "../support/service.ts";
import {
  actOf,
  consentsOf,
  dyingAtThePair,
  invited,
  mailsOf,
  read,
  running,
  sayYes,
} from "../support/stories.ts";

const BEN = "ben@police.example";

/** The ledger has the pause, and the pair does not. */
async function pauseAndDie(service: TestService, pairId: string): Promise<void> {
  const act = actOf(service);
  const ports = dyingAtThePair(service.ports);
  const pausing = changePair(ports, pairId, (stored) => pause(stored, "sp", act));
  await expect(pausing).rejects.toThrow("the process ends here");
}

test("what a step plans is in the ledger before the pair says that it was planned", async () => {
  const { service, pair } = await running();
  await pauseAndDie(service, pair.id);
  const notices = await service.ports.ledger.list(pair.id, "notice-on-hold");
  expect(notices.map(({ seat, state }) => `${seat} ${state}`)).toEqual(["le planned"]);
});

test("a pair that missed the second write of a pause is put right when it is looked at", async () => {
  const { service, pair } = await running();
  await pauseAndDie(service, pair.id);
  expect((await read(service, pair.id)).seats.sp.state.kind).toBe("present");
  await advancePair(service.ports, pair.id);
  expect((await read(service, pair.id)).seats.sp.state.kind).toBe("paused");
  // The first try has planned that mail already; under another name the partner would have it twice.
  expect(await service.ports.ledger.list(pair.id, "notice-on-hold")).toHaveLength(1);
});

describe("a stop whose process died when the address was on the list", () => {
  /** Ben presses the button in his mail, and nothing but the list hears of it. */
  async function stopAndDie(service: TestService, pairId: string) {
    const dying = { ...service.ports, pairs: { ...service.ports.pairs, read: dies } };
    const ben = { pairId, seat: "le", holder: 1 } as const;
    const act = actOf(service);
    await expect(stopAddress(dying, ben, act)).rejects.toThrow("the process ends here");
    return { ben, act };
  }

  test("opens the seat when the pair is looked at a minute later", async () => {
    const { service, pair } = await running();
    await stopAndDie(service, pair.id);
    expect((await read(service, pair.id)).seats.le.state.kind).toBe("present");
    await service.advanceTo(plusMinutes(service.now(), 2));
    expect((await read(service, pair.id)).seats.le.state).toMatchObject({ reason: "stopped" });
    expect(await consentsOf(service, pair.id)).toEqual(["le1 left", "sp1 given"]);
  });

  test("tells the partner once, when the look dies too and the button is pressed again", async () => {
    const { service, pair } = await running();
    const { ben, act } = await stopAndDie(service, pair.id);
    const looking = advancePair(dyingAtThePair(service.ports), pair.id);
    await expect(looking).rejects.toThrow("the process ends here");
    expect(await stopAddress(service.ports, ben, act)).toBe("already");
    await service.advanceTo(plusMinutes(service.now(), 2));
    expect(mailsOf(service).filter((mail) => mail.startsWith("notice-seat-open"))).toEqual([
      "notice-seat-open sp1",
    ]);
  });

  test("is heard of by a pair that began after it", async () => {
    const { service, pair } = await invited();
    const address = service.ports.signer.hashAddress(BEN);
    await service.ports.ledger.suppress(address, "stop", { at: service.now(), lifted: false });
    await sayYes(service, pair, "le");
    expect((await read(service, pair.id)).seats.le.state).toMatchObject({ reason: "stopped" });
  });

  async function dies(): Promise<never> {
    throw new Error("the process ends here");
  }
});

test("what an end means for those who had agreed is made good, should its process die before that", async () => {
  const { service, pair } = await running();
  const changeConsent = async () => {
    throw new Error("the process ends here");
  };
  const dying = { ...service.ports, ledger: { ...service.ports.ledger, changeConsent } };
  const ending = changePair(dying, pair.id, (stored) => end(stored, "quiet", actOf(service)));
  await expect(ending).rejects.toThrow("the process ends here");
  expect((await read(service, pair.id)).state.kind).toBe("ended");
  await advancePair(service.ports, pair.id);
  expect(await consentsOf(service, pair.id)).toEqual(["le1 ended", "sp1 ended"]);
});

test("what a step that died before midnight has logged counts once when it is done again on the day after", async () => {
  const { service, pair } = await running();
  for (const on of ["2026-10-05", "2026-10-06"]) {
    const entry = entryOf("mou-revise", on, { source: "00000000000000aa" });
    await changePair(service.ports, pair.id, (stored) => changeOf(stored, { log: [entry] }));
  }
  expect((await service.ports.pairs.log(pair.id)).map(({ on }) => on)).toEqual(["2026-10-05"]);
});

test("who changes a pair calls for the repair once, and the repair itself never does", async () => {
  const { service, pair } = await running();
  const called: string[] = [];
  const queues: Ports["queues"] = { put: async ({ queue }) => void called.push(queue) };
  const save = async () => "stale" as const;
  const crowded = { ...service.ports, queues, pairs: { ...service.ports.pairs, save } };
  const pausing = () =>
    changePair(crowded, pair.id, (stored) => pause(stored, "sp", actOf(service)));
  await expect(pausing()).rejects.toThrow("changed under every attempt");
  expect(called).toEqual(["due"]);
  // The ledger says paused by now. A repair that called for repairs would multiply without end.
  await expect(advancePair(crowded, pair.id)).rejects.toThrow("changed under every attempt");
  expect(called).toEqual(["due"]);
});

test("whoever may not get to the second write has asked to be looked after, before the first", async () => {
  const { service, pair } = await running();
  await pauseAndDie(service, pair.id);
  expect(service.queued).toContainEqual({ queue: "due", pairId: pair.id, afterSeconds: 60 });
});

test("a mail that was taken back stays so when its step is done again, unless it is to come back", async () => {
  const { service, pair } = await running();
  const [welcome] = await service.ports.ledger.list(pair.id, "welcome");
  if (welcome === undefined) throw new Error("both were welcomed");
  const states = [];
  for (const revive of [false, true]) {
    await service.ports.ledger.change(welcome, (send) => ({ ...send, state: "withdrawn" }));
    const { item, seat, holder, kind, mail, plannedFor: at } = welcome;
    const plan = { item, seat, holder, kind, mail, at, revive };
    await changePair(service.ports, pair.id, (stored) => changeOf(stored, { plans: [plan] }));
    states.push((await service.ports.ledger.read(welcome))?.state);
  }
  expect(states).toEqual(["withdrawn", "planned"]);
});
