/** A line that counts: its event, and what its facts say. */
interface CountedLine {
  readonly event: string;
  readonly where?: Readonly<Record<string, string>>;
}

/** Every metric of ours is a number of log lines; alarms watch them by these names, `<Step><Fact>`. */
const COUNTED_LINES = {
  FeedbackBounced: [
    { event: "feedback.event", where: { kind: "hard-bounce", outcome: "settled" } },
  ],
  FeedbackComplained: [
    { event: "feedback.event", where: { kind: "complaint", outcome: "settled" } },
  ],
  FeedbackPaused: [{ event: "feedback.paused" }],
  FeedbackSecondSend: [{ event: "feedback.second-send" }],
  ReceiveDetails: [{ event: "receive.details" }],
  ReceiveUnread: [{ event: "receive.unread" }],
  ScheduleOverdue: [{ event: "schedule.overdue" }],
  SendHeld: [
    { event: "send.settled", where: { state: "held" } },
    { event: "send.taken-up", where: { state: "held" } },
    { event: "feedback.event", where: { kind: "reject", outcome: "settled" } },
  ],
  SendLaneClosed: [{ event: "send.lane-closed" }],
  SendSent: [{ event: "send.settled", where: { state: "sent" } }],
  SendUnresolved: [
    { event: "send.settled", where: { state: "unresolved" } },
    { event: "send.taken-up", where: { state: "unresolved" } },
  ],
} as const satisfies Readonly<Record<string, readonly CountedLine[]>>;

export type MetricName = keyof typeof COUNTED_LINES;

export const METRIC_NAMES = Object.keys(COUNTED_LINES) as readonly MetricName[];

export function metricsOfLine(
  event: string,
  facts: Readonly<Record<string, unknown>>,
): readonly MetricName[] {
  return METRIC_NAMES.filter((name) =>
    COUNTED_LINES[name].some((line: CountedLine) => counts(line, event, facts)),
  );
}

function counts(
  line: CountedLine,
  event: string,
  facts: Readonly<Record<string, unknown>>,
): boolean {
  const where = Object.entries(line.where ?? {});
  return line.event === event && where.every(([name, value]) => facts[name] === value);
}

/**
 * What makes CloudWatch count a line by itself, without a call and without a filter: its embedded metric
 * format. There are no dimensions, and each value is one, so no id can become a metric.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function embeddedMetrics(
  namespace: string,
  atMs: number,
  names: readonly MetricName[],
): Readonly<Record<string, unknown>> {
  const Metrics = names.map((Name) => ({ Name, Unit: "Count" }));
  return {
    _aws: {
      Timestamp: atMs,
      CloudWatchMetrics: [{ Namespace: namespace, Dimensions: [[]], Metrics }],
    },
    ...Object.fromEntries(names.map((name) => [name, 1])),
  };
}
