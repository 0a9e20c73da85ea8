import type { Account, NameServers } from "../../infra/doctor/account.ts";
import type { Patient } from "../../infra/doctor/check.ts";
import { stageSettings } from "../../infra/stage-settings.ts";

export const NOW = "2026-11-24T15:00:00.000Z";

/** A deployment in which nothing is wrong, but for what a test changes. */
export function patientWith(
  changes: {
    readonly account?: Partial<Account>;
    readonly dns?: Partial<NameServers>;
    readonly settings?: Partial<Patient["settings"]>;
  } = {},
): Patient {
  return {
    settings: { ...stageSettings("trial"), ...changes.settings },
    account: { ...HEALTHY, ...changes.account },
    dns: { ...ENTERED, ...changes.dns },
    now: NOW,
  };
}

export const MAIL_DOMAIN = {
  isVerified: true,
  dkim: "SUCCESS",
  dkimTokens: ["abc", "def", "ghi"],
  dkimZone: "dkim.amazonses.com",
  mailFrom: "SUCCESS",
  mailFromDomain: "bounce.course.agency.example",
  onMxFailure: "REJECT_MESSAGE",
};

export const SENDING = {
  isOutOfSandbox: true,
  isEnabled: true,
  enforcement: "HEALTHY",
  perDay: 50_000,
  perSecond: 14,
};

const HEALTHY: Account = {
  number: async () => "123456789012",
  sending: async () => SENDING,
  stackStatus: async () => "UPDATE_COMPLETE",
  mailDomain: async () => MAIL_DOMAIN,
  isSetSending: async () => true,
  activeRules: async () => ({
    name: "common-ground-trial-receive",
    rules: [{ name: "common-ground-trial-replies", isEnabled: true }],
  }),
  secret: async () => JSON.stringify({ root: "k".repeat(64), signing: [] }),
  subscriptions: async () => [{ address: "operator@agency.example", isConfirmed: true }],
  ringing: async () => [],
  waiting: async () => 0,
  pausedSince: async () => undefined,
  waitingRows: async () => ({
    oldestPairDueAt: "2026-11-24T14:58:00.000Z",
    oldestSendDueAt: undefined,
    unresolvedUntil: [],
  }),
};

const ENTERED: NameServers = {
  addresses: async () => ["192.0.2.7"],
  aliases: async (name) => [`${name.split(".")[0]}.dkim.amazonses.com`],
  mailHosts: async (name) => [
    name.startsWith("reply.")
      ? "inbound-smtp.us-east-1.amazonaws.com"
      : "feedback-smtp.us-east-1.amazonses.com",
  ],
  texts: async (name) => [
    name.startsWith("_dmarc.") ? "v=DMARC1; p=none" : "v=spf1 include:amazonses.com -all",
  ],
};
