import { expect, test } from "vitest";
import { plusDays } from "../../functions/core/instant.ts";
import { cg, factsIn } from "../support/operator.ts";
import { createTestService, signUpOf, startPair } from "../support/service.ts";

const START = "2026-10-05T15:00:00.000Z";

async function running() {
  const service = await createTestService(START);
  const pair = await startPair(service);
  return { service, pair };
}

test("the list shows each pair by its id, and nobody's name", async () => {
  const { service, pair } = await running();
  const { code, out } = await cg(service.ports, ["list"]);
  expect(code).toBe(0);
  expect(out).toMatch(new RegExp(`${pair.id} +demo +running +0/11 +-\n`));
  expect(out).toMatch(/1 pair\n$/);
  expect(out).not.toMatch(/Ada|Ben|example/);
});

test("names are shown to whoever asks for them", async () => {
  const { service } = await running();
  const { out } = await cg(service.ports, ["list", "--people"]);
  expect(out).toContain("Ada Provider, Harbor House; Ben Officer, City Police");
});

test("a pair is found by somebody's address", async () => {
  const { service, pair } = await running();
  const found = await cg(service.ports, ["list", "--address", "BEN@police.example", "--json"]);
  expect(factsIn(found)).toMatchObject({ pairs: [{ pairId: pair.id }] });
  const { out } = await cg(service.ports, ["list", "--address", "nobody@police.example"]);
  expect(out).toBe("No such pairs.\n");
});

test("the list can be narrowed to a state, a cohort, and mails that wait for a person", async () => {
  const { service, pair } = await running();
  const count = async (...words: string[]) =>
    (factsIn(await cg(service.ports, ["list", "--json", ...words])).pairs as object[]).length;
  expect(await count("--only", "running")).toBe(1);
  expect(await count("--only", "on-hold")).toBe(0);
  expect(await count("--cohort", "reviewed")).toBe(0);
  expect(await count("--only", "held")).toBe(0);
  service.answerWith(() => ({ kind: "refused", why: "MessageRejected" }));
  await service.advanceTo(plusDays(START, 3));
  expect(await count("--only", "held")).toBe(1);
  expect((await cg(service.ports, ["show", pair.id])).out).toMatch(
    /held +lesson-01 +\w+_lesson-01_sp1/,
  );
});

test("a cohort or a state that does not exist is named with those that do", async () => {
  const { service } = await running();
  const cohort = await cg(service.ports, ["list", "--cohort", "elsewhere"]);
  expect(cohort).toMatchObject({
    code: 1,
    err: "There is no cohort elsewhere. Known: demo, reviewed.\n",
  });
  const state = await cg(service.ports, ["list", "--only", "asleep"]);
  expect(state.code).toBe(2);
  expect(state.err).toMatch(/^only: is none of waiting, running/);
});

test("a pair is shown with its seats, what comes next and its mails by id", async () => {
  const { service, pair } = await running();
  await service.advanceTo(plusDays(START, 2));
  const { out } = await cg(service.ports, ["show", pair.id]);
  expect(out).toContain(`Pair ${pair.id} in demo`);
  expect(out).toMatch(/ {2}sp +present since 2026-10-05 15:00 \(holder 1\)\n/);
  expect(out).toMatch(/ {2}next +\w+, 2026-10-/);
  expect(out).toMatch(new RegExp(`2026-10-06 14:0\\d +sent +lesson-01 +${pair.id}_lesson-01_le1`));
  expect(out).not.toMatch(/Ada|Ben |\.example/);
});

test("people are shown with their addresses only when asked for", async () => {
  const { service, pair } = await running();
  const { out } = await cg(service.ports, ["show", pair.id, "--people"]);
  expect(out).toContain("Ben Officer <ben@police.example>, City Police");
});

test("a pair that does not exist is refused with what to do", async () => {
  const { service } = await running();
  const unknown = await cg(service.ports, ["show", "zzzzzzzzzzzzzzzz"]);
  expect(unknown).toMatchObject({
    code: 1,
    err: "There is no pair zzzzzzzzzzzzzzzz. cg list shows those there are.\n",
  });
  const mistyped = await cg(service.ports, ["show", "ada@harbor.example"]);
  expect(mistyped.code).toBe(2);
  expect(mistyped.err).toMatch(/^pair: is no pair's id/);
});

test("a stalled pair stands in the list as one", async () => {
  const service = await createTestService(START);
  await startPair(service, signUpOf());
  await service.advanceTo(plusDays(START, 30));
  const { out } = await cg(service.ports, ["list", "--only", "stalled"]);
  expect(out).toContain("running, stalled");
});
