import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { type PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { type DeploymentSettings, nameFor } from "../config.ts";

export interface ServiceFunctionProps {
  readonly settings: DeploymentSettings;
  /** The step, and what part of it: `send-fast`. Function, role and log carry it in their names. */
  readonly part: string;
  /** Folder of the step's bundle. */
  readonly bundle: string;
  /**
   * Which export of the bundle is called.
   * @default "handler"
   */
  readonly handler?: string;
  readonly environment: Readonly<Record<string, string>>;
  /** @default 30 seconds */
  readonly timeout?: Duration;
  /** @default 256 */
  readonly memoryMb?: number;
  /** What it may do besides writing its own log; nothing else is granted to it. */
  readonly may: readonly PolicyStatement[];
}

/** One function with a role and a log of its own. */
export class ServiceFunction extends Construct {
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    const name = nameFor(props.settings, props.part);
    const logGroup = new LogGroup(this, "Log", {
      logGroupName: `/common-ground/${name}`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, "Role", {
      roleName: name,
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
    });
    logGroup.grantWrite(role);
    for (const statement of props.may) role.addToPolicy(statement);
    this.lambda = new LambdaFunction(this, "Function", {
      functionName: name,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(props.bundle),
      handler: `index.${props.handler ?? "handler"}`,
      environment: { ...props.environment },
      timeout: props.timeout ?? Duration.seconds(30),
      memorySize: props.memoryMb ?? 256,
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.WARN, // a line for each call would cost more than the call
    });
  }
}
