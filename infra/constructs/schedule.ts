import { Duration } from "aws-cdk-lib";
import { MathExpression } from "aws-cdk-lib/aws-cloudwatch";
import { Rule, Schedule as RuleSchedule, RuleTargetInput } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { Construct } from "constructs";
import type { ScheduleEnvironment } from "../../functions/schedule/config.ts";
import type { TickEvent } from "../../functions/schedule/tick-event.ts";
import { nameFor } from "../config.ts";
import { lineMetric } from "./line-metric.ts";
import { mayChangePairs, mayKeepRows, mayQueryIndex } from "./permissions.ts";
import { type Service, serviceEnvironment } from "./service.ts";
import { ServiceFunction } from "./service-function.ts";

/** Batches of ten due pairs at the same time: a new account may run only ten functions at once in all. */
const PLANNERS_AT_ONCE = 3;
const NO_TICK_MINUTES = 15;

/** Finds what became due, each minute, and plans what follows from it. */
export class Schedule extends Construct {
  constructor(scope: Construct, id: string, service: Service) {
    super(scope, id);
    this.tick(service);
    this.planner(service);
  }

  private tick(service: Service): void {
    const { state, queues, settings, alarms } = service;
    const tick = new ServiceFunction(this, "Tick", {
      settings,
      part: "schedule-tick",
      bundle: service.bundles.schedule,
      handler: "tick",
      environment: serviceEnvironment(service) satisfies ScheduleEnvironment,
      timeout: Duration.minutes(5), // after an outage there is much to queue
      may: [
        mayQueryIndex(state.pairs, "due"),
        mayQueryIndex(state.ledger, "due"),
        mayKeepRows(state.pairs, "WATERMARK"),
        queues.due.maySend(),
        queues.fast.maySend(),
        queues.bulk.maySend(),
      ],
    });
    this.timer("EachMinute", Duration.minutes(1), tick, service, { look: "since-the-last" });
    this.timer("EachTenMinutes", Duration.minutes(10), tick, service, {
      look: "from-the-beginning",
    });
    const period = Duration.minutes(NO_TICK_MINUTES);
    alarms.add("ScheduleNoTick", {
      says: `No look for what is due went well for ${NO_TICK_MINUTES} minutes.`,
      metric: new MathExpression({
        // The sweep runs in the same function, twice in that time at most, and is no tick.
        expression: "2 - (begun - failed)",
        usingMetrics: {
          failed: tick.lambda.metricErrors({ period }),
          begun: tick.lambda.metricInvocations({ period }),
        },
        period,
        label: "ticks that are missing",
      }),
      atLeast: 0,
      silence: "alarm",
    });
    alarms.add("ScheduleOverdue", {
      says: "Something has been due for more than two hours.",
      metric: lineMetric(settings, "ScheduleOverdue", Duration.minutes(10)),
      atLeast: 1,
    });
  }

  private timer(
    id: string,
    every: Duration,
    tick: ServiceFunction,
    { settings }: Service,
    input: TickEvent,
  ): void {
    new Rule(this, id, {
      ruleName: nameFor(settings, `schedule-${every.toMinutes()}m`),
      schedule: RuleSchedule.rate(every),
      targets: [
        new LambdaFunction(tick.lambda, {
          event: RuleTargetInput.fromObject(input),
          retryAttempts: 0,
        }),
      ],
    });
  }

  private planner(service: Service): void {
    const { queues, settings, alarms } = service;
    const planner = new ServiceFunction(this, "Planner", {
      settings,
      part: "schedule",
      bundle: service.bundles.schedule,
      handler: "advance",
      environment: serviceEnvironment(service) satisfies ScheduleEnvironment,
      may: mayChangePairs(service.state, queues),
    });
    queues.due.feed(planner, PLANNERS_AT_ONCE);
    alarms.addDeadLetters("ScheduleDeadLetters", "The plan of a due pair failed five times.", [
      queues.due.deadLetters,
    ]);
  }
}
