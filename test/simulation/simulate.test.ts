import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { ALL_CHECKS } from "./checks/all.ts";
import type { Scene } from "./checks/check.ts";
import { OWN_CODE } from "./code.ts";
import { runJob } from "./job.ts";
import { runSeed } from "./run.ts";
import { recordAwaits, singleFaultJobs, spread, workflowsWithout } from "./single-faults.ts";
import { runJobs } from "./workers.ts";

/** Enough to meet every kind of trouble; the command runs thousands. */
const SEEDS = 60;
const codes = [OWN_CODE] as const;
const COMMAND = fileURLToPath(new URL("./simulate.ts", import.meta.url));

test(`${SEEDS} bad times of several pairs: nothing twice, nothing lost, nothing held unseen`, async () => {
  const violations: string[] = [];
  let mails = 0;
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const result = await runSeed({ seed, codes });
    mails += result.mails;
    violations.push(...result.violations.map(({ check, detail }) => `${seed} ${check}: ${detail}`));
  }
  expect(violations).toEqual([]);
  expect(mails).toBeGreaterThan(SEEDS * 10);
}, 120_000);

test("one seed is one history, to the byte", async () => {
  const runs = [
    await runSeed({ seed: 17, codes, keepsHistory: true }),
    await runSeed({ seed: 17, codes, keepsHistory: true }),
  ];
  expect(runs[0]?.lines.length).toBeGreaterThan(100);
  expect(runs[1]?.lines).toEqual(runs[0]?.lines);
  expect(runs[1]?.history).toBe(runs[0]?.history);
  expect((await runSeed({ seed: 18, codes })).history).not.toBe(runs[0]?.history);
});

test("two processes that share the seeds say what one says", () => {
  const said = ["1", "2"].map((workers) => {
    const options = ["--seeds", "9", "--send-events-lost", "1", "--workers", workers];
    const { stdout } = spawnSync(process.execPath, ["--import", "tsx", COMMAND, ...options]);
    return stdout.toString();
  });
  expect(said[0]).toContain('"seeds":9');
  expect(said[1]).toBe(said[0]);
}, 120_000);

test("whoever stops at a finding leaves nothing behind that fails", async () => {
  const jobs = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((seed) => ({ seed }));
  const unheard: unknown[] = [];
  const hear = (reason: unknown) => unheard.push(reason);
  process.on("unhandledRejection", hear);
  for await (const { job } of runJobs(jobs, { workers: 2 })) {
    expect(job.seed).toBe(1);
    break;
  }
  await new Promise((resolve) => setTimeout(resolve, 500));
  process.off("unhandledRejection", hear);
  expect(unheard).toEqual([]);
});

test("every row that a run stores fits its schema, and nobody changes one that they were given", async () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const careful = await runSeed({ seed, codes, isCareful: true });
    expect(careful.violations).toEqual([]);
    expect(careful.mails).toBe((await runSeed({ seed, codes })).mails);
  }
}, 30_000);

test("single faults at awaits that the code itself names break nothing", async () => {
  const profile = { weeks: 2, pairs: 1 };
  const { points } = await recordAwaits({ code: OWN_CODE, seeds: [1], profile });
  for (const job of singleFaultJobs(spread(points, 20), profile)) {
    const { violations } = await runJob(codes, job);
    expect(violations.map(({ check, detail }) => `${check}: ${detail}`)).toEqual([]);
  }
  expect(points.length).toBeGreaterThan(100);
  expect(workflowsWithout(points)).not.toContain("sendMail");
  expect(workflowsWithout(points.slice(0, 1))).toContain("sendMail");
}, 120_000);

test("a second mail goes out only after a first whose Send event was lost, and is counted", async () => {
  let [mails, residual] = [0, 0];
  for (let seed = 1; seed <= 40; seed += 1) {
    const result = await runJob(codes, { seed, faultOptions: { sendEventsLost: 1 } });
    expect(result.violations).toEqual([]);
    expect(result.duplicates).toBe(0);
    mails += result.mails;
    residual += result.residual;
  }
  expect(residual).toBeGreaterThan(0);
  // Where all are lost. Of one in a hundred, docs/SIMULATION.md says less than 300 in a million mails.
  expect(residual / 100).toBeLessThan((300 / 1_000_000) * mails);
}, 120_000);

/** The rows of the fault list in docs/SIMULATION.md. */
const ROWS = Array.from({ length: 26 }, (_, index) => index + 1);

test.each(ROWS)("row %i of the fault list has a check", (row) => {
  // A check looks at its scene when something happens in it; here nothing does.
  const scene = { world: { faults: { ticks: {} } } } as unknown as Scene;
  const checks = ALL_CHECKS.map((create) => create(scene));
  expect(checks.filter(({ rows }) => rows.includes(row)).map(({ name }) => name)).not.toEqual([]);
});
