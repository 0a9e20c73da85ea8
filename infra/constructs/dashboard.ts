import { Duration } from "aws-cdk-lib";
import {
  AlarmStatusWidget,
  Dashboard as CloudWatchDashboard,
  GraphWidget,
} from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import type { MetricName } from "../../functions/adapters/counted-lines.ts";
import { nameFor } from "../config.ts";
import { lineMetric } from "./line-metric.ts";
import type { Service } from "./service.ts";

/** One screen: what alarms, what went out, what waits. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, { settings, alarms, queues }: Service) {
    super(scope, id);
    const hourly = (name: MetricName) => lineMetric(settings, name, Duration.hours(1));
    const { due, fast, bulk, feedback } = queues;
    const waiting = [due, fast, bulk, feedback].map(({ queue }) =>
      queue.metricApproximateAgeOfOldestMessage({ statistic: "Maximum" }),
    );
    new CloudWatchDashboard(this, "Dashboard", {
      dashboardName: nameFor(settings, "overview"),
      widgets: [
        [new AlarmStatusWidget({ title: "Alarms", alarms: alarms.all, width: 24 })],
        [
          graph("Mail an hour", (["SendSent", "SendUnresolved", "SendHeld"] as const).map(hourly)),
          graph("Bounces and complaints an hour", [
            hourly("FeedbackBounced"),
            hourly("FeedbackComplained"),
          ]),
          graph("Oldest message in each queue, seconds", waiting),
        ],
        [graph("Replies with details an hour", [hourly("ReceiveDetails")])],
      ],
    });
  }
}

function graph(title: string, left: ConstructorParameters<typeof GraphWidget>[0]["left"]) {
  return new GraphWidget({ title, width: 8, left: left ?? [] });
}
