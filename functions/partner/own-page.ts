import type { CourseLabels } from "../../emails/compiled.ts";
import { LABELS_MAIL } from "../../emails/compiled.ts";
import { agreementAt } from "../core/agreement.ts";
import { isRunning, pause, resume } from "../core/hold.ts";
import { addDays, type Day, localDay, plusDays } from "../core/instant.ts";
import { changeSlot, nextLesson, nextLessonAt } from "../core/lessons.ts";
import { PARTNER_DAYS } from "../core/life.ts";
import { countingEntries, isReported } from "../core/log.ts";
import { otherSeat, type Pair, type SeatId } from "../core/pair.ts";
import { type Act, changeOf, noticeToPartner } from "../core/plan.ts";
import type { Slot } from "../core/slot.ts";
import { dayOf } from "../core/timers.ts";
import type { Ports } from "../ports.ts";
import { type ChangePairPorts, changePair } from "../schedule/change-pair.ts";
import { actOfPress } from "./act-of-press.ts";
import type { AgreementView } from "./agreement-summary.tsx";
import { failedAddress } from "./correct-address.ts";
import type { HandOverView } from "./hand-over.tsx";
import { isForCoordinator } from "./name-colleague.ts";
import type { LogLine, PartnerStanding, PartnerView } from "./page.tsx";
import { type Holder, stopAddress } from "./stop-address.ts";

export type OwnPagePorts = ChangePairPorts & Pick<Ports, "settings">;

/** What a signed-in partner sees: their own things, and of the other seat what both were told. */
export async function viewOwnPage(
  ports: OwnPagePorts,
  { pairId, seat, holder }: Holder,
): Promise<PartnerView | undefined> {
  const pair = await ports.pairs.read(pairId);
  if (pair === undefined || pair.seats[seat].holder !== holder) return undefined;
  if (pair.seats[seat].email === "") return undefined; // forgotten since they signed in
  const outline = await ports.courses.current(pair.course);
  const record = await ports.courses.mail(pair.course, outline.edition, LABELS_MAIL, pair.locale);
  const entries = await ports.pairs.log(pairId);
  const { name, email } = pair.seats[seat];
  const nextAt = nextLessonAt(pair);
  const next = nextLesson(pair, outline);
  const nextView =
    nextAt === undefined || next === undefined
      ? {}
      : { nextLesson: { week: pair.lessons.length + 1, on: dayOf(pair, nextAt) } };
  return {
    you: { name, email },
    ...partnerView(pair, seat),
    standing: standingOf(pair, seat),
    ...nextView,
    lessons: { sent: pair.lessons.length, total: outline.lessons.length },
    slot: pair.slot,
    log: logLines(entries, seat, record.content as CourseLabels),
    agreement: agreementView(pair, entries, ports.clock.now()),
    ...handOverView(ports, pair, seat),
    ...failedView(pair, { pairId, seat, holder }),
  };
}

function handOverView(
  ports: OwnPagePorts,
  pair: Pair,
  seat: SeatId,
): { readonly handOver?: HandOverView } {
  if (!isRunning(pair)) return {};
  const { successor } = pair.seats[seat];
  if (successor !== undefined) {
    const until = dayOf(pair, plusDays(successor.invitedAt, PARTNER_DAYS));
    return { handOver: { kind: "named", email: successor.email, until } };
  }
  if (!isForCoordinator(ports, pair)) return { handOver: { kind: "free" } };
  const coordinatorEmail = ports.settings.cohorts[pair.cohort]?.coordinators[0];
  return {
    handOver: { kind: "coordinator", coordinatorEmail: coordinatorEmail ?? ports.settings.from },
  };
}

function failedView(pair: Pair, holder: Holder): { readonly failedAddress?: string } {
  const failed = failedAddress(pair, holder);
  return failed === undefined ? {} : { failedAddress: failed };
}

/** What changes this pair; a stop is for the address, everywhere. */
type PairAct =
  | { readonly kind: "slot"; readonly slot: Slot }
  /** Ends by itself after so many weeks, or on that day of the pair's; with neither, not. */
  | { readonly kind: "pause"; readonly weeks?: number; readonly until?: Day }
  | { readonly kind: "resume" };
export type OwnAct = PairAct | { readonly kind: "stop" };

/** What the buttons of the page do. The ledger has a pause or stop before the pair has it. */
export async function actOnOwnPage(
  ports: OwnPagePorts,
  holder: Holder,
  what: OwnAct,
): Promise<"done" | "unchanged"> {
  const act = await actOfPress(ports, holder);
  if (what.kind === "stop") {
    await stopAddress(ports, holder, act);
    return "done";
  }
  const outcome = await changePair(ports, holder.pairId, (pair) =>
    pair.seats[holder.seat].holder === holder.holder
      ? decide(pair, holder.seat, what, act)
      : undefined,
  );
  return outcome.kind === "changed" ? "done" : "unchanged";
}

function decide(pair: Pair, seat: SeatId, what: PairAct, act: Act) {
  switch (what.kind) {
    case "slot":
      return isSame(pair.slot, what.slot)
        ? undefined
        : changeOf(changeSlot(pair, what.slot, act.at), {
            plans: noticeToPartner(pair, seat, "notice-slot-changed", act),
          });
    case "pause": {
      const { weeks, until } = what;
      const end = weeks === undefined ? until : addDays(dayOf(pair, act.at), weeks * 7);
      return pause(pair, seat, act, end);
    }
    case "resume":
      return resume(pair, seat, act);
  }
}

/** One word for how the pair stands, as this seat may know it. */
export function standingOf(pair: Pair, seat: SeatId): PartnerStanding {
  const own = pair.seats[seat].state;
  if (pair.state.kind === "ended") return { kind: "ended" };
  if (pair.state.kind === "pending") return { kind: "waiting" };
  if (own.kind === "paused") {
    return { kind: "paused", ...(own.until === undefined ? {} : { until: own.until }) };
  }
  if (pair.hold !== undefined) return { kind: "on-hold" };
  return pair.state.kind === "completed" ? { kind: "finished" } : { kind: "running" };
}

export function agreementView(
  pair: Pair,
  entries: Parameters<typeof agreementAt>[0],
  now: string,
): AgreementView {
  const agreement = agreementAt(entries, localDay(now, pair.slot.timeZone));
  return {
    state: agreement.kind,
    ...(agreement.kind === "in-force" ? { reviewOn: agreement.reviewOn } : {}),
  };
}

function partnerView(pair: Pair, seat: SeatId): Pick<PartnerView, "partner"> {
  const { name, email, agency, state } = pair.seats[otherSeat(seat)];
  const isThere = state.kind !== "open" && state.kind !== "invited";
  return isThere ? { partner: { name, email, agency } } : {};
}

function logLines(
  entries: Parameters<typeof countingEntries>[0],
  seat: SeatId,
  labels: CourseLabels,
): readonly LogLine[] {
  return countingEntries(entries.filter(isReported))
    .map(
      ({ kind, on, seat: by }): LogLine => ({
        what: labels.actions[kind].label,
        on,
        by: by === seat ? "you" : "partner",
      }),
    )
    .toSorted((one, other) => (one.on < other.on ? 1 : -1));
}

function isSame(one: Slot, other: Slot): boolean {
  return (
    one.weekday === other.weekday && one.time === other.time && one.timeZone === other.timeZone
  );
}
