import { sendIdOf } from "../../../functions/core/send.ts";
import { HOUR_MS, MINUTE_MS } from "../faults.ts";
import type { Acceptance } from "../modelled-ses.ts";
import type { Check, CreateCheck } from "./check.ts";
import { allSends, isSendRow, toSend } from "./ledger-reading.ts";

/** Nobody gets a mail twice, but for those whose Send event never came: these are counted and told of. */
export const sentAtMostOnce: CreateCheck = (scene): Check => {
  const name = "sent-at-most-once";
  const bySend = new Map<string, Acceptance[]>();
  return {
    name,
    rows: [1, 2, 4, 7, 8, 10, 11, 12, 13, 20, 23],
    accepted(acceptance) {
      scene.counts.mails += 1;
      const earlier = bySend.get(acceptance.sendId) ?? [];
      bySend.set(acceptance.sendId, [...earlier, acceptance]);
      if (earlier.length === 0) return;
      const isResidual = earlier.length === 1 && earlier[0]?.told !== "in-time";
      if (isResidual) scene.counts.residual += 1;
      else {
        scene.counts.duplicates += 1;
        scene.report(name, `${acceptance.sendId} went out ${earlier.length + 1} times`);
      }
    },
  };
};

/** One act is told of once, under one name, whoever carries it out: its own process, a second press, or the repair. */
export const newsIsToldOnce: CreateCheck = (scene): Check => {
  const name = "news-is-told-once";
  return {
    name,
    rows: [1, 2, 22, 23],
    ended() {
      const told = new Map<string, string>();
      for (const send of allSends(scene.world)) {
        if (send.kind !== "notice") continue;
        const { owner, mail, seat, holder, plannedFor } = send;
        // A seat is taken over once by each holder; anything else may happen again at another instant.
        const when = mail === "notice-recap" ? "once" : plannedFor;
        const news = `${mail} to ${seat}${holder} of ${owner} ${when}`;
        const first = told.get(news);
        if (first !== undefined) scene.report(name, `${news}: ${first} and ${send.item}`);
        told.set(news, send.item);
      }
    },
  };
};

/** A second mail raises the alarm as soon as SES has told of both. */
export const secondSendIsTold: CreateCheck = (scene): Check => {
  const name = "second-send-is-told";
  const bySend = new Map<string, Acceptance[]>();
  const told = new Set<string>();
  return {
    name,
    rows: [4],
    accepted(acceptance) {
      const earlier = bySend.get(acceptance.sendId) ?? [];
      bySend.set(acceptance.sendId, [...earlier, acceptance]);
    },
    logged(level, event, facts) {
      if (level === "error" && event === "feedback.second-send") told.add(String(facts.sendId));
    },
    ended() {
      for (const [sendId, [first, second]] of bySend) {
        if (second === undefined) continue;
        if (told.has(sendId)) scene.counts.residualTold += 1;
        // Of a first mail whose Send event never comes nobody can know.
        const isKnowable = first?.told === "late" && second.told === "in-time";
        if (isKnowable && !told.has(sendId)) {
          scene.report(name, `${sendId} went out twice and nobody was told`);
        }
      }
    },
  };
};

/** What is marked as sent went out. */
export const markedOnlyIfSent: CreateCheck = (scene): Check => {
  const name = "marked-only-if-sent";
  const accepted = new Set<string>();
  return {
    name,
    rows: [1, 3],
    accepted: ({ sendId }) => void accepted.add(sendId),
    written({ table, after }) {
      if (table !== "ledger" || !isSendRow(after)) return;
      const send = toSend(after);
      const isMarked = ["sent", "delivered", "bounced", "complained"].includes(send.state);
      if (isMarked && !accepted.has(sendIdOf(send))) {
        scene.report(name, `${sendIdOf(send)} is ${send.state} and never went out`);
      }
    },
  };
};

/** Whatever was planned ends: it went out, or somebody decided that it should not. */
export const everyKeyEnds: CreateCheck = (scene): Check => {
  const name = "every-key-ends";
  return {
    name,
    rows: [1, 7, 11, 24],
    ended() {
      const now = scene.world.timeline.nowMs();
      for (const send of allSends(scene.world)) {
        if (!["planned", "claimed", "unresolved"].includes(send.state)) continue;
        const overdueMs = now - Date.parse(send.dueAt ?? "");
        // Two ticks, the five tries of a queue, and what the last of them was waiting for.
        if (send.dueAt !== undefined && overdueMs < 30 * MINUTE_MS) continue;
        scene.counts.lost += 1;
        scene.report(name, `${sendIdOf(send)} is ${send.state} since ${send.dueAt}`);
      }
    },
  };
};

/** A mail that waits for a person is one that somebody was told of. */
export const heldIsSeen: CreateCheck = (scene): Check => {
  const name = "held-is-seen";
  const told = new Set<string>();
  return {
    name,
    rows: [1, 14],
    // The log lines that the alarm counts.
    logged(_, event, { sendId, state }) {
      const isCounted = ["send.settled", "send.taken-up"].includes(event) && state === "held";
      if (isCounted) told.add(String(sendId));
    },
    ended() {
      for (const send of allSends(scene.world)) {
        if (send.state !== "held" || told.has(sendIdOf(send))) continue;
        scene.counts.heldUnseen += 1;
        scene.report(name, `${sendIdOf(send)} is held and no alarm says so`);
      }
    },
  };
};

/** No row stays unsettled longer than its grace and what a queue's tries take. */
export const nothingIsStuck: CreateCheck = (scene): Check => {
  const name = "nothing-is-stuck";
  const GRACE_MS = 25 * HOUR_MS;
  const since = new Map<string, number>();
  return {
    name,
    rows: [1, 24],
    written({ table, after }) {
      if (table !== "ledger" || !isSendRow(after)) return;
      const send = toSend(after);
      const id = sendIdOf(send);
      if (send.state !== "claimed" && send.state !== "unresolved") since.delete(id);
      else if (!since.has(id)) since.set(id, scene.world.timeline.nowMs());
    },
    ended() {
      const now = scene.world.timeline.nowMs();
      for (const [id, ms] of since) {
        if (now - ms > 2 * GRACE_MS) scene.report(name, `${id} is unsettled for too long`);
      }
    },
  };
};
