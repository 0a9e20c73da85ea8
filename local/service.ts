import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Instant } from "../functions/core/instant.ts";
import type { Log, Settings } from "../functions/ports.ts";
import { type CompiledCourse, publishCourse } from "../functions/publish/publish-course.ts";
import { startDatabase } from "./database.ts";
import { lockFolder } from "./folder-lock.ts";
import { createInboundDoor, type InboundDoor } from "./inbound.ts";
import { stderrLog } from "./log.ts";
import { localPages } from "./mailbox.tsx";
import { localDeadLetters, operatorRoutes } from "./operator-routes.ts";
import { type LocalPorts, servicePorts } from "./service-ports.ts";
import { openStore, type ServiceStore } from "./service-store.ts";
import { type SesEndpoint, startSesEndpoint } from "./ses-endpoint.ts";
import { COURSE, type LocalSettings, serviceSettings } from "./settings.ts";
import { openSmtpDoor } from "./smtp-door.ts";
import { onPort, StartError } from "./start-error.ts";
import { composeSteps } from "./steps.ts";
import { createTimeMachine } from "./time-machine.ts";
import { siteOf, startWebServer, type WebServer } from "./web.ts";

export interface RunningService {
  /** `http://127.0.0.1:<port>` */
  readonly siteUrl: string;
  readonly smtpPort: number;
  readonly replyDomain: string;
  now(): Instant;
  /** Lets what is under way come to its end, then closes every port. */
  stop(): Promise<void>;
}

/** Undoes one step of the start. */
type Closer = () => Promise<void> | void;

/**
 * Starts the whole service on this machine, each part before those that need it; when one fails,
 * those that run already are stopped again.
 *
 * @throws StartError when a port is taken, the course is not compiled, or the data folder is in use
 */
export async function startService(
  settings: LocalSettings,
  log: Log = stderrLog,
): Promise<RunningService> {
  const closers: Closer[] = [];
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    return { ...(await start(settings, log, closers)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(settings: LocalSettings, log: Log, closers: Closer[]) {
  const course = readCourse();
  const web = await onPort("PORT", settings.port, () => startWebServer(settings.port));
  closers.push(web.close);
  const siteUrl = `http://127.0.0.1:${web.port}`;
  if (settings.dataDir !== undefined) closers.push(lockFolder(settings.dataDir));
  const store = openStore(settings, log);
  closers.push(store.clock.close);
  const engines = await startEngines(store, serviceSettings(siteUrl), log, closers);
  await publishCourse(engines.ports, course);
  await Promise.all([engines.tables.pairs.load(), engines.tables.ledger.load()]);
  const door = openService(web, store, engines, closers);
  const smtp = await onPort("SMTP_PORT", settings.smtpPort, () =>
    openSmtpDoor(door, settings.smtpPort),
  );
  closers.push(smtp.close);
  return { siteUrl, smtpPort: smtp.port, replyDomain: door.replyDomain, now: store.clock.now };
}

interface Engines extends Pick<LocalPorts, "ports" | "tables"> {
  readonly ses: SesEndpoint;
}

/** The database and the SES of this process, and the adapters that speak to them. */
async function startEngines(
  store: ServiceStore,
  settings: Settings,
  log: Log,
  closers: Closer[],
): Promise<Engines> {
  const database = await startDatabase(store.tablesDir);
  closers.push(database.close);
  const ses = await startSesEndpoint({
    clock: store.clock,
    account: {
      verifiedDomains: [settings.from.slice(settings.from.lastIndexOf("@") + 1)],
      configurationSets: [settings.configurationSet],
    },
    onEvent: (event) => store.queues.put({ queue: "feedback", event }),
    mails: store.mails,
    suppressed: store.suppressed,
  });
  closers.push(ses.close);
  const local = servicePorts({
    ...store,
    databaseEndpoint: database.endpoint,
    sesEndpoint: ses.endpoint,
    settings,
    log,
  });
  closers.push(local.close);
  return { ...local, ses };
}

/** Puts the steps, the clock and the pages together and lets requests in. */
function openService(
  web: WebServer,
  store: ServiceStore,
  { ports, tables, ses }: Engines,
  closers: Closer[],
): InboundDoor {
  const { log, settings, pairs } = ports;
  const steps = composeSteps(ports, tables);
  const machine = createTimeMachine({ ...store, handlers: steps, log });
  const door = createInboundDoor({ ...store, machine, replyDomain: settings.replyDomain });
  const local = localPages({ ...store, ses, machine, door, pairs, settings, log });
  local.route(
    "/",
    operatorRoutes({ ports: { ...ports, deadLetters: localDeadLetters(store.queues) }, machine }),
  );
  closers.push(machine.start(), machine.close, web.close);
  web.open(siteOf({ pages: steps.http, local, machine }));
  return door;
}

function readCourse(): CompiledCourse {
  const path = fileURLToPath(new URL(`../emails/.compiled/${COURSE}.json`, import.meta.url));
  if (!existsSync(path)) throw new StartError("The course is not compiled yet: npm run build");
  return JSON.parse(readFileSync(path, "utf8")) as CompiledCourse;
}
