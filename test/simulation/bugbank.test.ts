import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ALL_BUGS } from "./bugbank/all-bugs.ts";
import { type Copy, createCopy, readSource } from "./bugbank/copy.ts";
import { searchBug } from "./bugbank/find-bug.ts";
import { type PlantedBug, plant } from "./bugbank/planted-bug.ts";

const ROOT = join(import.meta.dirname, "../..");
const CHECKS = join(import.meta.dirname, "checks");
const checks = readdirSync(CHECKS)
  .map((file) => readFileSync(join(CHECKS, file), "utf8"))
  .join("\n");

test("the bank has thirty bugs and more, each with a name of its own", () => {
  const names = ALL_BUGS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(30);
});

describe.each(ALL_BUGS.map((bug) => [bug.name, bug] as const))("%s", (_, bug) => {
  test("still applies to the code", () => {
    const source = readSource(bug.file);
    expect(plant(source, bug)).not.toBe(source);
  });

  test("names checks that there are, and a test that there is", () => {
    for (const check of bug.checks) expect(checks).toContain(`"${check}"`);
    // The first words may come from a table of cases.
    const lastWords = bug.test.title.split(" ").slice(-2).join(" ");
    expect(readFileSync(join(ROOT, bug.test.file), "utf8")).toContain(`${lastWords}"`);
  });
});

test("a bug whose place in the code has changed is an error and not a bug that survived", () => {
  const [bug] = ALL_BUGS as [PlantedBug];
  expect(() => plant("something else", bug)).toThrow(/does not apply any more/);
  const twice = readSource(bug.file).repeat(2);
  expect(() => plant(twice, bug)).toThrow(/2 times/);
});

describe("the simulator", () => {
  let copy: Copy;
  beforeAll(() => {
    copy = createCopy("test");
  });
  afterAll(() => copy.remove());

  test.each(["a mail is marked as sent before it is sent", "an event lowers a state"])(
    "finds in a few seeds that %s",
    async (name) => {
      const bug = ALL_BUGS.find((one) => one.name === name) as PlantedBug;
      const search = await copy.withBug(bug, () => searchBug(copy.folder, 20));
      expect(search).toMatchObject({
        kind: "found",
        checks: expect.arrayContaining([...bug.checks]),
      });
    },
    240_000,
  );

  test("finds nothing in code that is as it should be", async () => {
    expect(await searchBug(copy.folder, 2)).toEqual({ kind: "survived", seeds: 2 });
  }, 240_000);
});
