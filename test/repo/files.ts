import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The repository as a reader of it sees it: what is committed or would be with `git add`. */

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Where product code lives, of the trees that exist. */
export const PRODUCT_TREES = ["functions", "emails", "local", "infra", "operator"] as const;

/** Paths from the top, with slashes, without what `.gitignore` leaves out. */
export function repositoryFiles(): readonly string[] {
  const listed = execFileSync(
    "git",
    ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    { cwd: ROOT, encoding: "utf8" },
  );
  const names = new Set(listed.split("\0").filter((name) => name !== ""));
  return [...names].filter((name) => existsSync(`${ROOT}${name}`)).sort();
}

export function read(name: string): string {
  return readFileSync(`${ROOT}${name}`, "utf8");
}

export function isCode(name: string): boolean {
  return /\.(ts|tsx|mts|mjs)$/.test(name);
}

/** Code that is deployed or runs locally; declarations of other people's packages are not ours to measure. */
export function isProduct(name: string): boolean {
  return (
    isCode(name) &&
    !name.endsWith(".d.ts") &&
    PRODUCT_TREES.some((tree) => name.startsWith(`${tree}/`))
  );
}

/** Every place where the pattern (with the flag `g`) is found in these files, as `file:line: what`. */
export function findAll(names: readonly string[], pattern: RegExp): readonly string[] {
  return names.flatMap((name) => findIn(name, readable(name), pattern));
}

/** A mail's soft line breaks cut words in two. */
function readable(name: string): string {
  return name.endsWith(".eml") ? read(name).replace(/=\r?\n/g, "") : read(name);
}

export function findIn(name: string, text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map((match) => {
    const line = text.slice(0, match.index).split("\n").length;
    return `${name}:${line}: ${match[0].trim()}`;
  });
}
