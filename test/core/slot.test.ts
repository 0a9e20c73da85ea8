import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addDays,
  daysBetween,
  localDay,
  localTime,
  plusDays,
  plusHours,
  toInstant,
  toMs,
  weekdayOf,
} from "../../functions/core/instant.ts";
import {
  businessDaysAfter,
  JITTER_WINDOW_MS,
  jitterMs,
  LESSON_GAP_DAYS,
  nextLessonSlot,
  nextSlot,
  permittedFrom,
  type Slot,
  slotOn,
  withJitter,
} from "../../functions/core/slot.ts";

const slot = fc.record({
  weekday: fc.integer({ min: 1, max: 5 }),
  time: fc.constantFrom("00:00", "02:30", "06:59", "07:00", "10:00", "16:45", "20:59", "23:59"),
  timeZone: fc.constantFrom(
    "America/New_York",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
  ),
}) satisfies fc.Arbitrary<Slot>;
const instant = fc
  .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2030, 0, 1) })
  .map((value) => toInstant(value));
const NEW_YORK = "America/New_York";
const tuesdayAtTen: Slot = { weekday: 2, time: "10:00", timeZone: NEW_YORK };

/** True on the day on which a zone moves its clocks and this wall time may not exist. */
function isShifted(at: string, wanted: Slot): boolean {
  return localTime(at, wanted.timeZone) !== wanted.time;
}

test("the next slot is the first one from that instant on, on its weekday", () => {
  fc.assert(
    fc.property(instant, slot, (after, wanted) => {
      const at = nextSlot(after, wanted);
      expect(at >= after).toBe(true);
      expect(toMs(at) - toMs(after)).toBeLessThanOrEqual(7 * 86_400_000 + 3_600_000);
      expect(weekdayOf(localDay(at, wanted.timeZone))).toBe(wanted.weekday);
      const earlier = slotOn(addDays(localDay(at, wanted.timeZone), -7), wanted);
      expect(earlier < after).toBe(true);
    }),
  );
});

test("slots keep the wall clock: a week is seven local days, 167 to 169 hours", () => {
  fc.assert(
    fc.property(instant, slot, (after, wanted) => {
      const first = nextSlot(after, wanted);
      const second = nextSlot(plusHours(first, 1), wanted);
      expect(daysBetween(localDay(first, wanted.timeZone), localDay(second, wanted.timeZone))).toBe(
        7,
      );
      const hours = (toMs(second) - toMs(first)) / 3_600_000;
      expect(Math.abs(hours - 168)).toBeLessThanOrEqual(1);
    }),
  );
});

test("a slot shows its wall time, save for the hour a clock change skips, which moves forward", () => {
  fc.assert(
    fc.property(instant, slot, (after, wanted) => {
      const at = nextSlot(after, wanted);
      if (isShifted(at, wanted)) expect(localTime(at, wanted.timeZone) > wanted.time).toBe(true);
      else expect(localTime(at, wanted.timeZone)).toBe(wanted.time);
    }),
  );
});

test("a lesson waits for its slot at least four local days after the last, and never longer than ten", () => {
  fc.assert(
    fc.property(instant, slot, slot, (after, before, wanted) => {
      const last = nextSlot(after, before);
      const next = nextLessonSlot(last, last, wanted);
      const gap = daysBetween(localDay(last, wanted.timeZone), localDay(next, wanted.timeZone));
      expect(gap).toBeGreaterThanOrEqual(LESSON_GAP_DAYS);
      expect(gap).toBeLessThanOrEqual(LESSON_GAP_DAYS + 6);
      expect(weekdayOf(localDay(next, wanted.timeZone))).toBe(wanted.weekday);
    }),
  );
});

test("eleven weekly lessons keep weekday and wall time, whichever clock changes lie between", () => {
  fc.assert(
    fc.property(instant, slot, fc.string(), (after, wanted, pairId) => {
      const slots = [nextSlot(after, wanted)];
      for (let at = slots[0]; at !== undefined && slots.length < 11; at = slots.at(-1)) {
        // What went out a little late, by the pair's jitter, moves no later slot.
        slots.push(nextLessonSlot(withJitter(at, pairId), plusHours(at, 1), wanted));
      }
      const local = slots.map((at) => localDay(at, wanted.timeZone));
      expect(daysBetween(local[0] ?? "", local.at(-1) ?? "")).toBe(70);
      // Clocks change on Sundays, and no slot lies on one.
      expect(slots.map((at) => localTime(at, wanted.timeZone))).toEqual(
        slots.map(() => wanted.time),
      );
    }),
  );
});

test("after a long wait the next lesson is not in the past", () => {
  fc.assert(
    fc.property(instant, fc.integer({ min: 0, max: 300 }), slot, (last, days, wanted) => {
      const now = plusDays(last, days);
      expect(nextLessonSlot(last, now, wanted) >= now || days < LESSON_GAP_DAYS).toBe(true);
    }),
  );
});

test("a slot changed again and again still leaves four days after the last lesson", () => {
  const lastOn = "2026-10-13T14:00:00.000Z"; // Tuesday 10:00
  const friday = { ...tuesdayAtTen, weekday: 5 };
  const saturdayMorning = plusDays(lastOn, 1);
  expect(localDay(nextLessonSlot(lastOn, saturdayMorning, friday), NEW_YORK)).toBe("2026-10-23");
  const monday = { ...tuesdayAtTen, weekday: 1 };
  expect(localDay(nextLessonSlot(lastOn, saturdayMorning, monday), NEW_YORK)).toBe("2026-10-19");
});

test("a pair's jitter is always the same and stays inside its window", () => {
  fc.assert(
    fc.property(fc.string(), instant, (pairId, at) => {
      expect(jitterMs(pairId)).toBe(jitterMs(pairId));
      const later = toMs(withJitter(at, pairId)) - toMs(at);
      expect(later).toBeGreaterThanOrEqual(0);
      expect(later).toBeLessThan(JITTER_WINDOW_MS);
    }),
  );
});

test("jitter spreads pairs over the window instead of piling them up", () => {
  const minutes = new Set(
    Array.from({ length: 500 }, (_, index) => Math.floor(jitterMs(`pair-${index}`) / 60_000)),
  );
  expect(minutes.size).toBe(10);
});

test("nobody is written to between 21:00 and 07:00, unless the pair chose a time in there", () => {
  fc.assert(
    fc.property(instant, slot, (at, wanted) => {
      const permitted = permittedFrom(at, wanted);
      const local = localTime(permitted, wanted.timeZone);
      const choseNight = wanted.time < "07:00" || wanted.time >= "21:00";
      expect(permitted >= at).toBe(true);
      expect(toMs(permitted) - toMs(at)).toBeLessThanOrEqual(11 * 3_600_000);
      if (choseNight) expect(permitted).toBe(at);
      else expect(local >= "07:00" && local < "21:00").toBe(true);
    }),
  );
});

test("an allowed moment is not moved, and a night waits for the morning", () => {
  const zoned = (text: string) => toInstant(new Date(text));
  expect(permittedFrom(zoned("2026-10-13T20:59:59-04:00"), tuesdayAtTen)).toBe(
    zoned("2026-10-13T20:59:59-04:00"),
  );
  expect(permittedFrom(zoned("2026-10-13T21:00:00-04:00"), tuesdayAtTen)).toBe(
    zoned("2026-10-14T07:00:00-04:00"),
  );
  expect(permittedFrom(zoned("2026-10-14T03:00:00-04:00"), tuesdayAtTen)).toBe(
    zoned("2026-10-14T07:00:00-04:00"),
  );
});

test("business days leave out Saturday and Sunday", () => {
  fc.assert(
    fc.property(instant, fc.integer({ min: 1, max: 30 }), (at, count) => {
      const from = localDay(at, "UTC");
      const to = businessDaysAfter(from, count);
      const between = Array.from({ length: daysBetween(from, to) }, (_, index) =>
        weekdayOf(addDays(from, index + 1)),
      );
      expect(between.filter((weekday) => weekday <= 5)).toHaveLength(count);
      expect(weekdayOf(to)).toBeLessThanOrEqual(5);
    }),
  );
});
