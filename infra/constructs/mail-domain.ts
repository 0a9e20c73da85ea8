import { Stack } from "aws-cdk-lib";
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  DkimIdentity,
  EasyDkimSigningKeyLength,
  EmailIdentity,
  Identity,
  MailFromBehaviorOnMxFailure,
} from "aws-cdk-lib/aws-ses";
import { Construct } from "constructs";
import { type DeploymentSettings, mailFromDomain, nameFor } from "../config.ts";
import { type DnsRecord, mailRecords } from "../mail-records.ts";

/** The domain mail comes from, and the configuration set that reports what becomes of each mail. */
export class MailDomain extends Construct {
  readonly configurationSet: ConfigurationSet;
  /** What has to stand in the DNS for mail to go out, to be believed, and to come back. */
  readonly records: readonly DnsRecord[];

  constructor(scope: Construct, id: string, settings: DeploymentSettings) {
    super(scope, id);
    this.configurationSet = new ConfigurationSet(this, "Events", {
      configurationSetName: nameFor(settings, "mail"),
      reputationMetrics: true,
      tlsPolicy: ConfigurationSetTlsPolicy.OPTIONAL, // small agencies' servers; most take TLS anyway
      // Who bounced or complained stands in the ledger, where START can lift it; SES's own list would not know.
      disableSuppressionList: true,
    });
    const identity = new EmailIdentity(this, "Identity", {
      identity: Identity.domain(settings.domain),
      configurationSet: this.configurationSet,
      dkimIdentity: DkimIdentity.easyDkim(EasyDkimSigningKeyLength.RSA_2048_BIT),
      mailFromDomain: mailFromDomain(settings.domain),
      // Mail waits for the record rather than going out without SPF.
      mailFromBehaviorOnMxFailure: MailFromBehaviorOnMxFailure.REJECT_MESSAGE,
    });
    const { region } = Stack.of(this);
    const dkim = identity.dkimRecords.map(({ name, value }, index) => ({
      id: `Dkim${index + 1}`,
      name,
      type: "CNAME" as const,
      value,
    }));
    this.records = [...dkim, ...mailRecords(settings, region)];
  }
}
