import { randomBytes } from "node:crypto";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
} from "@aws-sdk/lib-dynamodb";
import type { DueKey, Row, RowKey, Table } from "../ports.ts";
import { storableRow } from "./row-schema.ts";

/** DynamoDB takes no more keys in one BatchGetItem. */
const BATCH_GET_MAX = 100;
/** A throttled BatchGetItem hands keys back; this many rounds are asked before it is an error. */
const BATCH_ROUNDS_MAX = 20;

type Item = Record<string, unknown>;

/**
 * One DynamoDB table as a `Table`.
 *
 * When the answer to a conditional write is lost, the SDK asks again, and the second request fails on
 * the row the first one wrote. So each write carries a random `writeId`: a failed condition after more
 * than one request is followed by a consistent read, and the row that carries our id was written by us.
 * (Overwritten in between, it counts as a conflict: the caller decides again on what stands there.)
 */
export function dynamodbTable(client: DynamoDBDocumentClient, tableName: string): Table {
  const read = async ({ pk, sk }: RowKey): Promise<Item | undefined> => {
    const command = { TableName: tableName, Key: { pk, sk }, ConsistentRead: true };
    return (await client.send(new GetCommand(command))).Item;
  };
  return {
    get: async (key) => toRow(await read(key)),
    async put(row, replaces) {
      const item = { ...storableRow(row), writeId: randomBytes(12).toString("base64url") };
      const condition = replaces === "absent" ? ABSENT : versionIs(replaces);
      const failed = await conflictOf(() =>
        client.send(new PutCommand({ TableName: tableName, Item: item, ...condition })),
      );
      if (failed === undefined) return "written";
      const isOurs = failed.mayBeOurs && (await read(row))?.writeId === item.writeId;
      return isOurs ? "written" : "conflict";
    },
    async remove({ pk, sk }, replaces) {
      const command = { TableName: tableName, Key: { pk, sk }, ...absentOrVersionIs(replaces) };
      const failed = await conflictOf(() => client.send(new DeleteCommand(command)));
      return failed === undefined ? "written" : "conflict";
    },
    query: async (pk, prefix) => {
      const range = prefix === "" ? IN_PARTITION : STARTS_WITH;
      const values = { ":pk": pk, ...(prefix === "" ? {} : { ":prefix": prefix }) };
      const items = await queryAll(client, {
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: range,
        ExpressionAttributeValues: values,
      });
      return items.flatMap((item) => toRow(item) ?? []);
    },
    due: async (shard, from, until, limit) =>
      (await queryAll(client, dueQuery(tableName, shard, from, until), limit)).map(toDueKey),
    roster: async (rosterKey) => {
      const keys = await queryAll(client, rosterQuery(tableName, rosterKey));
      const items = await getAll(client, tableName, keys.map(toKey));
      return items
        .flatMap((item) => toRow(item) ?? [])
        .filter((row) => row.rosterKey === rosterKey);
    },
  };
}

const ABSENT = { ConditionExpression: "attribute_not_exists(pk)" } as const;
const IN_PARTITION = "pk = :pk";
const STARTS_WITH = "pk = :pk AND begins_with(sk, :prefix)";

function versionIs(version: number) {
  return {
    ConditionExpression: "#version = :version",
    ExpressionAttributeNames: { "#version": "version" },
    ExpressionAttributeValues: { ":version": version },
  };
}

function absentOrVersionIs(version: number) {
  const condition = versionIs(version);
  return {
    ...condition,
    ConditionExpression: `attribute_not_exists(pk) OR ${condition.ConditionExpression}`,
  };
}

function dueQuery(tableName: string, shard: string, from: string, until: string) {
  return {
    TableName: tableName,
    IndexName: "due",
    KeyConditionExpression: "dueShard = :shard AND dueAt BETWEEN :from AND :until",
    ExpressionAttributeValues: { ":shard": shard, ":from": from, ":until": until },
  };
}

function rosterQuery(tableName: string, rosterKey: string) {
  return {
    TableName: tableName,
    IndexName: "roster",
    KeyConditionExpression: "rosterKey = :rosterKey",
    ExpressionAttributeValues: { ":rosterKey": rosterKey },
  };
}

/** @returns undefined when the write went through; any other failure is thrown on */
async function conflictOf(
  write: () => Promise<unknown>,
): Promise<{ readonly mayBeOurs: boolean } | undefined> {
  try {
    await write();
    return undefined;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return { mayBeOurs: (error.$metadata.attempts ?? 1) > 1 };
  }
}

/** Page after page until the limit is reached or nothing is left. */
async function queryAll(
  client: DynamoDBDocumentClient,
  input: QueryCommandInput,
  limit = Number.POSITIVE_INFINITY,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const left = limit - items.length;
    const page = await client.send(
      new QueryCommand({
        ...input,
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
        ...(Number.isFinite(left) ? { Limit: left } : {}),
      }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined && items.length < limit);
  return items;
}

/** Rows by key, read consistently, in the order of the keys; a key without a row is left out. */
async function getAll(
  client: DynamoDBDocumentClient,
  tableName: string,
  keys: readonly RowKey[],
): Promise<readonly Item[]> {
  const found = new Map<string, Item>();
  let open = [...keys];
  for (let round = 0; open.length > 0; round += 1) {
    if (round > BATCH_ROUNDS_MAX + keys.length / BATCH_GET_MAX) {
      throw new Error("The table hands the same keys back again and again; it is throttled.");
    }
    const batch = open.slice(0, BATCH_GET_MAX);
    const answer = await client.send(
      new BatchGetCommand({ RequestItems: { [tableName]: { Keys: batch, ConsistentRead: true } } }),
    );
    for (const item of answer.Responses?.[tableName] ?? []) found.set(nameOf(toKey(item)), item);
    const handedBack = answer.UnprocessedKeys?.[tableName]?.Keys ?? [];
    open = [...open.slice(BATCH_GET_MAX), ...handedBack.map(toKey)];
  }
  return keys.map((key) => found.get(nameOf(key))).filter((item) => item !== undefined);
}

function toRow(item: Item | undefined): Row | undefined {
  if (item === undefined) return undefined;
  const { writeId: _, ...row } = item;
  return storableRow(row as Row);
}

function toKey(item: Item): RowKey {
  return { pk: String(item.pk), sk: String(item.sk) };
}

function toDueKey(item: Item): DueKey {
  return { ...toKey(item), dueAt: String(item.dueAt) };
}

function nameOf({ pk, sk }: RowKey): string {
  return `${pk}\n${sk}`;
}
