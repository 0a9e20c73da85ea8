import { expect, test } from "vitest";
import { sessions } from "../../functions/adapters/sessions.ts";
import type { Session } from "../../functions/ports.ts";
import { describeOnEachTable } from "./each-table.ts";
import { LATER, NOON } from "./examples.ts";

const partner: Session = {
  idHash: "hash-1",
  who: { kind: "partner", pairId: "abcdefgh234567ab", seat: "sp", holder: 1 },
  openedAt: NOON,
  usedAt: NOON,
};
const coordinator: Session = {
  ...partner,
  idHash: "hash-2",
  who: { kind: "coordinator", cohort: "coast", address: "kim@coalition.example" },
};

describeOnEachTable("sessions", (newTable) => {
  test("let a sign-in request be used once", async () => {
    const store = sessions(await newTable());
    const tries = await Promise.all([1, 2, 3].map(() => store.redeem("request-1", LATER)));
    expect(tries.filter(Boolean)).toHaveLength(1);
    expect(await store.redeem("request-1", LATER)).toBe(false);
    expect(await store.redeem("request-2", LATER)).toBe(true);
  });

  test("are read back as they were opened", async () => {
    const store = sessions(await newTable());
    await store.open(partner);
    await store.open(coordinator);
    expect(await store.read("hash-1")).toEqual(partner);
    expect(await store.read("hash-2")).toEqual(coordinator);
    expect(await store.read("hash-3")).toBeUndefined();
  });

  test("remember when they were used last", async () => {
    const store = sessions(await newTable());
    await store.open(partner);
    await store.touch({ ...partner, usedAt: LATER });
    expect(await store.read("hash-1")).toEqual({ ...partner, usedAt: LATER });
  });

  test("stay closed, even when a request that was under way touches them", async () => {
    const store = sessions(await newTable());
    await store.open(partner);
    await store.close("hash-1");
    await store.close("hash-1");
    await store.touch({ ...partner, usedAt: LATER });
    expect(await store.read("hash-1")).toBeUndefined();
  });
});
