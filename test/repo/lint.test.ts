import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "./files.ts";

/** A line of code, the place where it stands, and the rule that refuses it there. */
const REFUSED: readonly (readonly [file: string, code: string, rule: string])[] = [
  ["functions/core", "export const now = new Date();", "plugin"],
  ["functions/core", "export const now = Date.now();", "plugin"],
  ["functions/core", "export const chance = Math.random();", "plugin"],
  ["functions/send", "export const now = Date.now();", "plugin"],
  ["functions/send", "export const now = Temporal.Now.instant();", "plugin"],
  ["functions/adapters", "export const now = performance.now();", "plugin"],
  ["functions/core", "export const home = process.env.HOME;", "noRestrictedGlobals"],
  ["functions/core", 'console.log("here");', "noRestrictedGlobals"],
  ["functions/core", 'export const page = fetch("https://a.example");', "noRestrictedGlobals"],
  ["functions/core", 'export * from "../ports.ts";', "noRestrictedImports"],
  ["functions/core", 'export * from "../send/send-mail.ts";', "noRestrictedImports"],
  ["functions/core", 'export * from "./../send/send-mail.ts";', "noRestrictedImports"],
  ["functions/core", 'export * from "zod";', "noRestrictedImports"],
  ["functions/core", 'export * from "node:crypto";', "noRestrictedImports"],
  ["functions/core", 'export * from "chrono-node";', "noRestrictedImports"],
  ["functions/send", 'export * from "../../local/clock.ts";', "noRestrictedImports"],
  ["functions/send", 'export * from "../../infra/config.ts";', "noRestrictedImports"],
  ["functions/send", 'export * from "../../test/support/service.ts";', "noRestrictedImports"],
  ["emails", 'export * from "../test/support/html.ts";', "noRestrictedImports"],
  ["local", 'export * from "../test/support/html.ts";', "noRestrictedImports"],
  ["infra", 'export * from "../test/support/html.ts";', "noRestrictedImports"],
  ["functions/send", 'export * from "../../operator/operate.ts";', "noRestrictedImports"],
  ["operator", 'export * from "../local/clock.ts";', "noRestrictedImports"],
  ["operator", 'export * from "../infra/app.ts";', "noRestrictedImports"],
  ["operator", 'export * from "../test/support/html.ts";', "noRestrictedImports"],
  ["functions/send", "export default 1;", "noDefaultExport"],
  ["functions/send", "export const a = (b: string | null) => b!.length;", "noNonNullAssertion"],
  [
    "functions/send",
    `export function a() {\n${"  a();\n".repeat(61)}}`,
    "noExcessiveLinesPerFunction",
  ],
];

/** The same lines where they are right, and what only looks alike. */
const ALLOWED: readonly (readonly [file: string, code: string])[] = [
  ["functions/adapters/live.ts", "export const now = Date.now();\n"],
  ["functions/core/instant.ts", "export const at = new Date(0).toISOString();\n"],
  ["functions/core/words.ts", 'export { en } from "chrono-node/en";\n'],
  ["functions/core/page.ts", 'export { Parser } from "htmlparser2";\n'],
  ["functions/core/sibling.ts", 'export { at } from "./instant.ts";\n'],
  ["functions/send/own.ts", 'export { at } from "../core/instant.ts";\n'],
  ["operator/own.ts", 'export { nameFor } from "../infra/config.ts";\n'],
  ["local/clock.ts", "export const now = Date.now();\n"],
  ["test/support/own.ts", 'export { now } from "../../local/clock.ts";\n'],
];

interface Diagnostic {
  readonly category: string;
  readonly location: { readonly path: string | { readonly file: string } };
}

describe("lint keeps the architecture", () => {
  // A folder called `functions` above the checkout must not change what the rules apply to.
  const top = path.join(mkdtempSync(path.join(tmpdir(), "lint-")), "functions", "checkout");
  let diagnostics: readonly Diagnostic[] = [];
  const write = (name: string, code: string) => {
    mkdirSync(path.join(top, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(top, name), code);
  };

  beforeAll(() => {
    mkdirSync(path.join(top, "test/repo"), { recursive: true });
    cpSync(`${ROOT}biome.json`, path.join(top, "biome.json"));
    cpSync(`${ROOT}test/repo/no-clock.grit`, path.join(top, "test/repo/no-clock.grit"));
    execFileSync("git", ["init", "--quiet"], { cwd: top });
    REFUSED.forEach(([folder, code], index) => {
      write(`${folder}/refused-${index}.ts`, `${code}\n`);
    });
    for (const [name, code] of ALLOWED) write(name, code);
    const biome = `${ROOT}node_modules/@biomejs/biome/bin/biome`;
    const args = ["lint", "--reporter=json", "--max-diagnostics=none", "."];
    const { stdout } = spawnSync(process.execPath, [biome, ...args], {
      cwd: top,
      encoding: "utf8",
    });
    diagnostics = (JSON.parse(stdout) as { diagnostics: readonly Diagnostic[] }).diagnostics;
  });

  afterAll(() => rmSync(path.dirname(path.dirname(top)), { recursive: true, force: true }));

  const rulesFor = (name: string) =>
    diagnostics
      .filter(({ location }) => pathOf(location).endsWith(name))
      .map(({ category }) => category.split("/").at(-1));

  test.each(REFUSED.map(([folder, code, rule], index) => ({ folder, code, rule, index })))(
    "in $folder: $code",
    ({ folder, rule, index }) => {
      expect(rulesFor(`${folder}/refused-${index}.ts`)).toContain(rule);
    },
  );

  test.each(ALLOWED)("%s may say so", (name) => {
    expect(rulesFor(name)).toEqual([]);
  });
});

function pathOf({ path: place }: Diagnostic["location"]): string {
  return typeof place === "string" ? place : place.file;
}
