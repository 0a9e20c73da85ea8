import * as z from "zod";
import { addDays, type Day } from "../../functions/core/instant.ts";
import type { Pair, SeatId } from "../../functions/core/pair.ts";
import { dayOf } from "../../functions/core/timers.ts";
import { actOnOwnPage, type OwnAct } from "../../functions/partner/own-page.ts";
import { command, done, type Outcome, refused } from "../command.ts";
import { numberField, PAIR, SEAT, seatOfPair } from "../fields.ts";
import type { OperatorPorts } from "../ports.ts";
import { noSuchPair } from "../refusals.ts";

const WEEKS_MAX = 26;

const dayField = z.iso.date({ error: "must be a day, such as 2026-11-02" });

/** Both do what the button on the partner's own page does, and the partner is told the same. */
export const pause = command({
  name: "pause",
  summary: "Pauses one seat: its mail stops, and lessons wait for both",
  arguments: [PAIR, SEAT],
  options: [
    {
      word: "--weeks <number>",
      about: `ends by itself after so many weeks, 1 to ${WEEKS_MAX}`,
    },
    {
      word: "--until <day>",
      about: `ends by itself at the start of that day where the pair is; at most ${WEEKS_MAX} weeks ahead`,
    },
  ],
  notes:
    "For somebody who asks for it by telephone. The partner is told that lessons are on hold, and not why. Without an end it lasts until resumed, which cg resume does; a second pause replaces the first one's end.",
  example: "pause abcdefgh234567ab sp --until 2026-11-02",
  takes: z
    .object({
      ...seatOfPair,
      weeks: numberField(1, WEEKS_MAX).optional(),
      until: dayField.optional(),
    })
    .refine(({ weeks, until }) => weeks === undefined || until === undefined, {
      error: "goes without --weeks: one of them says when it ends",
      path: ["until"],
    }),
  perform: (ports, { pair, seat, weeks, until }) =>
    until === undefined
      ? act(ports, pair, seat, { kind: "pause", ...(weeks === undefined ? {} : { weeks }) })
      : pauseUntil(ports, pair, seat, until),
});

async function pauseUntil(
  ports: OperatorPorts,
  pairId: string,
  seat: SeatId,
  until: Day,
): Promise<Outcome> {
  const pair = await ports.pairs.read(pairId);
  if (pair === undefined) return noSuchPair(pairId);
  const today = dayOf(pair, ports.clock.now());
  const last = addDays(today, WEEKS_MAX * 7);
  if (until > today && until <= last) return act(ports, pairId, seat, { kind: "pause", until });
  const why = until > last ? "too far ahead" : until === today ? "today" : "past";
  return refused(
    `${until} is ${why} where the pair is (${pair.slot.timeZone}).`,
    `Give a day from ${addDays(today, 1)} to ${last}.`,
  );
}

export const resume = command({
  name: "resume",
  summary: "Ends a seat's pause",
  arguments: [PAIR, SEAT],
  notes:
    "A lesson that the pause withdrew goes out now; else the pair goes on at its next slot. A stop is not lifted by it: only its owner can, by replying START.",
  example: "resume abcdefgh234567ab sp",
  takes: z.object(seatOfPair),
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
