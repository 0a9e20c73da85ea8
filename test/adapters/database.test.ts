import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { dynamodbTable } from "../../functions/adapters/dynamodb-table.ts";
import { pairStore } from "../../functions/adapters/pair-store.ts";
import { sendLedger } from "../../functions/adapters/send-ledger.ts";
import {
  LEDGER_TABLE_NAME,
  localDocumentClient,
  PAIRS_TABLE_NAME,
  startDatabase,
} from "../../local/database.ts";
import { pair, send } from "./examples.ts";

async function open(directory?: string) {
  const database = await startDatabase(directory);
  const client = localDocumentClient(database.endpoint);
  return {
    client,
    pairs: pairStore(dynamodbTable(client, PAIRS_TABLE_NAME)),
    ledger: sendLedger(dynamodbTable(client, LEDGER_TABLE_NAME)),
    async close() {
      client.destroy();
      await database.close();
    },
  };
}

describe("the embedded database", () => {
  test("has everything after a restart, indexes included, when it is kept on disk", async () => {
    const directory = join(mkdtempSync(join(tmpdir(), "database-")), "tables");
    try {
      const first = await open(directory);
      await first.pairs.create(pair);
      await first.ledger.plan(send);
      await first.close();
      const second = await open(directory);
      expect(await second.pairs.read(pair.id)).toEqual(pair);
      expect(await second.pairs.roster(pair.cohort, "active")).toEqual([pair]);
      expect(await second.ledger.list(pair.id, "lesson-")).toEqual([send]);
      await second.close();
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  test("begins empty when it is kept in memory", async () => {
    const first = await open();
    await first.pairs.create(pair);
    await first.close();
    const second = await open();
    expect(await second.pairs.read(pair.id)).toBeUndefined();
    await second.close();
  });

  test("has the due index on both tables and the roster on the pairs' alone", async () => {
    const { client, close } = await open();
    const indexesOf = async (name: string) => {
      const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
      return Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName).toSorted();
    };
    expect(await indexesOf(PAIRS_TABLE_NAME)).toEqual(["due", "roster"]);
    expect(await indexesOf(LEDGER_TABLE_NAME)).toEqual(["due"]);
    await close();
  });
});
