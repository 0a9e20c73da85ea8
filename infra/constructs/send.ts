import { Duration } from "aws-cdk-lib";
import { MathExpression } from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import type { SendEnvironment } from "../../functions/send/config.ts";
import { lineMetric } from "./line-metric.ts";
import { allow, mayChangePairs } from "./permissions.ts";
import { type Service, serviceEnvironment, sesArn } from "./service.ts";
import { ServiceFunction } from "./service-function.ts";

/** A sender with its ten mails at once gets rid of at least so many in a second. */
const MAILS_PER_SENDER_SECOND = 5;

/** The two lanes of mail, each with a function of its own, so that neither waits for the other. */
export class Send extends Construct {
  constructor(scope: Construct, id: string, service: Service) {
    super(scope, id);
    this.lane("Fast", service);
    this.lane("Bulk", service);
    this.alarms(service);
  }

  private lane(id: "Fast" | "Bulk", service: Service): void {
    const { queues, settings } = service;
    const lane = id === "Fast" ? "fast" : "bulk";
    const sender = new ServiceFunction(this, id, {
      settings,
      part: `send-${lane}`,
      bundle: service.bundles.send,
      environment: {
        ...serviceEnvironment(service),
        LANE: lane,
        SES_PER_SECOND: String(settings.ses.perSecond),
        SES_PER_DAY: String(settings.ses.perDay),
        FEEDBACK_QUEUE: queues.feedback.queue.queueUrl,
        FEEDBACK_DEAD_LETTERS: queues.feedback.deadLetters.queueUrl,
      } satisfies SendEnvironment,
      may: [
        ...mayChangePairs(service.state, queues),
        queues.feedback.mayCount(),
        maySendMail(service),
        allow(["ses:GetSendQuota"], ["*"]), // SES knows no narrower resource for it
      ],
    });
    queues[lane].feed(
      sender,
      Math.max(2, Math.ceil(settings.ses.perSecond / MAILS_PER_SENDER_SECOND)),
    );
  }

  private alarms({ alarms, queues, settings }: Service): void {
    alarms.addDeadLetters("SendDeadLetters", "A mail could not be handled five times.", [
      queues.fast.deadLetters,
      queues.bulk.deadLetters,
    ]);
    alarms.add("SendHeld", {
      says: "A mail waits for a person: SES refused it, or its answer was lost twice.",
      metric: lineMetric(settings, "SendHeld"),
      atLeast: 1,
    });
    alarms.add("SendLaneClosed", {
      says: "SES lost three answers in a row, so a lane of mail is closed and asks with probes.",
      metric: lineMetric(settings, "SendLaneClosed"),
      atLeast: 1,
    });
    const period = Duration.hours(24);
    alarms.add("SendUnresolved", {
      says: "In 24 hours the answer of SES was lost for more than 0.5 % of the mail.",
      metric: new MathExpression({
        // One lost answer among few mails is no sign of anything.
        expression:
          "IF(FILL(lost, 0) >= 2, 100 * FILL(lost, 0) / (FILL(sent, 0) + FILL(lost, 0)), 0)",
        usingMetrics: {
          lost: lineMetric(settings, "SendUnresolved", period),
          sent: lineMetric(settings, "SendSent", period),
        },
        period,
        label: "unresolved, %",
      }),
      atLeast: 0.5,
    });
  }
}

/** Only from the service's own address, and only so that its events come back. */
function maySendMail(service: Service) {
  const { settings, configurationSet } = service;
  return allow(
    ["ses:SendRawEmail"],
    [
      sesArn(service, "identity", settings.domain),
      sesArn(service, "configuration-set", configurationSet),
    ],
    { StringEquals: { "ses:FromAddress": settings.from } },
  );
}
