import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { MAILS } from "../../emails/mails.ts";
import { ROW_TYPES } from "../../functions/adapters/row-schema.ts";
import { MAIL_KINDS } from "../../functions/core/course.ts";
import { readLocalSettings } from "../../local/settings.ts";
import { ALL_CHECKS } from "../simulation/checks/all.ts";
import type { Scene } from "../simulation/checks/check.ts";
import { findAll, isProduct, ROOT, read, repositoryFiles } from "./files.ts";
import { anchorOf, codeSpans, headingsOf, linksOf, tableRows } from "./markdown.ts";

const files = repositoryFiles();
const documents = files.filter((name) => name.endsWith(".md") && !name.startsWith("emails/"));
const product = files.filter(isProduct);
const readme = read("README.md");

describe("the documents", () => {
  test("are the ones this suite knows how to find", () => {
    expect(documents).toEqual(
      expect.arrayContaining(["README.md", "CONTRIBUTING.md", "docs/ARCHITECTURE.md"]),
    );
  });

  test.each(documents)("%s links only to what is there", (name) => {
    expect(brokenLinks(name, read(name))).toEqual([]);
  });

  test("would be told of a link to a file or a heading that is not there", () => {
    const text =
      "[a](docs/NOWHERE.md) [b](README.md#no-such-heading) [c](LICENSE) [d](#here)\n# Here";
    expect(brokenLinks("README.md", text)).toEqual([
      "README.md:1: docs/NOWHERE.md",
      "README.md:1: README.md#no-such-heading",
    ]);
  });

  test("name only commands that package.json has", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const named = documents.flatMap((name) =>
      [...read(name).matchAll(/npm run (?:--silent )?([a-z][a-z-]*)/g)].map(([, script]) => script),
    );
    expect(named).toContain("check");
    expect(named.filter((script) => script === undefined || !(script in scripts))).toEqual([]);
  });

  test("name only files that are there", () => {
    const spans = documents.flatMap((name) => codeSpans(read(name)));
    const paths = spans.filter((code) => IN_A_TREE.test(code));
    const names = spans.filter((code) => /^[\w-]+\.(?:tsx?|grit)$/.test(code));
    const known = files.map((name) => path.posix.basename(name));
    expect(paths.length).toBeGreaterThan(5);
    expect(names.length).toBeGreaterThan(5);
    expect(paths.filter((name) => !existsSync(ROOT + name) && !ANNOUNCED.includes(name))).toEqual(
      [],
    );
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
  });
});

describe("docs/SIMULATION.md", () => {
  test("names the checks of each row of the fault list as the code does", () => {
    const scene = { world: { faults: { ticks: {} } } } as unknown as Scene;
    const checks = ALL_CHECKS.map((create) => create(scene));
    const inCode = Array.from({ length: 26 }, (_, index) => [
      String(index + 1),
      checks
        .filter(({ rows }) => rows.includes(index + 1))
        .map(({ name }) => name)
        .sort(),
    ]);
    const inDocument = tableRows(read("docs/SIMULATION.md"))
      .filter(([row = ""]) => /^\d+$/.test(row))
      .map(([row, , , names = ""]) => [row, codeSpans(names)]);
    expect(inDocument).toEqual(inCode);
  });
});

const IN_A_TREE = /^(?:functions|local|emails|test|docs|infra|operator)\/[\w./-]+$/;
/** Named as something that is still to come. */
const ANNOUNCED = ["infra/constructs"];

describe("the README", () => {
  test("has between 60 and 120 lines", () => {
    const lines = readme.trimEnd().split("\n").length;
    expect(lines).toBeGreaterThanOrEqual(60);
    expect(lines).toBeLessThanOrEqual(120);
  });

  test("has a line for every setting of the local service", () => {
    const rows = tableRows(readme).map(([first]) => codeSpans(first ?? "")[0] ?? "");
    const documented = rows.map((code) => code.split(" ")[0] ?? "");
    const settings = [...environmentNames(), ...commandLineNames()];
    expect(settings).toEqual(expect.arrayContaining(["PORT", "START_AT", "--data"]));
    expect(settings.filter((name) => !documented.includes(name))).toEqual([]);
  });

  test("has no line for a setting that does not exist", () => {
    const named = tableRows(readme).flatMap(([first]) => codeSpans(first ?? ""));
    const variables = named.filter((code) => /^[A-Z][A-Z_]+$/.test(code));
    expect(variables.length).toBeGreaterThan(2);
    expect(variables.filter((name) => !environmentNames().includes(name))).toEqual([]);
  });

  test("deploys in at most six commands, each with what it checks", () => {
    const part = readme.split(/^## /m).find((text) => text.startsWith("Deploy it")) ?? "";
    const commands = tableRows(part).slice(1);
    expect(commands.length).toBeGreaterThanOrEqual(4);
    expect(commands.length).toBeLessThanOrEqual(6);
    for (const [command = "", checks = ""] of commands) {
      expect(codeSpans(command)).toHaveLength(1);
      expect(checks.length).toBeGreaterThan(20);
    }
  });

  test("lists the kinds of mail that there are", () => {
    const row = tableRows(readme).find(([first]) => first === "`GET /mailbox/messages`")?.[1] ?? "";
    const listed = /`kind` is one of `([^`]+)`/.exec(row)?.[1]?.split(" ");
    expect(new Set(listed)).toEqual(new Set(MAIL_KINDS));
  });

  test("says who has to read the content before it goes live, and what is not there yet", () => {
    expect(readme).toMatch(/one officer, one advocate, a survivor-leader and counsel/);
    const isDeployable = existsSync(`${ROOT}infra/app.ts`);
    expect(/stacks in `infra` are not there yet/.test(readme)).toBe(!isDeployable);
  });
});

describe("ARCHITECTURE.md", () => {
  const architecture = read("docs/ARCHITECTURE.md");
  const storage = tableRows(architecture).map(([, pk, sk]) => `${pk} ${sk}`);

  test.each(ROW_TYPES.map(({ pk, sk }) => [pk, sk]))("has a line for the row %s / %s", (pk, sk) => {
    const begins = (key: string, cell: string) =>
      codeSpans(cell).some((code) => (key === "" ? code.startsWith("<") : code.startsWith(key)));
    const rows = tableRows(architecture).filter(
      ([, first, second]) =>
        first !== undefined && second !== undefined && begins(pk, first) && begins(sk, second),
    );
    expect(rows, storage.join("\n")).toHaveLength(1);
  });

  test("names no row that cannot be stored", () => {
    const rows = tableRows(architecture).filter(
      ([first]) => first === "pairs" || first === "ledger",
    );
    const keys = rows.flatMap(([, pk]) => codeSpans(pk ?? "").map((code) => code.split("<")[0]));
    expect(keys.length).toBeGreaterThanOrEqual(ROW_TYPES.length - 1);
    expect(keys.filter((key) => !ROW_TYPES.some(({ pk }) => pk === key))).toEqual([]);
  });
});

describe("the glossary", () => {
  const terms = tableRows(read("docs/GLOSSARY.md")).flatMap(([first]) => codeSpans(first ?? ""));
  const source = product.map(read).join("\n");

  test("names symbols", () => {
    expect(terms.length).toBeGreaterThan(40);
  });

  test.each(terms)("%s is a name in the code", (term) => {
    expect(declares(source, term)).toBe(true);
  });

  test("would be told of a name that is only talked about", () => {
    expect(declares("// a Campaign is no interface Campaigns {", "Campaign")).toBe(false);
  });
});

test("each kind of mail has at least one mail", () => {
  const kinds = new Set<string>([...Object.values(MAILS), "lesson"]);
  expect(MAIL_KINDS.filter((kind) => !kinds.has(kind))).toEqual([]);
});

test("only entry points touch the environment, so that settings are read in one place", () => {
  const touched = findAll(product, /process\.env\b/g).map((found) => found.split(":")[0]);
  expect(touched).toContain("local/main.ts");
  expect(
    touched.filter(
      (name) =>
        !/^local\/(main|read-[a-z]+)\.ts$|^(infra\/doctor\/doctor|operator\/cg)\.ts$|\/handler\.ts$/.test(
          name ?? "",
        ),
    ),
  ).toEqual([]);
});

function brokenLinks(name: string, text: string): readonly string[] {
  return linksOf(text)
    .filter(({ target }) => !/^[a-z]+:/.test(target) && !leadsSomewhere(name, text, target))
    .map(({ target, line }) => `${name}:${line}: ${target}`);
}

function leadsSomewhere(from: string, text: string, target: string): boolean {
  const [file = "", anchor] = target.split("#");
  const goal = file === "" ? from : path.posix.join(path.posix.dirname(from), file);
  if (!existsSync(ROOT + goal)) return false;
  if (anchor === undefined) return true;
  return headingsOf(file === "" ? text : read(goal))
    .map(anchorOf)
    .includes(anchor);
}

/** The variables that reading the settings looks at, asked of the reading itself. */
function environmentNames(): readonly string[] {
  const names = new Set<string>();
  const environment = new Proxy<Record<string, string | undefined>>(
    {},
    {
      get: (_, name) => {
        if (typeof name === "string" && /^[A-Z]/.test(name)) names.add(name);
        return undefined;
      },
    },
  );
  readLocalSettings(environment, []);
  return [...names];
}

/** The options that the command line's own refusal lists. */
function commandLineNames(): readonly string[] {
  const reading = readLocalSettings({}, ["--no-such-option"]);
  const words = reading.kind === "invalid" ? reading.problems.join(" ") : "";
  return [...(/Known: (.*)\./.exec(words)?.[1] ?? "").matchAll(/--[a-z-]+/g)].map(([name]) => name);
}

/** Declared or written down as a member: `function x`, `type X`, `x(`, `x:`, `x?:`, `"x"`. Comments do not count. */
function declares(source: string, name: string): boolean {
  const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/ .*$/gm, "");
  const declared = new RegExp(
    `\\b(?:function|const|interface|type|class) ${name}\\b|\\b${name}\\??[:(]|"${name}"`,
  );
  return declared.test(code);
}
