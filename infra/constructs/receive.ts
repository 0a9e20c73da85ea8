import { CustomResource, Duration } from "aws-cdk-lib";
import { Rule, Schedule as RuleSchedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import type { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { ReceiptRuleSet } from "aws-cdk-lib/aws-ses";
import { Lambda, LambdaInvocationType, S3 } from "aws-cdk-lib/aws-ses-actions";
import { Construct } from "constructs";
import { ARCHIVE_PREFIX } from "../../functions/adapters/s3-mail-archive.ts";
import type { ReceiveEnvironment } from "../../functions/receive/config.ts";
import { nameFor } from "../config.ts";
import type { MAIL_READERS } from "../state-stack.ts";
import { lineMetric } from "./line-metric.ts";
import { allow, mayChangePairs, mayLiftSuppressions } from "./permissions.ts";
import { type Service, serviceEnvironment } from "./service.ts";
import { ServiceFunction } from "./service-function.ts";

/** A mail of 10 MB with its parts, and as much again while it is read. */
const MEMORY_MB = 512;

/** One mail that fails is tried three times within minutes. */
const TRIES = 3;

/** Replies: stored first, then read. What was stored and not read is met again each hour. */
export class Receive extends Construct {
  constructor(scope: Construct, id: string, service: Service) {
    super(scope, id);
    const { settings, state } = service;
    // What it was called with is kept nowhere when it fails, for that holds the subject people wrote;
    // the mail itself stays stored, for the sweep.
    const reader = this.reader("Reader", "receive", service);
    const rules = new ReceiptRuleSet(this, "Rules", {
      receiptRuleSetName: nameFor(settings, "receive"),
    });
    rules.addRule("Replies", {
      receiptRuleName: nameFor(settings, "replies"),
      recipients: [settings.replyDomain],
      scanEnabled: true, // spam and virus verdicts
      // In this order: a notice without its mail would be lost, a mail without its notice is found.
      actions: [
        new S3({ bucket: state.archive, objectKeyPrefix: ARCHIVE_PREFIX }),
        new Lambda({ function: reader.lambda, invocationType: LambdaInvocationType.EVENT }),
      ],
    });
    this.activate(rules, service);
    service.alarms.add("ReceiveFailed", {
      says: "Reading a mail failed three times.",
      metric: reader.lambda.metricErrors({ period: Duration.minutes(15) }),
      atLeast: TRIES,
    });
    this.sweep(service);
  }

  /**
   * A rule set does nothing until it is the active one of its account and region, which no resource of
   * CloudFormation's can say. Another application's stays; then the doctor tells a person what to add there.
   */
  private activate(rules: ReceiptRuleSet, { settings, bundles }: Service): void {
    const activation = new ServiceFunction(this, "Activation", {
      settings,
      part: "receive-rules",
      bundle: bundles["receive-rules"],
      environment: {},
      // SES knows no narrower resource for these actions.
      may: [allow(["ses:DescribeActiveReceiptRuleSet", "ses:SetActiveReceiptRuleSet"], ["*"])],
    });
    new CustomResource(this, "ActiveRules", {
      resourceType: "Custom::ActiveReceiptRules",
      serviceToken: activation.lambda.functionArn,
      serviceTimeout: Duration.minutes(2),
      properties: { RuleSetName: rules.receiptRuleSetName },
    }).node.addDependency(activation);
  }

  private sweep(service: Service): void {
    const { settings, alarms } = service;
    const sweep = this.reader("Sweep", "receive-sweep", service, "sweep");
    new Rule(this, "EachHour", {
      ruleName: nameFor(settings, "receive-60m"),
      schedule: RuleSchedule.rate(Duration.hours(1)),
      targets: [new LambdaFunction(sweep.lambda, { retryAttempts: 0 })],
    });
    alarms.add("ReceiveUnread", {
      says: "A mail has been unread for more than two hours.",
      metric: lineMetric(settings, "ReceiveUnread", Duration.hours(1)),
      atLeast: 1,
    });
  }

  private reader(
    id: string,
    part: (typeof MAIL_READERS)[number],
    service: Service,
    handler?: string,
  ): ServiceFunction {
    return new ServiceFunction(this, id, {
      settings: service.settings,
      part,
      bundle: service.bundles.receive,
      handler,
      environment: {
        ...serviceEnvironment(service),
        ARCHIVE: service.state.archive.bucketName,
      } satisfies ReceiveEnvironment,
      memoryMb: MEMORY_MB,
      timeout: part === "receive" ? Duration.seconds(30) : Duration.minutes(5),
      may: [
        ...mayChangePairs(service.state, service.queues),
        mayLiftSuppressions(),
        ...mayReadMail(service),
      ],
    });
  }
}

/** Without leave to list, S3 answers "forbidden" for a mail that was read and deleted already. */
function mayReadMail({ state }: Service): readonly PolicyStatement[] {
  const { archive } = state;
  return [
    allow(["s3:GetObject", "s3:DeleteObject"], [archive.arnForObjects(`${ARCHIVE_PREFIX}*`)]),
    allow(["s3:ListBucket"], [archive.bucketArn]),
  ];
}
