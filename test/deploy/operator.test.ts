import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, inject, test } from "vitest";
import { liveService } from "../../functions/adapters/live-ports.ts";
import { acceptInvitation } from "../../functions/confirm/answer-invitation.ts";
import { readCoordinatorConfig } from "../../functions/coordinator/config.ts";
import { sendIdOf } from "../../functions/core/send.ts";
import { enrollPair } from "../../functions/enroll/enroll-pair.ts";
import { environmentOf } from "../../operator/stage.ts";
import { ROOT } from "../repo/files.ts";
import { signUpOf } from "../support/service.ts";
import { until } from "./aws.ts";
import { mailsTo, mailTo, reportBounce } from "./inbox.ts";
import { letWaitForPerson, pairOf, sendsOf } from "./rows.ts";
import { openStage } from "./stage.ts";

/** The commands over a deployed stage, each as a process of its own with the stage's credentials. */
const stage = openStage(inject("stage"));
const EVE = "eve@shelter.example";
const MAX = "max@county-police.example";
const KIM = "kim@county-police.example";
let pair: string;

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function cg(...typed: readonly string[]): Promise<Ended> {
  return run(typed, ["--stage", stage.settings.stage, "--settings", stage.settingsFile]);
}

function run(typed: readonly string[], where: readonly string[]): Promise<Ended> {
  const args = ["run", "--silent", "cg", "--", ...typed, ...where];
  return new Promise((resolve) => {
    execFile("npm", args, { cwd: ROOT, env: { ...stage.environment } }, (error, out, err) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err });
    }).stdin?.end();
  });
}

async function facts(...typed: readonly string[]): Promise<Record<string, unknown>> {
  const { code, out, err } = await cg(...typed, "--json");
  if (code !== 0) throw new Error(`cg ${typed.join(" ")} ended with ${code}: ${out}${err}`);
  return JSON.parse(out) as Record<string, unknown>;
}

/** Two people who have both said yes, through the workflows of the deployed pages. */
beforeAll(async () => {
  Object.assign(process.env, stage.environment);
  const environment = await environmentOf(stage.aws.lambda, stage.settings, "coordinator");
  const live = liveService(readCoordinatorConfig(environment));
  await live.ready();
  const cohort = stage.settings.cohorts[0]?.name ?? "";
  const wanted = signUpOf({ email: EVE, partnerEmail: MAX, cohort });
  await enrollPair(live.ports, wanted, "198.51.100.7");
  const [id] = await live.ports.pairs.pairsOf(live.ports.signer.hashAddress(EVE));
  if (id === undefined) throw new Error("nobody has signed up");
  pair = id;
  for (const seat of ["sp", "le"] as const) {
    const act = { at: new Date().toISOString(), id: `${seat}00000000000000` };
    await acceptInvitation(live.ports, { owner: pair, seat, holder: 1 }, act);
  }
});

test("a pair is listed by its address and shown with its mails", async () => {
  expect(await facts("list", "--address", EVE)).toMatchObject({ pairs: [{ pairId: pair }] });
  const { out } = await cg("show", pair);
  expect(out).toContain(`Pair ${pair} in demo-county`);
  expect(out).toMatch(new RegExp(`${pair}_invitation_sp1`));
});

test("a seat is paused and resumed", async () => {
  expect(await facts("pause", pair, "sp")).toMatchObject({ state: "paused", onHold: true });
  expect(await facts("resume", pair, "sp")).toMatchObject({ state: "present", onHold: false });
});

test("a mail that waits for a person is given up, and sent all the same when they think better of it", async () => {
  const { sesId } = await mailTo(stage, MAX, "The series is on hold");
  const wasSent = async () => (await sendsOf(stage)).find((send) => send.sesId === sesId);
  const notice = await until("the ledger has the notice", wasSent);
  await letWaitForPerson(stage, notice);
  const id = sendIdOf(notice);
  expect(await facts("skip", id)).toEqual({ send: id, state: "skipped" });
  expect((await cg("skip", id)).err).toContain("That mail is skipped");
  expect((await cg("resend", id)).code).toBe(2);
  expect(await facts("resend", id, "--yes")).toEqual({ send: id, state: "planned" });
  await until("it comes a second time", async () => {
    const notices = (await mailsTo(stage, MAX)).filter(({ subject }) => subject.includes("hold"));
    return notices.length === 2 || undefined;
  });
});

test("mail goes again to an address that bounced", async () => {
  await reportBounce(stage, await mailTo(stage, MAX, /invitation/));
  const seat = async () => (await pairOf(stage, MAX)).seats.le.state.kind;
  await until("the seat is lost", async () => (await seat()) === "unreachable" || undefined);
  expect((await cg("unsuppress", pair, "le")).code).toBe(2);
  expect(await facts("unsuppress", pair, "le", "--yes")).toMatchObject({ state: "present" });
  expect(await seat()).toBe("present");
  expect(await cg("unsuppress", pair, "le", "--yes")).toMatchObject({ code: 1, out: "" });
});

test("a colleague is named, who is invited by mail", async () => {
  expect((await cg("hand-over", pair, "le", KIM)).code).toBe(2);
  expect(await facts("hand-over", pair, "le", KIM, "--yes")).toMatchObject({ named: true });
  expect((await mailTo(stage, KIM, /./)).links.some((link) => link.includes("/confirm/"))).toBe(
    true,
  );
  expect((await cg("hand-over", pair, "le", KIM, "--yes")).err).toContain("named for that seat");
});

test("one pair and one person can be exported, and a cohort of too few cannot", async () => {
  expect((await cg("export", pair)).out).toContain('"pair","state: running",""');
  expect((await cg("export", pair, "sp")).out).toContain(`"you","address: ${EVE}",""`);
  expect(await cg("export", "demo-county")).toMatchObject({ code: 1, out: "" });
});

test("the queues are counted, and one without dead letters has none to put back", async () => {
  const { queues } = (await facts("queues")) as { queues: { queue: string; dead: number }[] };
  expect(queues.map(({ queue }) => queue)).toEqual(["due", "fast", "bulk", "feedback"]);
  expect(await facts("redrive", "due")).toMatchObject({ queue: "due", redriven: 0 });
});

test("any mail is shown with the stage's own address, and sent to oneself", async () => {
  expect((await cg("preview", "welcome")).out).toContain(stage.site);
  expect(await facts("test-send", "welcome", "operator@agency.example")).toMatchObject({
    mail: "welcome",
  });
});

test("a person is erased, and the receipt counts what went", async () => {
  expect((await cg("erase", EVE)).code).toBe(2);
  const receipt = await facts("erase", EVE, "--yes");
  expect(receipt).toMatchObject({ pairs: 1, seats: 1, consents: 1 });
  const { out } = await cg("show", pair, "--people");
  expect(out).not.toContain(EVE);
  expect(out).toMatch(/ {2}sp +erased since/);
});

test("a stage that is not there is named, with what to look at", async () => {
  const file = path.join(stage.work, "nowhere.json");
  writeFileSync(file, JSON.stringify({ ...stage.settings, stage: "nowhere" }));
  const { code, err } = await run(["list"], ["--stage", "nowhere", "--settings", file]);
  expect(code).toBe(3);
  expect(err).toContain("There is no stage nowhere in us-east-1");
});
