import { CfnOutput, Stack, type StackProps } from "aws-cdk-lib";
import {
  Certificate,
  CertificateValidation,
  type ICertificate,
} from "aws-cdk-lib/aws-certificatemanager";
import { ARecord, HostedZone, type IHostedZone, RecordTarget } from "aws-cdk-lib/aws-route53";
import { ApiGatewayv2DomainProperties } from "aws-cdk-lib/aws-route53-targets";
import type { Construct } from "constructs";
import type { Bundles } from "./bundle.ts";
import type { DeploymentSettings } from "./config.ts";
import { Alarms } from "./constructs/alarms.ts";
import { Confirm } from "./constructs/confirm.ts";
import { Coordinator } from "./constructs/coordinator.ts";
import { Dashboard } from "./constructs/dashboard.ts";
import { Dns } from "./constructs/dns.ts";
import { Enroll } from "./constructs/enroll.ts";
import { Feedback } from "./constructs/feedback.ts";
import { MailDomain } from "./constructs/mail-domain.ts";
import { Pages } from "./constructs/pages.ts";
import { Partner } from "./constructs/partner.ts";
import { Publish } from "./constructs/publish.ts";
import { Queues } from "./constructs/queues.ts";
import { Receive } from "./constructs/receive.ts";
import { Schedule } from "./constructs/schedule.ts";
import { Send } from "./constructs/send.ts";
import type { Service } from "./constructs/service.ts";
import type { StateStack } from "./state-stack.ts";

export interface ServiceStackProps extends StackProps {
  readonly settings: DeploymentSettings;
  readonly state: StateStack;
  readonly bundles: Bundles;
}

/** All that can be made again at any time: the steps in the order of the flow, on what they stand on. */
export class ServiceStack extends Stack {
  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    super(scope, id, props);
    const { settings, state, bundles } = props;
    const zone = this.zone(settings);
    const alarms = new Alarms(this, "Alarms", settings);
    const certificate = this.certificate(settings, zone);
    const pages = new Pages(this, "Pages", { settings, alarms, certificate });
    const mail = new MailDomain(this, "Mail", settings);
    const queues = new Queues(this, "Queues", settings);
    const { siteUrl } = pages;
    const { configurationSetName: configurationSet } = mail.configurationSet;
    const service: Service = {
      ...{ settings, state, bundles, queues, alarms },
      siteUrl,
      configurationSet,
    };

    new Enroll(this, "Enroll", service, pages);
    new Confirm(this, "Confirm", service, pages);
    new Schedule(this, "Schedule", service);
    new Send(this, "Send", service);
    new Receive(this, "Receive", service);
    new Feedback(this, "Feedback", service, mail.configurationSet);
    new Publish(this, "Publish", service);
    new Partner(this, "Partner", service, pages);
    new Coordinator(this, "Coordinator", service, pages);

    new Dashboard(this, "Overview", service);
    new Dns(this, "Dns", settings, mail.records);
    this.pointSiteAt(pages, settings, zone);
    new CfnOutput(this, "Site", { value: siteUrl });
  }

  private zone({ hostedZone }: DeploymentSettings): IHostedZone | undefined {
    return (
      hostedZone &&
      HostedZone.fromHostedZoneAttributes(this, "Zone", {
        hostedZoneId: hostedZone.id,
        zoneName: hostedZone.name,
      })
    );
  }

  private certificate(
    { certificateArn, domain }: DeploymentSettings,
    zone: IHostedZone | undefined,
  ): ICertificate | undefined {
    if (certificateArn !== undefined) {
      return Certificate.fromCertificateArn(this, "Certificate", certificateArn);
    }
    const validation = zone && CertificateValidation.fromDns(zone);
    return validation && new Certificate(this, "Certificate", { domainName: domain, validation });
  }

  /** An alias where the zone is ours; else a person enters the name that is printed. */
  private pointSiteAt(
    { domainName }: Pages,
    { domain: recordName }: DeploymentSettings,
    zone: IHostedZone | undefined,
  ): void {
    if (domainName === undefined) return;
    const { regionalDomainName, regionalHostedZoneId } = domainName;
    if (zone === undefined) {
      new CfnOutput(this, "DnsSite", { value: `${recordName} CNAME ${regionalDomainName}` });
      return;
    }
    const target = RecordTarget.fromAlias(
      new ApiGatewayv2DomainProperties(regionalDomainName, regionalHostedZoneId),
    );
    new ARecord(this, "SiteA", { zone, recordName, target });
  }
}
