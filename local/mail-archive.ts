import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Instant, toInstant, toMs } from "../functions/core/instant.ts";
import type { Clock, MailArchive } from "../functions/ports.ts";
import { readIfThere, replaceFile } from "./stored-file.ts";

/** The bucket of raw inbound mail. */
export interface LocalMailArchive extends MailArchive {
  store(messageId: string, raw: Uint8Array): Promise<void>;
}

export function memoryMailArchive(clock: Clock): LocalMailArchive {
  const mails = new Map<string, { readonly raw: Uint8Array; readonly storedAt: Instant }>();
  return {
    store: async (messageId, raw) => {
      mails.set(messageId, { raw, storedAt: clock.now() });
    },
    read: async (messageId) => mails.get(messageId)?.raw,
    remove: async (messageId) => {
      mails.delete(messageId);
    },
    unread: async (before) =>
      [...mails].filter(([, { storedAt }]) => storedAt < before).map(([messageId]) => messageId),
  };
}

/** One file a mail, named `<epoch ms>-<message id>.eml`, so that the folder alone says what was stored when. */
export function diskMailArchive(clock: Clock, directory: string): LocalMailArchive {
  mkdirSync(directory, { recursive: true });
  const mails = new Map(readdirSync(directory).flatMap(readFileName));
  const pathOf = (messageId: string, storedAt: Instant) =>
    join(directory, `${toMs(storedAt)}-${messageId}.eml`);
  return {
    store: async (messageId, raw) => {
      const storedAt = clock.now();
      replaceFile(pathOf(messageId, storedAt), raw);
      mails.set(messageId, storedAt);
    },
    read: async (messageId) => {
      const storedAt = mails.get(messageId);
      return storedAt === undefined ? undefined : readIfThere(pathOf(messageId, storedAt));
    },
    remove: async (messageId) => {
      const storedAt = mails.get(messageId);
      if (storedAt !== undefined) rmSync(pathOf(messageId, storedAt), { force: true });
      mails.delete(messageId);
    },
    unread: async (before) =>
      [...mails].filter(([, storedAt]) => storedAt < before).map(([messageId]) => messageId),
  };
}

function readFileName(name: string): [string, Instant][] {
  const [, ms, messageId] = /^(\d{1,15})-([A-Za-z0-9-]+)\.eml$/.exec(name) ?? [];
  return ms === undefined || messageId === undefined ? [] : [[messageId, toInstant(Number(ms))]];
}
