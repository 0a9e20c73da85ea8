import { DescribeActiveReceiptRuleSetCommand, SESClient } from "@aws-sdk/client-ses";
import {
  GetAccountCommand,
  GetConfigurationSetCommand,
  GetEmailIdentityCommand,
  SESv2Client,
} from "@aws-sdk/client-sesv2";
import type { Account, ActiveRules, MailDomainState, Sending } from "./account.ts";
import { type ClientConfig, once, unlessAbsent } from "./aws-question.ts";

type MailQuestions = Pick<Account, "sending" | "mailDomain" | "isSetSending" | "activeRules">;

/** Where DKIM's names lead in regions for which SES does not say it. */
const DKIM_ZONE = "dkim.amazonses.com";

/** SES's own answers: the newer API tells more, but receipt rules are in the older one only. */
export function awsMail(config: ClientConfig): MailQuestions {
  const client = new SESv2Client(config);
  return {
    sending: once(() => sending(client)),
    mailDomain: (domain) => mailDomain(client, domain),
    isSetSending: (name) => isSetSending(client, name),
    activeRules: () => activeRules(new SESClient(config)),
  };
}

async function sending(client: SESv2Client): Promise<Sending> {
  const account = await client.send(new GetAccountCommand({}));
  return {
    isOutOfSandbox: account.ProductionAccessEnabled === true,
    isEnabled: account.SendingEnabled === true,
    enforcement: account.EnforcementStatus ?? "HEALTHY",
    perDay: account.SendQuota?.Max24HourSend ?? 0,
    perSecond: account.SendQuota?.MaxSendRate ?? 0,
  };
}

function mailDomain(client: SESv2Client, domain: string): Promise<MailDomainState | undefined> {
  return unlessAbsent(["NotFoundException"], async () => {
    const identity = await client.send(new GetEmailIdentityCommand({ EmailIdentity: domain }));
    const { DkimAttributes: dkim, MailFromAttributes: mailFrom } = identity;
    return {
      isVerified: identity.VerifiedForSendingStatus === true,
      dkim: dkim?.Status ?? "NOT_STARTED",
      dkimTokens: dkim?.Tokens ?? [],
      dkimZone: dkim?.SigningHostedZone ?? DKIM_ZONE,
      mailFrom: mailFrom?.MailFromDomainStatus ?? "NOT_STARTED",
      mailFromDomain: mailFrom?.MailFromDomain ?? "",
      onMxFailure: mailFrom?.BehaviorOnMxFailure ?? "USE_DEFAULT_VALUE",
    };
  });
}

function isSetSending(client: SESv2Client, name: string): Promise<boolean | undefined> {
  return unlessAbsent(["NotFoundException"], async () => {
    const set = await client.send(new GetConfigurationSetCommand({ ConfigurationSetName: name }));
    return set.SendingOptions?.SendingEnabled !== false;
  });
}

async function activeRules(client: SESClient): Promise<ActiveRules | undefined> {
  const { Metadata, Rules = [] } = await client.send(new DescribeActiveReceiptRuleSetCommand({}));
  if (Metadata?.Name === undefined) return undefined;
  return {
    name: Metadata.Name,
    rules: Rules.map(({ Name = "", Enabled }) => ({ name: Name, isEnabled: Enabled === true })),
  };
}
