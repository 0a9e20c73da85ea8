import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, inject, test } from "vitest";
import { liveClock } from "../../functions/adapters/live.ts";
import type { NameServers } from "../../infra/doctor/account.ts";
import { awsAccount } from "../../infra/doctor/aws-account.ts";
import { examineAll } from "../../infra/doctor/examine-all.ts";
import { lineOf } from "../../infra/doctor/finding.ts";
import { openStage } from "./stage.ts";
import { ROOT } from "./tools.ts";

const { endpoint, environment, settings, settingsFile } = openStage(inject("stage"));

/** Nobody has entered a record yet, and SES receives mail in the region. */
const NOTHING_ENTERED: NameServers = {
  addresses: async (name) => (name.startsWith("inbound-smtp.") ? ["192.0.2.7"] : []),
  aliases: async () => [],
  mailHosts: async () => [],
  texts: async () => [],
};

test("the doctor finds a new deployment whole, and what a person has still to do", async () => {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const findings = await examineAll({
    settings,
    account: awsAccount(settings, { region: settings.region, endpoint, credentials }),
    dns: NOTHING_ENTERED,
    now: liveClock.now(),
  });
  const lines = findings.map(lineOf);
  expect(lines).toContain(`ok     stacks: common-ground-${settings.stage}-service is deployed`);
  expect(lines).toContain("ok     keys: the root and 0 added");
  expect(lines).toContain("ok     mail: it is not paused");
  expect(lines).toContain("ok     unresolved: no answer of SES is missing");
  const wrong = new Set(findings.filter(({ kind }) => kind === "wrong").map(({ about }) => about));
  for (const about of ["dkim", "spf", "dmarc", "mx", "receipt rules"])
    expect(wrong).toContain(about);
});

test("its command says so in lines, and ends with 1 as long as something is wrong", () => {
  const tsx = path.join(ROOT, "node_modules/tsx/dist/cli.mjs");
  const { status, stdout } = spawnSync(
    process.execPath,
    [tsx, "infra/doctor/doctor.ts", "--stage", settings.stage, "--settings", settingsFile],
    { cwd: ROOT, encoding: "utf8", env: { ...process.env, ...environment } },
  );
  expect(status).toBe(1);
  const lines = stdout.trim().split("\n");
  expect(lines.filter((line) => !/^(ok {3}|wrong) {2}[a-z ]+: .+$/.test(line))).toEqual([]);
  expect(stdout).toMatch(/^ok {5}credentials: account 000000000000, region us-east-1$/m);
  expect(stdout).toMatch(
    /^wrong {2}receipt rules: .* To mend: aws ses set-active-receipt-rule-set /m,
  );
});
