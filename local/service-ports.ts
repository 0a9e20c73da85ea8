import { SESv2Client } from "@aws-sdk/client-sesv2";
import { breaker } from "../functions/adapters/breaker.ts";
import { courseStore } from "../functions/adapters/course-store.ts";
import { dueIndex } from "../functions/adapters/due-index.ts";
import { dynamodbTable } from "../functions/adapters/dynamodb-table.ts";
import { limits } from "../functions/adapters/limits.ts";
import { liveIds } from "../functions/adapters/live.ts";
import { pacer } from "../functions/adapters/pacer.ts";
import { pairStore } from "../functions/adapters/pair-store.ts";
import { sendLedger } from "../functions/adapters/send-ledger.ts";
import { createSesClient, sesMailer } from "../functions/adapters/ses-mailer.ts";
import { sesQuota } from "../functions/adapters/ses-quota.ts";
import { sesSuppressions } from "../functions/adapters/ses-suppressions.ts";
import { sessions } from "../functions/adapters/sessions.ts";
import { createSigner, type SignerKeys } from "../functions/adapters/signed-link.ts";
import { valve } from "../functions/adapters/valve.ts";
import { watermarks } from "../functions/adapters/watermarks.ts";
import type { Clock, Log, MailArchive, Ports, Settings } from "../functions/ports.ts";
import { LEDGER_TABLE_NAME, localDocumentClient, PAIRS_TABLE_NAME } from "./database.ts";
import { type TrackedTable, trackDue } from "./due-tracker.ts";
import type { LocalQueues } from "./queues.ts";

export interface ServicePortsParts {
  readonly databaseEndpoint: string;
  readonly sesEndpoint: string;
  readonly clock: Clock;
  readonly queues: LocalQueues;
  readonly archive: MailArchive;
  readonly keys: SignerKeys;
  readonly settings: Settings;
  readonly log: Log;
}

export interface LocalPorts {
  readonly ports: Ports;
  readonly tables: { readonly pairs: TrackedTable; readonly ledger: TrackedTable };
  /** Ends the connections to the engines. */
  close(): void;
}

/** The same adapters and SDK clients as on AWS, pointed at the engines of this process. */
export function servicePorts(parts: ServicePortsParts): LocalPorts {
  const { clock, queues, archive, settings, log } = parts;
  const database = localDocumentClient(parts.databaseEndpoint);
  const account = {
    endpoint: parts.sesEndpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  };
  const ses = createSesClient(account);
  const sesV2 = new SESv2Client(account);
  const pairs = trackDue(dynamodbTable(database, PAIRS_TABLE_NAME));
  const ledger = trackDue(dynamodbTable(database, LEDGER_TABLE_NAME));
  const ports: Ports = {
    ...{ clock, queues, archive, settings, log },
    ids: liveIds,
    pairs: pairStore(pairs),
    ledger: sendLedger(ledger),
    courses: courseStore(pairs),
    limits: limits(pairs),
    sessions: sessions(pairs),
    watermarks: watermarks(pairs),
    pacer: pacer(pairs, { ...PACE, quota: sesQuota(ses, clock) }, waitNever),
    breaker: breaker(pairs),
    valve: valve(pairs),
    mailer: sesMailer(ses, settings),
    sesSuppressions: sesSuppressions(sesV2),
    signer: createSigner(parts.keys),
    due: dueIndex(pairs, ledger),
    feedbackQueue: queues.feedback,
  };
  return {
    ports,
    tables: { pairs, ledger },
    close: () => {
      database.destroy();
      ses.destroy();
      sesV2.destroy();
    },
  };
}

/** What this machine's SES is asked for at most; it sets no limit of its own. */
const PACE = { perSecond: 1_000, perDay: 1_000_000, lane: "fast", waitMsMax: 0 } as const;

/** With `waitMsMax: 0` a mail that may not go now is planned for later, on the clock that can be moved. */
async function waitNever(): Promise<void> {}
