import { expect, test } from "vitest";
import { OWN_CODE } from "./code.ts";
import { runSeed } from "./run.ts";
import { runSingleFaults } from "./single-faults.ts";

/** Enough to meet every kind of trouble; the command runs thousands. */
const SEEDS = 120;
const codes = [OWN_CODE] as const;

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
}, 60_000);

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

test("every row that a run stores fits its schema, and nobody changes one that they were given", async () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const careful = await runSeed({ seed, codes, isCareful: true });
    expect(careful.violations).toEqual([]);
    expect(careful.mails).toBe((await runSeed({ seed, codes })).mails);
  }
}, 30_000);

test("single faults at awaits that the code itself names break nothing", async () => {
  const result = await runSingleFaults({
    code: OWN_CODE,
    seeds: [1],
    profile: { weeks: 2, pairs: 1 },
    pointsMax: 40,
  });
  expect(result.points).toBe(40);
  expect(result.runs).toBe(160);
  expect(result.violations).toEqual([]);
}, 60_000);
