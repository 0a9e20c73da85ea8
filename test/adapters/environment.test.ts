import { describe, expect, test } from "vitest";
import { EnvironmentError, settingsOf } from "../../functions/adapters/environment.ts";
import { readEnrollConfig } from "../../functions/enroll/config.ts";
import { readReceiveConfig } from "../../functions/receive/config.ts";
import { readSendConfig } from "../../functions/send/config.ts";
import { SERVICE_ENVIRONMENT } from "../support/environment.ts";

function problemsOf(read: () => unknown): string {
  try {
    read();
    return "";
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return error.message;
  }
}

describe("the environment of a function", () => {
  test("is read whole", () => {
    const config = readEnrollConfig(SERVICE_ENVIRONMENT);
    expect(settingsOf(config)).toMatchObject({
      siteUrl: "https://course.agency.example",
      cohorts: { demo: { approval: "always" } },
      defaultSlot: { weekday: 2, time: "10:00", timeZone: "America/New_York" },
      form: { perSiteDay: 200 },
    });
  });

  test("that lacks things names all of them at once", () => {
    const { PAIRS_TABLE: _, SITE_URL: __, ...rest } = SERVICE_ENVIRONMENT;
    const message = problemsOf(() => readEnrollConfig({ ...rest, FAST_QUEUE: "fast" }));
    for (const name of ["PAIRS_TABLE", "SITE_URL", "FAST_QUEUE"]) expect(message).toContain(name);
    expect(message).not.toContain("LEDGER_TABLE");
  });

  test("that is wrong is named without its value, which may be somebody's address", () => {
    const message = problemsOf(() =>
      readEnrollConfig({
        ...SERVICE_ENVIRONMENT,
        COHORTS: '{"demo":{"coordinators":["ada at harbor"]}}',
        FORM_LIMITS: "many",
      }),
    );
    expect(message).toContain("COHORTS.demo.coordinators.0");
    expect(message).toContain("FORM_LIMITS: is no JSON");
    expect(message).not.toContain("ada at harbor");
  });

  test("of send needs the lane and the rates, that of receive the bucket", () => {
    const message = problemsOf(() => readSendConfig({ ...SERVICE_ENVIRONMENT, SES_PER_DAY: "0" }));
    for (const name of ["LANE", "SES_PER_SECOND", "SES_PER_DAY", "FEEDBACK_QUEUE"]) {
      expect(message).toContain(name);
    }
    expect(problemsOf(() => readReceiveConfig(SERVICE_ENVIRONMENT))).toContain("ARCHIVE");
  });
});
