import { daysBetween, localDay, toInstant } from "../../../functions/core/instant.ts";
import { parseSendId, sendIdOf } from "../../../functions/core/send.ts";
import { DAY_MS, MINUTE_MS } from "../faults.ts";
import { pairOf } from "../partners.ts";
import type { Check, CreateCheck, Scene } from "./check.ts";
import { allPairs, allSends, consentOf, isPairRow, toPair } from "./ledger-reading.ts";

/** A lesson that reached a seat, whoever held it then. */
interface Lesson {
  readonly item: string;
  readonly atMs: number;
}

/** Lessons that went out, by pair and seat, in their order. */
function lessonsBySeat({ world }: Scene): ReadonlyMap<string, readonly Lesson[]> {
  const found = new Map<string, Lesson[]>();
  for (const { sendId, kind, atMs } of world.ses.acceptances) {
    const key = parseSendId(sendId);
    if (kind !== "lesson" || key === undefined) continue;
    const place = `${key.owner} ${key.seat}`;
    found.set(place, [...(found.get(place) ?? []), { item: key.item, atMs }]);
  }
  return found;
}

/** No pause, stop, hand-over or outage skips a lesson: when one is out, both seats have had all before it. */
export const noLessonIsSkipped: CreateCheck = (scene): Check => {
  const name = "no-lesson-is-skipped";
  const OUT = ["sent", "delivered", "bounced", "complained", "held"];
  return {
    name,
    rows: [9, 11, 14, 20, 22, 23],
    ended() {
      const sends = allSends(scene.world).filter(({ kind }) => kind === "lesson");
      for (const pair of allPairs(scene.world)) {
        const own = sends.filter(({ owner }) => owner === pair.id);
        for (const { id } of pair.lessons.slice(0, -1)) {
          for (const seat of ["sp", "le"]) {
            const isOut = own.some(
              (send) => send.item === id && send.seat === seat && OUT.includes(send.state),
            );
            if (!isOut) scene.report(name, `${pair.id} went on without ${id} for ${seat}`);
          }
        }
      }
    },
  };
};

/** Never less than four local days between two lessons of a seat; one less where the zone changed. */
export const lessonsKeepTheirDistance: CreateCheck = (scene): Check => {
  const name = "lessons-keep-their-distance";
  return {
    name,
    rows: [9, 10, 11],
    ended() {
      for (const [place, lessons] of lessonsBySeat(scene)) {
        const zone = pairOf(scene.world, place.split(" ")[0] ?? "")?.slot.timeZone ?? "UTC";
        lessons.slice(1).forEach(({ item, atMs }, index) => {
          const before = lessons[index];
          if (before === undefined || before.item === item) return;
          const days = daysBetween(
            localDay(toInstant(before.atMs), zone),
            localDay(toInstant(atMs), zone),
          );
          if (days < 3)
            scene.report(name, `${place} got ${item} ${days} days after ${before.item}`);
        });
      }
    },
  };
};

/** However clocks differ, no lesson is planned more than five minutes before its time. */
export const noLessonIsEarly: CreateCheck = (scene): Check => {
  const name = "no-lesson-is-early";
  return {
    name,
    rows: [8, 9],
    written({ before, after }) {
      if (!isPairRow(after) || before === undefined) return;
      const [was, is] = [toPair(before), toPair(after)];
      const at = was.timers.lesson?.at;
      const isPlanned = is.lessons.length > was.lessons.length && at !== undefined;
      if (!isPlanned) return;
      const earlyMs = Date.parse(at) - scene.world.timeline.nowMs();
      if (earlyMs > 5 * MINUTE_MS) scene.report(name, `${is.id} got a lesson ${earlyMs} ms early`);
    },
  };
};

/** A pair under way goes on: once all is calm, each seat gets what comes next. */
export const nobodyStandsStill: CreateCheck = (scene): Check => {
  const name = "nobody-stands-still";
  const { world } = scene;
  const CALM_MS = 16 * DAY_MS;
  const goesOnMs = new Map<string, number>();
  return {
    name,
    rows: [1, 14, 17, 20, 22, 23],
    written({ before, after }) {
      if (!isPairRow(after) || before === undefined) return;
      const [was, is] = [toPair(before), toPair(after)];
      const goesOn = is.hold === undefined && was.hold !== undefined;
      const starts = is.state.kind === "active" && was.state.kind === "pending";
      if (goesOn || starts) goesOnMs.set(is.id, world.timeline.nowMs());
    },
    ended() {
      const now = world.timeline.nowMs();
      const lastOut = new Map<string, number>();
      for (const send of allSends(world)) {
        const at = Date.parse(send.settledAt ?? "");
        const isOut = ["lesson", "graduation"].includes(send.kind) && !Number.isNaN(at);
        if (isOut) lastOut.set(send.owner, Math.max(at, lastOut.get(send.owner) ?? 0));
      }
      for (const pair of allPairs(world)) {
        if (pair.state.kind !== "active" || pair.hold !== undefined) continue;
        const given = (["sp", "le"] as const).every(
          (seat) =>
            consentOf(world, { owner: pair.id, seat, holder: pair.seats[seat].holder })?.state ===
            "given",
        );
        const sinceMs = Math.max(lastOut.get(pair.id) ?? 0, goesOnMs.get(pair.id) ?? 0);
        if (given && now - sinceMs > CALM_MS) {
          scene.report(name, `${pair.id} got nothing since ${toInstant(sinceMs)}`);
        }
      }
    },
  };
};

/** Whoever is still to get a mail is known to the due index. */
export const plannedIsDue: CreateCheck = (scene): Check => {
  const name = "planned-is-due";
  return {
    name,
    rows: [1],
    ended() {
      for (const send of allSends(scene.world)) {
        const isOpen = ["planned", "claimed", "unresolved"].includes(send.state);
        if (isOpen && send.dueAt === undefined) {
          scene.report(name, `${sendIdOf(send)} is ${send.state} and never due`);
        }
      }
    },
  };
};
