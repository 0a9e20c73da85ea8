import * as z from "zod";
import { liveReceiptRules } from "../adapters/live-ports.ts";
import { answerStack } from "../adapters/stack-request.ts";
import { activateRules, deactivateRules } from "./activate-rules.ts";

const { rules, log } = liveReceiptRules();
const Properties = z.object({ RuleSetName: z.string().min(1) });

/** CloudFormation, when the receipt rules were made and before they are deleted. */
export async function handler(event: unknown): Promise<void> {
  const nameOf = ({ RuleSetName }: z.output<typeof Properties>) => RuleSetName;
  await answerStack(event, Properties, nameOf, async ({ RequestType, ResourceProperties }) => {
    const { RuleSetName } = ResourceProperties;
    if (RequestType === "Delete") return deactivateRules(rules, RuleSetName);
    log.info("receive.rules", { state: await activateRules(rules, RuleSetName) });
  });
}
