import type { ActionKind, LogEntry } from "./action.ts";
import { type Day, daysBetween } from "./instant.ts";
import { SEATS, type SeatId } from "./pair.ts";

/** The same kind from both seats, this near together, is one thing that happened. */
export const MERGE_DAYS = 7;

/**
 * `joint`: one seat's report completes it for both. `own-half`: each does their own part, and it is
 * complete when both have reported.
 */
export type Shape = "joint" | "own-half";

const OWN_HALF: readonly ActionKind[] = ["role-map", "info-sharing-map"];
/** Talks that belong to the two of them: a coordinator sees that something happened, not what. */
const BETWEEN_THEM: readonly ActionKind[] = ["tension-preview", "repair-conversation"];

export function shapeOf(kind: ActionKind): Shape {
  return OWN_HALF.includes(kind) ? "own-half" : "joint";
}

export function isHiddenFromCoordinators(kind: ActionKind): boolean {
  return BETWEEN_THEM.includes(kind);
}

/** A thing the pair did, however many times it was reported. */
export interface LoggedAction {
  readonly kind: ActionKind;
  /** The day the earliest report gives. */
  readonly on: Day;
  readonly assumed: boolean;
  /** The seats that reported it, or their own half of it. */
  readonly seats: readonly LogEntry["seat"][];
  readonly complete: boolean;
}

/** Entries that count: not taken back, earliest day first; of one day, the one that was reported first. */
export function standingEntries(entries: readonly LogEntry[]): readonly LogEntry[] {
  return entries
    .filter(({ undoneAt }) => undoneAt === undefined)
    .toSorted(
      (one, other) =>
        compare(one.on, other.on) ||
        compare(one.reportedAt, other.reportedAt) ||
        compare(one.source, other.source) ||
        compare(one.kind, other.kind),
    );
}

/** What one of the two said; that a hand-over or a coordinator asked for a review is nothing that they did. */
export function isReported({ seat }: LogEntry): boolean {
  return seat !== "coordinator";
}

/**
 * Standing entries without repetitions: the same kind within seven days of the first report of it is
 * the same thing, whoever reported it. Both halves of an own-half kind stay.
 */
export function countingEntries(entries: readonly LogEntry[]): readonly LogEntry[] {
  const counting: LogEntry[] = [];
  for (const entry of standingEntries(entries)) {
    if (!counting.some((earlier) => isSameThing(earlier, entry))) counting.push(entry);
  }
  return counting;
}

/** What the pair did, for pages and recaps, earliest first. Every standing entry is part of one action. */
export function pairLog(entries: readonly LogEntry[]): readonly LoggedAction[] {
  const things: LogEntry[][] = [];
  for (const entry of standingEntries(entries)) {
    const known = things.find((reports) => belongsTo(reports, entry));
    if (known === undefined) things.push([entry]);
    else known.push(entry);
  }
  return things.flatMap(actionOf);
}

/** True when the pair has done it: reported by either, or by both where each has their own half. */
export function isComplete(entries: readonly LogEntry[], kind: ActionKind): boolean {
  return pairLog(entries).some((action) => action.kind === kind && action.complete);
}

/** The seats that have reported this kind, in whichever shape. */
export function reportedBy(entries: readonly LogEntry[], kind: ActionKind): readonly SeatId[] {
  const standing = standingEntries(entries).filter((entry) => entry.kind === kind);
  return SEATS.filter((seat) => standing.some((entry) => entry.seat === seat));
}

/** The latest day on which this kind happened; undefined when it never did. */
export function lastOn(entries: readonly LogEntry[], kind: ActionKind): Day | undefined {
  return standingEntries(entries).findLast((entry) => entry.kind === kind)?.on;
}

function isSameThing(earlier: LogEntry, later: LogEntry): boolean {
  const isNear = daysBetween(earlier.on, later.on) <= MERGE_DAYS;
  const isOtherHalf = shapeOf(later.kind) === "own-half" && earlier.seat !== later.seat;
  return earlier.kind === later.kind && isNear && !isOtherHalf;
}

/**
 * Within seven days of the first report it is the same thing. A half waits for the other half however
 * long that takes, and a late repetition of the last report adds nothing.
 */
function belongsTo(reports: readonly LogEntry[], entry: LogEntry): boolean {
  const [first] = reports;
  if (first === undefined || first.kind !== entry.kind) return false;
  const near = shapeOf(entry.kind) === "joint" ? [first] : reports;
  return !hasAllHalves(reports) || near.some(({ on }) => daysBetween(on, entry.on) <= MERGE_DAYS);
}

function hasAllHalves(reports: readonly LogEntry[]): boolean {
  return reports.some(({ kind }) => shapeOf(kind) === "joint") || hasBothSeats(reports);
}

function hasBothSeats(reports: readonly LogEntry[]): boolean {
  return SEATS.every((name) => reports.some(({ seat }) => seat === name));
}

function actionOf(reports: readonly LogEntry[]): readonly LoggedAction[] {
  return reports.slice(0, 1).map(({ kind, on, assumed }) => ({
    kind,
    on,
    assumed,
    seats: [...new Set(reports.map(({ seat }) => seat))],
    complete: hasAllHalves(reports),
  }));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
