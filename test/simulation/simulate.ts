import { parseArgs } from "node:util";
import { OWN_CODE } from "./code.ts";
import { runSeed, type Violation } from "./run.ts";

/**
 * `npm run simulate -- --seeds N [--from S] [--seed S]`: bad times of several pairs over the real
 * workflows, one history a seed. Ends with one JSON line; a failing seed replays byte for byte.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "100" },
    from: { type: "string", default: "1" },
    seed: { type: "string" },
  },
});
const first = Number(values.seed ?? values.from);
const count = values.seed === undefined ? Number(values.seeds) : 1;
const totals = { seeds: 0, mails: 0, duplicates: 0, lost: 0, heldUnseen: 0 };
const violations: Violation[] = [];

for (let seed = first; seed < first + count; seed += 1) {
  const result = await runSeed({ seed, codes: [OWN_CODE] });
  totals.seeds += 1;
  for (const name of ["mails", "duplicates", "lost", "heldUnseen"] as const) {
    totals[name] += result[name];
  }
  for (const violation of result.violations) {
    process.stdout.write(`seed ${seed}: ${violation.check}: ${violation.detail}\n`);
    violations.push(violation);
  }
}
process.stdout.write(`${JSON.stringify({ ...totals, violations })}\n`);
process.exitCode = violations.length === 0 ? 0 : 1;
