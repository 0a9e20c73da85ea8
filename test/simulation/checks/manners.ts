import { localTime, toInstant } from "../../../functions/core/instant.ts";
import { parseSendId, type Send } from "../../../functions/core/send.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../faults.ts";
import { pairOf } from "../partners.ts";
import type { Check, CreateCheck, Scene } from "./check.ts";
import { allSends, storedSend } from "./ledger-reading.ts";

const DISTANT = ["lesson", "nudge", "meet", "mou", "check-in", "graduation", "welcome"];
const GAP_MS = 20 * HOUR_MS;

/** The turn is taken some seconds before SES is asked, by a clock that may differ. */
function slackMs({ world }: Scene): number {
  return 2 * MINUTE_MS + 2 * world.faults.skewMs;
}

/** Nobody gets two items within twenty hours, after an outage as little as before. */
export const itemsKeepTheirDistance: CreateCheck = (scene): Check => {
  const name = "items-keep-their-distance";
  const last = new Map<string, { readonly atMs: number; readonly sendId: string }>();
  return {
    name,
    rows: [6, 11],
    accepted({ sendId, kind, atMs }) {
      const key = parseSendId(sendId);
      if (key === undefined || !DISTANT.includes(kind)) return;
      const holder = `${key.owner} ${key.seat}${key.holder}`;
      const before = last.get(holder);
      last.set(holder, { atMs, sendId });
      if (before === undefined || before.sendId === sendId) return;
      if (atMs - before.atMs < GAP_MS - slackMs(scene)) {
        const hours = ((atMs - before.atMs) / HOUR_MS).toFixed(1);
        scene.report(name, `${sendId} came ${hours} hours after ${before.sendId}`);
      }
    },
  };
};

/** Nothing but answers comes between 21:00 and 07:00, unless the pair chose a time there. */
export const quietHoursAreKept: CreateCheck = (scene): Check => {
  const name = "quiet-hours-are-kept";
  const isQuiet = (time: string) => time >= "21:00" || time < "07:00";
  return {
    name,
    rows: [6],
    accepted({ sendId, kind, atMs }) {
      const key = parseSendId(sendId);
      const pair = key === undefined ? undefined : pairOf(scene.world, key.owner);
      if (pair === undefined || !DISTANT.includes(kind) || isQuiet(pair.slot.time)) return;
      const { timeZone } = pair.slot;
      const slack = slackMs(scene);
      const around = [atMs - slack, atMs, atMs + slack].map((ms) =>
        isQuiet(localTime(toInstant(ms), timeZone)),
      );
      if (around.every(Boolean)) {
        scene.report(name, `${sendId} came at ${localTime(toInstant(atMs), timeZone)}`);
      }
    },
  };
};

/**
 * Each answer is counted, and no day of a seat counts more than five, whoever answers our answers. A day
 * begins with the first letter that is read in it: letters that are read late, and out of order, count there.
 */
export const answersAreFew: CreateCheck = (scene): Check => {
  const name = "answers-are-few";
  const { world } = scene;
  const counted = new Set<string>();
  const begunMs = new Map<string, number>();
  // A restore brings the counters back with the rest of the table.
  const isRestored = world.faults.restore !== undefined;
  return {
    name,
    rows: [19],
    written({ before, after }) {
      const holder = /^LIMIT#answers-(.+)$/.exec(before?.pk ?? after?.pk ?? "")?.[1];
      if (holder === undefined || isRestored) return;
      const { uses, startsAt } = (after ?? { uses: [] }) as unknown as CountedDay;
      for (const reply of uses) counted.add(reply);
      if (uses.length > 5) scene.report(name, `${holder} got ${uses.length} answers in a day`);
      // An erasure forgets the counter.
      const startMs = startsAt === undefined ? Number.NEGATIVE_INFINITY : Date.parse(startsAt);
      const lengthMs = startMs - (begunMs.get(holder) ?? Number.NEGATIVE_INFINITY);
      if (lengthMs > 0 && lengthMs < DAY_MS) scene.report(name, `${holder} had a short day`);
      begunMs.set(holder, startMs);
    },
    ended() {
      const answers = isRestored ? [] : allSends(world).filter(isAnswer);
      for (const { item } of answers) {
        if (!counted.has(item.slice(-16))) scene.report(name, `${item} is not counted`);
      }
    },
  };
};

interface CountedDay {
  readonly uses: readonly string[];
  readonly startsAt?: string;
}

/** One answer to a letter at most, and none to a machine that says it is one. */
export const oneAnswerALetter: CreateCheck = (scene): Check => {
  const name = "one-answer-a-letter";
  const { world, cast, partners } = scene;
  const answered = new Map<string, Set<string>>();
  return {
    name,
    rows: [18, 19],
    accepted({ sendId }) {
      const send = storedSend(world, sendId);
      if (send === undefined || !isAnswer(send)) return;
      const reply = send.item.slice(-16);
      answered.set(reply, (answered.get(reply) ?? new Set()).add(sendId));
    },
    ended() {
      for (const [reply, sendIds] of answered) {
        if (sendIds.size > 1) scene.report(name, `${reply} got ${[...sendIds].join(" and ")}`);
      }
      for (const [holder, count] of answersByHolder(scene)) {
        const letters = partners.letters.filter(({ answered: key }) => holderOf(key) === holder);
        if (count > letters.length) {
          scene.report(name, `${holder} got ${count} answers to ${letters.length} letters`);
        }
      }
      for (const letter of partners.letters) {
        const isMarked =
          letter.by === "machine" && cast.person(letter.from)?.autoReply === "marked";
        if (isMarked && answered.has(replyIdOf(scene, letter))) {
          scene.report(name, `${letter.messageId} is a machine's and got an answer`);
        }
      }
    },
  };
};

/** However a letter is called: nobody gets more answers than they wrote letters. */
function answersByHolder({ world }: Scene): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const send of allSends(world)) {
    if (!isAnswer(send)) continue;
    counts.set(holderOf(send), (counts.get(holderOf(send)) ?? 0) + 1);
  }
  return counts;
}

function holderOf({ owner, seat, holder }: Pick<Send, "owner" | "seat" | "holder">): string {
  return `${owner} ${seat}${holder}`;
}

export function isAnswer({ kind, mail }: Send): boolean {
  return kind === "receipt" || mail === "notice-was-it-you";
}

/** What the service calls a letter, made here a second time. */
export function replyIdOf(
  { world }: Scene,
  { answered, messageId }: Scene["partners"]["letters"][number],
): string {
  const { owner, seat, holder } = answered;
  return world.signer().hash("reply", `${owner}__${seat}${holder}`, messageId).slice(0, 16);
}
