import {
  DescribeActiveReceiptRuleSetCommand,
  type SESClient,
  SetActiveReceiptRuleSetCommand,
} from "@aws-sdk/client-ses";
import type { ReceiptRules } from "../receive/activate-rules.ts";

export function sesReceiptRules(client: SESClient): ReceiptRules {
  return {
    active: async () => {
      const { Metadata } = await client.send(new DescribeActiveReceiptRuleSetCommand({}));
      return Metadata?.Name;
    },
    activate: async (set) => {
      await client.send(new SetActiveReceiptRuleSetCommand(set ? { RuleSetName: set } : {}));
    },
  };
}
