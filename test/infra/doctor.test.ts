import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { examineAll } from "../../infra/doctor/examine-all.ts";
import { lineOf } from "../../infra/doctor/finding.ts";
import { stageSettings } from "../../infra/stage-settings.ts";
import { anchorOf, headingsOf } from "../repo/markdown.ts";
import { MAIL_DOMAIN, NOW, patientWith, SENDING } from "./patient.ts";

type Changes = Parameters<typeof patientWith>[0];

async function linesFor(changes: Changes = {}): Promise<readonly string[]> {
  return (await examineAll(patientWith(changes))).map(lineOf);
}

/** The lines that are not well; all others have to be. */
async function wrongFor(changes: Changes): Promise<readonly string[]> {
  return (await linesFor(changes)).filter((line) => !line.startsWith("ok "));
}

const nothing = async () => [];
const refused = (name: string) => () =>
  Promise.reject(Object.assign(new Error("User x is not allowed"), { name }));

describe("the doctor", () => {
  test("has a line for everything, and no more than ok to say when all is well", async () => {
    const lines = await linesFor();
    expect(lines.filter((line) => !line.startsWith("ok "))).toEqual([]);
    expect([...new Set(lines.map((line) => line.slice(7).split(":")[0]))]).toEqual([
      "credentials",
      "region",
      "sandbox",
      "sending",
      "quota",
      "stacks",
      "identity",
      "dkim",
      "mail from",
      "mail",
      "receipt rules",
      "spf",
      "dmarc",
      "mx",
      "site",
      "keys",
      "alarm address",
      "alarms",
      "lessons",
      "due",
      "dead letters",
      "unresolved",
    ]);
  });

  test("says nothing else when AWS accepts no credentials", async () => {
    const lines = await linesFor({ account: { number: refused("ExpiredToken") } });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^wrong {2}credentials: .*AWS_PROFILE/);
  });

  test("finds a fresh account's traps before anything is deployed", async () => {
    const lines = await wrongFor({
      account: {
        stackStatus: async () => undefined,
        sending: async () => ({ ...SENDING, isOutOfSandbox: false, perDay: 100 }),
      },
      dns: { addresses: nothing },
      settings: { region: "eu-south-1" },
    });
    expect(lines.map((line) => line.split(":")[0])).toEqual([
      "wrong  region",
      "wrong  sandbox",
      "wrong  quota",
      "wrong  stacks",
      "wrong  stacks",
    ]);
    expect(lines[0]).toContain("inbound-smtp.eu-south-1.amazonaws.com does not exist");
    expect(lines[1]).toContain("put-account-details --region eu-south-1 --production-access");
    expect(lines[2]).toContain('"perDay": 100');
  });

  test("goes on when one question is forbidden, and says whose credentials it takes", async () => {
    const account = { ringing: refused("AccessDeniedException") };
    expect(await wrongFor({ account })).toEqual([
      "wrong  alarms: could not be looked at (AccessDeniedException). To mend: use the credentials of whoever deploys; AWS refused these",
    ]);
  });

  test.each<readonly [string, Changes, RegExp]>([
    [
      "credentials of another account",
      { settings: { account: "210987654321" } },
      /^wrong {2}credentials: .*123456789012.*210987654321.*AWS_PROFILE/,
    ],
    [
      "a region that receives no mail",
      { dns: { addresses: nothing } },
      /^wrong {2}region: .*us-east-1.* To mend: set "region"/,
    ],
    [
      "sending switched off",
      { account: { sending: async () => ({ ...SENDING, isEnabled: false }) } },
      /^wrong {2}sending: .*put-account-sending-attributes --sending-enabled/,
    ],
    [
      "an account on probation",
      { account: { sending: async () => ({ ...SENDING, enforcement: "PROBATION" }) } },
      /^wrong {2}sending: .*PROBATION/,
    ],
    [
      "a quota below the settings",
      { account: { sending: async () => ({ ...SENDING, perSecond: 0.5 }) } },
      /^wrong {2}quota: .*"ses": \{"perSecond": 0.5, "perDay": 200\}/,
    ],
    [
      "a domain that SES does not believe in",
      { account: { mailDomain: async () => ({ ...MAIL_DOMAIN, isVerified: false }) } },
      /^wrong {2}identity: .*DKIM records/,
    ],
    [
      "a key that is not in the DNS",
      {
        dns: {
          aliases: async (name) =>
            name.startsWith("def.") ? [] : [`${name.slice(0, 3)}.dkim.amazonses.com`],
        },
      },
      /^wrong {2}dkim: .*enter the DNS record def\._domainkey\.course\.agency\.example CNAME def\.dkim\.amazonses\.com$/,
    ],
    [
      "keys that SES gave up looking for",
      { account: { mailDomain: async () => ({ ...MAIL_DOMAIN, dkim: "FAILED" }) } },
      /^wrong {2}dkim: .*put-email-identity-dkim-signing-attributes/,
    ],
    [
      "another bounce domain",
      { account: { mailDomain: async () => ({ ...MAIL_DOMAIN, mailFromDomain: "" }) } },
      /^wrong {2}mail from: .*put-email-identity-mail-from-attributes .*--mail-from-domain bounce\.course\.agency\.example --behavior-on-mx-failure REJECT_MESSAGE/,
    ],
    [
      "a bounce domain that SES has not found yet",
      { account: { mailDomain: async () => ({ ...MAIL_DOMAIN, mailFrom: "PENDING" }) } },
      /^wrong {2}mail from: .*PENDING.*refuses to send/,
    ],
    [
      "paused mail",
      { account: { isSetSending: async () => false } },
      /^wrong {2}mail: .*update-configuration-set-sending-enabled .*common-ground-trial-mail --enabled/,
    ],
    [
      "no active receipt rules",
      { account: { activeRules: async () => undefined } },
      /^wrong {2}receipt rules: none .*set-active-receipt-rule-set .*common-ground-trial-receive$/,
    ],
    [
      "another application's receipt rules",
      { account: { activeRules: async () => ({ name: "theirs", rules: [] }) } },
      /^wrong {2}receipt rules: another set, theirs, .*create-receipt-rule .*--rule-set-name theirs --rule "\$\(aws ses describe-receipt-rule/,
    ],
    [
      "our rule switched off",
      {
        account: {
          activeRules: async () => ({
            name: "common-ground-trial-receive",
            rules: [{ name: "common-ground-trial-replies", isEnabled: false }],
          }),
        },
      },
      /^wrong {2}receipt rules: .*switched off/,
    ],
    [
      "no policy for forged mail",
      {
        dns: {
          texts: async (name) =>
            name.startsWith("_dmarc") ? [] : ["v=spf1 include:amazonses.com -all"],
        },
      },
      /^wrong {2}dmarc: .*enter the DNS record _dmarc\.course\.agency\.example TXT "v=DMARC1; p=none"$/,
    ],
    [
      "another policy than the settings'",
      { settings: { dmarc: "reject" } },
      /^wrong {2}dmarc: .*says none, the settings say reject/,
    ],
    [
      "two sender policies, of which none counts",
      {
        dns: {
          texts: async (name) =>
            name.startsWith("_dmarc")
              ? ["v=DMARC1; p=none"]
              : ["v=spf1 include:amazonses.com -all", "v=spf1 -all"],
        },
      },
      /^wrong {2}spf: .*has 2 such records.*delete all but one/,
    ],
    [
      "a sender policy without SES",
      {
        dns: {
          texts: async (name) =>
            name.startsWith("_dmarc") ? ["v=DMARC1; p=none"] : ["v=spf1 -all"],
        },
      },
      /^wrong {2}spf: .*does not let SES send/,
    ],
    [
      "a domain that is not in the DNS",
      {
        settings: { certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/0a1b" },
        dns: { addresses: async (name) => (name.startsWith("inbound-smtp.") ? ["192.0.2.7"] : []) },
      },
      /^wrong {2}site: .*DnsSite/,
    ],
    [
      "no keys",
      { account: { secret: async () => undefined } },
      /^wrong {2}keys: .*restore-secret .*common-ground-trial-keys$/,
    ],
    [
      "keys that somebody overwrote",
      { account: { secret: async () => "hunter2" } },
      /^wrong {2}keys: (?!.*hunter2).*AWSPREVIOUS/,
    ],
    [
      "a subscription that nobody confirmed",
      {
        account: {
          subscriptions: async () => [{ address: "operator@agency.example", isConfirmed: false }],
        },
      },
      /^wrong {2}alarm address: .*press the link.*aws sns subscribe .*arn:aws:sns:us-east-1:123456789012:common-ground-trial-alarms/,
    ],
    [
      "no subscription",
      { account: { subscriptions: nothing } },
      /^wrong {2}alarm address: .*not subscribed/,
    ],
    [
      "an alarm",
      { account: { ringing: async () => ["common-ground-trial-SendHeld"] } },
      /^wrong {2}alarms: SendHeld is going off\. To mend: docs\/RUNBOOK\.md#sendheld$/,
    ],
    [
      "lessons that pause by themselves",
      { account: { pausedSince: async () => "2026-11-23T10:00:00.000Z" } },
      /^wrong {2}lessons: .*since 2026-11-23T10.*#feedbackpaused, then npm run cg -- resume-mail --stage trial$/,
    ],
    [
      "a pair that is stuck",
      {
        account: {
          waitingRows: async () => ({
            oldestPairDueAt: "2026-11-24T11:00:00.000Z",
            oldestSendDueAt: undefined,
            unresolvedUntil: [],
          }),
        },
      },
      /^wrong {2}due: the oldest pair has been due for 4 h\..*#scheduleoverdue$/,
    ],
    [
      "dead letters",
      { account: { waiting: async (queue) => (queue.endsWith("fast-dead") ? 3 : 0) } },
      /^wrong {2}dead letters: 3 of fast\..*#senddeadletters, then .*start-message-move-task .*arn:aws:sqs:us-east-1:123456789012:common-ground-trial-fast-dead$/,
    ],
    [
      "a lost answer that nobody took up again",
      {
        account: {
          waitingRows: async () => ({
            oldestPairDueAt: undefined,
            oldestSendDueAt: undefined,
            unresolvedUntil: ["2026-11-24T14:00:00.000Z", "2026-11-25T15:00:00.000Z"],
          }),
        },
      },
      /^wrong {2}unresolved: 1 mails .*#sendunresolved$/,
    ],
    [
      "a deployment that went back",
      {
        account: {
          stackStatus: async (name) =>
            name.endsWith("service") ? "UPDATE_ROLLBACK_COMPLETE" : "CREATE_COMPLETE",
        },
      },
      /^wrong {2}stacks: common-ground-trial-service is UPDATE_ROLLBACK_COMPLETE\..*describe-stack-events/,
    ],
  ])("finds %s, and says what mends it", async (_, changes, line) => {
    const [found = "", ...others] = await wrongFor(changes);
    expect(found).toMatch(line);
    expect(others).toEqual([]);
  });

  test("names the zone's own name servers where the stack writes the records", async () => {
    const [line] = await wrongFor({
      settings: { hostedZone: { id: "Z0123456789", name: "agency.example" } },
      dns: {
        mailHosts: async (name) =>
          name.startsWith("reply.") ? [] : ["feedback-smtp.us-east-1.amazonses.com"],
      },
    });
    expect(line).toMatch(/^wrong {2}mx: reply\.course.*get-hosted-zone --id Z0123456789/);
  });

  test("finds a second host that takes some of the replies", async () => {
    const [line] = await wrongFor({
      dns: {
        mailHosts: async (name) =>
          name.startsWith("reply.")
            ? ["inbound-smtp.us-east-1.amazonaws.com", "mx.agency.example"]
            : ["feedback-smtp.us-east-1.amazonses.com"],
      },
    });
    expect(line).toMatch(/^wrong {2}mx: .*some mail to mx\.agency\.example/);
  });

  test("is not alarmed by answers that are still waited for", async () => {
    const waitingRows = async () => ({
      oldestPairDueAt: undefined,
      oldestSendDueAt: undefined,
      unresolvedUntil: [NOW],
    });
    expect(await linesFor({ account: { waitingRows } })).toContain(
      "ok     unresolved: 1 mails wait for SES's own word",
    );
  });
});

test("headings that the doctor names are in the runbook", () => {
  const folder = fileURLToPath(new URL("../../infra/doctor/", import.meta.url));
  const code = ["account-checks.ts", "mail-checks.ts", "service-checks.ts"]
    .map((name) => readFileSync(folder + name, "utf8"))
    .join();
  const named = [...code.matchAll(/RUNBOOK\.md#([a-z]+)/g)].map(([, anchor]) => anchor);
  const runbook = readFileSync(`${folder}../../docs/RUNBOOK.md`, "utf8");
  expect(named.length).toBeGreaterThan(2);
  expect(headingsOf(runbook).map(anchorOf)).toEqual(expect.arrayContaining(named));
});

test("settings of another stage are not taken for this one's", () => {
  expect(stageSettings("trial").stage).toBe("trial");
  expect(() => stageSettings("live")).toThrow(/cdk\.json has the settings of trial/);
});
