import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { automaticCases } from "./automatic.ts";
import type { Case } from "./case.ts";
import { humanCases } from "./human.ts";
import { lookalikeCases } from "./lookalikes.ts";

/** Writes the corpus: `npx tsx test/replies/generate/generate.ts`. Files that nothing writes any more go. */
const folder = new URL("../mails/", import.meta.url);

function writeCase({ name, raw, expected }: Case): void {
  writeFileSync(new URL(`${name}.eml`, folder), raw);
  writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(expected, null, 2)}\n`);
}

const cases = [...humanCases(), ...automaticCases(), ...lookalikeCases()];
const names = new Set(cases.map(({ name }) => name));
if (names.size !== cases.length) throw new Error("two cases share a name");
mkdirSync(folder, { recursive: true });
for (const file of readdirSync(folder)) rmSync(new URL(file, folder));
for (const one of cases) writeCase(one);
process.stdout.write(`${cases.length} mails\n`);
