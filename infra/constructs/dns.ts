import { CfnOutput } from "aws-cdk-lib";
import { CfnRecordSet } from "aws-cdk-lib/aws-route53";
import { Construct } from "constructs";
import type { DeploymentSettings } from "../config.ts";
import type { DnsRecord } from "../mail-records.ts";

/** Written into the hosted zone when there is one, printed for a person to enter when there is none. */
export class Dns extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { hostedZone }: DeploymentSettings,
    records: readonly DnsRecord[],
  ) {
    super(scope, id);
    for (const { id: recordId, name, type, value } of records) {
      if (hostedZone === undefined) {
        const output = new CfnOutput(this, recordId, { value: `${name} ${type} ${value}` });
        output.overrideLogicalId(`Dns${recordId}`);
      } else {
        new CfnRecordSet(this, recordId, {
          hostedZoneId: hostedZone.id,
          name,
          type,
          ttl: "3600",
          resourceRecords: [value],
        });
      }
    }
  }
}
