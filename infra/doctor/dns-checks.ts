import { mailFromDomain } from "../config.ts";
import { type DnsRecord, mailRecords } from "../mail-records.ts";
import type { Check, Patient } from "./check.ts";
import { type Finding, ok, wrong } from "./finding.ts";

/** What the world's name servers say about the domain. */
export const DNS_CHECKS: readonly Check[] = [
  { about: "spf", look: async (patient) => [await spf(patient)] },
  { about: "dmarc", look: async (patient) => [await dmarc(patient)] },
  { about: "mx", look: async (patient) => [await bounceMx(patient), await replyMx(patient)] },
  { about: "site", look: async (patient) => [await site(patient)] },
];

type Entry = Pick<DnsRecord, "name" | "type" | "value">;

/** The record to enter; where the stack writes it itself, the zone is not the one the world asks. */
export function missing(
  about: string,
  { settings }: Patient,
  { name, type, value }: Entry,
): Finding {
  const zone = settings.hostedZone;
  return wrong(
    about,
    `${name} has no ${type} ${value}.`,
    zone === undefined
      ? `enter the DNS record ${name} ${type} ${value}`
      : `npx cdk deploy --all writes it into the zone ${zone.id}; if it has: the name servers of ${zone.name} have to be those of aws route53 get-hosted-zone --id ${zone.id} --query DelegationSet.NameServers`,
  );
}

function entry({ settings }: Patient, id: string): Entry {
  const found = mailRecords(settings, settings.region).find((record) => record.id === id);
  if (found === undefined) throw new Error(`There is no record ${id}.`);
  return found;
}

async function spf(patient: Patient): Promise<Finding> {
  const name = mailFromDomain(patient.settings.domain);
  const found = (await patient.dns.texts(name)).filter((text) => /^v=spf1\b/i.test(text));
  const [only] = found;
  if (only === undefined) return missing("spf", patient, entry(patient, "MailFromSpf"));
  if (found.length > 1) return twice("spf", name, found);
  return only.includes("include:amazonses.com")
    ? ok("spf", `${name} lets SES send`)
    : wrong(
        "spf",
        `${name} says "${only}", which does not let SES send.`,
        `change it to ${entry(patient, "MailFromSpf").value}`,
      );
}

async function dmarc(patient: Patient): Promise<Finding> {
  const { domain, dmarc: wanted } = patient.settings;
  const name = `_dmarc.${domain}`;
  const found = (await patient.dns.texts(name)).filter((text) => /^v=DMARC1\b/i.test(text));
  const [only] = found;
  if (only === undefined) return missing("dmarc", patient, entry(patient, "Dmarc"));
  if (found.length > 1) return twice("dmarc", name, found);
  const policy = /;\s*p\s*=\s*(\w+)/i.exec(only)?.[1]?.toLowerCase();
  return policy === wanted
    ? ok("dmarc", `${name} says ${policy}`)
    : wrong(
        "dmarc",
        `${name} says ${policy ?? "no policy"}, the settings say ${wanted}.`,
        `change it to ${entry(patient, "Dmarc").value}, or "dmarc" in cdk.json`,
      );
}

/** Receivers ignore both where there are two. */
function twice(about: string, name: string, found: readonly string[]): Finding {
  return wrong(
    about,
    `${name} has ${found.length} such records, and then none counts.`,
    `delete all but one of: ${found.map((text) => `"${text}"`).join(", ")}`,
  );
}

async function bounceMx(patient: Patient): Promise<Finding> {
  return onlyMx(patient, entry(patient, "MailFromMx"), "bounces go to SES");
}

async function replyMx(patient: Patient): Promise<Finding> {
  return onlyMx(patient, entry(patient, "ReplyMx"), "replies go to SES");
}

/** Exactly this one: with a second host, some mail goes there. */
async function onlyMx(patient: Patient, wanted: Entry, says: string): Promise<Finding> {
  const host = wanted.value.split(" ")[1] ?? "";
  const hosts = await patient.dns.mailHosts(wanted.name);
  if (!hosts.includes(host)) return missing("mx", patient, wanted);
  const others = hosts.filter((one) => one !== host);
  return others.length === 0
    ? ok("mx", `${wanted.name}: ${says}`)
    : wrong(
        "mx",
        `${wanted.name} sends some mail to ${others.join(", ")}.`,
        `delete every MX record of ${wanted.name} but ${wanted.value}`,
      );
}

async function site({ settings, dns }: Patient): Promise<Finding> {
  const { domain, hostedZone, certificateArn } = settings;
  if (hostedZone === undefined && certificateArn === undefined) {
    return ok("site", "the pages answer at the API's own address, the output Site");
  }
  return (await dns.addresses(domain)).length > 0
    ? ok("site", `${domain} leads somewhere`)
    : wrong(
        "site",
        `${domain} leads nowhere, and every link in a mail begins with it.`,
        hostedZone === undefined
          ? "enter the DNS record that the output DnsSite shows"
          : "npx cdk deploy --all, and look at the zone's name servers",
      );
}
