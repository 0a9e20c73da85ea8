import { App, Stack, Validations } from "aws-cdk-lib";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import { expect, test } from "vitest";
import { acknowledgedFindings } from "../../infra/acknowledged.ts";
import { synthesize } from "./deployment.ts";

/** Only ever lowered. */
const ACKNOWLEDGED_MAX = 11;

test("no finding of AwsSolutions or Serverless is open, and few are acknowledged, each with a reason", () => {
  const { app, deployment, remove } = synthesize();
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  expect(() => app.synth()).not.toThrow();
  const acknowledged = acknowledgedFindings(deployment);
  expect(acknowledged.length).toBeLessThanOrEqual(ACKNOWLEDGED_MAX);
  for (const { reason } of acknowledged) expect(reason.length).toBeGreaterThan(40);
  remove();
});

test("a bucket without TLS would be found", () => {
  const app = new App();
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  new Bucket(new Stack(app, "Careless"), "Bucket");
  expect(() => app.synth()).toThrow(/AwsSolutions-S10/);
});
