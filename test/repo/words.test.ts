import { describe, expect, test } from "vitest";
import { findAll, findIn, isCode, isProduct, read, repositoryFiles } from "./files.ts";

/** This file holds what it looks for. */
const files = repositoryFiles().filter((name) => name !== "test/repo/words.test.ts");
const code = files.filter(isCode);
const product = files.filter(isProduct);

const LINES_MAX = 400;
const COMMENT_SHARE_MIN = 0.08;
const COMMENT_SHARE_MAX = 0.2;

test("no path of one machine and no host of a registry stands in any file", () => {
  expect(findAll(files, MACHINE)).toEqual([]);
});

const MACHINE =
  /\/(?:work|tmp|home|root|Users)\/|\bregistry\.|\bnpmjs\b|\bartifactory\b|\bverdaccio\b/gi;

test("a path of one machine would be found", () => {
  const text = "see /work/shared/x\nand /tmp/y\nand https://registry.npmjs.org/z";
  expect(findIn("a.md", text, MACHINE).length).toBeGreaterThanOrEqual(3);
});

test("no comment or document refers to a ticket, which a reader of the code cannot open", () => {
  expect(
    findAll(
      files.filter((name) => !name.startsWith("test/replies/")), // people write of tickets
      /\b(?:issue|ticket|PR) #?\d+\b/gi,
    ),
  ).toEqual([]);
});

/** What SES ends its Message-IDs with, and the domains that the form's question about misspellings is about. */
const REAL_DOMAINS =
  /@(?:[a-z0-9-]+\.)?amazonses\.com$|@(?:gmail\.com|gmial\.com|harbor\.org|harbor\.ogr|agency\.example\.con)$/i;
const ADDRESS = /[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}\b/gi;

function realAddresses(found: readonly string[]): readonly string[] {
  return found.filter((place) => !/\.example$/i.test(place) && !REAL_DOMAINS.test(place));
}

test("addresses in code, content and documents end in .example", () => {
  expect(realAddresses(findAll(files, ADDRESS))).toEqual([]);
});

test("an address that may be somebody's would be found", () => {
  const text = "max@county.gov, ana@harbor.example, 1-2@us-west-2.amazonses.com";
  expect(realAddresses(findIn("a.ts", text, ADDRESS))).toEqual(["a.ts:1: max@county.gov"]);
});

test("tests hand in ports and mock no module", () => {
  const mocks = /\b(?:vi|jest)\.(?:mock|doMock|hoisted|stubGlobal|stubEnv)\b/g;
  expect(findAll(code, mocks)).toEqual([]);
  expect(findIn("a.test.ts", 'vi.mock("./x.ts")', mocks)).toHaveLength(1);
});

test("no test is skipped or left alone", () => {
  const left = /\b(?:test|it|describe)\.(?:only|skip|todo|fails|skipIf|runIf)\b/g;
  expect(findAll(code, left)).toEqual([]);
  expect(findIn("a.test.ts", 'test.only("x")', left)).toHaveLength(1);
});

test("nothing is left to do in a comment, and no check is switched off without a reason", () => {
  expect(findAll(code, /\b(?:TODO|FIXME|XXX|HACK)\b/g)).toEqual([]);
  expect(findAll(code, /@ts-(?:ignore|nocheck|expect-error)\s*$/gm)).toEqual([]);
  expect(findAll(code, /biome-ignore [\w/]+:\s*(?:<explanation>)?\s*$/gm)).toEqual([]);
});

describe("sizes", () => {
  test(`no file of code has more than ${LINES_MAX} lines`, () => {
    const long = code.filter((name) => linesOf(name).length > LINES_MAX);
    expect(long).toEqual([]);
  });

  test("95 of 100 files of the product have at most 250 lines", () => {
    const sizes = product.map((name) => linesOf(name).length).sort((one, other) => one - other);
    expect(sizes.length).toBeGreaterThan(100);
    expect(sizes[Math.floor(sizes.length * 0.95)]).toBeLessThanOrEqual(250);
  });

  test("8 to 20 of 100 lines of the product say why", () => {
    const share = commentShare(product.map(read).join("\n"));
    expect(share).toBeGreaterThanOrEqual(COMMENT_SHARE_MIN);
    expect(share).toBeLessThanOrEqual(COMMENT_SHARE_MAX);
  });

  test("a comment is counted on each of its lines, a blank line is not", () => {
    expect(commentShare("/**\n * why\n */\nconst a = 1; // unit\n\nconst b = 2;\n")).toBe(4 / 5);
    expect(commentShare('const url = "https://a.example";\n')).toBe(0);
  });
});

function linesOf(name: string): readonly string[] {
  return read(name).trimEnd().split("\n");
}

function commentShare(source: string): number {
  const lines = source.split("\n").filter((line) => line.trim() !== "");
  let inside = false;
  const comments = lines.filter((line) => {
    const opens = /^\s*\{?\/\*/.test(line);
    const isComment = inside || opens || /(?:^|\s)\/\/ /.test(line);
    if (inside || opens) inside = !line.includes("*/");
    return isComment;
  });
  return comments.length / lines.length;
}
