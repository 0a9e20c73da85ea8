import * as z from "zod";
import type { Pair, SeatId } from "../../functions/core/pair.ts";
import { actOnOwnPage, type OwnAct } from "../../functions/partner/own-page.ts";
import { command, done, type Outcome, refused } from "../command.ts";
import { numberField, PAIR, pairField, SEAT, seatField } from "../fields.ts";
import type { OperatorPorts } from "../ports.ts";
import { noSuchPair } from "../refusals.ts";

const WEEKS_MAX = 26;

/** Both do what the button on the partner's own page does, and the partner is told the same. */
export const pause = command({
  name: "pause",
  summary: "Pauses one seat: its mail stops, and lessons wait for both",
  arguments: [PAIR, SEAT],
  options: [
    {
      word: "--weeks <number>",
      about: `ends by itself, 1 to ${WEEKS_MAX}; without it, until resumed`,
    },
  ],
  notes:
    "For somebody who asks for it by telephone. The partner is told that lessons are on hold, and not why. cg resume takes it back.",
  example: "pause abcdefgh234567ab sp --weeks 2",
  takes: z.object({
    pair: pairField,
    seat: seatField,
    weeks: numberField(1, WEEKS_MAX).optional(),
  }),
  perform: (ports, { pair, seat, weeks }) =>
    act(ports, pair, seat, { kind: "pause", ...(weeks === undefined ? {} : { weeks }) }),
});

export const resume = command({
  name: "resume",
  summary: "Ends a seat's pause",
  arguments: [PAIR, SEAT],
  notes:
    "A lesson that the pause withdrew goes out now; else the pair goes on at its next slot. A stop is not lifted by it: only its owner can, by replying START.",
  example: "resume abcdefgh234567ab sp",
  takes: z.object({ pair: pairField, seat: seatField }),
  perform: (ports, { pair, seat }) => act(ports, pair, seat, { kind: "resume" }),
});

async function act(
  ports: OperatorPorts,
  pairId: string,
  seat: SeatId,
  what: OwnAct,
): Promise<Outcome> {
  const before = await ports.pairs.read(pairId);
  if (before === undefined) return noSuchPair(pairId);
  const { holder } = before.seats[seat];
  const outcome = await actOnOwnPage(ports, { pairId, seat, holder }, what);
  const pair = (await ports.pairs.read(pairId)) ?? before;
  if (outcome === "unchanged") return notNow(pair, seat, what.kind);
  const { state } = pair.seats[seat];
  const until = "until" in state && state.until !== undefined ? { until: state.until } : {};
  const facts = {
    pair: pairId,
    seat,
    state: state.kind,
    onHold: pair.hold !== undefined,
    ...until,
  };
  return done(facts, sentenceOf(facts));
}

function sentenceOf(facts: {
  readonly seat: SeatId;
  readonly state: string;
  readonly onHold: boolean;
  readonly until?: string;
}): string {
  const end = facts.until === undefined ? "" : ` until ${facts.until}`;
  const pair = facts.onHold ? "the pair is on hold" : "the pair runs";
  return `The seat ${facts.seat} is ${facts.state}${end}; ${pair}.`;
}

function notNow(pair: Pair, seat: SeatId, what: OwnAct["kind"]): Outcome {
  const { kind } = pair.seats[seat].state;
  return refused(
    `The seat ${seat} is ${kind} and the pair is ${pair.state.kind}: nothing to ${what}.`,
    "cg show says more.",
  );
}
