import type { Instant } from "../../functions/core/instant.ts";

/** What the doctor asks AWS. Nothing in it changes anything; `undefined` means that there is no such thing. */
export interface Account {
  /** Twelve digits: whose credentials these are. */
  number(): Promise<string>;
  sending(): Promise<Sending>;
  /** CloudFormation's word for how the stack's last deployment ended, such as `UPDATE_COMPLETE`. */
  stackStatus(name: string): Promise<string | undefined>;
  mailDomain(domain: string): Promise<MailDomainState | undefined>;
  /** Whether mail with this configuration set goes out. */
  isSetSending(configurationSet: string): Promise<boolean | undefined>;
  activeRules(): Promise<ActiveRules | undefined>;
  secret(name: string): Promise<string | undefined>;
  subscriptions(topicName: string): Promise<readonly Subscription[] | undefined>;
  /** Names of the alarms that are going off, of those whose names begin so. */
  ringing(prefix: string): Promise<readonly string[]>;
  /** How many messages wait in a queue, about. */
  waiting(queueName: string): Promise<number | undefined>;
  waitingRows(): Promise<WaitingRows>;
  /** Since when the safety valve holds back course mail; undefined when it does not. */
  pausedSince(): Promise<Instant | undefined>;
}

/** SES's `GetAccount`. */
export interface Sending {
  readonly isOutOfSandbox: boolean;
  readonly isEnabled: boolean;
  /** `HEALTHY`, `PROBATION` or `SHUTDOWN`. */
  readonly enforcement: string;
  readonly perDay: number;
  readonly perSecond: number;
}

/** SES's `GetEmailIdentity`. */
export interface MailDomainState {
  readonly isVerified: boolean;
  readonly dkim: DnsStatus;
  /** Names of the keys SES signs with, each a CNAME to be. */
  readonly dkimTokens: readonly string[];
  /** Where those names lead. */
  readonly dkimZone: string;
  readonly mailFrom: DnsStatus;
  readonly mailFromDomain: string;
  readonly onMxFailure: string;
}

/** SES looks into the DNS by itself, for 72 hours: `PENDING`, `SUCCESS`, `FAILED` and a few more. */
export type DnsStatus = string;

export interface ActiveRules {
  readonly name: string;
  readonly rules: readonly { readonly name: string; readonly isEnabled: boolean }[];
}

export interface Subscription {
  readonly address: string;
  readonly isConfirmed: boolean;
}

/** What the due index of both tables holds. */
export interface WaitingRows {
  readonly oldestPairDueAt: Instant | undefined;
  readonly oldestSendDueAt: Instant | undefined;
  /** Sends whose answer was lost, by the end of their grace. */
  readonly unresolvedUntil: readonly Instant[];
}

/** What the world's name servers say; an empty list when they know nothing. */
export interface NameServers {
  addresses(name: string): Promise<readonly string[]>;
  aliases(name: string): Promise<readonly string[]>;
  /** Hosts in lower case, without a dot at the end. */
  mailHosts(name: string): Promise<readonly string[]>;
  texts(name: string): Promise<readonly string[]>;
}
