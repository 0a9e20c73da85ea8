import * as z from "zod";
import type { RosterLine } from "../../functions/coordinator/page.tsx";
import { viewRoster } from "../../functions/coordinator/roster.ts";
import { command, done, refused } from "../command.ts";
import { PEOPLE, switchField } from "../fields.ts";
import type { OperatorPorts } from "../ports.ts";
import { columns, counted } from "../text.ts";

const STANDINGS = [
  "waiting",
  "running",
  "on-hold",
  "finished",
  "ended",
  "stalled",
  "held",
] as const;

export const list = command({
  name: "list",
  summary: "All pairs, or those in one state",
  options: [
    { word: "--cohort <name>", about: "of one cohort only" },
    { word: "--only <state>", about: `one of ${STANDINGS.join(", ")}` },
    { word: "--address <address>", about: "pairs in which this address sits" },
    PEOPLE,
  ],
  notes:
    "The list comes from an index that may lag by a second. `stalled`: under way, and nothing logged for three weeks. `held`: a mail waits for a person; cg show names it.",
  example: "list --only held",
  takes: z.object({
    cohort: z.string().optional(),
    only: z.enum(STANDINGS, { error: `is none of ${STANDINGS.join(", ")}` }).optional(),
    address: z.email({ error: "is no address" }).optional(),
    people: switchField,
  }),
  async perform(ports, { cohort, only, address, people }) {
    const known = Object.keys(ports.settings.cohorts);
    if (cohort !== undefined && !known.includes(cohort)) {
      return refused(`There is no cohort ${cohort}.`, `Known: ${known.join(", ")}.`);
    }
    const cohorts = cohort === undefined ? known : [cohort];
    const all = (await Promise.all(cohorts.map((name) => linesOf(ports, name)))).flat();
    const mine = address === undefined ? all : await sittingIn(ports, all, address);
    const chosen = await withOnly(ports, mine, only);
    const pairs = chosen.map((line) => (people ? line : withoutPeople(line)));
    return done({ pairs }, textOf(chosen, people));
  },
});

type Line = RosterLine & { readonly cohort: string };

async function linesOf(ports: OperatorPorts, cohort: string): Promise<readonly Line[]> {
  const { pairs } = await viewRoster(ports, cohort);
  return pairs.map((line) => ({ ...line, cohort }));
}

async function sittingIn(ports: OperatorPorts, lines: readonly Line[], address: string) {
  const ids = await ports.pairs.pairsOf(ports.signer.hashAddress(address));
  return lines.filter(({ pairId }) => ids.includes(pairId));
}

async function withOnly(
  ports: OperatorPorts,
  lines: readonly Line[],
  only: (typeof STANDINGS)[number] | undefined,
): Promise<readonly Line[]> {
  if (only === undefined) return lines;
  if (only === "stalled") return lines.filter(({ pace }) => pace === "stalled");
  if (only !== "held") return lines.filter(({ standing }) => standing.kind === only);
  const held = await Promise.all(lines.map(({ pairId }) => hasHeldMail(ports, pairId)));
  return lines.filter((_, index) => held[index]);
}

async function hasHeldMail(ports: OperatorPorts, pairId: string): Promise<boolean> {
  return (await ports.ledger.list(pairId, "")).some(({ state }) => state === "held");
}

function withoutPeople({ people: _, ...line }: Line) {
  return line;
}

function textOf(lines: readonly Line[], people: boolean): string {
  if (lines.length === 0) return "No such pairs.";
  const head = ["pair", "cohort", "state", "lessons", "last logged", ...(people ? ["people"] : [])];
  const rows = lines.map((line) => [
    line.pairId,
    line.cohort,
    standingWords(line),
    `${line.lessons.sent}/${line.lessons.total}`,
    line.lastActionOn ?? "-",
    ...(people ? [line.people.map(({ name, agency }) => `${name}, ${agency}`).join("; ")] : []),
  ]);
  return `${columns([head, ...rows])}\n\n${counted(lines.length, "pair")}`;
}

export function standingWords({
  standing,
  pace,
}: {
  readonly standing: RosterLine["standing"];
  readonly pace?: RosterLine["pace"] | undefined;
}): string {
  switch (standing.kind) {
    case "waiting":
      return `waits for ${standing.waitsFor}`;
    case "on-hold":
      return `on hold since ${standing.since}`;
    case "running":
      return pace === "stalled" ? "running, stalled" : "running";
    case "finished":
    case "ended":
      return standing.kind;
  }
}
