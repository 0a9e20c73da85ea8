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

const SET_FOR_TRIAL = JSON.stringify({
  context: {
    settings: {
      stage: "trial",
      region: "us-west-2",
      domain: "course.agency.example",
      from: "hello@course.agency.example",
      replyDomain: "reply.course.agency.example",
      coordinators: ["coordinator@agency.example"],
      cohorts: [{ name: "demo-county", title: "Demo county", approval: "never" }],
      ses: { perSecond: 1, perDay: 200 },
      alarmAddress: "operator@agency.example",
      defaultSlot: { weekday: 2, time: "10:00", timeZone: "America/New_York" },
      form: { secondsMin: 3, perClientHour: 5, perDomainHour: 20, perSiteDay: 200 },
      postalAddress: "1 Example Plaza, Albany, NY 12207",
    },
  },
});

test("without a word about it the local service is meant, on the port of this shell", () => {
  expect(placeMeant({}, undefined, SET_FOR_TRIAL)).toEqual({
    kind: "local",
    url: "http://127.0.0.1:3000",
  });
  expect(placeMeant({}, "3100", undefined)).toEqual({
    kind: "local",
    url: "http://127.0.0.1:3100",
  });
  expect(placeMeant({ url: "http://127.0.0.1:4000" }, "3100", undefined)).toEqual({
    kind: "local",
    url: "http://127.0.0.1:4000",
  });
});

test("a stage has the region that cdk.json sets for it, unless another is named", () => {
  const trial = { kind: "stage", stage: "trial", region: "us-west-2" };
  expect(placeMeant({ stage: "trial" }, undefined, SET_FOR_TRIAL)).toEqual(trial);
  expect(placeMeant({ stage: "live", region: "us-east-1" }, undefined, SET_FOR_TRIAL)).toEqual({
    kind: "stage",
    stage: "live",
    region: "us-east-1",
  });
});

test("a stage whose region nobody named is refused, and so are two places at once", () => {
  expect(() => placeMeant({ stage: "live" }, undefined, SET_FOR_TRIAL)).toThrow(
    /set for stage trial: add --region/,
  );
  expect(() => placeMeant({ stage: "live" }, undefined, undefined)).toThrow(
    /not set for any stage/,
  );
  expect(() =>
    placeMeant({ stage: "live", url: "http://a.example" }, undefined, undefined),
  ).toThrow(PlaceError);
});

test("docs/COMMANDS.md says the same as the help", async () => {
  await expect(commandPage()).toMatchFileSnapshot("../../docs/COMMANDS.md");
});
