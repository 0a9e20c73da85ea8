import { Construct } from "constructs";
import { PATHS } from "../../functions/adapters/page-paths.ts";
import type { EnrollEnvironment } from "../../functions/enroll/config.ts";
import type { Pages } from "./pages.ts";
import { mayChangePairs } from "./permissions.ts";
import { type Service, serviceEnvironment } from "./service.ts";
import { ServiceFunction } from "./service-function.ts";

/** The sign-up form. Whatever no other step serves ends here too, as a page that says so. */
export class Enroll extends Construct {
  constructor(scope: Construct, id: string, service: Service, pages: Pages) {
    super(scope, id);
    const form = new ServiceFunction(this, "Pages", {
      settings: service.settings,
      part: "enroll",
      bundle: service.bundles.enroll,
      environment: serviceEnvironment(service) satisfies EnrollEnvironment,
      may: mayChangePairs(service.state, service.queues),
    });
    pages.serve(form, [PATHS.home, PATHS.enroll, PATHS.enrolled, PATHS.about]);
    pages.serveTheRest(form);
  }
}
