import { Construct } from "constructs";
import { PATHS } from "../../functions/adapters/page-paths.ts";
import type { CoordinatorEnvironment } from "../../functions/coordinator/config.ts";
import type { Pages } from "./pages.ts";
import { allow, mayChangePairs, mayLiftSuppressions, mayQueryIndex } from "./permissions.ts";
import { type Service, serviceEnvironment } from "./service.ts";
import { ServiceFunction } from "./service-function.ts";

/** The coordinator's list of pairs, and approvals. */
export class Coordinator extends Construct {
  constructor(scope: Construct, id: string, service: Service, pages: Pages) {
    super(scope, id);
    const { pairs } = service.state;
    const page = new ServiceFunction(this, "Pages", {
      settings: service.settings,
      part: "coordinator",
      bundle: service.bundles.coordinator,
      environment: serviceEnvironment(service) satisfies CoordinatorEnvironment,
      may: [
        ...mayChangePairs(service.state, service.queues),
        mayLiftSuppressions(),
        mayQueryIndex(pairs, "roster"),
        allow(["dynamodb:BatchGetItem"], [pairs.tableArn]),
      ],
    });
    pages.serve(page, [PATHS.coordinator, PATHS.approve]);
  }
}
