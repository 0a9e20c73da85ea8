import { Resolver } from "node:dns/promises";
import type { NameServers } from "./account.ts";

/** Names without an entry, or without one of this type. Anything else is a failure to ask. */
const NOTHING = ["ENOTFOUND", "ENODATA"];

/** The name servers of the machine the doctor runs on, which ask the world's. */
export function systemNameServers(resolver = new Resolver()): NameServers {
  return {
    addresses: (name) => answersOf(() => resolver.resolve4(name)),
    aliases: async (name) => (await answersOf(() => resolver.resolveCname(name))).map(plain),
    mailHosts: async (name) =>
      (await answersOf(() => resolver.resolveMx(name))).map(({ exchange }) => plain(exchange)),
    texts: async (name) => (await answersOf(() => resolver.resolveTxt(name))).map(joined),
  };
}

async function answersOf<T>(ask: () => Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await ask();
  } catch (error) {
    if (NOTHING.includes(String((error as NodeJS.ErrnoException).code))) return [];
    throw error;
  }
}

function plain(host: string): string {
  return host.toLowerCase().replace(/\.$/, "");
}

/** A long text comes in pieces of 255 bytes. */
function joined(pieces: readonly string[]): string {
  return pieces.join("");
}
