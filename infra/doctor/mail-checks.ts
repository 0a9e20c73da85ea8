import { mailFromDomain, nameFor } from "../config.ts";
import type { MailDomainState } from "./account.ts";
import type { Check, Patient } from "./check.ts";
import { missing } from "./dns-checks.ts";
import { type Finding, ok, wrong } from "./finding.ts";

const REDEPLOY = "npx cdk deploy --all";

/** SES's side of the domain, and whether mail goes out and comes in. */
export const MAIL_CHECKS: readonly Check[] = [
  { about: "identity", look: (patient) => ofDomain("identity", patient, verification) },
  { about: "dkim", look: (patient) => ofDomain("dkim", patient, signing) },
  { about: "mail from", look: (patient) => ofDomain("mail from", patient, bounceDomain) },
  { about: "mail", look: async (patient) => [await isPaused(patient)] },
  { about: "receipt rules", look: async (patient) => [await rules(patient)] },
];

type OfDomain = (
  state: MailDomainState,
  patient: Patient,
) => readonly Finding[] | Promise<readonly Finding[]>;

async function ofDomain(
  about: string,
  patient: Patient,
  look: OfDomain,
): Promise<readonly Finding[]> {
  const { domain } = patient.settings;
  const state = await patient.account.mailDomain(domain);
  return state === undefined
    ? [wrong(about, `SES does not know ${domain}.`, REDEPLOY)]
    : look(state, patient);
}

function verification({ isVerified }: MailDomainState, { settings }: Patient): readonly Finding[] {
  const { domain } = settings;
  return isVerified
    ? [ok("identity", `SES believes that ${domain} is ours`)]
    : [
        wrong(
          "identity",
          `SES does not believe yet that ${domain} is ours.`,
          "enter the DKIM records below; SES sees them within minutes to hours",
        ),
      ];
}

async function signing(state: MailDomainState, patient: Patient): Promise<readonly Finding[]> {
  const { domain, region } = patient.settings;
  const records = state.dkimTokens.map((token) => ({
    name: `${token}._domainkey.${domain}`,
    value: `${token}.${state.dkimZone}`,
  }));
  const lines = await Promise.all(
    records.map(async ({ name, value }) => {
      const aliases = await patient.dns.aliases(name);
      return aliases.includes(value)
        ? []
        : [missing("dkim", patient, { name, type: "CNAME", value })];
    }),
  );
  const found = lines.flat();
  if (found.length > 0) return found;
  if (state.dkim === "SUCCESS") return [ok("dkim", "mail is signed")];
  return [
    wrong(
      "dkim",
      `the records are there, and SES says ${state.dkim}.`,
      state.dkim === "FAILED"
        ? `aws sesv2 put-email-identity-dkim-signing-attributes --region ${region} --email-identity ${domain} --signing-attributes-origin AWS_SES makes SES look again`
        : "wait: SES looks again by itself for 72 hours",
    ),
  ];
}

function bounceDomain(state: MailDomainState, { settings }: Patient): readonly Finding[] {
  const { domain, region } = settings;
  const wanted = mailFromDomain(domain);
  if (state.mailFromDomain !== wanted || state.onMxFailure !== "REJECT_MESSAGE") {
    const says = `SES has ${state.mailFromDomain || "none"} (${state.onMxFailure}), and not ${wanted}.`;
    return [wrong("mail from", says, set(wanted, settings))];
  }
  if (state.mailFrom === "SUCCESS") return [ok("mail from", `bounces go to ${wanted}`)];
  return [
    wrong(
      "mail from",
      `SES says ${state.mailFrom} about ${wanted}, and refuses to send until that is well.`,
      state.mailFrom === "PENDING"
        ? "enter the spf and mx records below; SES looks again by itself for 72 hours"
        : `enter the spf and mx records below, then ${set(wanted, { domain, region })}`,
    ),
  ];
}

function set(
  wanted: string,
  { domain, region }: { readonly domain: string; readonly region: string },
): string {
  return `aws sesv2 put-email-identity-mail-from-attributes --region ${region} --email-identity ${domain} --mail-from-domain ${wanted} --behavior-on-mx-failure REJECT_MESSAGE`;
}

async function isPaused({ settings, account }: Patient): Promise<Finding> {
  const name = nameFor(settings, "mail");
  const isSending = await account.isSetSending(name);
  if (isSending === undefined) {
    return wrong("mail", `the configuration set ${name} is not there.`, REDEPLOY);
  }
  return isSending
    ? ok("mail", "it is not paused")
    : wrong(
        "mail",
        "all mail is paused, by an alarm or by a person.",
        `when the cause is mended: aws ses update-configuration-set-sending-enabled --region ${settings.region} --configuration-set-name ${name} --enabled`,
      );
}

/** An account has one active set of rules; ours need not be it, as long as our rule stands in it. */
async function rules({ settings, account }: Patient): Promise<Finding> {
  const { region } = settings;
  const [set, rule] = [nameFor(settings, "receive"), nameFor(settings, "replies")];
  const active = await account.activeRules();
  const activate = `aws ses set-active-receipt-rule-set --region ${region} --rule-set-name ${set}`;
  if (active === undefined) {
    return wrong("receipt rules", "none are active: every reply is refused.", activate);
  }
  const ours = active.rules.find(({ name }) => name === rule);
  if (ours?.isEnabled) return ok("receipt rules", `${rule} is active, in ${active.name}`);
  if (active.name === set) {
    return wrong("receipt rules", `${rule} is missing or switched off in ${set}.`, REDEPLOY);
  }
  return wrong(
    "receipt rules",
    `another set, ${active.name}, is active, so every reply is refused.`,
    `if nothing else needs it: ${activate}; else add our rule to it: aws ses create-receipt-rule --region ${region} --rule-set-name ${active.name} --rule "$(aws ses describe-receipt-rule --region ${region} --rule-set-name ${set} --rule-name ${rule} --query Rule)"`,
  );
}
