import { expect, test } from "vitest";
import { nameSuccessor } from "../../functions/core/handover.ts";
import { changePair } from "../../functions/schedule/change-pair.ts";
import { cg, factsIn } from "../support/operator.ts";
import { createInbox } from "../support/replies.ts";
import { actOf, read, running, sayYes } from "../support/stories.ts";

const ADA = "ada@harbor.example";
const COLLEAGUE = { name: "Cal Colleague", email: "cal@harbor.example", agency: "Harbor House" };

test("erasing asks first, says what it would do, and takes nothing but yes for an answer", async () => {
  const { service, pair } = await running();
  const no = await cg(service.ports, ["erase", ADA], "y");
  expect(no).toMatchObject({ code: 1, err: "Nothing was changed.\n" });
  expect(no.asked).toEqual([
    "This erases one person from 1 pair (1 seat held now). It cannot be taken back.\nIn the test. Type yes to go on: ",
  ]);
  expect((await read(service, pair.id)).seats.sp.email).toBe(ADA);
  expect((await cg(service.ports, ["erase", ADA], "yes")).code).toBe(0);
  expect((await read(service, pair.id)).seats.sp.email).toBe("");
});

test("where nobody can be asked it is not done without --yes", async () => {
  const { service, pair } = await running();
  const silent = await cg(service.ports, ["erase", ADA]);
  expect(silent.code).toBe(2);
  expect(silent.err).toMatch(/add --yes\.\n$/);
  expect((await read(service, pair.id)).seats.sp.email).toBe(ADA);
});

test("the receipt counts what went, and names nobody", async () => {
  const { service, pair } = await running();
  const { out } = await cg(service.ports, ["erase", pair.id, "sp", "--yes"]);
  expect(out).toMatch(/^Erased on 2026-10-05T15:00:00.000Z\. This receipt names nobody/);
  expect(out).toMatch(/ pairs +1\n/);
  expect(out).toMatch(/ seats emptied +1\n/);
  expect(out).not.toMatch(/ada|harbor/i);
  const rows = (await service.rows()).map((row) => JSON.stringify(row)).join("\n");
  expect(rows).not.toMatch(/ada@|Ada Provider/);
});

test("somebody who handed their seat over long ago is found by their address", async () => {
  const { service, pair } = await running();
  await changePair(service.ports, pair.id, (stored) =>
    nameSuccessor(stored, "sp", COLLEAGUE, actOf(service)),
  );
  await sayYes(
    service,
    { ...pair, seats: { ...pair.seats, sp: { ...pair.seats.sp, holder: 2 } } },
    "sp",
  );
  const seen = await cg(service.ports, ["erase", ADA, "--yes", "--json"]);
  expect(factsIn(seen)).toMatchObject({ pairs: 1, seats: 0, consents: 1 });
  const hash = service.ports.signer.hashAddress(ADA);
  expect((await service.rows()).filter((row) => JSON.stringify(row).includes(hash))).toEqual([]);
});

test("stored mail of theirs that nobody could read is deleted; what quotes them stays to be read", async () => {
  const { service } = await running();
  const inbox = createInbox();
  const folded = `Subject: x\r\nFrom: Ada\r\n <${ADA.toUpperCase()}>\r\n\r\nDONE`;
  inbox.stored.set("theirs", Buffer.from(folded));
  inbox.stored.set("quotes", Buffer.from(`From: ben@police.example\r\n\r\n> ${ADA}`));
  const ports = { ...service.ports, archive: inbox.archive };
  const seen = await cg(ports, ["erase", ADA, "--yes", "--json"]);
  expect(factsIn(seen)).toMatchObject({ mails: 1, mailsUnseen: 0 });
  expect([...inbox.stored.keys()]).toEqual(["quotes"]);
});

test("mail that may not be looked into from here is counted, with what becomes of it", async () => {
  const { service } = await running();
  const denied = Object.assign(new Error("no"), { name: "AccessDenied" });
  const archive = {
    ...service.ports.archive,
    unread: async () => ["one", "two"],
    read: async () => {
      throw denied;
    },
  };
  const { out } = await cg({ ...service.ports, archive }, ["erase", ADA, "--yes"]);
  expect(out).toContain("2 stored mails could not be looked into from here.");
});

test("an unknown address and an empty seat are refused with what to check", async () => {
  const { service, pair } = await running();
  const unknown = await cg(service.ports, ["erase", "nobody@harbor.example", "--yes"]);
  expect(unknown).toMatchObject({
    code: 1,
    err: expect.stringContaining("Nobody with that address"),
  });
  await cg(service.ports, ["erase", ADA, "--yes"]);
  const empty = await cg(service.ports, ["erase", pair.id, "sp", "--yes"]);
  expect(empty.err).toContain("holds nobody's name any more");
  expect((await cg(service.ports, ["erase", pair.id, "--yes"])).code).toBe(2);
});
