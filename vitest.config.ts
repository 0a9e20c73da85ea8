import { defineConfig } from "vitest/config";

/** Suites that hold for every table; they run on the deployed stage's DynamoDB too. */
export const SUITES_ON_EACH_TABLE = [
  "breaker",
  "course-store",
  "limits",
  "pacer",
  "pair-store",
  "send-ledger",
  "sessions",
  "table",
  "valve",
  "watermarks",
].map((name) => `test/adapters/${name}.test.ts`);

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "fast",
          include: ["test/**/*.test.{ts,tsx}"],
          exclude: ["test/infra/**", "test/browser/**", "test/journey/**", "test/deploy/**"],
          testTimeout: 20_000,
          // Files share a process and what it has loaded: no test mocks a module or sets the environment.
          isolate: false,
        },
      },
      {
        test: {
          name: "whole",
          include: [
            "test/browser/**/*.test.ts",
            "test/journey/**/*.test.ts",
            "test/infra/**/*.test.ts",
          ],
          testTimeout: 240_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "deploy",
          include: ["test/deploy/**/*.test.ts", ...SUITES_ON_EACH_TABLE],
          globalSetup: "test/deploy/setup.ts",
          testTimeout: 240_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
