import { afterAll, beforeAll, describe } from "vitest";
import { memoryTable } from "../../functions/adapters/memory-table.ts";
import type { Table } from "../../functions/ports.ts";
import { startTestEngine, type TestEngine } from "../support/dynalite.ts";

/** Runs one contract suite twice: on memory, and on the DynamoDB API through the real SDK. */
export function describeOnEachTable(
  subject: string,
  suite: (newTable: () => Promise<Table>) => void,
): void {
  describe(`${subject}, in memory`, () => suite(async () => memoryTable()));
  describe(`${subject}, on the DynamoDB API`, () => {
    let engine: TestEngine | undefined;
    beforeAll(async () => {
      engine = await startTestEngine();
    });
    afterAll(() => engine?.stop());
    suite(() => {
      if (engine === undefined) throw new Error("The engine runs before the first test.");
      return engine.newTable();
    });
  });
}
