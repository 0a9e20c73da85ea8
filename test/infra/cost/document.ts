import { costAtRest, lessAllowances, metricsInUse } from "./at-rest.ts";
import { type CountedYear, countYear } from "./counted-year.ts";
import { type Line, restOfPairYear, SCALES, sesOfPairYear, sumOf } from "./pair-year.ts";
import { PLANS, PRICES } from "./prices.ts";

/** All that the document says in figures. */
export interface Costs {
  readonly year: CountedYear;
  readonly atRest: readonly Line[];
  readonly metrics: number;
}

/** More pairs say the same: each lives its own year. */
const PAIRS = 4;

export async function countCosts(): Promise<Costs> {
  return { year: await countYear(PAIRS), atRest: await costAtRest(), metrics: metricsInUse() };
}

/** The parts of docs/COST.md that are computed, each between `<!-- name -->` and `<!-- end -->`. */
export function computedParts({ year, atRest, metrics }: Costs): Readonly<Record<string, string>> {
  const free = lessAllowances(atRest);
  return {
    "pair-year": pairYearTable(year),
    ratios: ratioTable(year),
    "at-rest": table(
      ["a month with no pairs", "how many", "list price", "after AWS's monthly allowances"],
      [
        ...atRest.map(({ what, count, dollars }, place) => [
          what,
          number(count),
          money(dollars),
          money(free[place]?.dollars ?? 0),
        ]),
        ["**in all**", "", `**${money(sumOf(atRest))}**`, `**${money(sumOf(free))}**`],
      ],
    ),
    installs: installTable(year, sumOf(free) + metrics * PRICES.metricMonth),
  };
}

function pairYearTable(year: CountedYear): string {
  const [few, many] = SCALES.map((scale) => restOfPairYear(year, scale));
  const rows = (few ?? []).map(({ what, count, dollars }, place) => {
    const other = many?.[place];
    return [
      what,
      number(count),
      money(dollars),
      number(other?.count ?? 0),
      money(other?.dollars ?? 0),
    ];
  });
  const ses = PLANS.map((plan) => {
    const lines = sesOfPairYear(year, plan);
    const counts = lines.map(({ what, count }) => `${number(count)} ${what}`).join(", ");
    return [
      `**SES, ${plan}**`,
      counts,
      `**${money(sumOf(lines))}**`,
      "",
      `**${money(sumOf(lines))}**`,
    ];
  });
  const rest = [
    "**besides SES**",
    "",
    `**${money(sumOf(few ?? []))}**`,
    "",
    `**${money(sumOf(many ?? []))}**`,
  ];
  const [first, second] = SCALES.map(({ name }) => name);
  return table(
    ["a pair's year", `${first}: how many`, "dollars", `${second}: how many`, "dollars"],
    [...rows, rest, ...ses],
  );
}

/** What the rest comes to, in percent of what SES alone costs. */
export function ratios(year: CountedYear): readonly (readonly number[])[] {
  return PLANS.map((plan) => {
    const ses = sumOf(sesOfPairYear(year, plan));
    return SCALES.map((scale) => (100 * sumOf(restOfPairYear(year, scale))) / ses);
  });
}

function ratioTable(year: CountedYear): string {
  const rows = ratios(year).map((row, place) => [
    `SES ${PLANS[place]}`,
    ...row.map((percent) => `${percent.toFixed(1)} %`),
  ]);
  return table(["the rest, of SES alone", ...SCALES.map(({ name }) => name)], rows);
}

function installTable(year: CountedYear, fixedMonth: number): string {
  const rows = [10, 1_000, 10_000, 100_000].map((pairs) => {
    const scale = pairs < 1_000 ? SCALES[0] : SCALES[1];
    const rest = scale === undefined ? 0 : sumOf(restOfPairYear(year, scale));
    const costs = PLANS.map(
      (plan) => 12 * fixedMonth + pairs * (rest + sumOf(sesOfPairYear(year, plan))),
    );
    return [
      pairs.toLocaleString("en"),
      ...costs.map((dollars) => `$${Math.round(dollars).toLocaleString("en")}`),
    ];
  });
  return table(["pairs", ...PLANS.map((plan) => `a year on SES ${plan}`)], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
}

/** Two figures: more would change with every comma in a mail. */
function number(value: number): string {
  if (value >= 1 && value < 100) return String(Math.round(value));
  return Number(value.toPrecision(2)).toLocaleString("en", { maximumSignificantDigits: 2 });
}

/** Small prices to two figures, sums of money to the cent. */
function money(dollars: number): string {
  if (dollars === 0) return "$0";
  return dollars >= 0.1 ? `$${dollars.toFixed(2)}` : `$${dollars.toFixed(5)}`;
}

/** The document with its computed parts replaced. @throws Error when it has no place for one */
export function withParts(document: string, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).reduce((text, [name, part]) => {
    const place = new RegExp(`(<!-- ${name} -->\n)[^<]*(\n<!-- end -->)`);
    if (!place.test(text)) throw new Error(`docs/COST.md has no place for ${name}.`);
    return text.replace(place, (_, begin, end) => `${begin}${part}${end}`);
  }, document);
}
