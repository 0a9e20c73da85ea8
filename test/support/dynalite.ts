import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { dynamodbTable } from "../../functions/adapters/dynamodb-table.ts";
import { PAIRS_TABLE } from "../../functions/adapters/table-schema.ts";
import type { Table } from "../../functions/ports.ts";
import {
  createTable,
  type Database,
  localDocumentClient,
  startDatabase,
} from "../../local/database.ts";

/** One embedded engine for a test file; each test asks it for a table of its own. */
export interface TestEngine {
  readonly endpoint: string;
  readonly client: DynamoDBDocumentClient;
  newTable(): Promise<Table>;
  /** The same, and the name under which a test can reach around the adapter. */
  newNamedTable(): Promise<{ readonly name: string; readonly table: Table }>;
  stop(): Promise<void>;
}

export async function startTestEngine(): Promise<TestEngine> {
  const database: Database = await startDatabase();
  const client = localDocumentClient(database.endpoint);
  let count = 0;
  const newNamedTable = async () => {
    count += 1;
    const name = `test-table-${count}`;
    await createTable(client, name, PAIRS_TABLE);
    return { name, table: dynamodbTable(client, name) };
  };
  return {
    endpoint: database.endpoint,
    client,
    newNamedTable,
    newTable: async () => (await newNamedTable()).table,
    async stop() {
      client.destroy();
      await database.close();
    },
  };
}
