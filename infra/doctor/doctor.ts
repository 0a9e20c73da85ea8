import { parseArgs } from "node:util";
import { liveClock } from "../../functions/adapters/live.ts";
import { SettingsError } from "../config.ts";
import { stageSettings } from "../stage-settings.ts";
import { awsAccount } from "./aws-account.ts";
import { examineAll } from "./examine-all.ts";
import { lineOf } from "./finding.ts";
import { systemNameServers } from "./name-servers.ts";

// The SDK says at each start that it will want a newer Node one day; package.json says what is needed now.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/** `npm run doctor -- --stage trial`: looks at a deployment, changes nothing, ends 0 if all is well. */
const { values } = parseArgs({
  options: { stage: { type: "string" }, settings: { type: "string" } },
});
try {
  const settings = stageSettings(values.stage, values.settings);
  const findings = await examineAll({
    settings,
    account: awsAccount(settings, { region: settings.region }),
    dns: systemNameServers(),
    now: liveClock.now(),
  });
  for (const finding of findings) process.stdout.write(`${lineOf(finding)}\n`);
  process.exitCode = findings.every(({ kind }) => kind === "ok") ? 0 : 1;
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
