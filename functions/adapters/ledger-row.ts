import * as z from "zod";
import {
  actionKind,
  addressee,
  count,
  day,
  digest,
  dueFields,
  holder,
  instant,
  keyFields,
  locale,
  mailKind,
  pairId,
  seatId,
  sendId,
  slug,
} from "./row-fields.ts";

const loggedFact = z.strictObject({
  kind: actionKind,
  on: day.exactOptional(),
  assumed: z.boolean().exactOptional(),
});

const facts = z.strictObject({
  recheck: actionKind.exactOptional(),
  logged: z.array(loggedFact).max(500).exactOptional(),
  guesses: z.array(loggedFact).max(50).exactOptional(),
  until: day.exactOptional(),
  days: z.int().exactOptional(),
  withMeet: z.boolean().exactOptional(),
  details: z.boolean().exactOptional(),
  about: z.enum(["sp", "le"]).exactOptional(),
  agreement: slug.exactOptional(),
  answers: sendId.exactOptional(),
  address: digest.exactOptional(),
  request: digest.exactOptional(),
});

/** `PAIR#<id>` or `COHORT#<name>` / `SEND#<item>#<seat><holder>` */
export const sendRow = z.strictObject({
  ...keyFields,
  ...dueFields,
  owner: pairId,
  item: slug,
  seat: addressee,
  holder,
  kind: mailKind,
  mail: slug,
  edition: digest,
  locale,
  facts,
  plannedAt: instant,
  plannedFor: instant,
  expiresAt: instant.exactOptional(),
  state: z.enum([
    "planned",
    "claimed",
    "unresolved",
    "sent",
    "delivered",
    "bounced",
    "complained",
    "withdrawn",
    "stopped",
    "held",
    "skipped",
  ]),
  unresolved: count,
  claim: z.strictObject({ owner: digest, at: instant, leaseUntil: instant }).exactOptional(),
  sesId: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{1,200}$/)
    .exactOptional(),
  settledAt: instant.exactOptional(),
});

/** `PAIR#<id>` / `CONSENT#<seat><holder>` */
export const consentRow = z.strictObject({
  ...keyFields,
  pairId,
  seat: seatId,
  holder,
  state: z.enum(["invited", "given", "declined", "paused", "left", "ended", "erased"]),
  at: instant,
  act: digest.exactOptional(),
  address: digest.exactOptional(),
});

/** `PAIR#<id>` / `GAP#<seat><holder>` */
export const gapRow = z.strictObject({ ...keyFields, item: slug, at: instant });

const ground = z.strictObject({ at: instant, lifted: z.boolean(), act: digest.exactOptional() });

/** `SUPPRESSED#<hmac>` / `-` */
export const suppressionRow = z.strictObject({
  ...keyFields,
  address: digest,
  stop: ground.exactOptional(),
  bounce: ground.exactOptional(),
  complaint: ground.exactOptional(),
  decline: ground.exactOptional(),
});
