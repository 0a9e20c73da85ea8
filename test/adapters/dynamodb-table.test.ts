import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { dynamodbTable } from "../../functions/adapters/dynamodb-table.ts";
import { pairStore } from "../../functions/adapters/pair-store.ts";
import type { Row, Table } from "../../functions/ports.ts";
import { localDocumentClient } from "../../local/database.ts";
import { startTestEngine, type TestEngine } from "../support/dynalite.ts";
import { type LossyProxy, startLossyProxy } from "../support/lossy-proxy.ts";
import { NOON, pair } from "./examples.ts";

const key = { pk: "PAIR#abc", sk: "GAP#sp1" };
const row: Row = { ...key, version: 1, item: "lesson-01", at: NOON };

describe("a DynamoDB table behind a network that loses answers", () => {
  let engine: TestEngine;
  let proxy: LossyProxy;
  let near: Table;
  let far: Table;
  beforeAll(async () => {
    engine = await startTestEngine();
  });
  afterAll(() => engine.stop());
  beforeEach(async () => {
    proxy = await startLossyProxy(engine.endpoint);
    const { name, table } = await engine.newNamedTable();
    near = table;
    far = dynamodbTable(localDocumentClient(proxy.endpoint), name);
  });
  afterEach(() => proxy.stop());

  test("knows its own write again when only the answer was lost", async () => {
    proxy.passages.push("answer-lost");
    expect(await far.put(row, "absent")).toBe("written");
    proxy.passages.push("answer-lost");
    expect(await far.put({ ...row, version: 2 }, 1)).toBe("written");
    expect(await near.get(key)).toEqual({ ...row, version: 2 });
  });

  test("writes once when the request was lost", async () => {
    proxy.passages.push("request-lost");
    expect(await far.put(row, "absent")).toBe("written");
    expect(await near.get(key)).toEqual(row);
  });

  test("takes nobody else's row for its own, not even one that looks the same", async () => {
    await near.put(row, "absent");
    proxy.passages.push("answer-lost");
    expect(await far.put(row, "absent")).toBe("conflict");
  });

  test("asks nothing more when the first answer says conflict", async () => {
    await near.put(row, "absent");
    expect(await far.put(row, "absent")).toBe("conflict");
    expect(proxy.requests.count).toBe(1);
  });

  test("counts a row as removed when only the answer was lost", async () => {
    await near.put(row, "absent");
    proxy.passages.push("answer-lost");
    expect(await far.remove(key, 1)).toBe("written");
    expect(await near.get(key)).toBeUndefined();
  });

  test("says that it does not know when every answer is lost", async () => {
    proxy.passages.push(...Array.from({ length: 20 }, () => "answer-lost" as const));
    await expect(far.put(row, "absent")).rejects.toThrow(Error);
    expect(await near.get(key)).toEqual(row);
  });
});

/** Between the answer of the index and the reading of the row, the pair completes its course. */
function changedAfterQuery(client: DynamoDBDocumentClient, table: Table): DynamoDBDocumentClient {
  const send = async (command: QueryCommand) => {
    const answer = await client.send(command);
    if (command instanceof QueryCommand) {
      const state = { kind: "completed", startedAt: NOON, completedAt: NOON } as const;
      await pairStore(table).save({ ...pair, state });
    }
    return answer;
  };
  return { send } as unknown as DynamoDBDocumentClient;
}

describe("a DynamoDB table", () => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startTestEngine();
  });
  afterAll(() => engine.stop());

  test("refuses to read a row that holds what no row type lists", async () => {
    const { name, table } = await engine.newNamedTable();
    const foreign = { ...row, note: "Maria" };
    await engine.client.send(new PutCommand({ TableName: name, Item: foreign }));
    await expect(table.get(key)).rejects.toThrow("note");
    await expect(table.query(key.pk, "")).rejects.toThrow("note");
  });

  test("leaves out of the roster what the index still names and the row denies", async () => {
    const { name, table } = await engine.newNamedTable();
    await pairStore(table).create(pair);
    const late = dynamodbTable(changedAfterQuery(engine.client, table), name);
    expect(await late.roster("coast#active")).toEqual([]);
    expect(await table.roster("coast#completed")).toHaveLength(1);
  });

  test("reads page after page when a partition is larger than one answer", async () => {
    const { table } = await engine.newNamedTable();
    const content = "x".repeat(350_000);
    const mails = Array.from({ length: 5 }, (_, index) => `mail-${index}`);
    for (const mail of mails) {
      const sk = `EDITION#abc#${mail}#en`;
      await table.put({ pk: "COURSE#c", sk, version: 1, mail, locale: "en", content }, "absent");
    }
    const read = await table.query("COURSE#c", "EDITION#");
    expect(read.map(({ mail }) => mail)).toEqual(mails);
  });
});
