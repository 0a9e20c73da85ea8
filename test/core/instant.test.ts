import { Temporal } from "@js-temporal/polyfill";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addDays,
  addMonths,
  daysBetween,
  earliest,
  instantAt,
  isTimeZone,
  latest,
  localDay,
  localTime,
  plusDays,
  plusHours,
  toInstant,
  toMs,
  weekdayOf,
} from "../../functions/core/instant.ts";

const zone = fc.constantFrom(
  "America/New_York",
  "America/Phoenix",
  "America/Los_Angeles",
  "Pacific/Honolulu",
  "Europe/Madrid",
  "Australia/Lord_Howe",
  "Asia/Kolkata",
);
const ms = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2036, 0, 1) });
const instant = ms.map((value) => toInstant(value));
const day = ms.map((value) => toInstant(value).slice(0, 10));
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":"));

test("an instant has one spelling, so that text order is time order", () => {
  fc.assert(
    fc.property(ms, ms, (one, other) => {
      expect(toInstant(one) < toInstant(other)).toBe(one < other);
      expect(toMs(toInstant(one))).toBe(one);
    }),
  );
});

test("local days and times agree with a second implementation of the calendar", () => {
  fc.assert(
    fc.property(instant, zone, (at, timeZone) => {
      const wall = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone);
      expect(localDay(at, timeZone)).toBe(wall.toPlainDate().toString());
      expect(localTime(at, timeZone)).toBe(
        wall.toPlainTime().toString({ smallestUnit: "minute", roundingMode: "trunc" }),
      );
    }),
  );
});

test("the instant of a wall time agrees with a second implementation, also where clocks change", () => {
  fc.assert(
    fc.property(day, time, zone, (on, at, timeZone) => {
      const expected = Temporal.PlainDateTime.from(`${on}T${at}`).toZonedDateTime(timeZone, {
        disambiguation: "compatible",
      });
      expect(toMs(instantAt(on, at, timeZone))).toBe(expected.epochMilliseconds);
    }),
  );
});

test("so it does in each quarter of an hour of two days around a change, in both directions", () => {
  for (const [timeZone, ...changes] of CHANGES) {
    for (const on of changes.flatMap((change) => [addDays(change, -1), change])) {
      for (let minute = 0; minute < 24 * 60; minute += 15) {
        const at = localTime(toInstant(minute * 60_000), "UTC");
        const expected = Temporal.PlainDateTime.from(`${on}T${at}`).toZonedDateTime(timeZone, {
          disambiguation: "compatible",
        });
        expect(toMs(instantAt(on, at, timeZone))).toBe(expected.epochMilliseconds);
      }
    }
  }
});

const CHANGES = [
  ["America/New_York", "2027-03-14", "2026-11-01"],
  ["Europe/Madrid", "2027-03-28", "2026-10-25"],
  ["Australia/Lord_Howe", "2027-04-04", "2026-10-04"], // half an hour
  ["America/Sao_Paulo", "2018-11-04", "2019-02-17"], // at midnight
  ["Pacific/Apia", "2011-12-30", "2011-12-31"], // a whole day left out
] as const;

test("a wall time that a clock change skips moves forward; one that comes twice means the first", () => {
  const zoneOfCity = "America/New_York";
  expect(instantAt("2027-03-14", "02:30", zoneOfCity)).toBe("2027-03-14T07:30:00.000Z");
  expect(localTime(instantAt("2027-03-14", "02:30", zoneOfCity), zoneOfCity)).toBe("03:30");
  expect(instantAt("2026-11-01", "01:30", zoneOfCity)).toBe("2026-11-01T05:30:00.000Z");
});

test("days count in the calendar, whatever the zone does to their hours", () => {
  fc.assert(
    fc.property(day, fc.integer({ min: -400, max: 400 }), (on, days) => {
      expect(daysBetween(on, addDays(on, days))).toBe(days);
      expect((((weekdayOf(addDays(on, days)) - weekdayOf(on) - days) % 7) + 7) % 7).toBe(0);
    }),
  );
});

test("months agree with a second implementation", () => {
  fc.assert(
    fc.property(day, fc.integer({ min: -40, max: 40 }), (on, months) => {
      expect(addMonths(on, months)).toBe(
        Temporal.PlainDate.from(on).add({ months }, { overflow: "constrain" }).toString(),
      );
    }),
  );
});

test("what is no day, no time or no place is refused", () => {
  expect(() => addDays("2026-02-30", 1)).toThrow(RangeError);
  expect(() => weekdayOf("tomorrow")).toThrow(RangeError);
  expect(() => instantAt("2026-11-24", "24:00", "America/New_York")).toThrow(RangeError);
  expect(() => instantAt("2026-11-24", "10:00", "Mars/Olympus")).toThrow(RangeError);
});

test("a month after the last of January is the last of February", () => {
  expect(addMonths("2027-01-31", 1)).toBe("2027-02-28");
  expect(addMonths("2026-08-31", 6)).toBe("2027-02-28");
});

test("a day of a deadline has 24 hours even when clocks change", () => {
  const before = "2026-10-31T12:00:00.000Z";
  expect(plusDays(before, 2)).toBe(plusHours(before, 48));
});

test("earliest and latest take the ends and skip what is absent", () => {
  fc.assert(
    fc.property(fc.array(instant, { minLength: 1 }), (instants) => {
      const sorted = instants.toSorted();
      expect(earliest(undefined, ...instants)).toBe(sorted[0]);
      expect(latest(instants[0] ?? "", ...instants)).toBe(sorted.at(-1));
    }),
  );
  expect(earliest(undefined)).toBeUndefined();
});

test("only names of places are time zones, not offsets and not nonsense", () => {
  expect(["America/New_York", "UTC", "America/Argentina/Buenos_Aires"].map(isTimeZone)).toEqual([
    true,
    true,
    true,
  ]);
  expect(["+02:00", "", "Mars/Olympus", "America/New York", "../etc"].map(isTimeZone)).toEqual([
    false,
    false,
    false,
    false,
    false,
  ]);
});
