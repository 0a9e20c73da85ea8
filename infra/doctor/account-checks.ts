import { nameFor } from "../config.ts";
import { inboundHost } from "../mail-records.ts";
import type { Check, Patient } from "./check.ts";
import { type Finding, ok, wrong } from "./finding.ts";

/** Whose account it is. Without credentials nothing else can be asked. */
export const CREDENTIALS: Check = {
  about: "credentials",
  look: async ({ settings, account }) => {
    const number = await numberOf(account);
    if (number === undefined) {
      return [
        wrong(
          "credentials",
          "AWS does not accept any.",
          "aws configure, or export AWS_PROFILE=<profile>, and try again",
        ),
      ];
    }
    if (settings.account !== undefined && settings.account !== number) {
      const says = `they are of account ${number}, the settings name ${settings.account}.`;
      return [wrong("credentials", says, "export AWS_PROFILE=<profile of that account>")];
    }
    return [ok("credentials", `account ${number}, region ${settings.region}`)];
  },
};

async function numberOf(account: Patient["account"]): Promise<string | undefined> {
  try {
    return await account.number();
  } catch {
    return undefined;
  }
}

/** What can be known before anything is deployed: the traps of a fresh account. */
export const ACCOUNT_CHECKS: readonly Check[] = [
  {
    about: "region",
    look: async ({ settings: { region }, dns }) => {
      const host = inboundHost(region);
      return (await dns.addresses(host)).length > 0
        ? [ok("region", `SES receives mail in ${region}`)]
        : [
            wrong(
              "region",
              `SES receives no mail in ${region}: ${host} does not exist, so no reply would arrive.`,
              'set "region" in cdk.json to one that does, such as us-east-1, us-west-2 or eu-west-1, before anything is deployed',
            ),
          ];
    },
  },
  { about: "sandbox", look: async (patient) => [await sandbox(patient)] },
  { about: "sending", look: async (patient) => [await sending(patient)] },
  { about: "quota", look: async (patient) => [await quota(patient)] },
];

async function sandbox({ settings, account }: Patient): Promise<Finding> {
  if ((await account.sending()).isOutOfSandbox) return ok("sandbox", "SES mails anybody");
  const { region, domain } = settings;
  return wrong(
    "sandbox",
    "SES is in its sandbox and mails verified addresses only, 200 a day.",
    `aws sesv2 put-account-details --region ${region} --production-access-enabled --mail-type TRANSACTIONAL ` +
      `--website-url https://${domain} --use-case-description "Course mail to pairs who both confirmed; bounces, complaints and stops end it" (AWS answers within a day)`,
  );
}

async function sending({ settings, account }: Patient): Promise<Finding> {
  const { isEnabled, enforcement } = await account.sending();
  if (enforcement !== "HEALTHY") {
    const says = `SES has put the account on ${enforcement}, for bounces or complaints.`;
    return wrong(
      "sending",
      says,
      "answer AWS's case in https://console.aws.amazon.com/support, and read docs/RUNBOOK.md#feedbackbounces",
    );
  }
  if (isEnabled) return ok("sending", "SES sends for this account");
  return wrong(
    "sending",
    "sending is switched off for the whole account.",
    `aws sesv2 put-account-sending-attributes --sending-enabled --region ${settings.region}`,
  );
}

async function quota({ settings, account }: Patient): Promise<Finding> {
  const { perDay, perSecond } = await account.sending();
  const granted = `${perSecond} a second and ${perDay} a day`;
  const { ses } = settings;
  if (ses.perDay <= perDay && ses.perSecond <= perSecond) {
    return ok(
      "quota",
      `AWS grants ${granted}, the settings use ${ses.perSecond} and ${ses.perDay}`,
    );
  }
  return wrong(
    "quota",
    `AWS grants ${granted}, less than the settings say.`,
    `set "ses": {"perSecond": ${Math.min(ses.perSecond, perSecond)}, "perDay": ${Math.min(ses.perDay, perDay)}} in cdk.json, then npx cdk deploy --all`,
  );
}

/** Both stacks; nothing else of the service can be looked at before they are there. */
export const STACKS: Check = {
  about: "stacks",
  look: async ({ settings, account }) => {
    const names = [nameFor(settings, "state"), nameFor(settings, "service")];
    return Promise.all(names.map(async (name) => stack(name, await account.stackStatus(name))));
  },
};

function stack(name: string, status: string | undefined): Finding {
  const deploy = "npm run build && npx cdk deploy --all";
  if (status === undefined) return wrong("stacks", `${name} is not deployed.`, deploy);
  if (/^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(status)) return ok("stacks", `${name} is deployed`);
  const reasons = `aws cloudformation describe-stack-events --stack-name ${name} --query "StackEvents[?contains(ResourceStatus, 'FAILED')].[LogicalResourceId, ResourceStatusReason]"`;
  return wrong("stacks", `${name} is ${status}.`, `${reasons} says why; then ${deploy}`);
}
