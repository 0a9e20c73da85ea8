import { toInstant } from "../../functions/core/instant.ts";
import type { Delivery, OutboundMail } from "../../functions/ports.ts";
import type { Dice } from "./dice.ts";
import { type Faults, isIn } from "./faults.ts";
import type { Timeline } from "./timeline.ts";

/** A mail that SES took: from here on it cannot be taken back. */
export interface Acceptance {
  readonly sendId: string;
  readonly sesId: string;
  readonly atMs: number;
  readonly to: string;
  readonly kind: string;
  readonly seat: string;
  readonly raw: Uint8Array;
  readonly told: Told;
}

/**
 * How SES tells of a mail: as promised; with a Send event that never comes; not at all; or days after
 * the grace. The last three are the residual case.
 */
export type Told = "in-time" | "without-send" | "never" | "late";

/** An event as the configuration set publishes it. */
export interface SesEvent {
  readonly eventType: "Send" | "Delivery" | "Bounce" | "Complaint" | "Reject";
  readonly mail: {
    readonly messageId: string;
    readonly timestamp: string;
    readonly tags: Readonly<Record<string, readonly string[]>>;
  };
  readonly bounce?: unknown;
  readonly [part: string]: unknown;
}

/** How an address takes what is sent to it. */
export type Fate = "delivered" | "hard-bounce" | "soft-bounce" | "complaint";

export interface SesModel {
  /** One request. What it answers and what SES did may differ. */
  request(mail: OutboundMail): Delivery;
  readonly acceptances: readonly Acceptance[];
  readonly requestsMs: readonly number[];
  /** The mailbox simulator, to which probes go. */
  readonly probesMs: readonly number[];
  /** Takes an address off the account's own list of those to which mail is dropped. */
  unsuppress(address: string): void;
}

export interface SesModelParts {
  readonly timeline: Timeline;
  readonly dice: Dice;
  readonly faults: Faults;
  readonly isBadTime: () => boolean;
  /** What will become of a mail to this address. */
  readonly fateOf: (to: string, kind: string) => Fate;
  readonly onAccepted: (acceptance: Acceptance) => void;
  readonly onDelivered: (acceptance: Acceptance) => void;
  readonly onPublished: (event: SesEvent) => void;
  readonly onEvent: (event: SesEvent) => void;
}

export const SIMULATOR_DOMAIN = "@simulator.amazonses.com";
const LATE_MS = 50_000;
const RESIDUAL: readonly ["without-send", "without-send", "never", "late"] = [
  ...(["without-send", "without-send", "never", "late"] as const),
];
/** After the grace of a day and the second try, before a person has forgotten the first mail. */
const LATE_EVENT_MS = 40 * 3_600_000;
/** As long as dead letters are kept. */
const DAYS_LATER_MS = 14 * 24 * 3_600_000;

export function createSes(parts: SesModelParts): SesModel {
  const { timeline, dice, faults, isBadTime } = parts;
  const acceptances: Acceptance[] = [];
  const requestsMs: number[] = [];
  const probesMs: number[] = [];
  const suppressed = new Set<string>();
  let serial = 0;

  function accept(mail: OutboundMail): string {
    serial += 1;
    const sesId = `ses-${String(serial).padStart(6, "0")}`;
    if (mail.to.endsWith(SIMULATOR_DOMAIN)) return sesId;
    const acceptance: Acceptance = {
      sendId: mail.sendId,
      sesId,
      atMs: timeline.nowMs(),
      to: mail.to,
      kind: mail.tags.kind ?? "",
      seat: mail.tags.seat ?? "",
      raw: mail.raw,
      told: isBadTime() && dice.chance(faults.events.lost) ? dice.pick(RESIDUAL) : "in-time",
    };
    acceptances.push(acceptance);
    parts.onAccepted(acceptance);
    emit(acceptance, "Send", 0);
    follow(acceptance);
    return sesId;
  }

  /** What becomes of it, and the event that tells. */
  function follow(acceptance: Acceptance): void {
    const fate = suppressed.has(acceptance.to)
      ? "hard-bounce"
      : parts.fateOf(acceptance.to, acceptance.kind);
    if (fate === "hard-bounce" || fate === "complaint") suppressed.add(acceptance.to);
    const afterMs = dice.between(500, 20_000);
    if (fate === "hard-bounce" || fate === "soft-bounce") {
      const bounceType = fate === "hard-bounce" ? "Permanent" : "Transient";
      emit(acceptance, "Bounce", afterMs, { bounceType });
      return;
    }
    emit(acceptance, "Delivery", afterMs);
    timeline.at(timeline.nowMs() + afterMs, () => parts.onDelivered(acceptance));
    if (fate === "complaint")
      emit(acceptance, "Complaint", afterMs + dice.between(0, 3_600_000), {});
  }

  /** Published at its instant, at least once, and on its way to the queue for a while. */
  function emit(
    acceptance: Acceptance,
    eventType: SesEvent["eventType"],
    afterMs: number,
    details: Readonly<Record<string, unknown>> = {},
  ): void {
    const { told } = acceptance;
    if (told === "never" || (told === "without-send" && eventType === "Send")) return;
    const timestamp = toInstant(timeline.nowMs() + afterMs);
    const event: SesEvent = {
      eventType,
      mail: {
        messageId: acceptance.sesId,
        timestamp: toInstant(acceptance.atMs),
        tags: { send: [acceptance.sendId] },
      },
      [eventType.toLowerCase()]: { ...details, timestamp },
    };
    parts.onPublished(event);
    const copies = isBadTime() && dice.chance(faults.events.duplicate) ? dice.between(2, 3) : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      // A copy out of the dead letters comes days later.
      const againMs = copy > 0 && dice.chance(0.2) ? dice.between(0, DAYS_LATER_MS) : 0;
      const lateMs = told === "late" ? LATE_EVENT_MS : againMs;
      const onWayMs = lateMs + dice.between(50, isBadTime() ? faults.events.delayMsMax : 1_000);
      timeline.at(timeline.nowMs() + afterMs + onWayMs, () => parts.onEvent(event));
    }
  }

  function isOverRate(): boolean {
    const since = timeline.nowMs() - 1_000;
    return requestsMs.filter((ms) => ms > since).length > faults.perSecond;
  }

  return {
    acceptances,
    requestsMs,
    probesMs,
    unsuppress: (address) => void suppressed.delete(address),
    request(mail) {
      const now = timeline.nowMs();
      const isProbe = mail.to.endsWith(SIMULATOR_DOMAIN);
      (isProbe ? probesMs : requestsMs).push(now);
      if (faults.outages.some((outage) => isIn(outage, now))) {
        return dice.chance(0.3) ? { kind: "not-now" } : { kind: "unknown" };
      }
      if (isOverRate()) return { kind: "not-now" };
      if (!isBadTime() || isProbe) return { kind: "accepted", sesId: accept(mail) };
      const { throttled, refused, unclear, answerLost, acceptedLate } = faults.ses;
      if (dice.chance(throttled)) return { kind: "not-now" };
      if (dice.chance(refused)) return { kind: "refused", why: "MessageRejected" };
      if (dice.chance(unclear)) return { kind: "unknown" };
      if (dice.chance(acceptedLate)) {
        timeline.at(now + dice.between(1_000, LATE_MS), () => void accept(mail));
        return { kind: "unknown" };
      }
      const sesId = accept(mail);
      return dice.chance(answerLost) ? { kind: "unknown" } : { kind: "accepted", sesId };
    },
  };
}
