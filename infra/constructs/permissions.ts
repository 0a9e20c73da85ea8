import type { Table } from "aws-cdk-lib/aws-dynamodb";
import { Effect, PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { IndexSchema } from "../../functions/adapters/table-schema.ts";
import type { StateStack } from "../state-stack.ts";
import type { Queues } from "./queues.ts";

/** Allows exactly these actions on exactly these resources. */
export function allow(
  actions: readonly string[],
  resources: readonly string[],
  conditions: Readonly<Record<string, unknown>> = {},
): PolicyStatement {
  return new PolicyStatement({
    effect: Effect.ALLOW,
    actions: [...actions],
    resources: [...resources],
    conditions: { ...conditions },
  });
}

/** What each step needs that reads and changes pairs. Nothing is ever deleted from the ledger. */
export function mayChangePairs(state: StateStack, queues: Queues): readonly PolicyStatement[] {
  const { pairs, ledger, keys } = state;
  return [
    allow([...READ_AND_WRITE, "dynamodb:DeleteItem"], [pairs.tableArn]),
    allow(READ_AND_WRITE, [ledger.tableArn]),
    allow(["secretsmanager:GetSecretValue"], [keys.secretArn]),
    queues.due.maySend(),
    queues.fast.maySend(),
    queues.bulk.maySend(),
  ];
}

const READ_AND_WRITE = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"];

/** Rows of one kind only: those whose partition begins so. */
export function mayKeepRows(table: Table, partition: string): PolicyStatement {
  return allow(["dynamodb:GetItem", "dynamodb:PutItem"], [table.tableArn], {
    "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [`${partition}#*`] },
  });
}

export function mayQueryIndex(table: Table, name: IndexSchema["name"]): PolicyStatement {
  return allow(["dynamodb:Query"], [`${table.tableArn}/index/${name}`]);
}

/** SES's own list of addresses that bounced knows no narrower resource. */
export function mayLiftSuppressions(): PolicyStatement {
  return allow(["ses:DeleteSuppressedDestination"], ["*"]);
}
