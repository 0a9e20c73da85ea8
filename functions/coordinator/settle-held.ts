import { judgeSend } from "../core/allowed.ts";
import { laneOf, resendSend, type Send, type SendKey, sendIdOf, skipSend } from "../core/send.ts";
import type { Ports } from "../ports.ts";
import { findRecipient } from "../send/find-recipient.ts";

export type SettleHeldPorts = Pick<
  Ports,
  "pairs" | "ledger" | "queues" | "signer" | "clock" | "log" | "settings"
>;

/** What a person decided about a mail, or why that cannot be. */
export type HeldOutcome = { readonly kind: "done"; readonly send: Send } | HeldRefusal;

export type HeldRefusal =
  | { readonly kind: "unknown" }
  /** It is not one that waits for a person, was given up, or came back. */
  | { readonly kind: "in-state"; readonly state: Send["state"] }
  /** A sign-in link, or an invitation that ran out. */
  | { readonly kind: "of-no-use" }
  /** Nobody holds that seat number any more. */
  | { readonly kind: "nobody" }
  /** A pause or a hold; it goes out by itself when that ends. */
  | { readonly kind: "must-wait" }
  /** Stopped, bounced, complained or left: a mail may not go there. */
  | { readonly kind: "must-not" };

/**
 * A held, given-up or bounced mail goes out again under its key, because a person says so. They have asked
 * whether the first one came; the service cannot know. Consent is judged here so that they learn of it,
 * and again by the sender.
 */
export async function resendMail(ports: SettleHeldPorts, key: SendKey): Promise<HeldOutcome> {
  const no = await whyNotAgain(ports, key);
  if (no !== undefined) return no;
  const changed = await ports.ledger.change(key, (send) => resendSend(send, ports.clock.now()));
  if (changed === undefined) return stateOf(ports, key);
  const { owner, item, seat, holder } = key;
  await ports.queues.put({ queue: laneOf(changed.kind), send: { owner, item, seat, holder } });
  ports.log.info("coordinator.resent", { sendId: sendIdOf(key) });
  return { kind: "done", send: changed };
}

/** A held mail is given up. The pair did not wait for it; it only stops asking for a person. */
export async function skipMail(ports: SettleHeldPorts, key: SendKey): Promise<HeldOutcome> {
  const changed = await ports.ledger.change(key, (send) => skipSend(send, ports.clock.now()));
  if (changed === undefined) return stateOf(ports, key);
  ports.log.info("coordinator.skipped", { sendId: sendIdOf(key) });
  return { kind: "done", send: changed };
}

async function stateOf({ ledger }: SettleHeldPorts, key: SendKey): Promise<HeldOutcome> {
  const send = await ledger.read(key);
  return send === undefined ? { kind: "unknown" } : { kind: "in-state", state: send.state };
}

/** @returns undefined when it may be sent again */
export async function whyNotAgain(
  ports: SettleHeldPorts,
  key: SendKey,
): Promise<HeldRefusal | undefined> {
  const send = await ports.ledger.read(key);
  if (send === undefined) return { kind: "unknown" };
  const now = ports.clock.now();
  if (resendSend(send, now) === undefined) return { kind: "in-state", state: send.state };
  const isOver = send.expiresAt !== undefined && send.expiresAt <= now;
  if (isOver || send.kind === "sign-in") return { kind: "of-no-use" };
  const addressed = await findRecipient(ports, send);
  if (addressed === undefined) return { kind: "nobody" };
  const { email, pair } = addressed;
  const consents = pair === undefined ? [] : await ports.ledger.consents(pair.id);
  const suppression = await ports.ledger.suppression(ports.signer.hashAddress(email));
  const verdict = judgeSend(send, consents, suppression, pair?.hold !== undefined, now);
  if (verdict === "allowed") return undefined;
  return { kind: verdict === "gone-for-now" ? "must-wait" : "must-not" };
}
