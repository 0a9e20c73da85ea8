import { Temporal } from "temporal-polyfill";
import type { Instant } from "../functions/core/instant.ts";

/** "Tuesday, December 1, 2026, 10:00 AM" in that zone. */
export function longTime(instant: Instant, timeZone: string): string {
  return at(instant, timeZone).toLocaleString("en-US", {
    weekday: "long",
    month: "long",
    day: "numeric",
    year: "numeric",
    hour: "numeric",
    minute: "2-digit",
  });
}

/** "Tue, Dec 1, 2026, 10:00 AM" in that zone. */
export function shortTime(instant: Instant, timeZone: string): string {
  return at(instant, timeZone).toLocaleString("en-US", {
    weekday: "short",
    month: "short",
    day: "numeric",
    year: "numeric",
    hour: "numeric",
    minute: "2-digit",
  });
}

/** "2026-12-01 15:00:00 UTC" */
export function utcTime(instant: Instant): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`;
}

/** "in 6 days", "in 3 hours", "now": about how long until then. */
export function untilWords(from: Instant, to: Instant): string {
  const minutes = Math.round((Date.parse(to) - Date.parse(from)) / 60_000);
  if (minutes < 1) return "now";
  if (minutes < 120) return `in ${minutes} ${minutes === 1 ? "minute" : "minutes"}`;
  if (minutes < 48 * 60) return `in ${Math.round(minutes / 60)} hours`;
  return `in ${Math.round(minutes / 1440)} days`;
}

function at(instant: Instant, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);
}
