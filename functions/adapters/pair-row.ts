import * as z from "zod";
import { SLIPS_KNOWN } from "../core/slips.ts";
import {
  actionKind,
  count,
  day,
  digest,
  dueFields,
  emailText,
  epochSeconds,
  holder,
  instant,
  keyFields,
  keyPart,
  lessonId,
  locale,
  pairId,
  personText,
  seatId,
  slug,
} from "./row-fields.ts";

const timer = z.strictObject({ at: instant, item: slug });

const pairTimers = z.strictObject({
  lesson: timer.exactOptional(),
  graduation: timer.exactOptional(),
  checkIn: timer.exactOptional(),
  hold: timer.exactOptional(),
  expiry: timer.exactOptional(),
  retention: timer.exactOptional(),
});

const seatTimers = z.strictObject({
  reminder: timer.exactOptional(),
  nudge: timer.exactOptional(),
  meet: timer.exactOptional(),
  mou: timer.exactOptional(),
  restart: timer.exactOptional(),
  successor: timer.exactOptional(),
});

const pairState = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("pending"),
    waitsFor: z.enum(["signer", "approval", "partner"]),
    since: instant,
  }),
  z.strictObject({ kind: z.literal("active"), startedAt: instant }),
  z.strictObject({ kind: z.literal("completed"), startedAt: instant, completedAt: instant }),
  z.strictObject({
    kind: z.literal("ended"),
    endedAt: instant,
    reason: z.enum([
      "not-confirmed",
      "not-approved",
      "not-taken-up",
      "address-failed",
      "both-left",
      "on-hold-too-long",
      "ended-by-partner",
      "quiet",
      "erased",
    ]),
  }),
]);

const seatState = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("invited") }),
  z.strictObject({ kind: z.literal("present"), since: instant }),
  z.strictObject({ kind: z.literal("paused"), since: instant, until: day.exactOptional() }),
  z.strictObject({ kind: z.literal("unreachable"), since: instant }),
  z.strictObject({
    kind: z.literal("open"),
    since: instant,
    reason: z.enum(["stopped", "left", "erased"]),
  }),
]);

const person = { holder, name: personText, email: emailText, agency: personText } as const;

const seat = z.strictObject({
  ...person,
  aliases: z.array(digest).max(50),
  state: seatState,
  snoozedUntil: day.exactOptional(),
  nudgesIgnored: count,
  softBounces: z.strictObject({
    count,
    since: instant.exactOptional(),
    lastAt: instant.exactOptional(),
  }),
  prompts: z.strictObject({
    meet: count,
    mou: count,
    agreementOn: day.exactOptional(),
    lastItemAt: instant.exactOptional(),
  }),
  timers: seatTimers,
  holdersSpent: holder.exactOptional(),
  successor: z.strictObject({ ...person, invitedAt: instant }).exactOptional(),
});

/** `PAIR#<id>` / `PAIR` */
export const pairRow = z.strictObject({
  ...keyFields,
  ...dueFields,
  rosterKey: z.string().min(1).max(200),
  rosterOn: day,
  id: pairId,
  cohort: slug,
  course: slug,
  locale,
  createdAt: instant,
  signer: seatId,
  state: pairState,
  slot: z.strictObject({
    weekday: z.int().min(1).max(7),
    time: z.string().regex(/^\d\d:\d\d$/),
    timeZone: z.string().regex(/^[A-Za-z0-9/_+-]{1,64}$/),
  }),
  seats: z.strictObject({ sp: seat, le: seat }),
  lessons: z.array(z.strictObject({ id: lessonId, plannedFor: instant })).max(500),
  timers: pairTimers,
  hold: z.strictObject({ since: instant, countsFrom: instant }).exactOptional(),
  rounds: z.strictObject({ meetAnswered: count, checkInAnswered: count }),
  lastActionOn: day.exactOptional(),
  slips: z.strictObject({ count, known: z.array(digest).max(SLIPS_KNOWN) }).exactOptional(),
});

/** `PAIR#<id>` / `ACTION#<day>#<kind>#<source>` */
export const actionRow = z.strictObject({
  ...keyFields,
  kind: actionKind,
  on: day,
  assumed: z.boolean(),
  seat: z.enum(["sp", "le", "coordinator"]),
  holder: count,
  source: digest,
  reportedAt: instant,
  undoneAt: instant.exactOptional(),
});

/** `PAIR#<id>` / `REPLY#<hash>` */
export const replyRow = z.strictObject({ ...keyFields, expiresAt: epochSeconds });

/** `ADDRESS#<hmac>` / `PAIR#<id>` */
export const addressRow = z.strictObject({
  ...keyFields,
  pairId,
  left: z.literal(true).exactOptional(),
});

/** `COUPLE#<couple>` / `-` */
export const coupleRow = z.strictObject({ ...keyFields, couple: keyPart, pairId });
