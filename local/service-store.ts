import { join } from "node:path";
import type { SignerKeys } from "../functions/adapters/signed-link.ts";
import { toInstant } from "../functions/core/instant.ts";
import type { Log } from "../functions/ports.ts";
import { clockFile, createClock, type LocalClock } from "./clock.ts";
import { keptKeys, newKeys } from "./keys.ts";
import { diskMailArchive, type LocalMailArchive, memoryMailArchive } from "./mail-archive.ts";
import { createQueues, type LocalQueues } from "./queues.ts";
import {
  fileMails,
  fileSuppressed,
  type MailStore,
  memoryMails,
  memorySuppressed,
  type SuppressedStore,
} from "./ses-store.ts";
import type { LocalSettings } from "./settings.ts";
import { openJournal } from "./stored-file.ts";

/** What the local service remembers beside its tables, in memory or in the data folder. */
export interface ServiceStore {
  readonly clock: LocalClock;
  readonly queues: LocalQueues;
  readonly archive: LocalMailArchive;
  readonly mails: MailStore;
  readonly suppressed: SuppressedStore;
  readonly keys: SignerKeys;
  /** Folder of the tables; in memory when absent. */
  readonly tablesDir?: string;
}

export function openStore(settings: LocalSettings, log: Log): ServiceStore {
  const startAt = settings.startAt ?? toInstant(Date.now());
  return settings.dataDir === undefined
    ? memoryStore(startAt, log)
    : folderStore(startAt, log, settings.dataDir);
}

const elapsedMs = () => performance.now();

function memoryStore(startAt: string, log: Log): ServiceStore {
  const clock = createClock(startAt, elapsedMs);
  return {
    clock,
    queues: createQueues({ clock, log }),
    archive: memoryMailArchive(clock),
    mails: memoryMails(),
    suppressed: memorySuppressed(),
    keys: newKeys(),
  };
}

function folderStore(startAt: string, log: Log, folder: string): ServiceStore {
  const clock = createClock(startAt, elapsedMs, clockFile(join(folder, "clock.txt")));
  const journal = openJournal(join(folder, "queues.jsonl"));
  return {
    clock,
    queues: createQueues({ clock, log, journal }),
    archive: diskMailArchive(clock, join(folder, "inbound")),
    mails: fileMails(join(folder, "sent")),
    suppressed: fileSuppressed(join(folder, "suppressed.txt")),
    keys: keptKeys(join(folder, "keys.json")),
    tablesDir: join(folder, "tables"),
  };
}
