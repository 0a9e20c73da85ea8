import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { computedParts, countCosts, withParts } from "./document.ts";

const COST_MD = fileURLToPath(new URL("../../../docs/COST.md", import.meta.url));

/** `npm run cost`: counts a simulated year and prices it; with `--write` docs/COST.md says the same. */
const parts = computedParts(await countCosts());
for (const part of Object.values(parts)) process.stdout.write(`${part}\n\n`);
if (process.argv.includes("--write")) {
  writeFileSync(COST_MD, withParts(readFileSync(COST_MD, "utf8"), parts));
}
