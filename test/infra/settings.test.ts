import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readSettings, SettingsError } from "../../infra/config.ts";
import { tableRows } from "../repo/markdown.ts";

const read = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)), "utf8");

interface Given {
  readonly cohorts: readonly object[];
  readonly [name: string]: unknown;
}

const { context } = JSON.parse(read("cdk.json")) as { context: { settings: Given } };
const given = context.settings;

function problemsOf(settings: unknown): string {
  try {
    readSettings(settings);
    return "";
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.message;
  }
}

describe("the settings of a deployment", () => {
  test("of cdk.json can be deployed by anybody who changes nothing but the names", () => {
    expect(readSettings(given)).toMatchObject({ stage: "trial", domain: "course.agency.example" });
  });

  test("may come as text from the command line", () => {
    expect(readSettings(JSON.stringify(given))).toEqual(readSettings(given));
    expect(problemsOf("{stage: trial}")).toContain("settings: the text is no JSON");
    expect(problemsOf(undefined)).toContain("there are none");
  });

  test("that are wrong are all named in one message", () => {
    const message = problemsOf({
      ...given,
      stage: "Live!",
      region: "Virginia",
      domain: "not a domain",
      alarmAddress: "nobody",
      ses: { perSecond: 0, perDay: 200 },
      defaultSlot: { weekday: 6, time: "25:00", timeZone: "New York" },
      postalAddress: "",
      colour: "blue",
    });
    const named = message.split("\n").slice(1);
    for (const setting of [
      "stage",
      "region",
      "domain",
      "alarmAddress",
      "ses.perSecond",
      "defaultSlot.weekday",
      "defaultSlot.time",
      "defaultSlot.timeZone",
      "postalAddress",
    ]) {
      expect(
        named.filter((line) => line.startsWith(`- ${setting}:`)),
        setting,
      ).toHaveLength(1);
    }
    expect(message).toContain("colour");
  });

  test.each([
    ["a sender elsewhere", { from: "hello@elsewhere.example" }, "from:"],
    ["replies to a foreign domain", { replyDomain: "reply.elsewhere.example" }, "replyDomain:"],
    ["replies where bounces go", { replyDomain: "bounce.course.agency.example" }, "replyDomain:"],
    [
      "a zone of another domain",
      { hostedZone: { id: "Z0123456789", name: "elsewhere.example" } },
      "hostedZone.name:",
    ],
    ["two cohorts of one name", { cohorts: [...given.cohorts, ...given.cohorts] }, "cohorts:"],
    ["no cohort", { cohorts: [] }, "cohorts:"],
    [
      "cohorts that fit into no environment",
      {
        cohorts: Array.from({ length: 40 }, (_, number) => ({
          name: `county-${number}`,
          title: "A county with a long name",
          approval: "always",
        })),
      },
      "cohorts:",
    ],
  ])("refuse %s", (_, change, line) => {
    expect(problemsOf({ ...given, ...change })).toContain(`- ${line}`);
  });

  test("each have a line in the runbook, and the runbook names no other", () => {
    const rows = tableRows(read("docs/RUNBOOK.md")).slice(1);
    const documented = rows.flatMap(([first = ""]) =>
      [...first.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    );
    const known = Object.keys(given).concat(
      "account",
      "hostedZone",
      "certificateArn",
      "dmarcReports",
    );
    expect([...documented].sort()).toEqual([...known].sort());
  });
});
