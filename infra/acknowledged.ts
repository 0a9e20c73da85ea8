import { Validations } from "aws-cdk-lib";
import type { IConstruct } from "constructs";
import { ARCHIVE_PREFIX } from "../functions/adapters/s3-mail-archive.ts";
import type { Deployment } from "./deployment.ts";

/** A finding of cdk-nag that we know of and mean to keep, and why. The list may only get shorter. */
export interface Acknowledged {
  readonly where: IConstruct;
  readonly rule: string;
  readonly reason: string;
}

export function acknowledgedFindings({ state, service }: Deployment): readonly Acknowledged[] {
  return [
    {
      where: service,
      rule: "AwsSolutions-APIG4",
      reason:
        "The pages are public: a form, links that carry their own signed token, and pages behind a session of ours.",
    },
    {
      where: service,
      rule: "AwsSolutions-IAM5[Resource::*]",
      reason:
        "SES has no narrower resource for its quota, its list of addresses that bounced, nor its active receipt rules; a test lists which functions may do what.",
    },
    {
      where: service.node.findChild("Receive"),
      rule: `AwsSolutions-IAM5[Resource::${archiveArnIn(state)}/${ARCHIVE_PREFIX}*]`,
      reason: "SES names each mail; the reader may read and delete any below its prefix.",
    },
    {
      where: state.archive,
      rule: "AwsSolutions-S1",
      reason:
        "By bucket policy two functions read it and nobody else; a mail stays for seconds, an access log would stay longer.",
    },
    {
      where: state.keys,
      rule: "AwsSolutions-SMG4",
      reason:
        "A rotation adds a key and keeps the old ones, or links already mailed would break; a person starts it.",
    },
    {
      where: service,
      rule: "Serverless-SQSRedrivePolicy",
      reason: "Queues of dead letters are where messages end.",
    },
    {
      where: service,
      rule: "Serverless-EventBusDLQ",
      reason:
        "What a timer missed the next tick or the sweep does; a stored tick would do it twice.",
    },
    {
      where: service,
      rule: "Serverless-LambdaDLQ",
      reason:
        "A queue's consumer has the queue's dead letters, a page answers its caller, and what the others missed the next tick or sweep finds.",
    },
    {
      where: service,
      rule: "Serverless-LambdaEventSourceMappingDestination",
      reason: "SQS sources have none: a failed message goes to its queue's dead letters.",
    },
    {
      where: service.node.findChild("Alarms"),
      rule: "Serverless-SNSRedrivePolicy",
      reason: "A mail to a person that cannot be delivered is no use in a queue.",
    },
    {
      where: service,
      rule: "Serverless-LambdaTracing",
      reason:
        "Each step is one call; ids in the log follow a mail through them, without paths that hold tokens.",
    },
  ];
}

export function acknowledge(findings: readonly Acknowledged[]): void {
  for (const { where, rule, reason } of findings) {
    Validations.of(where).acknowledge({ id: rule, reason });
  }
}

/** The bucket's ARN as the service stack sees it: the name under which the other stack exports it. */
function archiveArnIn(state: Deployment["state"]): string {
  const imported = state.resolve(state.exportValue(state.archive.bucketArn));
  return String((imported as Readonly<Record<string, unknown>>)["Fn::ImportValue"]);
}
