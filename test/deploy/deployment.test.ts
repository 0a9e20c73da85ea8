import {
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
} from "@aws-sdk/client-cloudformation";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { expect, inject, test } from "vitest";
import { until } from "./aws.ts";
import { openStage } from "./stage.ts";

const stage = openStage(inject("stage"));

test("the stacks are synthesised without an AWS account, in less than half a minute", () => {
  expect(stage.synthSeconds).toBeLessThan(30);
});

test("functions run on the Node that the stacks ask for", async () => {
  const { cloudformation, lambda } = stage.aws;
  const StackName = "which-node";
  const TemplateBody = JSON.stringify({ Resources: { WhichNode: WHICH_NODE } });
  await cloudformation.send(new CreateStackCommand({ StackName, TemplateBody }));
  await until("the function is there", async () => {
    const { Stacks = [] } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
    return Stacks[0]?.StackStatus === "CREATE_COMPLETE" || undefined;
  });
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: StackName }));
  await cloudformation.send(new DeleteStackCommand({ StackName }));
  expect(Buffer.from(Payload ?? []).toString()).toMatch(/^"v24\./);
});

const WHICH_NODE = {
  Type: "AWS::Lambda::Function",
  Properties: {
    FunctionName: "which-node",
    Runtime: "nodejs24.x",
    Handler: "index.handler",
    Role: "arn:aws:iam::000000000000:role/which-node",
    Code: { ZipFile: "exports.handler = async () => process.version;" },
  },
};
