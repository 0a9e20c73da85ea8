import { expect, test } from "vitest";
import { ALL_DUE_SHARDS } from "../../functions/adapters/due-shard.ts";
import { readSendKey, sendLedger } from "../../functions/adapters/send-ledger.ts";
import { plusHours } from "../../functions/core/instant.ts";
import { acceptSend, claimSend, type Send, type SendKey } from "../../functions/core/send.ts";
import type { Table } from "../../functions/ports.ts";
import { describeOnEachTable } from "./each-table.ts";
import { consent, LATER, NOON, pair, send } from "./examples.ts";

const { claim: _claim, sesId: _sesId, settledAt: _settledAt, ...unsent } = send;
const planned: Send = unsent;
const keyOf = ({ owner, item, seat, holder }: Send): SendKey => ({ owner, item, seat, holder });

async function dueIn(table: Table) {
  const all = ALL_DUE_SHARDS.map((shard) => table.due(shard, NOON, LATER, 100));
  return (await Promise.all(all)).flat();
}

describeOnEachTable("a send ledger", (newTable) => {
  test("gives a send back whole", async () => {
    const ledger = sendLedger(await newTable());
    expect(await ledger.plan(send)).toBe("planned");
    expect(await ledger.read(keyOf(send))).toEqual(send);
    expect(await ledger.read({ ...keyOf(send), holder: 2 })).toBeUndefined();
  });

  test("leaves a send that was planned before as it is", async () => {
    const ledger = sendLedger(await newTable());
    await ledger.plan(planned);
    expect(await ledger.plan({ ...planned, edition: "newer" })).toBe("exists");
    expect((await ledger.read(keyOf(planned)))?.edition).toBe(planned.edition);
  });

  test("keeps mail that is about no pair under its cohort", async () => {
    const table = await newTable();
    const ledger = sendLedger(table);
    const signIn: Send = {
      ...planned,
      owner: "cohort-coast",
      item: "sign-in-0",
      seat: "coordinator",
    };
    await ledger.plan(signIn);
    expect(await ledger.read(keyOf(signIn))).toEqual(signIn);
    expect(await table.query("COHORT#coast", "SEND#")).toHaveLength(1);
    expect((await dueIn(table)).map(readSendKey)).toEqual([keyOf(signIn)]);
  });

  test("is due while unsettled, under the name of the send", async () => {
    const table = await newTable();
    const ledger = sendLedger(table);
    await ledger.plan(planned);
    expect((await dueIn(table)).map(readSendKey)).toEqual([keyOf(planned)]);
    await ledger.change(keyOf(planned), (stored) => acceptSend(stored, "ses-1", LATER));
    expect(await dueIn(table)).toEqual([]);
  });

  test("answers the send as it stands after a change, and nothing where nothing was changed", async () => {
    const ledger = sendLedger(await newTable());
    await ledger.plan(planned);
    const sent = await ledger.change(keyOf(planned), (stored) =>
      acceptSend(stored, "ses-1", LATER),
    );
    expect(sent).toEqual(await ledger.read(keyOf(planned)));
    expect(sent?.state).toBe("sent");
    expect(sent?.version).toBe(2);
    expect(await ledger.change(keyOf(planned), () => undefined)).toBeUndefined();
    expect(await ledger.change({ ...keyOf(planned), item: "none" }, (any) => any)).toBeUndefined();
  });

  test("lets one of several consumers claim a send", async () => {
    const ledger = sendLedger(await newTable());
    await ledger.plan(planned);
    const claims = await Promise.all(
      ["run-a", "run-b", "run-c", "run-d"].map((run) =>
        ledger.change(keyOf(planned), (stored) => claimSend(stored, run, NOON)),
      ),
    );
    const winners = claims.filter((claim) => claim !== undefined);
    expect(winners).toHaveLength(1);
    expect((await ledger.read(keyOf(planned)))?.claim).toEqual(winners[0]?.claim);
  });

  test("loses none of several changes that come at once", async () => {
    const ledger = sendLedger(await newTable());
    await ledger.plan(planned);
    const count = (stored: Send): Send => ({ ...stored, unresolved: stored.unresolved + 1 });
    await Promise.all(Array.from({ length: 8 }, () => ledger.change(keyOf(planned), count)));
    expect((await ledger.read(keyOf(planned)))?.unresolved).toBe(8);
  });

  test("lists an owner's sends by the beginning of their item", async () => {
    const ledger = sendLedger(await newTable());
    const items = ["lesson-01", "lesson-02", "nudge-01"];
    for (const item of items) await ledger.plan({ ...planned, item });
    await ledger.plan({ ...planned, owner: "zzzzzzzzzzzzzzzz" });
    const listed = async (prefix: string) =>
      (await ledger.list(pair.id, prefix)).map(({ item }) => item);
    expect(await listed("lesson-")).toEqual(["lesson-01", "lesson-02"]);
    expect(await listed("")).toEqual(items);
  });

  test("gives a holder number to one person", async () => {
    const ledger = sendLedger(await newTable());
    expect(await ledger.allocate(consent)).toBe("allocated");
    expect(await ledger.allocate({ ...consent, state: "given" })).toBe("exists");
    expect(await ledger.consents(pair.id)).toEqual([consent]);
  });

  test("changes a consent that exists, and makes none up", async () => {
    const ledger = sendLedger(await newTable());
    await ledger.allocate(consent);
    const given = await ledger.changeConsent(consent, (stored) => ({ ...stored, state: "given" }));
    expect(given).toEqual({ ...consent, state: "given" });
    expect(await ledger.consents(pair.id)).toEqual([given]);
    const nobody = { ...consent, holder: 9 };
    expect(await ledger.changeConsent(nobody, (stored) => stored)).toBeUndefined();
    expect(await ledger.changeConsent(consent, () => undefined)).toBeUndefined();
  });

  test("keeps the grounds of a suppression apart, and each at its latest act", async () => {
    const ledger = sendLedger(await newTable());
    expect(await ledger.suppression("hmac")).toBeUndefined();
    await ledger.suppress("hmac", "stop", { at: NOON, lifted: false });
    await ledger.suppress("hmac", "bounce", { at: LATER, lifted: false });
    await ledger.suppress("hmac", "stop", { at: LATER, lifted: true });
    const afterAll = await ledger.suppress("hmac", "stop", { at: NOON, lifted: false });
    expect(afterAll).toEqual({
      address: "hmac",
      stop: { at: LATER, lifted: true },
      bounce: { at: LATER, lifted: false },
    });
    expect(await ledger.suppression("hmac")).toEqual(afterAll);
  });

  test("stores nothing when somebody who never stopped says START", async () => {
    const ledger = sendLedger(await newTable());
    const nothing = await ledger.suppress("hmac", "stop", { at: NOON, lifted: true });
    expect(nothing).toEqual({ address: "hmac" });
    expect(await ledger.suppression("hmac")).toBeUndefined();
  });

  const gapMs = 20 * 3_600_000;
  const seat = { pairId: pair.id, seat: "sp", holder: 1 } as const;

  test("gives a seat one item within its distance", async () => {
    const ledger = sendLedger(await newTable());
    expect(await ledger.takeTurn(seat, { item: "meet-1", at: NOON, gapMs })).toBeUndefined();
    expect(await ledger.takeTurn(seat, { item: "nudge-01", at: LATER, gapMs })).toBe(NOON);
    expect(
      await ledger.takeTurn({ ...seat, seat: "le" }, { item: "meet-1", at: LATER, gapMs }),
    ).toBeUndefined();
    const later = plusHours(NOON, 20);
    expect(await ledger.takeTurn(seat, { item: "nudge-01", at: later, gapMs })).toBeUndefined();
  });

  test("lets an item that has the turn take it again, and counts the distance from then", async () => {
    const ledger = sendLedger(await newTable());
    await ledger.takeTurn(seat, { item: "meet-1", at: NOON, gapMs });
    expect(await ledger.takeTurn(seat, { item: "meet-1", at: LATER, gapMs })).toBeUndefined();
    expect(await ledger.takeTurn(seat, { item: "nudge-01", at: LATER, gapMs })).toBe(LATER);
  });

  test("counts the distance from the later try when clocks differ", async () => {
    const ledger = sendLedger(await newTable());
    await ledger.takeTurn(seat, { item: "meet-1", at: LATER, gapMs });
    await ledger.takeTurn(seat, { item: "meet-1", at: NOON, gapMs });
    expect(await ledger.takeTurn(seat, { item: "nudge-01", at: LATER, gapMs })).toBe(LATER);
  });

  test("gives the turn to one of two items that ask at once", async () => {
    const ledger = sendLedger(await newTable());
    const answers = await Promise.all(
      ["meet-1", "nudge-01", "mou-1"].map((item) =>
        ledger.takeTurn(seat, { item, at: NOON, gapMs }),
      ),
    );
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(1);
    expect(answers.filter((answer) => answer === NOON)).toHaveLength(2);
  });
});

test("a key of the due index that names no send is an error", () => {
  expect(() => readSendKey({ pk: "PAIR#abc", sk: "CONSENT#sp1" })).toThrow(Error);
});
