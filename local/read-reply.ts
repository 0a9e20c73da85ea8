import { createInterface } from "node:readline";
import * as z from "zod";
import { MAIL_KINDS } from "../functions/core/course.ts";
import { instantAt, isTimeZone, toInstant } from "../functions/core/instant.ts";
import { readReply } from "../functions/core/read-reply.ts";
import { trimReply } from "../functions/receive/trim-reply.ts";

/**
 * Reads replies from standard input, one JSON object a line, and writes one reading a line:
 *
 *     echo '{"body":"Done, 3/4","sentOn":"2026-03-05","lesson":3,"role":"law_enforcement"}' | npm run --silent read-reply
 *
 * A line that cannot be read answers `{"error": ...}` in its place and stops nothing.
 */

const DEFAULT_TIME_ZONE = "America/New_York";

const ReplyLine = z.object({
  body: z.string(),
  /** A day, or an instant. */
  sentOn: z.string().refine((text) => !Number.isNaN(Date.parse(text)), "no day and no instant"),
  lesson: z.number().int().min(1).max(11).nullish(),
  /** Whatever a caller's word for the police side begins with; everything else is the provider. */
  role: z
    .string()
    .transform((word) => (/^(?:le\b|law)/i.test(word) ? "law_enforcement" : "service_provider"))
    .default("service_provider"),
  timeZone: z.string().refine(isTimeZone, "no IANA time zone").default(DEFAULT_TIME_ZONE),
  kind: z.enum(MAIL_KINDS).default("lesson"),
});

function readLine(line: string): unknown {
  const { body, sentOn, lesson, ...given } = ReplyLine.parse(JSON.parse(line));
  const reading = readReply({
    ...given,
    ...(lesson ? { lesson } : {}),
    body: trimReply(body).reply,
    sentOn: /^\d{4}-\d{2}-\d{2}$/.test(sentOn)
      ? instantAt(sentOn, "12:00", given.timeZone)
      : toInstant(Date.parse(sentOn)),
  });
  const { intent, actions, date, snoozeDays, sensitive, certain } = reading;
  return { intent, actions, date, snoozeDays, sensitive, certain };
}

function answerLine(line: string): unknown {
  try {
    return readLine(line);
  } catch (error) {
    const isOurs = error instanceof z.ZodError;
    return { error: isOurs ? z.prettifyError(error) : "not a line of JSON" };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() !== "") process.stdout.write(`${JSON.stringify(answerLine(line))}\n`);
}
