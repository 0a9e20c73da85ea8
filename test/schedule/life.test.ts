import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { MailKind } from "../../functions/core/course.ts";
import { GAP_HOURS } from "../../functions/core/follow-ups.ts";
import { daysBetween, localDay, plusDays, plusHours } from "../../functions/core/instant.ts";
import type { SeatId } from "../../functions/core/pair.ts";
import { keepsDistance } from "../../functions/core/send.ts";
import type { Slot } from "../../functions/core/slot.ts";
import { LESSON_GAP_DAYS } from "../../functions/core/slot.ts";
import { actOnOwnPage, type OwnAct } from "../../functions/partner/own-page.ts";
import { liftAddress, stopAddress } from "../../functions/partner/stop-address.ts";
import {
  createTestService,
  startPair,
  type TestMail,
  type TestService,
} from "../support/service.ts";

/** Something a partner does, after so many hours. */
interface Doing {
  readonly afterHours: number;
  readonly seat: SeatId;
  readonly what: OwnAct | { readonly kind: "start" };
}

const slot = fc.record({
  weekday: fc.integer({ min: 1, max: 5 }),
  time: fc.constantFrom("06:30", "09:00", "10:00", "17:45", "22:15"),
  timeZone: fc.constantFrom("America/New_York", "America/Phoenix", "America/Los_Angeles"),
}) satisfies fc.Arbitrary<Slot>;

const doing: fc.Arbitrary<Doing> = fc.record({
  afterHours: fc.integer({ min: 1, max: 24 * 20 }),
  seat: fc.constantFrom<SeatId>("sp", "le"),
  what: fc.oneof(
    fc.record({ kind: fc.constant("pause" as const) }),
    fc.record({ kind: fc.constant("pause" as const), weeks: fc.integer({ min: 1, max: 6 }) }),
    fc.constant({ kind: "resume" as const }),
    fc.constant({ kind: "resume" as const }),
    fc.record({ kind: fc.constant("slot" as const), slot }),
    fc.constant({ kind: "stop" as const }),
    fc.constant({ kind: "start" as const }),
  ),
});

async function live(doings: readonly Doing[]): Promise<TestService> {
  const service = await createTestService("2026-10-05T15:00:00.000Z");
  const { id } = await startPair(service);
  for (const [index, { afterHours, seat, what }] of doings.entries()) {
    await service.advanceTo(plusHours(service.now(), afterHours));
    const holder = { pairId: id, seat, holder: 1 };
    const act = { at: service.now(), id: index.toString(16).padStart(16, "0") };
    if (what.kind === "start") await liftAddress(service.ports, holder, act);
    else if (what.kind === "stop") await stopAddress(service.ports, holder, act);
    else await actOnOwnPage(service.ports, holder, what);
    await service.drain();
  }
  await service.advanceTo(plusDays(service.now(), 150));
  return service;
}

function mailsTo(service: TestService, seat: SeatId): readonly TestMail[] {
  return service.mails.filter(({ tags }) => tags.seat === seat);
}

function kindOf(mail: TestMail): MailKind {
  return mail.tags.kind as MailKind;
}

test("whatever two partners do, nobody gets a mail twice and no lesson is skipped or stacked", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(doing, { maxLength: 7 }), async (doings) => {
      const service = await live(doings);
      const ids = service.mails.map(({ sendId }) => sendId);
      expect(new Set(ids).size).toBe(ids.length);
      for (const seat of ["sp", "le"] as const) {
        const lessons = mailsTo(service, seat).filter((mail) => kindOf(mail) === "lesson");
        const numbers = lessons.map(({ sendId }) => Number(/lesson-(\d\d)/.exec(sendId)?.[1]));
        expect(numbers).toEqual(numbers.map((_, index) => index + 1));
        const days = lessons.map(({ at }) => localDay(at, "America/New_York"));
        const gaps = days.slice(1).map((day, index) => daysBetween(days[index] ?? day, day));
        // One day less where a slot in another zone falls on the other side of midnight.
        expect(gaps.filter((gap) => gap < LESSON_GAP_DAYS - 1)).toEqual([]);
      }
    }),
    { numRuns: 30 },
  );
}, 120_000);

test("whatever two partners do, a seat never gets two items within 20 hours", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(doing, { maxLength: 7 }), async (doings) => {
      const service = await live(doings);
      for (const seat of ["sp", "le"] as const) {
        const items = mailsTo(service, seat).filter((mail) => keepsDistance(kindOf(mail)));
        const tooClose = items.slice(1).filter((mail, index) => {
          const before = items[index];
          return before !== undefined && mail.at < plusHours(before.at, GAP_HOURS);
        });
        expect(tooClose.map(({ at, sendId }) => `${at} ${sendId}`)).toEqual([]);
      }
    }),
    { numRuns: 20 },
  );
}, 120_000);

test("whatever two partners do, the pair comes to rest: it has ended, or something is due", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(doing, { maxLength: 7 }), async (doings) => {
      const service = await live(doings);
      const pair = await service.pair();
      const timers = [pair.timers, pair.seats.sp.timers, pair.seats.le.timers];
      const isOver = pair.state.kind === "ended";
      expect(isOver || timers.some((set) => Object.keys(set).length > 0)).toBe(true);
      expect(service.log.filter((line) => line.startsWith("ERROR"))).toEqual([]);
    }),
    { numRuns: 20 },
  );
}, 120_000);
