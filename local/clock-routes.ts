import { type Context, Hono } from "hono";
import { Temporal } from "temporal-polyfill";
import * as z from "zod";
import { type Instant, toInstant } from "../functions/core/instant.ts";
import type { Clock } from "../functions/ports.ts";
import type { MailStore } from "./ses-store.ts";
import type { TimeMachine } from "./time-machine.ts";

export interface ClockParts {
  readonly clock: Clock;
  readonly machine: TimeMachine;
  readonly mails: Pick<MailStore, "all">;
}

export type ClockMove =
  | { readonly kind: "moved"; readonly now: Instant; readonly sent: number }
  | { readonly kind: "refused"; readonly why: string };

/** A course and its follow-ups end within a few years; what lies further is a slip of the finger. */
const YEARS_MAX = 20;

const MoveBody = z.union([
  z.strictObject({ advance: z.string() }),
  z.strictObject({ to: z.string() }),
]);
const BODY_WORDS =
  'The body must be JSON: {"advance":"P7D"} with an ISO 8601 duration, or {"to":"2026-12-01T15:00:00Z"}.';

/** `GET /clock` and `POST /clock`. */
export function clockRoutes(parts: ClockParts): Hono {
  const app = new Hono();
  app.get("/clock", async (c) =>
    c.json({
      now: parts.clock.now(),
      sent: 0, // reading the clock moves nothing
      next: (await parts.machine.nextAt()) ?? null,
    }),
  );
  app.post("/clock", (c) => postClock(c, parts));
  return app;
}

async function postClock(c: Context, parts: ClockParts): Promise<Response> {
  const body = MoveBody.safeParse(await c.req.json().catch(() => undefined));
  if (!body.success) return c.json({ error: BODY_WORDS }, 400);
  const move =
    "to" in body.data ? await moveTo(parts, body.data.to) : await moveBy(parts, body.data.advance);
  return move.kind === "moved"
    ? c.json({ now: move.now, sent: move.sent })
    : c.json({ error: move.why }, 400);
}

/** @param duration ISO 8601, such as `P7D`; months and years follow the calendar in UTC */
export async function moveBy(parts: ClockParts, duration: string): Promise<ClockMove> {
  const target = later(parts.clock.now(), duration);
  return target === undefined
    ? refused(`"${duration}" is no ISO 8601 duration, such as P7D, PT2H or P1Y.`)
    : move(parts, target);
}

export async function moveTo(parts: ClockParts, instant: string): Promise<ClockMove> {
  const target = undefinedIfUnreadable(() => Temporal.Instant.from(instant));
  return target === undefined
    ? refused(`"${instant}" is no instant with its zone, such as 2026-12-01T15:00:00Z.`)
    : move(parts, target);
}

async function move(parts: ClockParts, target: Temporal.Instant): Promise<ClockMove> {
  const { clock, machine, mails } = parts;
  const limit = later(clock.now(), `P${YEARS_MAX}Y`);
  if (limit !== undefined && Temporal.Instant.compare(target, limit) > 0) {
    return refused(`That is more than ${YEARS_MAX} years ahead.`);
  }
  const before = mails.all().length;
  const outcome = await machine.advanceTo(toInstant(target.epochMilliseconds));
  return outcome.kind === "in-the-past"
    ? refused(`The clock never goes back: it is ${outcome.now} already.`)
    : { kind: "moved", now: outcome.now, sent: mails.all().length - before };
}

function later(now: Instant, duration: string): Temporal.Instant | undefined {
  const from = Temporal.Instant.from(now).toZonedDateTimeISO("UTC");
  return undefinedIfUnreadable(() => from.add(Temporal.Duration.from(duration)).toInstant());
}

function undefinedIfUnreadable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function refused(why: string): ClockMove {
  return { kind: "refused", why };
}
