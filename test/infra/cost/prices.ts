/**
 * List prices of us-east-1 in dollars, November 2026, free allowances left out. From AWS's pricing pages;
 * a price that changes is changed here, and `npm run cost -- --write` does the rest.
 */
export const PRICES = {
  /** A mail out: `a la carte` is chosen with SES's PutAccountPricingAttributes, new accounts have `Essentials`. */
  mailOut: { "a la carte": 0.1e-3, Essentials: 0.16e-3 },
  /** And $0.09 for 1,000 whole 256 KB, which a reply does not fill. */
  mailIn: 0.1e-3,
  readUnit: 0.125e-6,
  writeUnit: 0.625e-6,
  /** Stored, and kept for point-in-time recovery. */
  tableGbMonth: 0.25 + 0.2,
  lambdaCall: 0.2e-6,
  lambdaGbSecond: 0.0000133334,
  queueRequest: 0.4e-6,
  topicPublish: 0.5e-6,
  apiRequest: 1e-6,
  bucketPut: 5e-6,
  bucketGet: 0.4e-6,
  logGb: 0.5,
  timerCall: 1e-6,
  secretMonth: 0.4,
  alarmMetricMonth: 0.1,
  metricMonth: 0.3,
} as const;

export type Plan = keyof typeof PRICES.mailOut;
export const PLANS: readonly Plan[] = ["a la carte", "Essentials"];

/** What AWS gives every account each month, for ever. */
export const ALLOWANCES = {
  alarmMetrics: 10,
  metrics: 10,
  queueRequests: 1_000_000,
  lambdaCalls: 1_000_000,
  lambdaGbSeconds: 400_000,
  tableGb: 25,
} as const;
