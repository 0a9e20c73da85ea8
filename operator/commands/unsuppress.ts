import * as z from "zod";
import { liftSuppression } from "../../functions/coordinator/lift-suppression.ts";
import { command, done, refused } from "../command.ts";
import { PAIR, SEAT, seatOfPair } from "../fields.ts";
import { operatorsAct } from "../ports.ts";
import { noSuchPair } from "../refusals.ts";

export const unsuppress = command({
  name: "unsuppress",
  summary: "Lets mail go again to a seat whose address bounced or complained",
  arguments: [PAIR, SEAT],
  notes:
    "Takes the address off our list and off SES's own in one act, in every pair it sits in; the seat is again what its holder agreed to. Make sure first that the mailbox works, and after a complaint that its owner wants the mail: SES counts what fails again against us. A stop is not lifted by it; only its owner can, by replying START.",
  example: "unsuppress abcdefgh234567ab le",
  takes: z.object(seatOfPair),
  asks: async (ports, { pair: pairId, seat }) =>
    (await ports.pairs.read(pairId)) === undefined
      ? noSuchPair(pairId)
      : {
          kind: "ask",
          question: `This lets mail go to the seat ${seat} of ${pairId} again. Does the mailbox work, and does its owner want it?`,
        },
  async perform(ports, { pair: pairId, seat }) {
    const outcome = await liftSuppression(ports, { pairId, seat }, operatorsAct(ports));
    const pair = await ports.pairs.read(pairId);
    if (pair === undefined) return noSuchPair(pairId);
    const { kind } = pair.seats[seat].state;
    return outcome === "lifted"
      ? done(
          { pair: pairId, seat, state: kind },
          `Lifted on both lists. The seat ${seat} is ${kind}.`,
        )
      : refused(
          `Mail to the seat ${seat} has neither bounced nor been called spam; it is ${kind}.`,
          "A stop can be lifted by its owner alone, by replying START.",
        );
  },
});
