import type { CourseLabels } from "../../emails/compiled.ts";
import type { Slots } from "../../emails/slots.ts";
import type { ActionKind, LogEntry } from "../core/action.ts";
import { agreementAt } from "../core/agreement.ts";
import type { CourseOutline } from "../core/course.ts";
import { localDay, plusDays } from "../core/instant.ts";
import { lessonNumberOf } from "../core/items.ts";
import { countingEntries, isComplete, isReported, pairLog } from "../core/log.ts";
import { otherSeat, type Pair, type SeatId } from "../core/pair.ts";
import type { LoggedFact, Send } from "../core/send.ts";
import { dayWords, slotWords } from "../core/wording.ts";
import type { Settings } from "../ports.ts";
import type { AddressedSend } from "./find-recipient.ts";
import type { MailLinks } from "./mail-links.ts";

/** Everything that was read for one mail. */
export interface SlotSources {
  readonly addressed: AddressedSend;
  readonly links: MailLinks;
  readonly labels: CourseLabels;
  readonly outline: CourseOutline;
  readonly entries: readonly LogEntry[];
  readonly settings: Settings;
}

/** Fills every slot that can be filled for this person; the mail takes the few it uses. */
export function fillSlots(sources: SlotSources): Slots {
  const { addressed, links, settings } = sources;
  const { pair, send, name, agency } = addressed;
  const always: Slots = {
    yourName: name,
    yourAgency: agency,
    postalAddress: settings.postalAddress,
    ...links,
  };
  if (pair === undefined) return { ...always, ...cohortSlots(send, settings) };
  return {
    ...always,
    ...pairSlots(pair, settings),
    ...factSlots(sources, pair),
    ...(send.seat === "coordinator"
      ? { sp: send.facts.about === "sp", le: send.facts.about === "le" }
      : seatSlots(sources, pair, send.seat)),
  };
}

function cohortSlots(send: Send, settings: Settings): Slots {
  const cohort = settings.cohorts[send.owner.slice("cohort-".length)];
  return {
    cohort: cohort?.title ?? "",
    coordinatorEmail: cohort?.coordinators[0] ?? settings.from,
  };
}

function pairSlots(pair: Pair, settings: Settings): Slots {
  const signer = pair.seats[pair.signer];
  return {
    signerName: signer.name,
    signerEmail: signer.email,
    signerAgency: signer.agency,
    cohort: settings.cohorts[pair.cohort]?.title ?? "",
    coordinatorEmail: settings.cohorts[pair.cohort]?.coordinators[0] ?? settings.from,
    spName: pair.seats.sp.name,
    spAgency: pair.seats.sp.agency,
    leName: pair.seats.le.name,
    leAgency: pair.seats.le.agency,
    slot: slotWords(pair.slot),
  };
}

function seatSlots(
  { labels, outline, entries, addressed }: SlotSources,
  pair: Pair,
  seat: SeatId,
): Slots {
  const partner = pair.seats[otherSeat(seat)];
  const lesson = lessonNumberOf(addressed.send.item);
  const done = outline.lessons.find(({ id }) => lessonNumberOf(id) === lesson)?.done;
  return {
    partnerName: partner.name,
    partnerEmail: partner.email,
    partnerAgency: partner.agency,
    successorName: pair.seats[seat].successor?.name ?? "",
    sp: seat === "sp",
    le: seat === "le",
    isSigner: seat === pair.signer,
    week: String(lesson ?? pair.lessons.length),
    action: done === undefined ? "" : labels.actions[done].action,
    partnerLogged: partnerLogged(labels, entries, pair, seat, addressed.send),
  };
}

function factSlots({ addressed, entries, labels, links, outline }: SlotSources, pair: Pair): Slots {
  const { facts } = addressed.send;
  const logged = facts.logged ?? shownLog(addressed.send, entries);
  const until = facts.until ?? nextMeetOn(pair, addressed.send);
  return {
    until: until === undefined ? "" : dayWords(until),
    days: String(facts.days ?? ""),
    recheck: facts.recheck === undefined ? "" : labels.actions[facts.recheck].recheck,
    agreement: labels.agreement[agreementState(addressed.send, pair, entries)],
    withMeet: facts.withMeet === true,
    details: facts.details === true,
    assumed: logged.some(({ assumed }) => assumed === true),
    logged: logged.map((fact) => inWords(labels, fact)),
    open: openKinds(outline, pair, entries).map((kind) => ({ what: labels.actions[kind].label })),
    guesses: (facts.guesses ?? []).map((fact, index) => ({
      ...inWords(labels, fact),
      url: links.guessUrl(index),
    })),
  };
}

/** A recap is ten lines: the last things done, and the first that are still open. */
const RECAP_DONE = 5;
const RECAP_OPEN = 3;

/** The graduation and the final note show what the two of them logged together, a successor's recap the end of it. */
function shownLog({ mail }: Send, entries: readonly LogEntry[]): readonly LoggedFact[] {
  if (mail === "notice-recap") return wholeLog(entries).slice(-RECAP_DONE);
  return mail === "graduation" || mail === "notice-final" ? wholeLog(entries) : [];
}

function openKinds(
  outline: CourseOutline,
  pair: Pair,
  entries: readonly LogEntry[],
): readonly ActionKind[] {
  const taught = outline.lessons.filter(({ id }) => pair.lessons.some((sent) => sent.id === id));
  const open = taught.map(({ done }) => done).filter((kind) => !isComplete(entries, kind));
  return [...new Set(open)].slice(0, RECAP_OPEN);
}

function wholeLog(entries: readonly LogEntry[]): readonly LoggedFact[] {
  return pairLog(entries.filter(isReported))
    .filter(({ complete }) => complete)
    .map(({ kind, on }) => ({ kind, on }));
}

/** What the partner logged in the week before this lesson; nothing in other mails. */
function partnerLogged(
  labels: CourseLabels,
  entries: readonly LogEntry[],
  pair: Pair,
  seat: SeatId,
  send: Send,
): readonly Readonly<Record<string, string>>[] {
  if (send.kind !== "lesson") return [];
  const since = pair.lessons.filter(({ id }) => id !== send.item).at(-1)?.plannedFor;
  const from = since ?? plusDays(send.plannedFor, -7);
  return countingEntries(entries)
    .filter((entry) => entry.seat === otherSeat(seat) && entry.reportedAt >= from)
    .map((entry) => inWords(labels, entry));
}

function agreementState(send: Send, pair: Pair, entries: readonly LogEntry[]) {
  const today = localDay(send.plannedFor, pair.slot.timeZone);
  return agreementAt(entries, today).kind;
}

function nextMeetOn(pair: Pair, send: Send): string | undefined {
  if (send.kind !== "graduation" || send.seat === "coordinator") return undefined;
  const at = pair.seats[send.seat].timers.meet?.at;
  return at === undefined ? undefined : localDay(at, pair.slot.timeZone);
}

/** "coffee", "Mar 3"; never the kind's own name, which says more than a lock screen should. */
function inWords(labels: CourseLabels, { kind, on }: LoggedFact): Readonly<Record<string, string>> {
  return { what: labels.actions[kind].label, on: on === undefined ? "" : shortDay(on) };
}

const SHORT_DAY = new Intl.DateTimeFormat("en-US", {
  month: "short",
  day: "numeric",
  timeZone: "UTC",
});

function shortDay(day: string): string {
  return SHORT_DAY.format(new Date(`${day}T00:00:00Z`));
}
