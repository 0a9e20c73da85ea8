import type { Day } from "./instant.ts";
import type { Role } from "./pair.ts";
import type { Slot } from "./slot.ts";

/** The one name on pages, in mails and in documents: an unknown second one is what phishing looks like. */
export const SERVICE_NAME = "Common Ground";

export const EMERGENCY = { number: "911", call: "tel:911" } as const;

/** National Human Trafficking Hotline, as its operator publishes it. */
export const HOTLINE = {
  name: "National Human Trafficking Hotline",
  number: "1-888-373-7888",
  call: "tel:+18883737888",
  textNumber: "233733",
  text: "sms:233733",
} as const;

/** Wherever people can write something: the one thing that must never come in. */
export const NO_CASE_DETAILS =
  "Never send us anything about a person you serve or an investigation: no names, no case numbers, no birth dates, no places.";

/** Answers to "Where do you work?". */
export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  service_provider: "At a service provider",
  law_enforcement: "In law enforcement",
};

export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  service_provider: "Service provider",
  law_enforcement: "Law enforcement",
};

export const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"] as const;

/** Made once: making a format takes longer than writing a hundred days with it. */
const DAY = { weekday: "long", month: "long", day: "numeric", timeZone: "UTC" } as const;
const DAY_FORMATS = {
  "without-year": new Intl.DateTimeFormat("en-US", DAY),
  "with-year": new Intl.DateTimeFormat("en-US", { ...DAY, year: "numeric" }),
} as const;

/** "Tuesday, March 3"; with the year where it may be another one than this. */
export function dayWords(day: Day, year: keyof typeof DAY_FORMATS = "without-year"): string {
  return DAY_FORMATS[year].format(new Date(`${day}T00:00:00Z`));
}

/** "10:00 a.m." */
export function timeWords(time: string): string {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  const half = hours < 12 ? "a.m." : "p.m.";
  return `${hours % 12 || 12}:${String(minutes).padStart(2, "0")} ${half}`;
}

/** "Tuesdays at 10:00 a.m., Eastern time (New York)" */
export function slotWords(slot: Slot): string {
  return `${WEEKDAYS[slot.weekday - 1]}s at ${timeWords(slot.time)}, ${zoneWords(slot.timeZone)}`;
}

/** Zones of the United States by their everyday names, from east to west. */
export const US_ZONES: Readonly<Record<string, string>> = {
  "America/New_York": "Eastern time (New York)",
  "America/Chicago": "Central time (Chicago)",
  "America/Denver": "Mountain time (Denver)",
  "America/Phoenix": "Arizona time (Phoenix)",
  "America/Los_Angeles": "Pacific time (Los Angeles)",
  "America/Anchorage": "Alaska time (Anchorage)",
  "Pacific/Honolulu": "Hawaii time (Honolulu)",
  "America/Puerto_Rico": "Atlantic time (Puerto Rico)",
  "Pacific/Guam": "Chamorro time (Guam)",
  "Pacific/Pago_Pago": "Samoa time (Pago Pago)",
};

export function zoneWords(timeZone: string): string {
  return US_ZONES[timeZone] ?? `${timeZone.replaceAll("_", " ")} time`;
}

/** Every other zone this runtime knows, for people elsewhere. */
export const OTHER_ZONES: readonly string[] = Intl.supportedValuesOf("timeZone").filter(
  (zone) => !(zone in US_ZONES),
);
