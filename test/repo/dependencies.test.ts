import { expect, test } from "vitest";
import { isProduct, read, repositoryFiles } from "./files.ts";
import { codeSpans, headingsOf, tableRows } from "./markdown.ts";

interface Package {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const { dependencies, devDependencies } = JSON.parse(read("package.json")) as Package;
const record = read("docs/decisions/0007-dependencies.md");
const product = repositoryFiles().filter(isProduct).map(read).join("\n");

/** Packages with a reason, in the part of the record below that heading. */
function reasonsBelow(heading: string): readonly string[] {
  const part = record.split(/^## /m).find((text) => text.startsWith(heading)) ?? "";
  return tableRows(part)
    .filter(([, reason]) => reason !== undefined && reason.length > 10)
    .flatMap(([names]) => codeSpans(names ?? ""));
}

test("each runtime dependency has its reason in the record, and the record names no other", () => {
  expect(headingsOf(record, 2)).toContain("At run time");
  expect([...reasonsBelow("At run time")].sort()).toEqual(Object.keys(dependencies).sort());
});

test("each dependency for building and testing has its reason too", () => {
  const reasons = reasonsBelow("For building");
  const explains = (name: string) =>
    reasons.some(
      (reason) => reason === name || (reason.endsWith("*") && name.startsWith(reason.slice(0, -1))),
    );
  expect(Object.keys(devDependencies).filter((name) => !explains(name))).toEqual([]);
  const names = Object.keys(devDependencies);
  expect(reasons.filter((reason) => !reason.endsWith("*") && !names.includes(reason))).toEqual([]);
});

test("each runtime dependency is imported by the product", () => {
  const unused = Object.keys(dependencies).filter(
    (name) => !new RegExp(`(from|import) "${name}(/[^"]+)?"`).test(product),
  );
  expect(unused).toEqual([]);
});

test("versions are exact", () => {
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
  );
  expect(loose).toEqual([]);
});

test("the lock file says where nothing comes from, so that any registry can serve it", () => {
  expect(read("package-lock.json")).not.toMatch(/"resolved": "(?!file:)/);
});
