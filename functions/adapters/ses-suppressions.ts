import { DeleteSuppressedDestinationCommand, type SESv2Client } from "@aws-sdk/client-sesv2";
import type { SesSuppressions } from "../ports.ts";
import { asciiAddress } from "./ascii-address.ts";

/** The account's own list, which only SES's second API knows. */
export function sesSuppressions(client: SESv2Client): SesSuppressions {
  return {
    async remove(email) {
      const EmailAddress = asciiAddress(email);
      try {
        await client.send(new DeleteSuppressedDestinationCommand({ EmailAddress }));
      } catch (error) {
        const isGone = error instanceof Error && error.name === "NotFoundException";
        if (!isGone) throw error;
      }
    },
  };
}
