import { type RunningService, startService } from "./service.ts";
import { COORDINATOR, readLocalSettings } from "./settings.ts";
import { StartError } from "./start-error.ts";

// The SDK says at each start that it will want a newer Node one day; package.json says what is needed now.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/** `npm start`: the whole service on this machine. */
const reading = readLocalSettings(process.env, process.argv.slice(2));
if (reading.kind === "invalid") {
  giveUp(reading.problems);
} else {
  try {
    const service = await startService(reading.settings);
    welcome(service);
    stopOnSignal(service);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    giveUp([error.message]);
  }
}

function giveUp(problems: readonly string[]): void {
  process.stderr.write(
    `The service cannot start.\n${problems.map((line) => `- ${line}\n`).join("")}`,
  );
  process.exitCode = 1;
}

function welcome({ siteUrl, smtpPort, replyDomain, now }: RunningService): void {
  process.stdout.write(`
Common Ground runs on this machine. No mail leaves it.

  Sign-up form       ${siteUrl}/
  Mailbox and clock  ${siteUrl}/mailbox
  Coordinator page   ${siteUrl}/coordinator (sign in as ${COORDINATOR})
  Replies by SMTP    127.0.0.1:${smtpPort}, to addresses in ${replyDomain}

It is ${now()} by the service's clock. Ctrl-C stops it.
`);
}

function stopOnSignal(service: RunningService): void {
  const stop = () => {
    void service.stop().then(() => process.exit(0));
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}
