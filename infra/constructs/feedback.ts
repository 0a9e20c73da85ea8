import { Duration } from "aws-cdk-lib";
import { type Alarm, type IMetric, MathExpression } from "aws-cdk-lib/aws-cloudwatch";
import { LambdaAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { type ConfigurationSet, EmailSendingEvent, EventDestination } from "aws-cdk-lib/aws-ses";
import { Topic } from "aws-cdk-lib/aws-sns";
import { SqsSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import type { FeedbackEnvironment } from "../../functions/feedback/config.ts";
import { nameFor } from "../config.ts";
import { lineMetric } from "./line-metric.ts";
import { allow, mayChangePairs } from "./permissions.ts";
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
/** Below these numbers a rate says nothing: one complaint about a thousand mails is no storm. */
const BOUNCES_MIN = 5;
const COMPLAINTS_MIN = 3;

/** SES's events on their way back into the ledger: SNS, then SQS, because EventBridge may lose them. */
export class Feedback extends Construct {
  constructor(scope: Construct, id: string, service: Service, configurationSet: ConfigurationSet) {
    super(scope, id);
    this.events(service, configurationSet);
    this.settler(service);
    this.reputation(service, this.pauser(service));
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
    settler.countLines("FeedbackSecondSend", "feedback.second-send");
    alarms.add("FeedbackSecondSend", {
      says: "Somebody got the same mail twice.",
      metric: lineMetric(settings, "FeedbackSecondSend"),
      atLeast: 1,
    });
    const settled = { outcome: "settled" };
    settler.countLines("FeedbackBounced", "feedback.event", { kind: "hard-bounce", ...settled });
    settler.countLines("FeedbackComplained", "feedback.event", { kind: "complaint", ...settled });
    settler.countLines("SendHeld", "feedback.event", { kind: "reject", ...settled });
  }

  private pauser(service: Service): ServiceFunction {
    const { settings } = service;
    return new ServiceFunction(this, "Pauser", {
      settings,
      part: "feedback-pause",
      bundle: service.bundles.feedback,
      handler: "pause",
      environment: serviceEnvironment(service) satisfies FeedbackEnvironment,
      // SES knows no narrower resource for this action.
      may: [allow(["ses:UpdateConfigurationSetSendingEnabled"], ["*"])],
    });
  }

  /** Long before SES itself would look into it (5 % and 0.1 %): first a word, then a stop. */
  private reputation({ settings, alarms }: Service, pauser: ServiceFunction): void {
    const bounces = { settings, fact: "FeedbackBounced", atLeast: BOUNCES_MIN };
    const complaints = { settings, fact: "FeedbackComplained", atLeast: COMPLAINTS_MIN };
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
    const pausing: readonly Alarm[] = [
      alarms.add("FeedbackBouncesPause", {
        says: "In seven days 4 % of the mail bounced for good: all mail is paused.",
        metric: rate({ ...bounces, period: WEEK }),
        atLeast: 4,
      }),
      alarms.add("FeedbackComplaintsPause", {
        says: "In seven days 0.08 % of the mail was called spam: all mail is paused.",
        metric: rate({ ...complaints, period: WEEK }),
        atLeast: 0.08,
      }),
      // A window of a week may be looked at once an hour only; a storm does not wait for that.
      alarms.add("FeedbackStormPause", {
        says: "Within an hour 10 % of the mail bounced for good: all mail is paused.",
        metric: rate({ ...bounces, period: HOUR }),
        atLeast: 10,
      }),
    ];
    const pause = new LambdaAction(pauser.lambda, { useUniquePermissionId: true });
    for (const alarm of pausing) alarm.addAlarmAction(pause);
  }
}

/** In percent of the mail that went out; zero below the number that means something. */
function rate({
  settings,
  fact,
  atLeast,
  period,
}: Pick<Service, "settings"> & {
  readonly fact: string;
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
