import { Construct } from "constructs";
import { PATHS } from "../../functions/adapters/page-paths.ts";
import type { ConfirmEnvironment } from "../../functions/confirm/config.ts";
import type { Pages } from "./pages.ts";
import { mayChangePairs } from "./permissions.ts";
import { type Service, serviceEnvironment } from "./service.ts";
import { ServiceFunction } from "./service-function.ts";

/** The page behind an invitation's link. */
export class Confirm extends Construct {
  constructor(scope: Construct, id: string, service: Service, pages: Pages) {
    super(scope, id);
    const page = new ServiceFunction(this, "Pages", {
      settings: service.settings,
      part: "confirm",
      bundle: service.bundles.confirm,
      environment: serviceEnvironment(service) satisfies ConfirmEnvironment,
      may: mayChangePairs(service.state, service.queues),
    });
    pages.serve(page, [PATHS.confirm]);
  }
}
