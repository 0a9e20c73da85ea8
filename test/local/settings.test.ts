import { describe, expect, test } from "vitest";
import { readLocalSettings, serviceSettings } from "../../local/settings.ts";

describe("the settings of the local service", () => {
  test("need nothing to be set", () => {
    expect(readLocalSettings({}, [])).toEqual({
      kind: "valid",
      settings: { port: 3000, smtpPort: 2525 },
    });
  });

  test("take ports, a start and a folder", () => {
    const env = { PORT: "8080", SMTP_PORT: "0", START_AT: "2026-11-24T10:00:00-05:00" };
    expect(readLocalSettings(env, ["--data", ".data"])).toEqual({
      kind: "valid",
      settings: {
        port: 8080,
        smtpPort: 0,
        startAt: "2026-11-24T15:00:00.000Z",
        dataDir: ".data",
      },
    });
  });

  test("say everything that is wrong at once", () => {
    const env = { PORT: "http", SMTP_PORT: "70000", START_AT: "tomorrow" };
    const reading = readLocalSettings(env, ["--date", "x"]);
    expect(reading.kind === "invalid" ? reading.problems : []).toEqual([
      expect.stringContaining("PORT must be a port number"),
      expect.stringContaining("SMTP_PORT must be a port number"),
      expect.stringContaining("START_AT must be an instant"),
      expect.stringContaining("--data DIR"),
    ]);
  });

  test.each([
    ["the same port twice", { PORT: "3000", SMTP_PORT: "3000" }, []],
    ["a start without a zone", { START_AT: "2026-11-24T10:00:00" }, []],
    ["a data option without a folder", {}, ["--data"]],
    ["an empty folder", {}, ["--data="]],
    ["a stray word", {}, ["data"]],
  ])("refuse %s", (_name, env, args) => {
    expect(readLocalSettings(env, args).kind).toBe("invalid");
  });

  test("let any two free ports be taken", () => {
    expect(readLocalSettings({ PORT: "0", SMTP_PORT: "0" }, []).kind).toBe("valid");
  });

  test("ask for no approval in the default cohort, and always in the other", () => {
    const { cohorts } = serviceSettings("http://127.0.0.1:3000");
    expect(Object.entries(cohorts).map(([name, { approval }]) => [name, approval])).toEqual([
      ["demo", "never"],
      ["reviewed", "always"],
    ]);
  });
});
