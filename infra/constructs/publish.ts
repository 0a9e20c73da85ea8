import { Duration } from "aws-cdk-lib";
import { Trigger } from "aws-cdk-lib/triggers";
import { Construct } from "constructs";
import type { PublishEnvironment } from "../../functions/publish/config.ts";
import { mayKeepRows } from "./permissions.ts";
import type { Service } from "./service.ts";
import { ServiceFunction } from "./service-function.ts";

/** Puts the compiled course into the table, once for each deployment that brings a new one. */
export class Publish extends Construct {
  constructor(scope: Construct, id: string, service: Service) {
    super(scope, id);
    const { settings, state } = service;
    const publisher = new ServiceFunction(this, "Publisher", {
      settings,
      part: "publish",
      bundle: service.bundles.publish,
      environment: {
        PAIRS_TABLE: state.pairs.tableName,
      } satisfies PublishEnvironment,
      timeout: Duration.minutes(2),
      may: [mayKeepRows(state.pairs, "COURSE")],
    });
    new Trigger(this, "EachDeployment", {
      handler: publisher.lambda,
      timeout: Duration.minutes(2),
      executeAfter: [publisher],
    });
  }
}
