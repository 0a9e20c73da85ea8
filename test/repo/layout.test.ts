import { readdirSync, statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { SUITES_ON_EACH_TABLE } from "../../vitest.config.ts";
import { PRODUCT_TREES, ROOT, read, repositoryFiles } from "./files.ts";
import { headingsOf } from "./markdown.ts";

/** The words of the flow, in its order; `ls functions` reads as the picture in the README. */
const STEPS = [
  "enroll",
  "confirm",
  "schedule",
  "send",
  "receive",
  "feedback",
  "publish",
  "partner",
  "coordinator",
];
const GROUND = ["core", "ports", "adapters", "local", "infra", "operator"];

/** What stands at the top, and nothing else: no `src`, no `lib`, no notes somebody forgot. */
const TOP_LEVEL = [
  ".ci",
  ".gitignore",
  ".npmrc",
  ".nvmrc",
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  "LICENSE",
  "README.md",
  "biome.json",
  "cdk.json",
  "docs",
  "emails",
  "functions",
  "infra",
  "local",
  "operator",
  "package-lock.json",
  "package.json",
  "test",
  "tsconfig.json",
  "vitest.config.ts",
];

/** Folders of tests that are about no single step. */
const OTHER_TESTS = [
  "adapters",
  "bench",
  "browser",
  "core",
  "deploy",
  "emails",
  "infra",
  "journey",
  "local",
  "operator",
  "replies",
  "repo",
  "simulation",
  "support",
];

const files = repositoryFiles();

function foldersIn(tree: string): readonly string[] {
  const inside = files.filter((name) => name.startsWith(`${tree}/`));
  return [...new Set(inside.map((name) => name.split("/").slice(1, -1)[0] ?? ""))].filter(Boolean);
}

describe("every step of the flow", () => {
  test.each(STEPS)("%s is a folder of functions with code in it", (step) => {
    expect(files.filter((name) => name.startsWith(`functions/${step}/`))).not.toEqual([]);
  });

  test.each(STEPS)("%s has a test in a folder of its name", (step) => {
    const tests = files.filter((name) => new RegExp(`^test/${step}/.*\\.test\\.tsx?$`).test(name));
    expect(tests).not.toEqual([]);
  });

  // The stacks come later; from the first construct on, each step needs one.
  test("is a construct, once there are constructs", () => {
    const constructs = files.filter((name) => name.startsWith("infra/constructs/"));
    const missing = STEPS.filter((step) => !constructs.includes(`infra/constructs/${step}.ts`));
    expect(missing).toEqual(constructs.length === 0 ? STEPS : []);
  });

  test("is a heading of ARCHITECTURE.md, in the order of the flow, and so is what they stand on", () => {
    expect(headingsOf(read("docs/ARCHITECTURE.md"), 2)).toEqual([...STEPS, ...GROUND]);
  });

  test("stands in the README's picture, but for publish, which happens before it", () => {
    const picture = /```\n([\s\S]*?)```/.exec(read("README.md"))?.[1] ?? "";
    const missing = STEPS.filter((step) => !picture.includes(step));
    expect(missing).toEqual(["publish"]);
  });
});

test("functions holds the steps, core and adapters, and no other folder", () => {
  expect(new Set(foldersIn("functions"))).toEqual(new Set([...STEPS, "core", "adapters"]));
});

test("test holds the steps and the kinds of tests that are about no single step", () => {
  expect(foldersIn("test").filter((name) => ![...STEPS, ...OTHER_TESTS].includes(name))).toEqual(
    [],
  );
});

test("nothing unexpected stands at the top", () => {
  const top = [...new Set(files.map((name) => name.split("/")[0] ?? ""))];
  expect(top.filter((name) => !TOP_LEVEL.includes(name))).toEqual([]);
});

test("nothing that a command makes is kept", () => {
  const made =
    /(^|\/)(node_modules|coverage|cdk\.out[^/]*|\.compiled|\.cache|\.data)\/|\.(js|map|tsbuildinfo|log|tgz)$|\.tmp\./;
  expect(files.filter((name) => made.test(name))).toEqual([]);
});

test("there are no drawers: utils, helpers, common, shared, types, index", () => {
  const drawer = /(^|\/)(src|lib|utils?|helpers?|common|shared|types|index)(\/|\.tsx?$)/;
  const ours = files.filter((name) => PRODUCT_TREES.some((tree) => name.startsWith(`${tree}/`)));
  expect(ours.filter((name) => drawer.test(name))).toEqual([]);
});

test("decisions are numbered from 1 without a gap, and their headings carry their numbers", () => {
  const names = readdirSync(`${ROOT}docs/decisions`).sort();
  expect(names.map((name) => Number(name.slice(0, 4)))).toEqual(names.map((_, index) => index + 1));
  const wrong = names.filter(
    (name) => !read(`docs/decisions/${name}`).startsWith(`# ${Number(name.slice(0, 4))}. `),
  );
  expect(wrong).toEqual([]);
});

test("CI's entry point can be run and runs the README's own test command", () => {
  expect(statSync(`${ROOT}.ci/run`).mode & 0o111).not.toBe(0);
  expect(read("README.md")).toMatch(/^npm ci && npm test\b/m);
  expect(read(".ci/run")).toMatch(/ npm test$/m);
  expect(read(".ci/run")).toMatch(/ npm run test:deploy$/m);
});

test("each suite that runs on every table runs on the deployed stage's too", () => {
  const suites = repositoryFiles().filter(
    (name) => name.endsWith(".test.ts") && /^describeOnEachTable\(/m.test(read(name)),
  );
  expect(suites).toEqual(SUITES_ON_EACH_TABLE);
});
