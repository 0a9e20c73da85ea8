import { Duration } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { MetricName } from "../../functions/adapters/counted-lines.ts";
import type { DeploymentSettings } from "../config.ts";

/** Where the metrics of one stage are. */
export function metricNamespace({ stage }: Pick<DeploymentSettings, "stage">): string {
  return `CommonGround/${stage}`;
}

/** A metric that log lines count into (`functions/adapters/counted-lines.ts`), whichever functions write them. */
export function lineMetric(
  settings: Pick<DeploymentSettings, "stage">,
  metricName: MetricName,
  period: Duration = Duration.minutes(5),
): Metric {
  return new Metric({
    namespace: metricNamespace(settings),
    metricName,
    statistic: "Sum",
    period,
  });
}
