import { expect, test } from "vitest";
import { ALL_DUE_SHARDS } from "../../functions/adapters/due-shard.ts";
import { pairStore } from "../../functions/adapters/pair-store.ts";
import type { Pair } from "../../functions/core/pair.ts";
import { pairDueAt } from "../../functions/core/timers.ts";
import type { Table } from "../../functions/ports.ts";
import { describeOnEachTable } from "./each-table.ts";
import { entry, LATER, NOON, pair } from "./examples.ts";

async function dueIn(table: Table) {
  const all = ALL_DUE_SHARDS.map((shard) =>
    table.due(shard, "2000-01-01T00:00:00.000Z", "2099-01-01T00:00:00.000Z", 100),
  );
  return (await Promise.all(all)).flat();
}

describeOnEachTable("a pair store", (newTable) => {
  test("gives a pair back whole", async () => {
    const pairs = pairStore(await newTable());
    expect(await pairs.create(pair)).toBe("created");
    expect(await pairs.read(pair.id)).toEqual(pair);
    expect(await pairs.read("zzzzzzzzzzzzzzzz")).toBeUndefined();
  });

  test("creates a pair once", async () => {
    const pairs = pairStore(await newTable());
    await pairs.create(pair);
    expect(await pairs.create({ ...pair, cohort: "other" })).toBe("exists");
    expect(await pairs.read(pair.id)).toEqual(pair);
  });

  test("saves what was read, and nothing that somebody else changed meanwhile", async () => {
    const pairs = pairStore(await newTable());
    await pairs.create(pair);
    expect(await pairs.save({ ...pair, locale: "es" })).toBe("saved");
    expect(await pairs.save({ ...pair, locale: "fr" })).toBe("stale");
    expect(await pairs.read(pair.id)).toEqual({ ...pair, locale: "es", version: 1 });
  });

  test("stands on the due index at its earliest timer that counts, and at no other", async () => {
    const table = await newTable();
    const pairs = pairStore(table);
    await pairs.create(pair);
    expect(await dueIn(table)).toEqual([
      { pk: `PAIR#${pair.id}`, sk: "PAIR", dueAt: pairDueAt(pair) },
    ]);
    const seats = { sp: { ...pair.seats.sp, timers: {} }, le: pair.seats.le };
    await pairs.save({ ...pair, seats, timers: {} });
    expect(await dueIn(table)).toEqual([]);
  });

  test("lists a cohort by state, least recently active first", async () => {
    const pairs = pairStore(await newTable());
    const { lastActionOn: _, ...quiet } = pair;
    const made: readonly Pair[] = [
      { ...pair, id: "aaaaaaaaaaaaaaaa", lastActionOn: "2026-12-02" },
      { ...pair, id: "bbbbbbbbbbbbbbbb", lastActionOn: "2026-12-01" },
      { ...quiet, id: "cccccccccccccccc" },
      { ...pair, id: "dddddddddddddddd", cohort: "hills" },
      { ...pair, id: "eeeeeeeeeeeeeeee", state: { kind: "ended", endedAt: NOON, reason: "quiet" } },
    ];
    for (const each of made) await pairs.create(each);
    const ids = async (state: Pair["state"]["kind"]) =>
      (await pairs.roster("coast", state)).map(({ id }) => id);
    expect(await ids("active")).toEqual([
      "cccccccccccccccc",
      "bbbbbbbbbbbbbbbb",
      "aaaaaaaaaaaaaaaa",
    ]);
    expect(await ids("ended")).toEqual(["eeeeeeeeeeeeeeee"]);
    expect(await pairs.roster("coast", "completed")).toEqual([]);
  });

  test("lists a cohort of more pairs than one request can read", async () => {
    const pairs = pairStore(await newTable());
    const ids = Array.from({ length: 120 }, (_, index) => `pair-${index}`);
    await Promise.all(ids.map((id) => pairs.create({ ...pair, id })));
    expect(await pairs.roster("coast", "active")).toHaveLength(120);
  });

  test("lets one pair own a couple until it releases it", async () => {
    const pairs = pairStore(await newTable());
    const owners = await Promise.all(
      ["p1", "p2", "p3"].map((id) => pairs.claimCouple("both#partner-tips", id)),
    );
    const owner = owners[0] ?? "";
    expect(new Set(owners).size).toBe(1);
    await pairs.releaseCouple("both#partner-tips", owner === "p2" ? "p3" : "p2");
    expect(await pairs.claimCouple("both#partner-tips", "p4")).toBe(owner);
    await pairs.releaseCouple("both#partner-tips", owner);
    expect(await pairs.claimCouple("both#partner-tips", "p4")).toBe("p4");
  });

  test("knows the pairs of an address", async () => {
    const pairs = pairStore(await newTable());
    await pairs.linkAddress("hmac", "p1");
    await pairs.linkAddress("hmac", "p1");
    await pairs.linkAddress("hmac", "p2");
    await pairs.linkAddress("other", "p3");
    expect(await pairs.pairsOf("hmac")).toEqual(["p1", "p2"]);
    await pairs.unlinkAddress("hmac", "p1");
    await pairs.unlinkAddress("hmac", "p1");
    expect(await pairs.pairsOf("hmac")).toEqual(["p2"]);
  });

  test("knows those an address has left until it is forgotten there", async () => {
    const pairs = pairStore(await newTable());
    await pairs.linkAddress("hmac", "p1");
    await pairs.linkAddress("hmac", "p2");
    await pairs.unlinkAddress("hmac", "p1");
    await pairs.unlinkAddress("hmac", "p3");
    expect(await pairs.pairsEverOf("hmac")).toEqual(["p1", "p2"]);
    await pairs.linkAddress("hmac", "p1");
    expect(await pairs.pairsOf("hmac")).toEqual(["p1", "p2"]);
    await pairs.forgetAddress("hmac", "p1");
    await pairs.forgetAddress("hmac", "p1");
    expect(await pairs.pairsEverOf("hmac")).toEqual(["p2"]);
  });

  test("logs an entry once, however often it is reported by the same reply", async () => {
    const pairs = pairStore(await newTable());
    const again = { ...entry, reportedAt: LATER };
    expect(await pairs.appendLog(pair.id, entry)).toBe("added");
    expect(await pairs.appendLog(pair.id, again)).toBe("exists");
    expect(await pairs.appendLog(pair.id, { ...entry, source: "fedcba9876543210" })).toBe("added");
    expect(await pairs.log(pair.id)).toEqual([entry, { ...entry, source: "fedcba9876543210" }]);
  });

  test("logs one report under one day, the first, although it was written under two at once", async () => {
    const pairs = pairStore(await newTable());
    const later = { ...entry, on: "2026-11-25" };
    for (const one of [later, entry]) expect(await pairs.appendLog(pair.id, one)).toBe("added");
    expect(await pairs.log(pair.id)).toEqual([entry]);
    await pairs.undoLog(pair.id, entry, NOON);
    expect(await pairs.log(pair.id)).toEqual([{ ...entry, undoneAt: NOON }]);
  });

  test("marks an entry as undone and keeps the first instant of it", async () => {
    const pairs = pairStore(await newTable());
    await pairs.appendLog(pair.id, entry);
    await pairs.undoLog(pair.id, entry, NOON);
    await pairs.undoLog(pair.id, entry, LATER);
    await pairs.undoLog(pair.id, { ...entry, on: "2026-11-21" }, NOON);
    expect(await pairs.log(pair.id)).toEqual([{ ...entry, undoneAt: NOON }]);
  });

  test("remembers a reply", async () => {
    const pairs = pairStore(await newTable());
    expect(await pairs.hasReply(pair.id, "abc")).toBe(false);
    expect(await pairs.rememberReply(pair.id, "abc", LATER)).toBe("new");
    expect(await pairs.rememberReply(pair.id, "abc", LATER)).toBe("seen");
    expect(await pairs.hasReply(pair.id, "abc")).toBe(true);
    expect(await pairs.hasReply("other", "abc")).toBe(false);
  });
});
