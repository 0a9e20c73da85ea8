import { type CourseLabels, LABELS_MAIL } from "../../emails/compiled.ts";
import { isRunning } from "../core/hold.ts";
import { addDays, type Day, type Instant, localDay, plusDays } from "../core/instant.ts";
import { lessonNumberOf } from "../core/items.ts";
import { PARTNER_DAYS } from "../core/life.ts";
import { countingEntries, isReported } from "../core/log.ts";
import { type Pair, ROLES, SEATS } from "../core/pair.ts";
import type { Send } from "../core/send.ts";
import { dayOf } from "../core/timers.ts";
import { agreementView } from "../partner/own-page.ts";
import type { Ports } from "../ports.ts";
import type { PairStanding, RosterLine, RosterPerson, RosterView } from "./page.tsx";
import type { PairView, SendLine } from "./pair-page.tsx";
import type { SteerView } from "./steer-pair.tsx";

export type RosterPorts = Pick<
  Ports,
  "pairs" | "ledger" | "courses" | "valve" | "clock" | "settings"
>;

/** Without anything logged for this long, a pair that is under way counts as stalled. */
export const STALLED_DAYS = 21;
const STATES = ["pending", "active", "completed", "ended"] as const;

/** The cohort's pairs, those that wait for the coordinator first. */
export async function viewRoster(ports: RosterPorts, cohort: string): Promise<RosterView> {
  const found = await Promise.all(STATES.map((state) => ports.pairs.roster(cohort, state)));
  const pairs = found.flat();
  const lines = await Promise.all(pairs.map((pair) => lineOf(ports, pair)));
  const waiting = pairs.filter(
    ({ state }) => state.kind === "pending" && state.waitsFor === "approval",
  );
  const { shut } = await ports.valve.read();
  const { timeZone } = ports.settings.defaultSlot;
  return {
    cohort: ports.settings.cohorts[cohort]?.title ?? cohort,
    ...(shut && { paused: { since: localDay(shut.at, timeZone), why: shut.why } }),
    approvals: waiting
      .toSorted((one, other) => (one.createdAt < other.createdAt ? -1 : 1))
      .map((pair) => ({
        pairId: pair.id,
        people: peopleOf(pair),
        signedUpOn: dayOf(pair, pair.createdAt),
      })),
    pairs: lines,
  };
}

/** One pair for its coordinator: states and kinds, never content; undefined for another cohort's pair. */
export async function viewPair(
  ports: RosterPorts,
  cohort: string,
  pairId: string,
): Promise<PairView | undefined> {
  const pair = await ports.pairs.read(pairId);
  if (pair === undefined || pair.cohort !== cohort) return undefined;
  const entries = await ports.pairs.log(pairId);
  const outline = await ports.courses.current(pair.course);
  const record = await ports.courses.mail(pair.course, outline.edition, LABELS_MAIL, pair.locale);
  const labels = record.content as CourseLabels;
  const { standing, pace, lessons } = await lineOf(ports, pair);
  return {
    pairId,
    people: SEATS.filter((seat) => pair.seats[seat].email !== "").map((seat) => {
      const { name, email, agency, state } = pair.seats[seat];
      const isLost = state.kind === "unreachable";
      return { role: ROLES[seat], seat, name, email, agency, isLost };
    }),
    standing,
    ...(pace === undefined ? {} : { pace }),
    lessons,
    slot: pair.slot,
    agreement: agreementView(pair, entries, ports.clock.now()),
    slips: pair.slips?.count ?? 0,
    log: countingEntries(entries.filter(isReported))
      .map(({ kind, on }) => ({ kind, what: labels.actions[kind].label, on }))
      .toSorted((one, other) => (one.on < other.on ? 1 : -1)),
    sends: sendLines(pair, await ports.ledger.list(pairId, "")),
    ...(isRunning(pair) ? { steer: steerView(pair) } : {}),
  };
}

function steerView(pair: Pair): SteerView {
  return {
    pairId: pair.id,
    seats: SEATS.map((seat) => {
      const { successor } = pair.seats[seat];
      if (successor === undefined) return { seat };
      const until = dayOf(pair, plusDays(successor.invitedAt, PARTNER_DAYS));
      return { seat, named: { email: successor.email, until } };
    }),
  };
}

async function lineOf(ports: RosterPorts, pair: Pair): Promise<RosterLine> {
  const { lessons } = await ports.courses.current(pair.course);
  const pace = paceOf(pair, ports.clock.now());
  return {
    pairId: pair.id,
    people: peopleOf(pair),
    standing: standingOf(pair),
    lessons: { sent: pair.lessons.length, total: lessons.length },
    ...(pair.lastActionOn === undefined ? {} : { lastActionOn: pair.lastActionOn }),
    ...(pace === undefined ? {} : { pace }),
  };
}

/** Only pairs under way have a pace; one on hold has not stalled, it waits. */
function paceOf(pair: Pair, now: Instant): "moving" | "stalled" | undefined {
  if (pair.state.kind !== "active" || pair.hold !== undefined) return undefined;
  const since: Day = pair.lastActionOn ?? dayOf(pair, pair.state.startedAt);
  return addDays(since, STALLED_DAYS) < dayOf(pair, now) ? "stalled" : "moving";
}

function standingOf(pair: Pair): PairStanding {
  switch (pair.state.kind) {
    case "pending":
      return { kind: "waiting", waitsFor: pair.state.waitsFor };
    case "ended":
      return { kind: "ended" };
    case "active":
    case "completed":
      if (pair.hold !== undefined) return { kind: "on-hold", since: dayOf(pair, pair.hold.since) };
      return { kind: pair.state.kind === "active" ? "running" : "finished" };
  }
}

function peopleOf(pair: Pair): readonly RosterPerson[] {
  return SEATS.filter((seat) => pair.seats[seat].name !== "").map((seat) => ({
    name: pair.seats[seat].name,
    agency: pair.seats[seat].agency,
  }));
}

const SEND_STATES: Readonly<Record<Send["state"], SendLine["state"] | undefined>> = {
  planned: "planned",
  claimed: "planned",
  unresolved: "planned",
  // Whose break it is stays unsaid: a withdrawn mail waits like a planned one.
  withdrawn: "planned",
  stopped: undefined,
  sent: "sent",
  delivered: "delivered",
  bounced: "bounced",
  complained: "bounced",
  held: "held",
  skipped: undefined,
};

function sendLines(pair: Pair, sends: readonly Send[]): readonly SendLine[] {
  const lines = sends.flatMap((send) => {
    const state = SEND_STATES[send.state];
    if (state === undefined || send.seat === "coordinator") return [];
    const week = lessonNumberOf(send.item);
    const at = send.settledAt ?? send.plannedFor;
    const line = { kind: send.kind, to: ROLES[send.seat], state, on: dayOf(pair, at), at };
    return [week === undefined ? line : { ...line, week }];
  });
  return lines
    .toSorted((one, other) => (one.at < other.at ? 1 : -1))
    .map(({ at: _, ...line }) => line);
}
