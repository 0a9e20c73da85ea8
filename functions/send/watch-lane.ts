import { type Answer, askAgainAt, noteAnswer, OPEN_LANE, takeProbe } from "../core/breaker.ts";
import type { Instant } from "../core/instant.ts";
import { type Lane, laneOf, type Send, spreadOf } from "../core/send.ts";
import type { Delivery, OutboundMail, Ports, Settings } from "../ports.ts";

export type WatchLanePorts = Pick<
  Ports,
  "breaker" | "valve" | "mailer" | "pacer" | "clock" | "log" | "settings"
>;

/** SES's mailbox simulator takes every mail and shows it to nobody. */
export const PROBE_ADDRESS = "success@simulator.amazonses.com";

/**
 * Whether the safety valve holds this mail back: too much of our mail failed, and no course mail goes out
 * until a person resumes.
 *
 * @returns undefined when the mail may go, else when to ask again
 */
export async function pausedUntil(ports: WatchLanePorts, send: Send): Promise<Instant | undefined> {
  if (laneOf(send.kind) === "fast") return undefined;
  const { shut } = await ports.valve.read();
  return shut && askAgainAt("valve", shut.at, ports.clock.now(), spreadOf(send));
}

/**
 * Whether this mail's lane is open. While it is closed, one sender at a time asks SES with a probe;
 * when SES takes it, the lane is open for everybody.
 *
 * @returns undefined when the mail may go, else when to ask again
 */
export async function laneClosedUntil(
  ports: WatchLanePorts,
  send: Send,
): Promise<Instant | undefined> {
  const lane = laneOf(send.kind);
  const { closed } = await ports.breaker.read(lane);
  if (closed === undefined) return undefined;
  const isOpened = closed.probeAt <= ports.clock.now() && (await probe(ports, lane));
  return isOpened ? undefined : askAgainAt(lane, closed.since, ports.clock.now(), spreadOf(send));
}

/** Counts what SES answered to a mail of this lane, and closes the lane after too many lost answers in a row. */
export async function watchLane(
  ports: WatchLanePorts,
  lane: Lane,
  delivery: Delivery,
): Promise<void> {
  const answer = answerOf(delivery);
  if (answer === undefined) return;
  const changed = await ports.breaker.change(lane, (stored) =>
    noteAnswer(stored, answer, ports.clock.now()),
  );
  if (changed?.closed !== undefined) ports.log.error("send.lane-closed", { lane });
}

/** Taken by a conditional write, so that there is one prober; counted like any mail by the account's rate. */
async function probe(ports: WatchLanePorts, lane: Lane): Promise<boolean> {
  const now = ports.clock.now();
  const taken = await ports.breaker.change(lane, (stored) => takeProbe(stored, now));
  if (taken?.closed === undefined || (await ports.pacer.lease(now, "probe")) > now) return false;
  const { kind } = await ports.mailer.deliver(probeMail(ports.settings, lane));
  ports.log.info("send.probed", { lane, answer: kind });
  if (kind !== "accepted") return false;
  const { since } = taken.closed;
  await ports.breaker.change(lane, ({ closed }) =>
    closed?.since === since ? OPEN_LANE : undefined,
  );
  return true;
}

/** No send of the ledger: it carries no tags, so its events are nobody's. */
function probeMail({ from }: Settings, lane: Lane): OutboundMail {
  const lines = [
    `From: ${from}`,
    `To: ${PROBE_ADDRESS}`,
    "Subject: Does SES answer?",
    "Auto-Submitted: auto-generated",
    "",
    "A lane of mail is closed because answers were lost. It opens when this is taken.",
    "",
  ];
  return {
    sendId: `probe-${lane}`,
    to: PROBE_ADDRESS,
    raw: new TextEncoder().encode(lines.join("\r\n")),
    tags: {},
  };
}

/** A mail that SES would not take now says nothing about answers that get lost. */
function answerOf({ kind }: Delivery): Answer | undefined {
  switch (kind) {
    case "accepted":
    case "refused":
      return "known";
    case "unknown":
      return "unknown";
    case "not-now":
      return undefined;
  }
}
