import { type Send, sendIdOf } from "../../../functions/core/send.ts";
import type { Process } from "../processes.ts";
import type { Check, CreateCheck } from "./check.ts";
import { isSendRow, storedSend, toSend } from "./ledger-reading.ts";

/** Consent, and the suppression, are asked for when the claim is stored: a stop before that is never missed. */
export const consentIsReadAfterClaim: CreateCheck = (scene): Check => {
  const name = "consent-is-read-after-claim";
  const { world } = scene;
  /** When each mail was claimed last, in the order of all calls. */
  const claimedAt = new Map<string, number>();
  return {
    name,
    rows: [16],
    written({ table, before, after }) {
      if (table !== "ledger" || !isSendRow(after)) return;
      const [was, is] = [before && toSend(before), toSend(after)];
      if (is.state === "claimed" && is.claim?.owner !== was?.claim?.owner) {
        claimedAt.set(sendIdOf(is), world.processes.serial());
      }
    },
    handed(process, mail) {
      const send = storedSend(world, mail.sendId);
      if (send === undefined) return;
      const address = `get SUPPRESSED#${world.signer().hashAddress(mail.to)} -`;
      const consents = `query PAIR#${send.owner} CONSENT#`;
      const readings = send.seat === "coordinator" ? [address] : [address, consents];
      const since = claimedAt.get(mail.sendId) ?? 0;
      if (readings.some((reading) => (process.asked.get(reading) ?? -1) < since)) {
        scene.report(name, `${mail.sendId} goes out by what was known before it was claimed`);
      }
    },
  };
};

/** A mail whose answer was lost twice waits for a person. */
export const twoTriesAtMost: CreateCheck = (scene): Check => {
  const name = "two-tries-at-most";
  return {
    name,
    rows: [1, 4],
    handed(_, { sendId }) {
      const send = storedSend(scene.world, sendId);
      // Whose claim a process with a clock of its own took for old is handing over all the same.
      if (send?.state === "claimed" && send.unresolved >= 2) {
        scene.report(
          name,
          `${sendId} is tried although its answer was lost ${send.unresolved} times`,
        );
      }
    },
  };
};

/** "Not now" proves that nothing went out: such a mail waits for its turn, and is neither in doubt nor held. */
export const notNowIsNoDoubt: CreateCheck = (scene): Check => {
  const name = "not-now-is-no-doubt";
  const putOff = new Map<string, Process>();
  const isInDoubt = ({ state }: Send) => state === "unresolved" || state === "held";
  return {
    name,
    rows: [5, 6],
    answered(process, { sendId }, delivery) {
      if (delivery.kind === "not-now") putOff.set(sendId, process);
    },
    written({ table, after, process }) {
      if (table !== "ledger" || process === undefined || !isSendRow(after)) return;
      const send = toSend(after);
      if (putOff.get(sendIdOf(send)) === process && isInDoubt(send)) {
        scene.report(name, `${sendIdOf(send)} is ${send.state} because SES had no time`);
      }
    },
  };
};
