import { expect, test } from "vitest";
import { plusDays } from "../../functions/core/instant.ts";
import { cg, factsIn } from "../support/operator.ts";
import { createTestService, startPair, type TestService } from "../support/service.ts";

const START = "2026-10-05T15:00:00.000Z";
const BEN = "ben@police.example";

async function running() {
  const service = await createTestService(START);
  const pair = await startPair(service);
  await service.drain();
  return { service, pair };
}

function mailsTo(service: TestService, to: string): readonly string[] {
  return service.mails
    .filter((mail) => mail.to === to)
    .map(({ sendId }) => sendId.split("_")[1] ?? "");
}

test("pausing a seat holds the pair and tells the partner, as the page's button does", async () => {
  const { service, pair } = await running();
  const { code, out } = await cg(service.ports, ["pause", pair.id, "sp", "--weeks", "2"]);
  expect(code).toBe(0);
  expect(out).toBe("The seat sp is paused until 2026-10-19; the pair is on hold.\n");
  await service.drain();
  expect(mailsTo(service, BEN).at(-1)).toMatch(/^notice-on-hold-/);
  const consents = await service.ports.ledger.consents(pair.id);
  expect(consents.find(({ seat }) => seat === "sp")?.state).toBe("paused");
  await service.advanceTo(plusDays(START, 8));
  expect(mailsTo(service, BEN)).not.toContain("lesson-01");
});

test("resuming lets the lessons go on", async () => {
  const { service, pair } = await running();
  await cg(service.ports, ["pause", pair.id, "sp"]);
  const resumed = await cg(service.ports, ["resume", pair.id, "sp", "--json"]);
  expect(factsIn(resumed)).toEqual({ pair: pair.id, seat: "sp", state: "present", onHold: false });
  await service.advanceTo(plusDays(START, 9));
  expect(mailsTo(service, BEN)).toContain("lesson-01");
});

test("what is not paused cannot be resumed, and the answer says how it stands", async () => {
  const { service, pair } = await running();
  const { code, err } = await cg(service.ports, ["resume", pair.id, "le"]);
  expect(code).toBe(1);
  expect(err).toBe(
    "The seat le is present and the pair is active: nothing to resume. cg show says more.\n",
  );
});

test.each(["0", "27", "two"])("a pause of %s weeks is refused", async (weeks) => {
  const { service, pair } = await running();
  const { code, err } = await cg(service.ports, ["pause", pair.id, "sp", "--weeks", weeks]);
  expect(code).toBe(2);
  expect(err).toMatch(/^weeks: must be a number from 1 to 26\n$/);
});

test("a pause until a day ends on that day, where the pair is", async () => {
  const { service, pair } = await running();
  const { out } = await cg(service.ports, ["pause", pair.id, "sp", "--until", "2026-10-16"]);
  expect(out).toBe("The seat sp is paused until 2026-10-16; the pair is on hold.\n");
  await service.advanceTo("2026-10-16T03:00:00.000Z"); // 23:00 of the 15th in New York
  expect((await service.ports.pairs.read(pair.id))?.seats.sp.state.kind).toBe("paused");
  await service.advanceTo("2026-10-16T05:00:00.000Z");
  expect((await service.ports.pairs.read(pair.id))?.seats.sp.state.kind).toBe("present");
});

test.each([
  ["2026-10-04", "past"],
  ["2026-10-05", "today"],
  ["2027-04-06", "too far ahead"],
])("a pause until %s is refused: that is %s", async (day, why) => {
  const { service, pair } = await running();
  const { code, err } = await cg(service.ports, ["pause", pair.id, "sp", "--until", day]);
  expect([code, err]).toEqual([
    1,
    `${day} is ${why} where the pair is (America/New_York). Give a day from 2026-10-06 to 2027-04-05.\n`,
  ]);
  expect((await service.ports.pairs.read(pair.id))?.seats.sp.state.kind).toBe("present");
});

test("which day is past the pair's own zone decides", async () => {
  const { service, pair } = await running();
  await service.advanceTo("2026-10-13T02:00:00.000Z"); // still the 12th in New York
  const { code } = await cg(service.ports, ["pause", pair.id, "sp", "--until", "2026-10-13"]);
  expect(code).toBe(0);
});

test("what is no day, and an end said twice, is told before anything is done", async () => {
  const { service, pair } = await running();
  const wrong = await cg(service.ports, ["pause", pair.id, "sp", "--until", "11/02"]);
  expect(wrong).toMatchObject({ code: 2, err: "until: must be a day, such as 2026-11-02\n" });
  const twice = ["pause", pair.id, "sp", "--until", "2026-10-16", "--weeks", "2"];
  expect(await cg(service.ports, twice)).toMatchObject({
    code: 2,
    err: "until: goes without --weeks: one of them says when it ends\n",
  });
});

test("the log has the command, its outcome and the pair's id", async () => {
  const { service, pair } = await running();
  await cg(service.ports, ["pause", pair.id, "le"]);
  expect(service.log.at(-1)).toBe(
    `operator.acted ${JSON.stringify({ kind: "pause", outcome: "done", pairId: pair.id })}`,
  );
});

test("an address typed in the place of an id does not reach the log", async () => {
  const { service } = await running();
  await cg(service.ports, ["pause", BEN, "le"]);
  expect(service.log.join("\n")).not.toContain("ben@");
});
