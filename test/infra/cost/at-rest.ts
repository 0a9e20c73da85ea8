import { METRIC_NAMES } from "../../../functions/adapters/counted-lines.ts";
import { dueIndex } from "../../../functions/adapters/due-index.ts";
import { memoryTable } from "../../../functions/adapters/memory-table.ts";
import { watermarks } from "../../../functions/adapters/watermarks.ts";
import { plusMinutes } from "../../../functions/core/instant.ts";
import { findDue, sweepDue } from "../../../functions/schedule/find-due.ts";
import { watchOverdue } from "../../../functions/schedule/watch-overdue.ts";
import { synthesize } from "../deployment.ts";
import { type Properties, propertiesOf } from "../template.ts";
import { countedTable, noUnits, type TableUnits } from "./counted-table.ts";
import { type Line, line } from "./pair-year.ts";
import { ALLOWANCES, PRICES } from "./prices.ts";

const MINUTES_A_MONTH = 60 * 24 * 30;
/** Lambda asks an empty queue over five connections, each of which waits 20 seconds for a message. */
const POLLS_A_MINUTE = 5 * 3;
/** A tick that finds nothing, at 256 MB. */
const TICK_GB_SECONDS = 0.15 * 0.25;

/** What a deployment without a single pair costs a month, counted in its templates and by running its clockwork. */
export async function costAtRest(): Promise<readonly Line[]> {
  const stack = countStack();
  const { tick, sweep } = await countClockwork();
  const looks = {
    ticks: MINUTES_A_MONTH,
    sweeps: MINUTES_A_MONTH / 10,
    hours: MINUTES_A_MONTH / 60,
  };
  const calls = looks.ticks + looks.sweeps + looks.hours;
  const reads = looks.ticks * tick.reads + looks.sweeps * sweep.reads;
  const writes = looks.ticks * tick.writes + looks.sweeps * sweep.writes;
  const polls = stack.queues * POLLS_A_MINUTE * MINUTES_A_MONTH;
  return [
    line("secrets", stack.secrets, PRICES.secretMonth),
    line("metrics that alarms watch", stack.alarmMetrics, PRICES.alarmMetricMonth),
    line("SQS requests of waiting consumers", polls, PRICES.queueRequest),
    line("Lambda calls", calls, PRICES.lambdaCall),
    line("Lambda GB-seconds", calls * TICK_GB_SECONDS, PRICES.lambdaGbSecond),
    line("timer calls", calls, PRICES.timerCall),
    line("DynamoDB read units", reads, PRICES.readUnit),
    line("DynamoDB write units", writes, PRICES.writeUnit),
    line("S3 lists", looks.hours, PRICES.bucketPut),
  ];
}

/** The same after what AWS gives every account each month. */
export function lessAllowances(lines: readonly Line[]): readonly Line[] {
  const free: Readonly<Record<string, number>> = {
    "metrics that alarms watch": ALLOWANCES.alarmMetrics,
    "SQS requests of waiting consumers": ALLOWANCES.queueRequests,
    "Lambda calls": ALLOWANCES.lambdaCalls,
    "Lambda GB-seconds": ALLOWANCES.lambdaGbSeconds,
  };
  return lines.map(({ what, count, dollars }) => {
    const billed = Math.max(0, count - (free[what] ?? 0));
    return { what, count: billed, dollars: count === 0 ? 0 : (dollars * billed) / count };
  });
}

/** Metrics that log lines count into cost only in the hours in which a line came. */
export function metricsInUse(): number {
  return METRIC_NAMES.length;
}

function countStack() {
  const made = synthesize();
  const alarms = propertiesOf(made.service(), "AWS::CloudWatch::Alarm");
  const counted = {
    secrets: propertiesOf(made.state(), "AWS::SecretsManager::Secret").length,
    queues: propertiesOf(made.service(), "AWS::Lambda::EventSourceMapping").length,
    alarmMetrics: alarms.reduce((sum, alarm) => sum + metricsOf(alarm), 0),
  };
  made.remove();
  return counted;
}

/** An alarm over a formula costs as much as the metrics in it. */
function metricsOf({ Metrics }: Properties): number {
  if (Metrics === undefined) return 1;
  return (Metrics as Properties[]).filter(({ MetricStat }) => MetricStat !== undefined).length;
}

/** One tick and one sweep over two empty tables, after a first tick has set the watermarks. */
async function countClockwork(): Promise<{ tick: TableUnits; sweep: TableUnits }> {
  const units = noUnits();
  let minutes = 0;
  const [pairs, ledger] = [countedTable(memoryTable(), units), countedTable(memoryTable(), units)];
  const ports = {
    clock: { now: () => plusMinutes("2026-11-24T15:00:00.000Z", minutes) },
    log: { info: () => undefined, error: () => undefined },
    queues: { put: async () => undefined },
    due: dueIndex(pairs, ledger),
    watermarks: watermarks(pairs),
  };
  const count = async (look: () => Promise<void>): Promise<TableUnits> => {
    minutes += 1;
    Object.assign(units, noUnits());
    await look();
    return { ...units };
  };
  await findDue(ports);
  const tick = await count(() => findDue(ports));
  const sweep = await count(async () => {
    await sweepDue(ports);
    await watchOverdue(ports);
  });
  return { tick, sweep };
}
