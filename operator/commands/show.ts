import * as z from "zod";
import type { PairView } from "../../functions/coordinator/pair-page.tsx";
import { viewPair } from "../../functions/coordinator/roster.ts";
import { type Pair, SEATS, type Seat } from "../../functions/core/pair.ts";
import { type Send, sendIdOf } from "../../functions/core/send.ts";
import { countingTimers } from "../../functions/core/timers.ts";
import { slotWords } from "../../functions/core/wording.ts";
import { command, done } from "../command.ts";
import { PAIR, PEOPLE, pairField, switchField } from "../fields.ts";
import { noSuchPair } from "../refusals.ts";
import { columns, counted, minuteOf } from "../text.ts";
import { standingWords } from "./list.ts";

export const show = command({
  name: "show",
  summary: "One pair: how it stands, what comes next, and its mails with their ids",
  arguments: [PAIR],
  options: [PEOPLE],
  notes:
    "Shows kinds, states and instants (UTC), never a word of a mail. The id of a mail is what cg resend and cg skip take.",
  example: "show abcdefgh234567ab",
  takes: z.object({ pair: pairField, people: switchField }),
  async perform(ports, { pair: pairId, people }) {
    const pair = await ports.pairs.read(pairId);
    const view = pair && (await viewPair(ports, pair.cohort, pairId));
    if (pair === undefined || view === undefined) return noSuchPair(pairId);
    const mails = (await ports.ledger.list(pairId, "")).map(mailOf).toSorted(byInstant);
    const facts = { ...factsOf(pair, view), ...(people ? { people: view.people } : {}), mails };
    return done(facts, textOf(facts));
  },
});

interface Mail {
  readonly send: string;
  readonly mail: string;
  readonly state: Send["state"];
  readonly at: string;
}

/** `at`: when it was settled, else when it is looked at next. */
function mailOf(send: Send): Mail {
  const { mail, state, settledAt, dueAt, plannedFor } = send;
  return { send: sendIdOf(send), mail, state, at: settledAt ?? dueAt ?? plannedFor };
}

function byInstant(one: Mail, other: Mail): number {
  return one.at < other.at ? -1 : 1;
}

function factsOf(pair: Pair, view: PairView) {
  const [next] = countingTimers(pair);
  return {
    pair: pair.id,
    cohort: pair.cohort,
    state: standingWords(view),
    lessons: view.lessons,
    slot: pair.slot,
    seats: SEATS.map((seat) => ({ seat, ...seatOf(pair.seats[seat]) })),
    ...(next === undefined ? {} : { next: { what: next.name, at: next.timer.at } }),
    agreement: view.agreement.state,
    logged: view.log.length,
  };
}

function seatOf({ holder, state, successor }: Seat) {
  return {
    holder,
    state: state.kind,
    ...("reason" in state ? { reason: state.reason } : {}),
    ...("since" in state ? { since: state.since } : {}),
    ...("until" in state ? { until: state.until } : {}),
    ...(successor === undefined ? {} : { successor: successor.holder }),
  };
}

type Facts = ReturnType<typeof factsOf> & {
  readonly people?: PairView["people"];
  readonly mails: readonly Mail[];
};

function textOf(facts: Facts): string {
  const { lessons, next, people = [] } = facts;
  const lines = [
    ["state", facts.state],
    ["lessons", `${lessons.sent} of ${lessons.total}`],
    ["next", next === undefined ? "nothing" : `${next.what}, ${minuteOf(next.at)}`],
    ["day and time", slotWords(facts.slot)],
    ...facts.seats.map((seat) => [seat.seat, seatWords(seat)]),
    ...people.map(({ name, email, agency }) => ["person", `${name} <${email}>, ${agency}`]),
    ["agreement", facts.agreement],
    ["logged", counted(facts.logged, "thing")],
  ];
  const mails = facts.mails.map(({ at, state, mail, send }) => [minuteOf(at), state, mail, send]);
  return [
    `Pair ${facts.pair} in ${facts.cohort}`,
    columns(lines, "  "),
    "",
    mails.length === 0 ? "No mails." : columns([["mails (UTC)", "state", "what", "id"], ...mails]),
  ].join("\n");
}

function seatWords(seat: Facts["seats"][number]): string {
  return [
    seat.reason ?? seat.state,
    ...(seat.since === undefined ? [] : [`since ${minuteOf(seat.since)}`]),
    ...(seat.until === undefined ? [] : [`until ${seat.until}`]),
    `(holder ${seat.holder}${seat.successor === undefined ? "" : `, ${seat.successor} is invited`})`,
  ].join(" ");
}
