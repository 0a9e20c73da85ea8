import type { LogEntry } from "../../functions/core/action.ts";
import type { Consent } from "../../functions/core/consent.ts";
import type { CourseOutline } from "../../functions/core/course.ts";
import type { Pair, Seat } from "../../functions/core/pair.ts";
import type { Send } from "../../functions/core/send.ts";

/** Rows that use every attribute there is, so that a store that forgets one is found out. */
export const NOON = "2026-11-24T12:00:00.000Z";
export const LATER = "2026-11-24T13:00:00.000Z";

const timer = { at: LATER, item: "meet-2" };

export const rosasSeat: Seat = {
  holder: 2,
  name: "Rosa Ávila",
  email: "rosa@shelter.example",
  agency: "Harbor House",
  aliases: ["0123456789abcdef0123456789abcdef"],
  state: { kind: "paused", since: NOON, until: "2026-12-01" },
  snoozedUntil: "2026-12-02",
  nudgesIgnored: 1,
  softBounces: { count: 1, since: NOON },
  prompts: { meet: 1, mou: 2, agreementOn: "2026-11-20", lastItemAt: NOON },
  timers: {
    reminder: timer,
    nudge: timer,
    meet: timer,
    mou: timer,
    restart: timer,
    successor: timer,
  },
  holdersSpent: 3,
  successor: {
    holder: 3,
    name: "Ana",
    email: "ana@shelter.example",
    agency: "Harbor House",
    invitedAt: NOON,
  },
};

export const pair: Pair = {
  id: "abcdefgh234567ab",
  cohort: "coast",
  course: "partner-tips",
  locale: "en",
  createdAt: NOON,
  signer: "sp",
  state: { kind: "active", startedAt: NOON },
  slot: { weekday: 2, time: "10:00", timeZone: "America/New_York" },
  seats: {
    sp: rosasSeat,
    le: {
      holder: 1,
      name: "Sam Reed",
      email: "sam@police.example",
      agency: "Coast Police",
      aliases: [],
      state: { kind: "present", since: NOON },
      nudgesIgnored: 0,
      softBounces: { count: 0 },
      prompts: { meet: 0, mou: 0 },
      timers: {},
    },
  },
  lessons: [{ id: "lesson-01", plannedFor: NOON }],
  timers: {
    lesson: timer,
    graduation: timer,
    checkIn: timer,
    hold: timer,
    expiry: timer,
    retention: timer,
  },
  hold: { since: NOON, countsFrom: NOON },
  rounds: { meetAnswered: 1, checkInAnswered: 0 },
  lastActionOn: "2026-11-20",
  slips: { count: 3, known: ["0123456789abcdef"] },
  version: 0,
};

export const entry: LogEntry = {
  kind: "intro-call",
  on: "2026-11-20",
  assumed: true,
  seat: "sp",
  holder: 2,
  source: "0123456789abcdef",
  reportedAt: NOON,
};

export const send: Send = {
  owner: pair.id,
  item: "lesson-03",
  seat: "le",
  holder: 1,
  kind: "lesson",
  mail: "lesson-03",
  edition: "5d41402abc4b2a76",
  locale: "en",
  facts: {
    recheck: "intro-call",
    logged: [{ kind: "intro-call", on: "2026-11-20", assumed: true }],
    guesses: [{ kind: "role-map" }],
    until: "2026-12-01",
    days: 3,
    withMeet: true,
    agreement: "sent",
    answers: "abcdefgh234567ab_lesson-02_le1",
    address: "0123456789abcdef0123456789abcdef",
    request: "0123456789abcdef",
  },
  plannedAt: NOON,
  plannedFor: NOON,
  expiresAt: LATER,
  state: "planned",
  unresolved: 0,
  claim: { owner: "run-1", at: NOON, leaseUntil: LATER },
  sesId: "0100019abc-1234-5678-000000",
  settledAt: LATER,
  dueAt: NOON,
  version: 1,
};

export const consent: Consent = {
  pairId: pair.id,
  seat: "sp",
  holder: 2,
  state: "invited",
  at: NOON,
  address: "a1b2c3",
};

export const outline: CourseOutline = {
  slug: "partner-tips",
  edition: "5d41402abc4b2a76",
  lessons: [
    { id: "lesson-01", done: "intro-call", recheck: [] },
    { id: "lesson-02", done: "role-map", recheck: ["intro-call"] },
  ],
};
