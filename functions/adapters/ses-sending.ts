import { type SESClient, UpdateConfigurationSetSendingEnabledCommand } from "@aws-sdk/client-ses";
import type { Log } from "../ports.ts";

/**
 * Pauses all mail of one configuration set. SES then answers each send with a refusal that says nothing
 * was accepted, so planned mail waits and nothing is lost. Only a person switches it on again.
 */
export async function pauseSending(
  client: SESClient,
  configurationSet: string,
  log: Log,
): Promise<void> {
  await client.send(
    new UpdateConfigurationSetSendingEnabledCommand({
      ConfigurationSetName: configurationSet,
      Enabled: false,
    }),
  );
  log.error("feedback.paused", {});
}
