import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { memoryTable } from "../../functions/adapters/memory-table.ts";
import type { Row } from "../../functions/ports.ts";
import { lessAllowances } from "./cost/at-rest.ts";
import { countedTable, noUnits } from "./cost/counted-table.ts";
import { type Costs, computedParts, countCosts, ratios, withParts } from "./cost/document.ts";
import { sumOf } from "./cost/pair-year.ts";

const document = readFileSync(
  fileURLToPath(new URL("../../docs/COST.md", import.meta.url)),
  "utf8",
);

let costs: Costs;
beforeAll(async () => {
  costs = await countCosts();
});

/** A comma more in a mail must not break it; a write more for each mail has to. */
const DRIFT = 0.04;

test("docs/COST.md says what npm run cost counts", () => {
  const counted = withParts(document, computedParts(costs));
  expect(document.replace(FIGURES, "#")).toBe(counted.replace(FIGURES, "#"));
  const drifted = figuresIn(counted).filter((figure, place) => {
    const said = figuresIn(document)[place] ?? 0;
    return Math.abs(said - figure) > DRIFT * Math.max(said, figure);
  });
  expect(drifted).toEqual([]);
});

const FIGURES = /\d[\d,]*(?:\.\d+)?/g;

function figuresIn(text: string): readonly number[] {
  return [...text.matchAll(FIGURES)].map(([figure]) => Number(figure.replaceAll(",", "")));
}

test("a year of a pair is the mail it should be", () => {
  const { pairs, counts } = costs.year;
  expect(counts.mailsOut / pairs).toBeGreaterThan(45);
  expect(counts.mailsOut / pairs).toBeLessThan(70);
  expect(counts.mailsIn / pairs).toBeGreaterThan(9);
});

/** In percent of SES alone, with few pairs and with many; only ever lowered. */
test.each([
  ["a la carte", 0, 18.5, 15],
  ["Essentials", 1, 12.5, 10.2],
] as const)("on SES %s the rest costs no more of it than before", (_, plan, few, many) => {
  const [withFew = 100, withMany = 100] = ratios(costs.year)[plan] ?? [];
  expect(withFew).toBeLessThanOrEqual(few);
  expect(withMany).toBeLessThanOrEqual(many);
});

test("with no pairs a deployment costs less than three dollars a month", () => {
  expect(sumOf(lessAllowances(costs.atRest))).toBeLessThan(3);
  expect(sumOf(costs.atRest)).toBeLessThan(4);
});

test("units are counted as DynamoDB bills them", async () => {
  const units = noUnits();
  const long = { ...rowDue(undefined), item: "x".repeat(5_000) };
  const engine = { ...memoryTable(), get: async () => long, put: async () => "conflict" as const };
  const table = countedTable(engine, units);
  await table.put(rowDue(undefined), "absent");
  expect(units).toMatchObject({ writes: 5, indexWrites: 0 }); // refused, and the old row was long
  await table.get(long);
  await table.due("3", "2026-01-01", "2026-01-02", 10);
  expect(units).toMatchObject({ reads: 2 + 0.5, requests: 3 });
});

test.each([
  ["to come", undefined, "2026-01-01", 1],
  ["to move", "2026-01-01", "2026-01-02", 2],
  ["to go", "2026-01-01", undefined, 1],
  ["to stay", "2026-01-01", "2026-01-01", 0],
])("an index entry costs what it takes %s", async (_, from, until, writes) => {
  const units = noUnits();
  const stored = from === undefined ? undefined : rowDue(from);
  const engine = { ...memoryTable(), get: async () => stored, put: async () => "written" as const };
  await countedTable(engine, units).put(rowDue(until), "absent");
  expect(units.indexWrites).toBe(writes);
});

function rowDue(dueAt: string | undefined): Row {
  const row = { pk: "PAIR#a", sk: "SEND#lesson-01#sp1", version: 1 };
  return dueAt === undefined ? row : { ...row, dueShard: "1", dueAt };
}
