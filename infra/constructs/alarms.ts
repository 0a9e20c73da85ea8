import { Duration } from "aws-cdk-lib";
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { type DeploymentSettings, nameFor } from "../config.ts";

export interface AlarmFacts {
  /** One sentence: what has happened. */
  readonly says: string;
  readonly metric: IMetric;
  /** The alarm goes off at this value. */
  readonly atLeast: number;
  /**
   * What silence means.
   * @default "all-well"
   */
  readonly silence?: "all-well" | "alarm";
}

/** Every alarm of the service, told to one address. */
export class Alarms extends Construct {
  readonly all: Alarm[] = [];
  readonly topic: Topic;
  private readonly settings: DeploymentSettings;

  constructor(scope: Construct, id: string, settings: DeploymentSettings) {
    super(scope, id);
    this.settings = settings;
    this.topic = new Topic(this, "Topic", {
      topicName: nameFor(settings, "alarms"),
      enforceSSL: true,
    });
    this.topic.addSubscription(new EmailSubscription(settings.alarmAddress));
  }

  /** @param name `<Step><Fact>`, which is also its heading in the runbook */
  add(name: string, { says, metric, atLeast, silence = "all-well" }: AlarmFacts): Alarm {
    const alarm = new Alarm(this, name, {
      alarmName: nameFor(this.settings, name),
      alarmDescription: `${says} What to do: docs/RUNBOOK.md#${name.toLowerCase()}`,
      metric,
      threshold: atLeast,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData:
        silence === "alarm" ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    const tell = new SnsAction(this.topic);
    alarm.addAlarmAction(tell);
    alarm.addOkAction(tell);
    this.all.push(alarm);
    return alarm;
  }

  /** Anything at all in these queues of dead letters. */
  addDeadLetters(name: string, says: string, queues: readonly Queue[]): Alarm {
    const counts = queues.map((queue) =>
      queue.metricApproximateNumberOfMessagesVisible({
        statistic: "Maximum",
        period: Duration.minutes(5),
      }),
    );
    return this.add(name, { says, metric: sumOf(counts), atLeast: 1 });
  }
}

function sumOf(metrics: readonly IMetric[]): IMetric {
  const [only] = metrics;
  if (only !== undefined && metrics.length === 1) return only;
  const usingMetrics = Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric]));
  return new MathExpression({
    expression: `SUM(METRICS())`,
    usingMetrics,
    period: Duration.minutes(5),
    label: "dead letters",
  });
}
