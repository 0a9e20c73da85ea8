import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CONTEXT, type Synthesized, synthesize } from "./deployment.ts";
import { propertiesOf } from "./template.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const TSX = path.join(ROOT, "node_modules/tsx/dist/cli.mjs");

const folder = mkdtempSync(path.join(tmpdir(), "synth-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** `infra/app.ts` as the CDK command runs it, with no account, no credentials and no way to AWS. */
function runApp(settings: unknown) {
  const { PATH = "" } = process.env;
  return spawnSync(process.execPath, [TSX, "infra/app.ts"], {
    cwd: ROOT,
    encoding: "utf8",
    env: {
      PATH,
      CDK_OUTDIR: folder,
      CDK_CONTEXT_JSON: JSON.stringify({ ...CONTEXT, settings }),
      AWS_EC2_METADATA_DISABLED: "true",
    },
  });
}

describe("the app", () => {
  test("needs no AWS account and says what each function weighs", () => {
    const { status, stderr } = runApp(CONTEXT.settings);
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(stderr).toMatch(/^send +\d+ KB$/m);
    for (const stack of ["state", "service"]) {
      expect(existsSync(path.join(folder, `common-ground-trial-${stack}.template.json`))).toBe(
        true,
      );
    }
  });

  test("brings the compiled course to the function that publishes it", () => {
    const found = execFileSync("find", [folder, "-path", "*asset.*/courses/partner-tips.json"], {
      encoding: "utf8",
    });
    const [first = ""] = found.trim().split("\n");
    expect(JSON.parse(readFileSync(first, "utf8"))).toHaveProperty("outline.edition");
  });

  test("stops at wrong settings with one message and no stack trace", () => {
    const { status, stderr } = runApp({ ...(CONTEXT.settings as object), stage: "", region: "x" });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^The settings are wrong:\n- stage: .*\n- region: .*\n$/);
  });
});

describe("with a hosted zone", () => {
  let made: Synthesized;
  beforeAll(() => {
    made = synthesize({
      hostedZone: { id: "Z0123456789", name: "agency.example" },
      dmarc: "reject",
      dmarcReports: "reports@agency.example",
    });
  });
  afterAll(() => made.remove());

  test("every DNS record is written, none is printed", () => {
    const records = propertiesOf(made.service(), "AWS::Route53::RecordSet").map(
      ({ Name, Type, ResourceRecords }) => [Type, Name, ResourceRecords],
    );
    expect(records.filter(([type]) => type === "CNAME")).toHaveLength(3);
    expect(records).toEqual(
      expect.arrayContaining([
        ["MX", "bounce.course.agency.example", ["10 feedback-smtp.us-east-1.amazonses.com"]],
        ["TXT", "bounce.course.agency.example", ['"v=spf1 include:amazonses.com -all"']],
        ["MX", "reply.course.agency.example", ["10 inbound-smtp.us-east-1.amazonaws.com"]],
        [
          "TXT",
          "_dmarc.course.agency.example",
          ['"v=DMARC1; p=reject; rua=mailto:reports@agency.example"'],
        ],
        ["A", "course.agency.example.", undefined],
      ]),
    );
    expect(Object.keys(made.service().findOutputs("*"))).toEqual(["Site"]);
  });

  test("the pages have the domain's own name and certificate, and no other address", () => {
    made.service().hasResourceProperties("AWS::CertificateManager::Certificate", {
      DomainName: "course.agency.example",
      ValidationMethod: "DNS",
    });
    made.service().hasResourceProperties("AWS::ApiGatewayV2::DomainName", {
      DomainName: "course.agency.example",
    });
    made.service().hasResourceProperties("AWS::ApiGatewayV2::Api", {
      DisableExecuteApiEndpoint: true,
    });
    for (const { Environment } of propertiesOf(made.service(), "AWS::Lambda::Function")) {
      const { Variables } = (Environment ?? { Variables: {} }) as {
        Variables: Record<string, unknown>;
      };
      if ("SITE_URL" in Variables) expect(Variables.SITE_URL).toBe("https://course.agency.example");
    }
  });
});

describe("without a hosted zone", () => {
  test("every DNS record is printed, the site's too when it has a certificate", () => {
    const made = synthesize({
      certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d",
    });
    expect(Object.keys(made.service().findOutputs("*")).sort()).toEqual([
      "DnsDkim1",
      "DnsDkim2",
      "DnsDkim3",
      "DnsDmarc",
      "DnsMailFromMx",
      "DnsMailFromSpf",
      "DnsReplyMx",
      "DnsSite",
      "Site",
    ]);
    made.remove();
  });
});
