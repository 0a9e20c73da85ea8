import { type CourseLabels, LABELS_MAIL } from "../../emails/compiled.ts";
import { csvOf } from "../adapters/csv.ts";
import type { Consent } from "../core/consent.ts";
import { countingEntries } from "../core/log.ts";
import { type Pair, ROLES } from "../core/pair.ts";
import { dayOf } from "../core/timers.ts";
import { ROLE_NAMES, slotWords } from "../core/wording.ts";
import type { Ports } from "../ports.ts";
import { personIn } from "../send/find-recipient.ts";
import { agreementView } from "./own-page.ts";
import type { Holder } from "./stop-address.ts";

export type OwnDataPorts = Pick<Ports, "pairs" | "ledger" | "courses" | "clock">;

/** One thing that is stored about a person: where it belongs, what it is, and its day. */
export interface DataLine {
  readonly about: string;
  readonly what: string;
  readonly on: string;
}

/**
 * Everything that is stored about one holder of a seat, for themselves. Of the other seat nothing but
 * what both of them logged, for that is their common record.
 *
 * @returns undefined when nobody is known there under that number
 */
export async function ownData(
  ports: OwnDataPorts,
  holder: Holder,
): Promise<readonly DataLine[] | undefined> {
  const pair = await ports.pairs.read(holder.pairId);
  const person = pair && personIn(pair, holder.seat, holder.holder);
  if (pair === undefined || person === undefined) return undefined;
  return [
    line("you", `name: ${person.name}`),
    line("you", `address: ${person.email}`),
    line("you", `agency: ${person.agency}`),
    line("you", `seat: ${ROLE_NAMES[ROLES[holder.seat]]}`),
    ...seatLines(pair, holder),
    ...consentLines(pair, await ports.ledger.consents(pair.id), holder),
    ...(await logLines(ports, pair)),
    ...(await mailLines(ports, pair, holder)),
  ];
}

/** The same as a file that a table program opens. */
export function dataFile(lines: readonly DataLine[]): string {
  return csvOf(
    ["about", "what", "day"],
    lines.map(({ about, what, on }) => [about, what, on]),
  );
}

function seatLines(pair: Pair, { seat, holder }: Holder): readonly DataLine[] {
  if (pair.seats[seat].holder !== holder) return [];
  const { state, aliases, snoozedUntil } = pair.seats[seat];
  return [
    line("you", `state: ${state.kind}`, "since" in state ? dayOf(pair, state.since) : ""),
    ...(aliases.length === 0
      ? []
      : [line("you", `further addresses, kept as fingerprints: ${aliases.length}`)]),
    ...(snoozedUntil === undefined ? [] : [line("you", "reminders wait until", snoozedUntil)]),
    line("pair", `day and time: ${slotWords(pair.slot)}`),
    line("pair", "signed up", dayOf(pair, pair.createdAt)),
  ];
}

function consentLines(
  pair: Pair,
  consents: readonly Consent[],
  { seat, holder }: Holder,
): readonly DataLine[] {
  return consents
    .filter((consent) => consent.seat === seat && consent.holder === holder)
    .map(({ state, at }) => line("consent", state, dayOf(pair, at)));
}

async function logLines(ports: OwnDataPorts, pair: Pair): Promise<readonly DataLine[]> {
  const entries = await ports.pairs.log(pair.id);
  const { edition } = await ports.courses.current(pair.course);
  const record = await ports.courses.mail(pair.course, edition, LABELS_MAIL, pair.locale);
  const { actions } = record.content as CourseLabels;
  const { state } = agreementView(pair, entries, ports.clock.now());
  return [
    ...countingEntries(entries).map(({ kind, on, seat }) =>
      line("logged", `${actions[kind].label} (by ${seat})`, on),
    ),
    line("pair", `written agreement: ${state}`),
  ];
}

async function mailLines(
  ports: OwnDataPorts,
  pair: Pair,
  { seat, holder }: Holder,
): Promise<readonly DataLine[]> {
  const sends = await ports.ledger.list(pair.id, "");
  return sends
    .filter((send) => send.seat === seat && send.holder === holder)
    .toSorted((one, other) => (one.plannedFor < other.plannedFor ? -1 : 1))
    .map(({ mail, state, settledAt, plannedFor }) =>
      line("mail", `${mail}: ${state}`, dayOf(pair, settledAt ?? plannedFor)),
    );
}

function line(about: string, what: string, on = ""): DataLine {
  return { about, what, on };
}
