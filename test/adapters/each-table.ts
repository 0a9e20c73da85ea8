import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe } from "vitest";
import { dynamodbTable } from "../../functions/adapters/dynamodb-table.ts";
import { memoryTable } from "../../functions/adapters/memory-table.ts";
import { storableRow } from "../../functions/adapters/row-schema.ts";
import { PAIRS_TABLE } from "../../functions/adapters/table-schema.ts";
import type { Table } from "../../functions/ports.ts";
import { createTable, localDocumentClient } from "../../local/database.ts";
import { asTable, createFastTable } from "../simulation/fast-table.ts";
import { startTestEngine, type TestEngine } from "../support/dynalite.ts";

type Suite = (newTable: () => Promise<Table>) => void;

/** Of a DynamoDB that runs already: the stage's in `npm run test:deploy`, or DynamoDB Local (docs/SIMULATION.md). */
const { DYNAMODB_ENDPOINT } = process.env;

/** Runs one contract suite on memory, on the simulator's table, and on the DynamoDB API through the real SDK. */
export function describeOnEachTable(subject: string, suite: Suite): void {
  describe(`${subject}, in memory`, () => suite(async () => memoryTable()));
  describe(`${subject}, in the simulator`, () => suite(async () => simulatedTable()));
  describe(`${subject}, on the DynamoDB API`, () => onEmbeddedEngine(suite));
  if (DYNAMODB_ENDPOINT !== undefined) {
    describe(`${subject}, on a DynamoDB that runs already`, () =>
      onRunningEngine(DYNAMODB_ENDPOINT, suite));
  }
}

function onEmbeddedEngine(suite: Suite): void {
  let engine: TestEngine | undefined;
  beforeAll(async () => {
    engine = await startTestEngine();
  });
  afterAll(() => engine?.stop());
  suite(() => {
    if (engine === undefined) throw new Error("The engine runs before the first test.");
    return engine.newTable();
  });
}

function onRunningEngine(endpoint: string, suite: Suite): void {
  const client = localDocumentClient(endpoint);
  afterAll(() => client.destroy());
  suite(async () => {
    const name = `test-${randomUUID()}`;
    await createTable(client, name, PAIRS_TABLE);
    return dynamodbTable(client, name);
  });
}

/** As the simulator's ports ask it, with the index up to date. */
function simulatedTable(): Table {
  const nothing = () => undefined;
  return asTable(
    createFastTable({ nowMs: () => 0, lagMs: () => 0, onWrite: nothing, store: storableRow }),
  );
}
