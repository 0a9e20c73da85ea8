import { expect, test } from "vitest";
import { OWN_CODE } from "./code.ts";
import { runSeed } from "./run.ts";

/** Enough to meet every kind of fault many times; `npm run simulate` runs as many as one likes. */
const SEEDS = 100;

test(`in ${SEEDS} bad times nobody gets a mail twice, none is lost unseen, and every law holds`, async () => {
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const { violations } = await runSeed({ seed, codes: [OWN_CODE] });
    expect(violations, `seed ${seed}`).toEqual([]);
  }
}, 120_000);

test("the same seed is the same history, byte for byte", async () => {
  const options = { seed: 7, codes: [OWN_CODE], keepsHistory: true } as const;
  const [once, again] = [await runSeed(options), await runSeed(options)];
  expect(once.history).not.toBe("");
  expect(again.history).toBe(once.history);
  expect(again.lines).toEqual(once.lines);
});
