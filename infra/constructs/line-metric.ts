import { Duration } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { DeploymentSettings } from "../config.ts";

/** Where the metrics of one stage are. */
export function metricNamespace({ stage }: Pick<DeploymentSettings, "stage">): string {
  return `CommonGround/${stage}`;
}

/** A metric that log lines are counted into, by however many functions write such lines. */
export function lineMetric(
  settings: Pick<DeploymentSettings, "stage">,
  metricName: string,
  period: Duration = Duration.minutes(5),
): Metric {
  return new Metric({
    namespace: metricNamespace(settings),
    metricName,
    statistic: "Sum",
    period,
  });
}
