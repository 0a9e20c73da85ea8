import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonLog, LOGGED_FACTS, WITHHELD } from "../../functions/adapters/log.ts";

function logged(facts: Record<string, string | number | boolean>, event = "send.settled") {
  const lines: string[] = [];
  jsonLog((line) => lines.push(line)).info(event, facts);
  return lines;
}

describe("the log", () => {
  test("writes one JSON object a line", () => {
    const lines: string[] = [];
    const log = jsonLog((line) => lines.push(line));
    log.info("send.settled", { sendId: "abc_lesson-01_sp1", state: "sent" });
    log.error("queue.failed", { queue: "bulk", receives: 5 });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { level: "info", event: "send.settled", sendId: "abc_lesson-01_sp1", state: "sent" },
      { level: "error", event: "queue.failed", queue: "bulk", receives: 5 },
    ]);
  });

  test.each([
    { why: "rosa@shelter.example" },
    { why: "she was at the shelter" },
    { name: "Rosa" },
    { sendId: "Rosa Avila" },
    { pairId: "a\nb" },
    { error: "é" },
    { at: "at rosa@shelter.example" },
  ])("withholds what is no id, number or name of a state (%o)", (facts) => {
    const [line = ""] = logged(facts);
    const [name = ""] = Object.keys(facts);
    expect(JSON.parse(line)[name]).toBe(WITHHELD);
  });

  test("tells where in the code something failed", () => {
    const place = "at Object.put (file:///var/task/node_modules/@aws-sdk/core/index.js:10:5)";
    expect(JSON.parse(logged({ at: place })[0] ?? "").at).toBe(place);
    const stack = new Error("x").stack?.split("\n")[1]?.trim() ?? "";
    expect(JSON.parse(logged({ at: stack })[0] ?? "").at).toBe(stack);
  });

  test("never writes an address, wherever it stands, nor more than one line", () => {
    const address = fc.emailAddress();
    const name = fc.oneof(fc.constantFrom(...Object.keys(LOGGED_FACTS)), fc.string());
    const around = fc.constantFrom("", " ", "at ", "at a (", "<", "\n", "x/");
    fc.assert(
      fc.property(address, name, around, fc.boolean(), (email, fact, before, isEvent) => {
        const text = `${before}${email}`;
        const lines = isEvent ? logged({}, text) : logged({ [fact]: text });
        expect(lines).toHaveLength(1);
        expect(lines[0]).not.toContain(email);
        expect(lines[0]).not.toContain("\n");
      }),
    );
  });

  test("knows every fact that the service logs", () => {
    const unknown = sourceFiles("functions").flatMap((path) =>
      factNames(readFileSync(path, "utf8")).filter((name) => !(name in LOGGED_FACTS)),
    );
    expect(unknown).toEqual([]);
  });
});

function sourceFiles(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(directory, name));
}

/** Names of the facts in `log.info("…", { name: …, name })`. */
function factNames(source: string): readonly string[] {
  const calls = source.matchAll(/\blog\.(?:info|error)\(\s*"[^"]*",\s*\{([^{}]*)\}/g);
  return [...calls].flatMap(([, facts = ""]) =>
    [...facts.matchAll(/(?:^|,)\s*(\w+)\s*(?=[:,]|$)/g)].map(([, name = ""]) => name),
  );
}
