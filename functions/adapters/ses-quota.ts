import { GetSendQuotaCommand, type SESClient } from "@aws-sdk/client-ses";
import { type Instant, plusMinutes } from "../core/instant.ts";
import type { Clock } from "../ports.ts";

/** What SES lets the account send. */
export interface SendQuota {
  readonly perSecond: number;
  readonly perDay: number;
}

/** AWS changes a quota once in a while; each function asks by itself. */
const ASK_MINUTES = 5;
/** A mail waits for this answer, within the time that `sendMail` asks to have left. */
export const QUOTA_TIMEOUT_MS = 1_000;

/**
 * The account's rate and daily quota as SES tells them, asked for once in five minutes.
 *
 * @returns undefined while SES does not answer, or sets no limit: then the deployment's settings hold
 */
export function sesQuota(client: SESClient, clock: Clock): () => Promise<SendQuota | undefined> {
  let known:
    | { readonly askAt: Instant; readonly quota: Promise<SendQuota | undefined> }
    | undefined;
  return () => {
    const now = clock.now();
    if (known === undefined || known.askAt <= now) {
      known = { askAt: plusMinutes(now, ASK_MINUTES), quota: ask(client) };
    }
    return known.quota;
  };
}

async function ask(client: SESClient): Promise<SendQuota | undefined> {
  try {
    const { MaxSendRate = -1, Max24HourSend = -1 } = await client.send(new GetSendQuotaCommand({}));
    return { perSecond: limitOf(MaxSendRate), perDay: limitOf(Max24HourSend) };
  } catch {
    return undefined; // an outage, which the next mail will tell about
  }
}

/** SES says -1 where there is no limit. */
function limitOf(told: number): number {
  return told < 0 ? Number.POSITIVE_INFINITY : told;
}
