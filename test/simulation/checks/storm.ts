import { laneOf } from "../../../functions/core/send.ts";
import type { Row } from "../../../functions/ports.ts";
import { DAY_MS, MINUTE_MS } from "../faults.ts";
import type { SesEvent } from "../modelled-ses.ts";
import type { Check, CreateCheck, Scene } from "./check.ts";
import { storedSend } from "./ledger-reading.ts";

/** trust.md D5, written down a second time. */
const WINDOW_MS = 7 * DAY_MS;
const BOUNCES = { min: 5, share: 0.04 };
const COMPLAINTS = { min: 3, share: 0.0008 };
/** Five minutes, and the way of the event to us. */
const PAUSE_MS = 5 * MINUTE_MS;

interface Failure {
  readonly kind: "bounce" | "complaint";
  readonly sentMs: number;
  readonly toldMs: number;
}

/** When too much mail fails, no course mail goes out five minutes later, until a person resumes. */
export const stormPauses: CreateCheck = (scene): Check => {
  const name = "storm-pauses";
  const { world } = scene;
  const failures: Failure[] = [];
  const resumedMs: number[] = [];
  return {
    name,
    rows: [15],
    published(event) {
      const failure = failureOf(event);
      if (failure !== undefined) failures.push(failure);
    },
    logged(_, event) {
      if (event === "coordinator.resumed") resumedMs.push(world.timeline.nowMs());
    },
    ended() {
      // Elsewhere events come late, handlers die, or a restored table forgets the pause.
      if (world.faults.isAlone !== true) return;
      const overMs = whenOver(scene, failures);
      if (overMs === undefined) return;
      const untilMs = resumedMs.find((ms) => ms > overMs) ?? Number.POSITIVE_INFINITY;
      for (const { sendId, atMs } of world.ses.acceptances) {
        const isInPause = atMs > overMs + PAUSE_MS && atMs < untilMs;
        const send = storedSend(world, sendId);
        if (isInPause && send !== undefined && laneOf(send.kind) === "bulk") {
          scene.report(name, `${sendId} went out ${new Date(atMs).toISOString()} in a storm`);
        }
      }
    },
  };
};

function failureOf({ eventType, mail, ...parts }: SesEvent): Failure | undefined {
  const sentMs = Date.parse(mail.timestamp);
  const details = parts[eventType.toLowerCase()] as { readonly timestamp?: string } | undefined;
  const toldMs = Date.parse(details?.timestamp ?? mail.timestamp);
  if (eventType === "Complaint") return { kind: "complaint", sentMs, toldMs };
  const isHard = (parts.bounce as { readonly bounceType?: string })?.bounceType === "Permanent";
  return eventType === "Bounce" && isHard ? { kind: "bounce", sentMs, toldMs } : undefined;
}

/** When the share of failed mails was first too high, by what SES had told by then. */
function whenOver({ world }: Scene, failures: readonly Failure[]): number | undefined {
  const byTime = [...failures].sort((one, other) => one.toldMs - other.toldMs);
  return byTime.find(({ toldMs }) => {
    const known = byTime.filter((one) => one.toldMs <= toldMs && one.sentMs > toldMs - WINDOW_MS);
    const sent = world.ses.acceptances.filter(
      ({ atMs }) => atMs <= toldMs && atMs > toldMs - WINDOW_MS,
    ).length;
    return [
      { ...BOUNCES, count: known.filter(({ kind }) => kind === "bounce").length },
      { ...COMPLAINTS, count: known.filter(({ kind }) => kind === "complaint").length },
      // A day to spare: the service counts by quarter days, and whole ones.
    ].some(({ count, min, share }) => count >= min && count >= 1.5 * share * sent);
  })?.toldMs;
}

/** Course mail that is paused stays so until a person resumes it; and no sender that has read so sends. */
export const onlyPeopleResume: CreateCheck = (scene): Check => {
  const name = "only-people-resume";
  const { world } = scene;
  let shutSince: number | undefined;
  return {
    name,
    rows: [15],
    written({ before, after, process }) {
      if (after === undefined && before === undefined) shutSince = undefined; // the table was restored
      if (after?.pk !== "VALVE") return;
      if (isShut(after) && !isShut(before)) shutSince = world.processes.serial();
      if (isShut(after) || !isShut(before)) return;
      shutSince = undefined;
      if (process?.name !== "resume") scene.report(name, `${process?.name} opened the valve`);
    },
    handed(process, { sendId }) {
      const send = storedSend(world, sendId);
      if (shutSince === undefined || send === undefined || laneOf(send.kind) !== "bulk") return;
      const readAt = process.asked.get("get VALVE -") ?? Number.POSITIVE_INFINITY;
      if (readAt >= shutSince) scene.report(name, `${sendId} goes out while course mail is paused`);
    },
  };
};

function isShut(row: Row | undefined): boolean {
  return row?.shut !== undefined;
}
