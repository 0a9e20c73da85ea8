import { Construct } from "constructs";
import { PATHS } from "../../functions/adapters/page-paths.ts";
import type { PartnerEnvironment } from "../../functions/partner/config.ts";
import type { Pages } from "./pages.ts";
import { mayChangePairs, mayLiftSuppressions } from "./permissions.ts";
import { type Service, serviceEnvironment } from "./service.ts";
import { ServiceFunction } from "./service-function.ts";

/** What a partner's mailed links open, and their own page. */
export class Partner extends Construct {
  constructor(scope: Construct, id: string, service: Service, pages: Pages) {
    super(scope, id);
    const page = new ServiceFunction(this, "Pages", {
      settings: service.settings,
      part: "partner",
      bundle: service.bundles.partner,
      environment: serviceEnvironment(service) satisfies PartnerEnvironment,
      may: [...mayChangePairs(service.state, service.queues), mayLiftSuppressions()],
    });
    pages.serve(page, [
      PATHS.controls,
      PATHS.undo,
      PATHS.guess,
      PATHS.wasItYou,
      PATHS.unsubscribe,
      PATHS.signIn,
      PATHS.partner,
    ]);
  }
}
