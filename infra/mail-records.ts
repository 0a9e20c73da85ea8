import { type DeploymentSettings, mailFromDomain } from "./config.ts";

export interface DnsRecord {
  readonly id: string;
  /** The whole name, without a dot at the end. */
  readonly name: string;
  readonly type: "CNAME" | "MX" | "TXT";
  /** As it stands in a zone file. */
  readonly value: string;
}

/**
 * What has to stand in the DNS for mail to be believed and to come back, besides the keys that SES
 * signs with: the stack writes or prints it, the doctor looks whether it is there.
 */
export function mailRecords(
  settings: Pick<DeploymentSettings, "domain" | "replyDomain" | "dmarc" | "dmarcReports">,
  region: string,
): readonly DnsRecord[] {
  const { domain, replyDomain, dmarc, dmarcReports } = settings;
  const reports = dmarcReports === undefined ? "" : `; rua=mailto:${dmarcReports}`;
  return [
    {
      id: "MailFromMx",
      name: mailFromDomain(domain),
      type: "MX",
      value: `10 feedback-smtp.${region}.amazonses.com`,
    },
    {
      id: "MailFromSpf",
      name: mailFromDomain(domain),
      type: "TXT",
      value: '"v=spf1 include:amazonses.com -all"',
    },
    {
      id: "Dmarc",
      name: `_dmarc.${domain}`,
      type: "TXT",
      value: `"v=DMARC1; p=${dmarc}${reports}"`,
    },
    { id: "ReplyMx", name: replyDomain, type: "MX", value: `10 ${inboundHost(region)}` },
  ];
}

/** SES's door for mail that comes in; the name exists only in regions that have one. */
export function inboundHost(region: string): string {
  return `inbound-smtp.${region}.amazonaws.com`;
}
