import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { programOf, runCommandLine } from "../../operator/command-line.ts";
import { COMMANDS } from "../../operator/commands.ts";
import { PlaceError } from "../../operator/place.ts";
import { placeMeant } from "../../operator/where.ts";
import { cg } from "../support/operator.ts";
import { createTestService } from "../support/service.ts";
import { commandPage } from "./command-page.ts";

const START = "2026-10-05T15:00:00.000Z";

async function typed(...words: string[]) {
  return cg((await createTestService(START)).ports, words);
}

test("without a command, and with --help, it shows what there is", async () => {
  const help = await typed("--help");
  expect(help.code).toBe(0);
  for (const { name } of COMMANDS) expect(help.out).toMatch(new RegExp(`^ {2}${name}\\b`, "m"));
  const bare = await typed();
  expect(bare.code).toBe(2);
  expect(bare.err).toContain("Usage: cg <command>");
});

test.each(COMMANDS)(
  "$name --help says what it takes, what to know, and an example",
  async (command) => {
    const { code, out } = await typed(command.name, "--help");
    expect(code).toBe(0);
    expect(out).toContain(command.summary);
    expect(out).toContain(command.notes);
    expect(out).toContain(`npm run cg -- ${command.example}`);
  },
);

test.each(COMMANDS)("the example of $name is a command line that is right", async (command) => {
  let reached = "";
  const program = programOf({ out: () => undefined, err: () => undefined }, async ({ name }) => {
    reached = name;
  });
  await program.parseAsync(command.example.split(" "), { from: "user" });
  expect(reached).toBe(command.name);
});

test("a slip of the finger is told from what was meant", async () => {
  const { code, err } = await typed("shwo");
  expect(code).toBe(2);
  expect(err).toMatch(/unknown command 'shwo'\n\(Did you mean show\?\)/);
});

test("a missing argument and an unknown option are named", async () => {
  expect((await typed("show")).err).toContain("missing required argument 'pair'");
  expect((await typed("list", "--color")).err).toContain("unknown option '--color'");
});

test("with --json a refusal is JSON too, and the exit code says that it is one", async () => {
  const { code, out, err } = await typed("show", "zzzzzzzzzzzzzzzz", "--json");
  expect({ code, err }).toEqual({ code: 1, err: "" });
  expect(JSON.parse(out)).toEqual({ error: expect.stringContaining("There is no pair") });
});

test("a service that cannot be reached is said in a sentence, with a code of its own", async () => {
  const said: string[] = [];
  const terminal = {
    out: () => undefined,
    err: (text: string) => void said.push(text),
    writeFile: () => undefined,
  };
  const openPlace = async () => {
    throw new PlaceError("No service answers.");
  };
  const code = await runCommandLine({ terminal, openPlace }, ["list"]);
  expect({ code, said }).toEqual({ code: 3, said: ["No service answers.\n"] });
});

test("without a word about it the local service is meant, on the port of this shell", () => {
  const local = (url: string) => ({ kind: "local", url });
  expect(placeMeant({}, undefined)).toEqual(local("http://127.0.0.1:3000"));
  expect(placeMeant({}, "3100")).toEqual(local("http://127.0.0.1:3100"));
  const other = "http://127.0.0.1:4000";
  expect(placeMeant({ url: other }, "3100")).toEqual(local(other));
});

test("a stage has the region of its settings, from cdk.json or a file that is named", () => {
  expect(placeMeant({ stage: "trial" }, undefined)).toEqual({
    kind: "stage",
    stage: "trial",
    region: "us-east-1",
  });
  const settings = path.join(mkdtempSync(path.join(tmpdir(), "settings-")), "live.json");
  const { context } = JSON.parse(readFileSync("cdk.json", "utf8"));
  const live = { ...context.settings, stage: "live", region: "us-west-2" };
  writeFileSync(settings, JSON.stringify(live));
  expect(placeMeant({ stage: "live", settings }, undefined)).toMatchObject({ region: "us-west-2" });
  rmSync(path.dirname(settings), { recursive: true });
});

test("a stage whose settings are another's is refused, and so are two places at once", () => {
  expect(() => placeMeant({ stage: "live" }, undefined)).toThrow(
    /cdk\.json has the settings of trial; name the file of live with --settings/,
  );
  expect(() => placeMeant({ stage: "trial", url: "http://a.example" }, undefined)).toThrow(
    PlaceError,
  );
});

test("docs/COMMANDS.md says the same as the help", async () => {
  await expect(commandPage()).toMatchFileSnapshot("../../docs/COMMANDS.md");
});
