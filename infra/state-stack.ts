import { Duration, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  Table,
  TableEncryption,
} from "aws-cdk-lib/aws-dynamodb";
import { AnyPrincipal, Effect, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { BlockPublicAccess, Bucket, BucketEncryption } from "aws-cdk-lib/aws-s3";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { Construct } from "constructs";
import {
  type IndexSchema,
  LEDGER_TABLE,
  PAIRS_TABLE,
  type TableSchema,
} from "../functions/adapters/table-schema.ts";
import { type DeploymentSettings, nameFor } from "./config.ts";

export interface StateStackProps extends StackProps {
  readonly settings: DeploymentSettings;
}

/** Functions that may read raw mail, by the ends of their names. Nobody else may, whatever else they may do. */
export const MAIL_READERS = ["receive", "receive-sweep"] as const;
/** Raw mail is deleted when it was read; this is how long a mail that was not is kept. */
const RAW_MAIL_DAYS = 7;

/** What must outlive every deployment and every mistake: tables, raw mail, keys. */
export class StateStack extends Stack {
  readonly pairs: Table;
  readonly ledger: Table;
  readonly archive: Bucket;
  readonly keys: Secret;

  constructor(scope: Construct, id: string, { settings, ...props }: StateStackProps) {
    super(scope, id, { ...props, terminationProtection: true });
    this.pairs = this.table("Pairs", nameFor(settings, "pairs"), PAIRS_TABLE);
    this.ledger = this.table("Ledger", nameFor(settings, "ledger"), LEDGER_TABLE);
    this.archive = this.rawMail(settings);
    this.keys = new Secret(this, "Keys", {
      secretName: nameFor(settings, "keys"),
      description: "Root of the keys of links and reply addresses; see RUNBOOK.md, rotate the keys",
      // CloudFormation would make a new root, and break every link, if these lines ever changed.
      generateSecretString: {
        secretStringTemplate: '{"signing":[]}',
        generateStringKey: "root",
        passwordLength: 64,
        excludePunctuation: true,
      },
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  private table(id: string, tableName: string, schema: TableSchema): Table {
    const table = new Table(this, id, {
      tableName,
      partitionKey: { name: schema.partition, type: AttributeType.STRING },
      sortKey: { name: schema.sort, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.DEFAULT, // a key of our own would cost more than everything else at rest
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...(schema.timeToLive === undefined ? {} : { timeToLiveAttribute: schema.timeToLive }),
    });
    for (const index of schema.indexes) table.addGlobalSecondaryIndex(toIndex(index));
    return table;
  }

  private rawMail(settings: DeploymentSettings): Bucket {
    const bucket = new Bucket(this, "RawMail", {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: false, // deleted has to mean deleted
      lifecycleRules: [
        {
          expiration: Duration.days(RAW_MAIL_DAYS),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const readers = MAIL_READERS.map((name) => this.roleArn(nameFor(settings, name)));
    bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: "OnlyTheReaderReads",
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ["s3:GetObject", "s3:GetObjectVersion"],
        resources: [bucket.arnForObjects("*")],
        conditions: { ArnNotEquals: { "aws:PrincipalArn": readers } },
      }),
    );
    return bucket;
  }

  private roleArn(name: string): string {
    return this.formatArn({ service: "iam", region: "", resource: "role", resourceName: name });
  }
}

function toIndex({ name, partition, sort }: IndexSchema) {
  return {
    indexName: name,
    partitionKey: { name: partition, type: AttributeType.STRING },
    sortKey: { name: sort, type: AttributeType.STRING },
    projectionType: ProjectionType.KEYS_ONLY,
  };
}
