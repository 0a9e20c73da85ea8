import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import type { SesMail } from "./ses-mail.ts";
import { readIfThere, replaceFile } from "./stored-file.ts";

/** Where the local SES keeps what it accepted. */
export interface MailStore {
  add(mail: SesMail): void;
  /** Oldest first. */
  all(): readonly SesMail[];
  find(id: string): SesMail | undefined;
}

export function memoryMails(kept: readonly SesMail[] = []): MailStore {
  const mails = new Map(kept.map((mail) => [mail.id, mail]));
  return {
    add: (mail) => void mails.set(mail.id, mail),
    all: () => [...mails.values()],
    find: (id) => mails.get(id),
  };
}

const Facts = z.object({
  place: z.int(),
  id: z.string(),
  sentAt: z.string(),
  to: z.array(z.string()),
  configurationSet: z.string().exactOptional(),
  tags: z.record(z.string(), z.string()),
});

/**
 * Mails as files, read when the service starts: `<id>.eml` is the message, `<id>.json` its envelope.
 * The envelope is written last, so a mail of which the process could write only half was not accepted.
 */
export function fileMails(directory: string): MailStore {
  const kept = readMails(directory);
  const mails = memoryMails(kept.map(({ mail }) => mail));
  let place = kept.at(-1)?.place ?? 0;
  return {
    ...mails,
    add(mail) {
      const { raw, ...facts } = mail;
      place += 1;
      replaceFile(join(directory, `${mail.id}.eml`), raw);
      replaceFile(join(directory, `${mail.id}.json`), JSON.stringify({ place, ...facts }));
      mails.add(mail);
    },
  };
}

interface KeptMail {
  readonly place: number;
  readonly mail: SesMail;
}

function readMails(directory: string): readonly KeptMail[] {
  return namesIn(directory)
    .filter((name) => name.endsWith(".json"))
    .flatMap((name) => readMail(join(directory, name.slice(0, -".json".length))))
    .sort((one, other) => one.place - other.place);
}

function readMail(path: string): readonly KeptMail[] {
  const raw = readIfThere(`${path}.eml`);
  if (raw === undefined) return [];
  const { place, ...facts } = Facts.parse(JSON.parse(readFileSync(`${path}.json`, "utf8")));
  return [{ place, mail: { ...facts, raw } }];
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

/** Addresses that bounced or complained: the account's list, which SES keeps by itself. */
export interface SuppressedStore {
  has(address: string): boolean;
  add(address: string): void;
  /** @returns false when it was not on the list */
  remove(address: string): boolean;
}

export function memorySuppressed(
  kept: readonly string[] = [],
  write: (addresses: readonly string[]) => void = () => undefined,
): SuppressedStore {
  const addresses = new Set(kept);
  return {
    has: (address) => addresses.has(address.toLowerCase()),
    add(address) {
      addresses.add(address.toLowerCase());
      write([...addresses]);
    },
    remove(address) {
      const was = addresses.delete(address.toLowerCase());
      if (was) write([...addresses]);
      return was;
    },
  };
}

/** The same list in a file, one address a line. */
export function fileSuppressed(path: string): SuppressedStore {
  const kept = (readIfThere(path)?.toString("utf8") ?? "").split("\n").filter(Boolean);
  return memorySuppressed(kept, (addresses) => replaceFile(path, addresses.join("\n")));
}
