import { pairStore } from "../../../functions/adapters/pair-store.ts";
import { asTable } from "../fast-table.ts";
import { HOUR_MS } from "../faults.ts";
import { pairOf } from "../partners.ts";
import type { Check, CreateCheck } from "./check.ts";
import { allPairs, storedSend, toSend } from "./ledger-reading.ts";
import { isAnswer, replyIdOf } from "./manners.ts";

/** What one letter or press reports stands once in the log, however often it came, and never for a stranger. */
export const loggedOnce: CreateCheck = (scene): Check => {
  const name = "logged-once";
  const { world, partners } = scene;
  return {
    name,
    rows: [18],
    async ended() {
      const { log } = pairStore(asTable(world.pairs));
      const seen = new Set<string>();
      const sources = new Set<string>();
      for (const { id } of allPairs(world)) {
        for (const { kind, source } of await log(id)) {
          sources.add(source);
          const entry = `${id} ${kind} ${source}`;
          if (seen.has(entry)) scene.report(name, `${entry} is logged twice`);
          seen.add(entry);
        }
      }
      for (const letter of partners.letters) {
        if (letter.by === "stranger" && sources.has(replyIdOf(scene, letter))) {
          scene.report(name, `${letter.messageId} is a stranger's and was logged`);
        }
      }
    },
  };
};

/** Every mail that was stored is read before it is deleted, and one that lies too long is told of. */
export const everyLetterIsRead: CreateCheck = (scene): Check => {
  const name = "every-letter-is-read";
  const { world } = scene;
  let alarms = 0;
  let longestMs = 0;
  return {
    name,
    rows: [21],
    logged(level, event) {
      const ageMs = world.timeline.nowMs() - (world.inbound.oldestMs() ?? world.timeline.nowMs());
      longestMs = Math.max(longestMs, ageMs);
      if (level === "error" && event === "receive.unread") alarms += 1;
    },
    failed(process) {
      // A sweep that fails as a whole is an alarm by itself.
      if (process.name === "unread") alarms += 1;
    },
    ended() {
      for (const id of world.inbound.expired) scene.report(name, `${id} was deleted unread`);
      const oldest = world.inbound.oldestMs();
      if (oldest !== undefined && world.timeline.nowMs() - oldest > 2 * HOUR_MS) {
        scene.report(name, "a mail lies unread after all is calm");
      }
      if (longestMs > 5 * HOUR_MS && alarms === 0) {
        scene.report(name, "a mail lay unread for hours and nobody was told");
      }
    },
  };
};

/** A person's letter is answered, whatever died while it was read; only the limit of a day stands before that. */
export const everyLetterIsAnswered: CreateCheck = (scene): Check => {
  const name = "every-letter-is-answered";
  const { world, partners } = scene;
  return {
    name,
    rows: [18, 21],
    ended() {
      // A restored pair may not know any more whose letter it was.
      if (world.faults.restore !== undefined) return;
      for (const letter of partners.letters) {
        const { owner, seat, holder, item } = letter.answered;
        const pair = pairOf(world, owner);
        const isTheirs = pair?.seats[seat].holder === holder;
        if (letter.by === "machine" || !isTheirs) continue;
        if (storedSend(world, `${owner}_${item}_${seat}${holder}`) === undefined) continue;
        const reply = replyIdOf(scene, letter);
        const own = world.ledger
          .query(`PAIR#${owner}`, "SEND#")
          .map(toSend)
          .filter((send) => send.seat === seat && send.holder === holder);
        const isLimited = own.filter(isAnswer).length >= ANSWERS_PER_DAY;
        // A colleague's yes is answered by the recap, which whoever finds it half written sends as well.
        const isAnswered = own.some(
          ({ item, mail }) => item.endsWith(reply) || mail === "notice-recap",
        );
        if (!isLimited && !isAnswered) {
          scene.report(name, `${letter.messageId} (${letter.body}) to ${item} got no answer`);
        }
      }
    },
  };
};

const ANSWERS_PER_DAY = 5;
