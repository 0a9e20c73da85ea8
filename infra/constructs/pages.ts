import { RemovalPolicy } from "aws-cdk-lib";
import { AccessLogField, AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  DomainName,
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
  SecurityPolicy,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { ICertificate } from "aws-cdk-lib/aws-certificatemanager";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { type DeploymentSettings, nameFor } from "../config.ts";
import type { Alarms } from "./alarms.ts";
import type { ServiceFunction } from "./service-function.ts";

export interface PagesProps {
  readonly settings: DeploymentSettings;
  readonly alarms: Alarms;
  /** Without one the pages answer at the API's own address. */
  readonly certificate?: ICertificate | undefined;
}

/** People fill in a form now and then; a programme that starts a class of pairs at once stays far below. */
const THROTTLE = { rateLimit: 20, burstLimit: 40 };

/** The HTTP API in front of the steps that have pages. */
export class Pages extends Construct {
  /** `https://…` without a slash at the end. */
  readonly siteUrl: string;
  /** What the site's DNS record points at, when the site has a domain. */
  readonly domainName: DomainName | undefined;
  private readonly api: HttpApi;

  constructor(scope: Construct, id: string, { settings, alarms, certificate }: PagesProps) {
    super(scope, id);
    this.domainName =
      certificate &&
      new DomainName(this, "Domain", {
        domainName: settings.domain,
        certificate,
        securityPolicy: SecurityPolicy.TLS_1_2,
      });
    this.api = new HttpApi(this, "Api", {
      apiName: nameFor(settings, "pages"),
      createDefaultStage: false,
      disableExecuteApiEndpoint: this.domainName !== undefined,
    });
    this.siteUrl = this.domainName ? `https://${settings.domain}` : this.api.apiEndpoint;
    const stage = this.stage(settings);
    alarms.add("PagesFailed", {
      says: "A page could not be shown.",
      metric: stage.metricServerError({ statistic: "Sum" }),
      atLeast: 1,
    });
  }

  /** Every method of these paths and of what lies below them: the step itself says what it does not know. */
  serve(step: ServiceFunction, paths: readonly string[]): void {
    const integration = integrationOf(`${step.node.scope?.node.id}`, step);
    for (const path of paths) {
      const routes = path === "/" ? [path] : [path, `${path}/{rest+}`];
      for (const route of routes) {
        this.api.addRoutes({ path: route, methods: [HttpMethod.ANY], integration });
      }
    }
  }

  /** What no route names. */
  serveTheRest(step: ServiceFunction): void {
    this.api.addRoutes({
      path: "/{rest+}",
      methods: [HttpMethod.ANY],
      integration: integrationOf("TheRest", step),
    });
  }

  private stage(settings: DeploymentSettings): HttpStage {
    const log = new LogGroup(this, "AccessLog", {
      logGroupName: `/common-ground/${nameFor(settings, "pages")}`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    return new HttpStage(this, "Stage", {
      httpApi: this.api,
      stageName: "$default",
      autoDeploy: true,
      throttle: THROTTLE,
      accessLogSettings: { destination: new LogGroupLogDestination(log), format: ACCESS_LOG },
      ...(this.domainName ? { domainMapping: { domainName: this.domainName } } : {}),
    });
  }
}

/** Any route of this API may call the step; each route its own permission would fill the step's policy. */
function integrationOf(id: string, { lambda }: ServiceFunction): HttpLambdaIntegration {
  return new HttpLambdaIntegration(id, lambda, { scopePermissionToRoute: false });
}

/** The route and never the path, which holds tokens; nothing about who asked. */
const ACCESS_LOG = AccessLogFormat.custom(
  JSON.stringify({
    requestId: AccessLogField.contextRequestId(),
    at: AccessLogField.contextRequestTime(),
    route: AccessLogField.contextRouteKey(),
    status: AccessLogField.contextStatus(),
    ms: AccessLogField.contextResponseLatency(),
    bytes: AccessLogField.contextResponseLength(),
  }),
);
