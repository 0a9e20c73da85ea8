import * as z from "zod";
import { csvOf } from "../../functions/adapters/csv.ts";
import { BETWEEN_THEM } from "../../functions/coordinator/pair-page.tsx";
import { cohortReport, REPORT_PAIRS_MIN } from "../../functions/coordinator/report.ts";
import { viewPair } from "../../functions/coordinator/roster.ts";
import type { SeatId } from "../../functions/core/pair.ts";
import { slotWords } from "../../functions/core/wording.ts";
import { type DataLine, dataFile, ownData } from "../../functions/partner/own-data.ts";
import { command, done, type Outcome, refused } from "../command.ts";
import { seatField } from "../fields.ts";
import type { OperatorPorts } from "../ports.ts";
import { noSuchPair } from "../refusals.ts";
import { standingWords } from "./list.ts";

export const exportData = command({
  name: "export",
  summary: "A cohort in counts, one pair, or what is stored about one person, as a table",
  arguments: [
    { word: "<what>", about: "a cohort's name, or a pair's id" },
    { word: "[seat]", about: "with a pair's id: what is stored about whoever sits there" },
  ],
  options: [{ word: "--out <file>", about: "into a file" }],
  notes: `A cohort's report holds counts over at least ${REPORT_PAIRS_MIN} pairs and names nobody; a count of one to four reads "few". A pair's table has no names either. A person's table is theirs, for somebody who asks what is stored about them: it is the one that their own page offers. CSV as RFC 4180 has it, safe to open in a table program.`,
  example: "export demo --out demo.csv",
  takes: z.object({ what: z.string(), seat: seatField.optional() }),
  async perform(ports, { what, seat }) {
    if (Object.hasOwn(ports.settings.cohorts, what)) return exportCohort(ports, what);
    const pair = await ports.pairs.read(what);
    if (pair === undefined) return noSuchThing(ports, what);
    return seat === undefined
      ? exportPair(ports, pair.cohort, what)
      : exportPerson(ports, what, seat, pair.seats[seat].holder);
  },
});

async function exportCohort(ports: OperatorPorts, cohort: string): Promise<Outcome> {
  const lines = await cohortReport(ports, cohort);
  if (lines === undefined) {
    return refused(
      `${cohort} has fewer than ${REPORT_PAIRS_MIN} pairs.`,
      "Counts over so few would tell of them; export the report when there are more.",
    );
  }
  const rows = lines.map(({ group, what, pairs }) => [group, what, pairs]);
  return done({ cohort, lines }, csvOf(["group", "what", "pairs"], rows));
}

async function exportPair(ports: OperatorPorts, cohort: string, pairId: string): Promise<Outcome> {
  const view = await viewPair(ports, cohort, pairId);
  if (view === undefined) return noSuchPair(pairId);
  const named = view.log.filter(({ kind }) => !BETWEEN_THEM.includes(kind));
  const lines: readonly DataLine[] = [
    lineOf("pair", `state: ${standingWords(view)}`),
    lineOf("pair", `lessons: ${view.lessons.sent} of ${view.lessons.total}`),
    lineOf("pair", `day and time: ${slotWords(view.slot)}`),
    lineOf("pair", `written agreement: ${view.agreement.state}`),
    ...named.map(({ what, on }) => lineOf("logged", what, on)),
    lineOf("logged", `talks between them: ${view.log.length - named.length}`),
    ...view.sends.map(({ kind, week, to, state, on }) =>
      lineOf("mail", `${week === undefined ? kind : `${kind} ${week}`} to ${to}: ${state}`, on),
    ),
  ];
  return done({ pair: pairId, lines }, dataFile(lines));
}

async function exportPerson(
  ports: OperatorPorts,
  pairId: string,
  seat: SeatId,
  holder: number,
): Promise<Outcome> {
  const lines = await ownData(ports, { pairId, seat, holder });
  return lines === undefined
    ? refused(`Nobody is known in the seat ${seat} of ${pairId}.`, "cg show says how it stands.")
    : done({ pair: pairId, seat, lines }, dataFile(lines));
}

function noSuchThing({ settings }: OperatorPorts, what: string) {
  return refused(
    `${what} is neither a cohort nor a pair.`,
    `Cohorts: ${Object.keys(settings.cohorts).join(", ")}. cg list shows the pairs.`,
  );
}

function lineOf(about: string, what: string, on = ""): DataLine {
  return { about, what, on };
}
