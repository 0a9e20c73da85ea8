import { expect, test } from "vitest";
import { failWithoutWords } from "../../functions/adapters/failure.ts";
import { jsonLog } from "../../functions/adapters/log.ts";

test("a function that fails says what and where, and never what a person wrote", async () => {
  const lines: string[] = [];
  const failing = failWithoutWords(
    jsonLog((line) => lines.push(line)),
    "receive.failed",
    async () => {
      throw new RangeError("Ada wrote:\n    at the shelter we\nmet");
    },
  );
  const error = await failing.then(
    () => undefined,
    (thrown: unknown) => thrown as Error,
  );
  expect(error).toBeInstanceOf(Error);
  expect(`${error?.message} ${error?.stack} ${String(error?.cause)}`).not.toMatch(/Ada|shelter/);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    level: "error",
    event: "receive.failed",
    error: "RangeError",
    at: expect.stringMatching(/failure\.test\.ts/),
  });
  expect(lines.join()).not.toMatch(/Ada|shelter/);
});

test("a function that does what it was called for logs nothing", async () => {
  const lines: string[] = [];
  const log = jsonLog((line) => lines.push(line));
  await failWithoutWords(log, "receive.failed", async () => undefined);
  expect(lines).toEqual([]);
});
