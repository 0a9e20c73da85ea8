import type { App } from "aws-cdk-lib";
import { acknowledge, acknowledgedFindings } from "./acknowledged.ts";
import type { Bundles } from "./bundle.ts";
import { type DeploymentSettings, nameFor } from "./config.ts";
import { ServiceStack } from "./service-stack.ts";
import { StateStack } from "./state-stack.ts";

export interface Deployment {
  readonly state: StateStack;
  readonly service: ServiceStack;
}

/** The two stacks of one stage. */
export function addStacks(app: App, settings: DeploymentSettings, bundles: Bundles): Deployment {
  const { stage, region, account } = settings;
  const common = {
    settings,
    env: { region, ...(account === undefined ? {} : { account }) },
    tags: { service: "common-ground", stage },
  };
  const state = new StateStack(app, nameFor(settings, "state"), common);
  const service = new ServiceStack(app, nameFor(settings, "service"), {
    ...common,
    state,
    bundles,
  });
  acknowledge(acknowledgedFindings({ state, service }));
  return { state, service };
}
