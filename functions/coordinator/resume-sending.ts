import type { Instant } from "../core/instant.ts";
import {
  countsFrom,
  countsSince,
  type Failure,
  type MailCounts,
  openValve,
} from "../core/valve.ts";
import type { Ports } from "../ports.ts";

export type ResumeSendingPorts = Pick<Ports, "valve" | "clock" | "log">;

/** Whether course mail is paused for the whole service, and what that is judged by. */
export interface SendingView {
  readonly paused?: { readonly since: Instant; readonly why: Failure };
  /** Mails that count now: those of the last seven days, or since somebody resumed. */
  readonly counts: MailCounts;
}

export async function viewSending({
  valve,
  clock,
}: Omit<ResumeSendingPorts, "log">): Promise<SendingView> {
  const state = await valve.read();
  const from = countsFrom(state, clock.now());
  const counts = countsSince(state, from, await valve.count(from));
  const { shut } = state;
  return shut === undefined ? { counts } : { paused: { since: shut.at, why: shut.why }, counts };
}

/**
 * A person lets course mail go out again. Mails are counted anew from here: what went out before,
 * however late its bounces come, pauses nothing again; new mail that fails as often does.
 */
export async function resumeSending({
  valve,
  clock,
  log,
}: ResumeSendingPorts): Promise<"resumed" | "not-paused"> {
  const at = clock.now();
  const { sent } = await valve.count(at);
  const changed = await valve.change((stored) => openValve(stored, { at, sent }));
  if (changed === undefined) return "not-paused";
  log.info("coordinator.resumed", {});
  return "resumed";
}
