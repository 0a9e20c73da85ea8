import { expect, test } from "vitest";
import { cg } from "../support/operator.ts";
import { mailsTo, read, running } from "../support/stories.ts";

const CAL = "cal@harbor.example";

test("naming a colleague asks, invites them, and leaves the seat as it is", async () => {
  const { service, pair } = await running();
  const seen = await cg(service.ports, ["hand-over", pair.id, "sp", CAL], "yes");
  expect(seen.code).toBe(0);
  expect(seen.asked[0]).toMatch(/^This invites a colleague by mail to take the seat sp of /);
  await service.drain();
  expect(mailsTo(service, CAL)).toEqual(["invitation sp2"]);
  expect((await read(service, pair.id)).seats.sp).toMatchObject({ email: "ada@harbor.example" });
  expect((await cg(service.ports, ["show", pair.id])).out).toMatch(/sp +present .*2 is invited/);
});

test("a seat for which somebody is named, and an address of the pair's own, are refused", async () => {
  const { service, pair } = await running();
  const own = await cg(service.ports, ["hand-over", pair.id, "sp", "ben@police.example", "--yes"]);
  expect(own.err).toMatch(/^That address sits in this pair already/);
  await cg(service.ports, ["hand-over", pair.id, "sp", CAL, "--yes"]);
  const twice = await cg(service.ports, [
    "hand-over",
    pair.id,
    "sp",
    "dee@harbor.example",
    "--yes",
  ]);
  expect(twice.err).toMatch(/^A colleague is named for that seat already/);
});

test("a mistyped address is refused in the form's words, and a pair that is over by itself", async () => {
  const { service, pair } = await running();
  const typo = await cg(service.ports, ["hand-over", pair.id, "sp", "cal@harbor", "--yes"]);
  expect(typo).toMatchObject({ code: 2, err: expect.stringContaining("name@agency.example") });
  const gone = await cg(service.ports, ["hand-over", "zzzzzzzzzzzzzzzz", "sp", CAL], "yes");
  expect(gone.err).toMatch(/^There is no pair/);
});
