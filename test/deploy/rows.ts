import { PutCommand, paginateScan } from "@aws-sdk/lib-dynamodb";
import type { Pair, PairTimers } from "../../functions/core/pair.ts";
import type { Send } from "../../functions/core/send.ts";
import type { Stage } from "./stage.ts";

export interface StoredRow extends Readonly<Record<string, unknown>> {
  readonly pk: string;
  readonly sk: string;
  readonly version: number;
}

type TableName = "pairs" | "ledger";

/** All rows whose partition begins so. */
export async function rowsOf(
  { aws, nameOf }: Stage,
  table: TableName,
  partition: string,
): Promise<readonly StoredRow[]> {
  const pages = paginateScan(
    { client: aws.documents },
    {
      TableName: nameOf(table),
      ConsistentRead: true,
      FilterExpression: "begins_with(pk, :partition)",
      ExpressionAttributeValues: { ":partition": partition },
    },
  );
  const rows: StoredRow[] = [];
  for await (const { Items = [] } of pages) rows.push(...(Items as StoredRow[]));
  return rows;
}

export async function sendsOf(stage: Stage): Promise<readonly Send[]> {
  const rows = await rowsOf(stage, "ledger", "PAIR#");
  return rows.filter(({ sk }) => sk.startsWith("SEND#")) as unknown as Send[];
}

/** The pair in which somebody with this address sits. */
export async function pairOf(stage: Stage, email: string): Promise<Pair & StoredRow> {
  const pairs = (await rowsOf(stage, "pairs", "PAIR#")).filter(({ sk }) => sk === "PAIR");
  const found = (pairs as unknown as (Pair & StoredRow)[]).find(
    ({ seats }) => seats.sp.email === email || seats.le.email === email,
  );
  if (found === undefined) throw new Error(`${email} is in no pair`);
  return found;
}

/** What is logged of a pair, a line for each: day and kind. */
export async function logOf(stage: Stage, { pk }: StoredRow): Promise<readonly string[]> {
  const rows = await rowsOf(stage, "pairs", pk);
  return rows.filter(({ sk }) => sk.startsWith("ACTION#")).map(({ on, kind }) => `${on} ${kind}`);
}

/** Writes over a row as it was read; fails when somebody wrote it meanwhile. */
export async function overwrite(stage: Stage, table: TableName, row: StoredRow): Promise<void> {
  await stage.aws.documents.send(
    new PutCommand({
      TableName: stage.nameOf(table),
      Item: { ...row, version: row.version + 1 },
      ConditionExpression: "#version = :version",
      ExpressionAttributeNames: { "#version": "version" },
      ExpressionAttributeValues: { ":version": row.version },
    }),
  );
}

/** The mail is held, as when SES's answer to it was lost twice. */
export async function letWaitForPerson(stage: Stage, { sesId }: Send): Promise<void> {
  const rows = await rowsOf(stage, "ledger", "PAIR#");
  const row = rows.find((one) => one.sesId === sesId);
  if (row === undefined) throw new Error(`The ledger knows no mail ${sesId}.`);
  await overwrite(stage, "ledger", { ...row, state: "held" });
}

/**
 * For this pair so much time has passed: every instant in its rows lies that much further back. The
 * emulator's clock cannot be moved, and the service asks no other.
 */
export async function letTimePass(stage: Stage, { pk }: StoredRow, ms: number): Promise<void> {
  for (const table of ["ledger", "pairs"] as const) {
    for (const row of await rowsOf(stage, table, pk))
      await overwrite(stage, table, earlier(row, ms));
  }
}

/** The pair's timer of this name ends now. */
export async function letTimerEnd(
  stage: Stage,
  pair: Pair & StoredRow,
  name: keyof PairTimers,
): Promise<void> {
  const timer = pair.timers[name];
  if (timer === undefined) throw new Error(`The pair has no timer ${name}.`);
  await letTimePass(stage, pair, Date.parse(timer.at) - Date.now());
}

function earlier(row: StoredRow, ms: number): StoredRow {
  return JSON.parse(JSON.stringify(row), (_, value: unknown) =>
    typeof value === "string" && INSTANT.test(value)
      ? new Date(Date.parse(value) - ms).toISOString()
      : value,
  );
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
