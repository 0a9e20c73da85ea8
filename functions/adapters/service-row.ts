import * as z from "zod";
import {
  actionKind,
  count,
  digest,
  emailText,
  epochSeconds,
  holder,
  instant,
  keyFields,
  keyPart,
  lessonId,
  locale,
  pairId,
  seatId,
  slug,
} from "./row-fields.ts";

const failure = z.enum(["bounce", "complaint"]);

/** `COURSE#<slug>` / `EDITION#<hash>#<mail>#<locale>`; the mail's content as JSON text. */
export const mailRow = z.strictObject({
  ...keyFields,
  mail: slug,
  locale,
  content: z.string().min(1),
});

/** `COURSE#<slug>` / `CURRENT` */
export const currentRow = z.strictObject({
  ...keyFields,
  slug,
  edition: digest,
  lessons: z
    .array(z.strictObject({ id: lessonId, done: actionKind, recheck: z.array(actionKind).max(50) }))
    .max(500),
});

/** `LIMIT#<key>` / `<length of the window in ms>` */
export const limitRow = z.strictObject({
  ...keyFields,
  key: keyPart,
  count,
  startsAt: instant,
  /** Ids of the uses that were counted, where one may be tried again. */
  uses: z.array(digest).max(50).exactOptional(),
  expiresAt: epochSeconds,
});

/** `SIGN-IN#<request>` / `-` */
export const signInRow = z.strictObject({ ...keyFields, expiresAt: epochSeconds });

/** `SESSION#<hash>` / `-` */
export const sessionRow = z.strictObject({
  ...keyFields,
  idHash: digest,
  who: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("partner"), pairId, seat: seatId, holder }),
    z.strictObject({ kind: z.literal("coordinator"), cohort: slug, address: emailText }),
  ]),
  openedAt: instant,
  usedAt: instant,
  expiresAt: epochSeconds,
});

/** `WATERMARK#<table>` / `-` */
export const watermarkRow = z.strictObject({ ...keyFields, at: instant });

/** `BREAKER#<lane>` / `-` */
export const breakerRow = z.strictObject({
  ...keyFields,
  unknown: count,
  closed: z.strictObject({ since: instant, probeAt: instant }).exactOptional(),
});

/** `VALVE` / `-` */
export const valveRow = z.strictObject({
  ...keyFields,
  shut: z.strictObject({ at: instant, why: failure }).exactOptional(),
  resumed: z.strictObject({ at: instant, sent: count }).exactOptional(),
});

/** `FAILED#<day>` / `MAIL#<failure>#<hash of SES's id>`: one mail that bounced for good, or was called spam. */
export const failedRow = z.strictObject({
  ...keyFields,
  sentAt: instant,
  expiresAt: epochSeconds,
});

/** `PACER` / `-` */
export const pacerRow = z.strictObject({
  ...keyFields,
  /** Number of the youngest piece of time that has a slot, and the slots given in it and before it. */
  lastTick: count,
  recent: z.array(count).max(200),
  /** Number of the youngest half hour that has a slot, and the slots given in it and before it. */
  lastHalfHour: count,
  day: z.array(count).max(100),
  /** The same in quarter days. */
  lastQuarterDay: count.exactOptional(),
  week: z.array(count).max(50).exactOptional(),
  /** Where the line of those who have to come back ends, in ms since 1970. */
  lineEndMs: z.number().min(0),
});
