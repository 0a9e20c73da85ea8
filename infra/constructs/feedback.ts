import { Duration } from "aws-cdk-lib";
import { type IMetric, MathExpression } from "aws-cdk-lib/aws-cloudwatch";
import { type ConfigurationSet, EmailSendingEvent, EventDestination } from "aws-cdk-lib/aws-ses";
import { Topic } from "aws-cdk-lib/aws-sns";
import { SqsSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import type { MetricName } from "../../functions/adapters/counted-lines.ts";
import { FAILURES_MIN } from "../../functions/core/valve.ts";
import type { FeedbackEnvironment } from "../../functions/feedback/config.ts";
import { nameFor } from "../config.ts";
import { lineMetric } from "./line-metric.ts";
import { mayChangePairs } from "./permissions.ts";
import { type Service, serviceEnvironment } from "./service.ts";
import { ServiceFunction } from "./service-function.ts";

/** No opens and no clicks: nobody is watched, and no link is rewritten. */
const EVENTS = [
  EmailSendingEvent.SEND,
  EmailSendingEvent.REJECT,
  EmailSendingEvent.DELIVERY,
  EmailSendingEvent.BOUNCE,
  EmailSendingEvent.COMPLAINT,
  EmailSendingEvent.DELIVERY_DELAY,
  EmailSendingEvent.RENDERING_FAILURE,
];

/** Two or three events a mail, ten at once: so many mails in a second keep one consumer busy. */
const MAILS_PER_SETTLER_SECOND = 10;
const WEEK = Duration.days(7);
const HOUR = Duration.hours(1);

/** SES's events on their way back into the ledger: SNS, then SQS, because EventBridge may lose them. */
export class Feedback extends Construct {
  constructor(scope: Construct, id: string, service: Service, configurationSet: ConfigurationSet) {
    super(scope, id);
    this.events(service, configurationSet);
    this.settler(service);
    this.reputation(service);
  }

  private events({ settings, queues }: Service, configurationSet: ConfigurationSet): void {
    const topic = new Topic(this, "Events", {
      topicName: nameFor(settings, "feedback"),
      enforceSSL: true,
    });
    topic.addSubscription(
      new SqsSubscription(queues.feedback.queue, {
        rawMessageDelivery: true,
        // What SNS cannot deliver holds up second tries as much as what we could not read.
        deadLetterQueue: queues.feedback.deadLetters,
      }),
    );
    configurationSet.addEventDestination("Feedback", {
      configurationSetEventDestinationName: "feedback",
      destination: EventDestination.snsTopic(topic),
      events: EVENTS,
    });
  }

  private settler(service: Service): void {
    const { settings, queues, alarms } = service;
    const settler = new ServiceFunction(this, "Settler", {
      settings,
      part: "feedback",
      bundle: service.bundles.feedback,
      environment: serviceEnvironment(service) satisfies FeedbackEnvironment,
      may: mayChangePairs(service.state, queues),
    });
    const atOnce = Math.max(2, Math.ceil(settings.ses.perSecond / MAILS_PER_SETTLER_SECOND));
    queues.feedback.feed(settler, atOnce);
    alarms.addDeadLetters("FeedbackDeadLetters", "An event of SES could not be read five times.", [
      queues.feedback.deadLetters,
    ]);
    alarms.add("FeedbackSecondSend", {
      says: "Somebody got the same mail twice.",
      metric: lineMetric(settings, "FeedbackSecondSend"),
      atLeast: 1,
    });
  }

  /** Long before SES itself would look into it (5 % and 0.1 %): first a word; then the valve in the code pauses lessons. */
  private reputation({ settings, alarms }: Service): void {
    const bounces = { settings, fact: "FeedbackBounced" as const, atLeast: FAILURES_MIN.bounce };
    const complaints = {
      settings,
      fact: "FeedbackComplained" as const,
      atLeast: FAILURES_MIN.complaint,
    };
    alarms.add("FeedbackBounces", {
      says: "In seven days 2 % of the mail bounced for good.",
      metric: rate({ ...bounces, period: WEEK }),
      atLeast: 2,
    });
    alarms.add("FeedbackComplaints", {
      says: "In seven days 0.05 % of the mail was called spam.",
      metric: rate({ ...complaints, period: WEEK }),
      atLeast: 0.05,
    });
    // A window of a week may be looked at once an hour only; a storm does not wait for that.
    alarms.add("FeedbackStorm", {
      says: "Within an hour 10 % of the mail bounced for good.",
      metric: rate({ ...bounces, period: HOUR }),
      atLeast: 10,
    });
    alarms.add("FeedbackPaused", {
      says: "Too much mail failed in seven days: lessons are paused until a person resumes.",
      metric: lineMetric(settings, "FeedbackPaused"),
      atLeast: 1,
    });
  }
}

/** In percent of the mail that went out; zero below the number that means something. */
function rate({
  settings,
  fact,
  atLeast,
  period,
}: Pick<Service, "settings"> & {
  readonly fact: MetricName;
  readonly atLeast: number;
  readonly period: Duration;
}): IMetric {
  return new MathExpression({
    expression: `IF(FILL(bad, 0) >= ${atLeast}, 100 * FILL(bad, 0) / MAX([FILL(sent, 0), FILL(bad, 0)]), 0)`,
    usingMetrics: {
      bad: lineMetric(settings, fact, period),
      sent: lineMetric(settings, "SendSent", period),
    },
    period,
    label: `${fact}, %`,
  });
}
