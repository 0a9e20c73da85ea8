import * as z from "zod";
import { readAddress } from "../../functions/adapters/person-fields.ts";
import { type NamingOutcome, nameColleague } from "../../functions/partner/name-colleague.ts";
import { command, done, type Outcome, refused } from "../command.ts";
import { PAIR, SEAT, seatOfPair } from "../fields.ts";
import { operatorsAct } from "../ports.ts";
import { noSuchPair } from "../refusals.ts";

export const handOver = command({
  name: "hand-over",
  summary: "Names the colleague who takes a seat over; they are invited",
  arguments: [PAIR, SEAT, { word: "<address>", about: "the colleague's work address" }],
  notes:
    "As a coordinator does on the pair's page, and with their word for the address. The seat stays as it is until the colleague says yes, within 30 days. The mail that invites them cannot be taken back; the naming can, on the coordinator's page.",
  example: "hand-over abcdefgh234567ab le kim.lee@county-police.example",
  takes: z.object({
    ...seatOfPair,
    address: z.string().transform((typed, context) => {
      const read = readAddress(typed, "the colleague's work address");
      if (read.kind === "read") return read.value;
      context.addIssue({ code: "custom", message: read.message });
      return z.NEVER;
    }),
  }),
  asks: async (ports, { pair: pairId, seat }) =>
    (await ports.pairs.read(pairId)) === undefined
      ? noSuchPair(pairId)
      : {
          kind: "ask",
          question: `This invites a colleague by mail to take the seat ${seat} of ${pairId}.`,
        },
  async perform(ports, { pair: pairId, seat, address }) {
    const naming = { pairId, seat, email: address, by: { kind: "coordinator" } } as const;
    const outcome = await nameColleague(ports, naming, operatorsAct(ports));
    if (outcome !== "named") return refusalOf(outcome, pairId);
    const facts = { pair: pairId, seat, named: true };
    return done(
      facts,
      `The colleague is invited to the seat ${seat}. cg show ${pairId} says when they took it.`,
    );
  },
});

function refusalOf(outcome: Exclude<NamingOutcome, "named">, pairId: string): Outcome {
  const show = `cg show ${pairId} says more.`;
  switch (outcome) {
    case "already-named":
      return refused("A colleague is named for that seat already.", show);
    case "own":
    case "partner":
      return refused("That address sits in this pair already.", "Check it.");
    case "later":
      return refused("Too many were named lately.", "Wait, or ask those who were invited.");
    case "over":
    case "ask-coordinator":
      return refused("That pair does not run, so there is no seat to take over.", show);
  }
}
