import { sendIdOf } from "../../../functions/core/send.ts";
import type { Acceptance } from "../modelled-ses.ts";
import type { Process } from "../processes.ts";
import { markOf } from "../tiny-course.ts";
import type { Check, CreateCheck } from "./check.ts";
import { allSends, isSendRow, storedSend, toSend } from "./ledger-reading.ts";

/** Whoever hands a mail to SES is the one whose claim is stored. */
export const handedUnderOwnClaim: CreateCheck = (scene): Check => {
  const name = "handed-under-own-claim";
  const claimants = new Map<string, Process | undefined>();
  return {
    name,
    rows: [2, 7],
    written({ table, before, after, process }) {
      if (table !== "ledger" || !isSendRow(after)) return;
      const [was, is] = [before && toSend(before), toSend(after)];
      if (is.state === "claimed" && is.claim?.owner !== was?.claim?.owner) {
        claimants.set(sendIdOf(is), process);
      }
    },
    handed(process, mail) {
      const send = storedSend(scene.world, mail.sendId);
      if (send === undefined) return; // a probe
      if (claimants.get(mail.sendId) !== process) {
        scene.report(name, `${mail.sendId} is handed over by a process that has not claimed it`);
      }
      // Where clocks differ by more than the lease allows for, this may happen; the Send event settles it.
      const isLost = send.state === "unresolved" && scene.world.faults.skewMs === 0;
      if (isLost) scene.report(name, `${mail.sendId} is handed over when its lease has run out`);
    },
  };
};

/** Nothing that may have gone out goes out again while events wait to be read. */
export const retriedOnlyWhenCaughtUp: CreateCheck = (scene): Check => {
  const name = "retried-only-when-caught-up";
  return {
    name,
    rows: [24],
    handed(process, { sendId }) {
      const send = storedSend(scene.world, sendId);
      if (send === undefined || send.unresolved === 0 || send.state !== "claimed") return;
      if (process.asked.get("feedback") !== 1) {
        scene.report(name, `${sendId} is tried again while events wait`);
      }
    },
  };
};

/** The edition is fixed when a mail is planned, and it is the one that goes out. */
export const editionIsFixed: CreateCheck = (scene): Check => {
  const name = "edition-is-fixed";
  return {
    name,
    rows: [12, 13],
    written({ table, before, after }) {
      if (table !== "ledger" || !isSendRow(after) || before === undefined) return;
      if (before.edition !== after.edition) {
        scene.report(name, `${sendIdOf(toSend(after))} changed its edition`);
      }
    },
    accepted({ sendId, raw }) {
      const send = storedSend(scene.world, sendId);
      if (send === undefined) return;
      if (!Buffer.from(raw).includes(markOf(send.edition))) {
        scene.report(name, `${sendId} went out in another edition than it was planned in`);
      }
    },
  };
};

const RANK = { Send: "sent", Delivery: "delivered", Bounce: "bounced", Complaint: "complained" };
const ORDER = ["sent", "delivered", "bounced", "complained"];

/** However events came, the row ends where the highest of them puts it. */
export const eventsEndAlike: CreateCheck = (scene): Check => {
  const name = "events-end-alike";
  const highest = new Map<string, string>();
  return {
    name,
    rows: [3],
    published({ eventType, mail, bounce }) {
      const sendId = mail.tags.send?.[0];
      const state = eventType === "Reject" ? undefined : RANK[eventType];
      const isSoft = (bounce as { readonly bounceType?: string })?.bounceType === "Transient";
      if (sendId === undefined || state === undefined || isSoft) return;
      const before = ORDER.indexOf(highest.get(sendId) ?? "");
      if (ORDER.indexOf(state) > before) highest.set(sendId, state);
    },
    ended() {
      for (const send of allSends(scene.world)) {
        const expected = highest.get(sendIdOf(send));
        if (expected === undefined || send.state === expected) continue;
        scene.report(name, `${sendIdOf(send)} is ${send.state}, and its events say ${expected}`);
      }
    },
  };
};

/** A lost answer costs at most one more mail. */
export const atMostOneMore: CreateCheck = (scene): Check => {
  const name = "at-most-one-more";
  const counts = new Map<string, number>();
  return {
    name,
    rows: [4],
    accepted({ sendId }: Acceptance) {
      const count = (counts.get(sendId) ?? 0) + 1;
      counts.set(sendId, count);
      if (count > 2) scene.report(name, `${sendId} went out ${count} times`);
    },
  };
};
