import { mkdirSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import {
  CreateTableCommand,
  DescribeTableCommand,
  ResourceInUseException,
} from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import dynalite from "dynalite";
import { createDocumentClient } from "../functions/adapters/dynamodb-client.ts";
import { LEDGER_TABLE, PAIRS_TABLE, type TableSchema } from "../functions/adapters/table-schema.ts";

export const PAIRS_TABLE_NAME = "common-ground-pairs";
export const LEDGER_TABLE_NAME = "common-ground-ledger";
const ACTIVE_POLL_MS = 5;

/** A running DynamoDB engine with both tables. */
export interface Database {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  close(): Promise<void>;
}

/**
 * Starts the embedded DynamoDB engine (dynalite) on a free loopback port and creates what is missing.
 *
 * @param directory where the tables are kept; in memory when absent
 */
export async function startDatabase(directory?: string): Promise<Database> {
  if (directory !== undefined) mkdirSync(directory, { recursive: true });
  const server = dynalite({
    createTableMs: 0,
    ...(directory === undefined ? {} : { path: directory }),
  });
  const endpoint = await listen(server);
  const client = localDocumentClient(endpoint);
  await createTable(client, PAIRS_TABLE_NAME, PAIRS_TABLE);
  await createTable(client, LEDGER_TABLE_NAME, LEDGER_TABLE);
  client.destroy();
  return { endpoint, close: () => close(server) };
}

/** The real SDK client, pointed at the embedded engine, which asks for some credentials but reads none. */
export function localDocumentClient(endpoint: string): DynamoDBDocumentClient {
  return createDocumentClient({
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
}

/** Creates a table as on AWS; one that is there stays as it is. */
export async function createTable(
  client: DynamoDBDocumentClient,
  name: string,
  schema: TableSchema,
): Promise<void> {
  try {
    await client.send(new CreateTableCommand(createTableInput(name, schema)));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  await untilActive(client, name);
}

/** The engine answers "no such table" for the moment in which it creates one. */
async function untilActive(client: DynamoDBDocumentClient, name: string): Promise<void> {
  for (;;) {
    const { Table: table } = await client.send(new DescribeTableCommand({ TableName: name }));
    if (table?.TableStatus === "ACTIVE") return;
    await setTimeout(ACTIVE_POLL_MS);
  }
}

function createTableInput(name: string, { partition, sort, indexes }: TableSchema) {
  const keys = [partition, sort, ...indexes.flatMap((index) => [index.partition, index.sort])];
  return {
    TableName: name,
    BillingMode: "PAY_PER_REQUEST" as const,
    AttributeDefinitions: keys.map((AttributeName) => ({
      AttributeName,
      AttributeType: "S" as const,
    })),
    KeySchema: keySchema(partition, sort),
    GlobalSecondaryIndexes: indexes.map((index) => ({
      IndexName: index.name,
      KeySchema: keySchema(index.partition, index.sort),
      Projection: { ProjectionType: "KEYS_ONLY" as const },
    })),
  };
}

function keySchema(partition: string, sort: string) {
  return [
    { AttributeName: partition, KeyType: "HASH" as const },
    { AttributeName: sort, KeyType: "RANGE" as const },
  ];
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
}

/** Open keep-alive connections would hold the engine, and with it the store on disk, for seconds. */
function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error instanceof Error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
