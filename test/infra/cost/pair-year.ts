import type { CountedYear } from "./counted-year.ts";
import { type Plan, PRICES } from "./prices.ts";

/** How many messages of a queue a function gets at once: with few pairs one, with thousands in one slot up to ten. */
export interface Scale {
  readonly name: string;
  readonly batch: number;
}

export const SCALES: readonly Scale[] = [
  { name: "a few pairs", batch: 1 },
  { name: "thousands of pairs", batch: 5 },
];

/** What cannot be counted without AWS. Each is on the high side. */
export const ASSUMED = {
  /** A function at 256 MB, from its call to its answer, without what it asks of AWS. */
  cpuMs: 30,
  databaseMs: 6,
  queueMs: 10,
  sesMs: 120,
  bucketMs: 40,
  memoryGb: 0.25,
  /** Of the calls, so many start a new environment, which is billed since August 2025. */
  coldShare: 0.05,
  coldMs: 400,
  /** Signing up, confirming, looking at the own page now and then. */
  pages: 12,
  /** A line of the API's access log. */
  accessLogBytes: 250,
} as const;

export interface Line {
  readonly what: string;
  /** Per pair and year. */
  readonly count: number;
  readonly dollars: number;
}

/** What one pair's year costs besides SES, line by line. */
export function restOfPairYear({ pairs, counts }: CountedYear, scale: Scale): readonly Line[] {
  const each = (count: number) => count / pairs;
  const { units, queued } = counts;
  const { due, fast, bulk, feedback } = queued;
  const messages = each(due + fast + bulk + feedback);
  const calls = messages / scale.batch + each(counts.mailsIn) + ASSUMED.pages;
  const queueRequests = messages * (1 + 2 / scale.batch); // put; then received and deleted with its batch
  const gb = each(units.storedBytes) / 1e9;
  const logGb = (each(counts.logBytes) + ASSUMED.pages * ASSUMED.accessLogBytes) / 1e9;
  const gbSeconds = lambdaGbSeconds(
    each(units.requests),
    messages,
    each(counts.mailsOut),
    each(counts.mailsIn),
    calls,
    scale,
  );
  return [
    line("DynamoDB read units", each(units.reads), PRICES.readUnit),
    line("DynamoDB write units, tables", each(units.writes), PRICES.writeUnit),
    line("DynamoDB write units, indexes", each(units.indexWrites), PRICES.writeUnit),
    line("DynamoDB GB kept, half of them on average", gb, PRICES.tableGbMonth * 6),
    line("Lambda calls", calls, PRICES.lambdaCall),
    line("Lambda GB-seconds", gbSeconds, PRICES.lambdaGbSecond),
    line("SQS requests", queueRequests, PRICES.queueRequest),
    line("SNS publishes", each(feedback), PRICES.topicPublish),
    line("HTTP API requests", ASSUMED.pages, PRICES.apiRequest),
    line("S3 puts", each(counts.mailsIn), PRICES.bucketPut),
    line("S3 gets", each(counts.mailsIn), PRICES.bucketGet),
    line("GB of logs", logGb, PRICES.logGb),
  ];
}

/** Messages of a batch are handled at the same time, so the batch lasts about as long as one of them. */
function lambdaGbSeconds(
  databaseRequests: number,
  messages: number,
  mailsOut: number,
  mailsIn: number,
  calls: number,
  { batch }: Scale,
): number {
  const waiting =
    databaseRequests * ASSUMED.databaseMs +
    messages * ASSUMED.queueMs +
    mailsOut * ASSUMED.sesMs +
    2 * mailsIn * ASSUMED.bucketMs;
  const ms = waiting / batch + calls * (ASSUMED.cpuMs + ASSUMED.coldShare * ASSUMED.coldMs);
  return (ms / 1000) * ASSUMED.memoryGb;
}

export function sesOfPairYear({ pairs, counts }: CountedYear, plan: Plan): readonly Line[] {
  return [
    line("mails out", counts.mailsOut / pairs, PRICES.mailOut[plan]),
    line("mails in", counts.mailsIn / pairs, PRICES.mailIn),
  ];
}

export function sumOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { dollars }) => sum + dollars, 0);
}

export function line(what: string, count: number, price: number): Line {
  return { what, count, dollars: count * price };
}
