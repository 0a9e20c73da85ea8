import { randomBytes } from "node:crypto";
import * as z from "zod";
import type { SignerKeys } from "../functions/adapters/signed-link.ts";
import { readIfThere, replaceFile } from "./stored-file.ts";

const Keys = z.object({
  signing: z.array(z.object({ id: z.int(), secret: z.string().min(32) })).min(1),
  address: z.string().min(32),
});

/** Keys that end with the process: links of an earlier run mean nothing to the next. */
export function newKeys(): SignerKeys {
  return { signing: [{ id: 1, secret: secret() }], address: secret() };
}

/** The keys of a data folder, made at its first start, so that links and reply addresses outlive a restart. */
export function keptKeys(path: string): SignerKeys {
  const stored = readIfThere(path);
  if (stored !== undefined) return Keys.parse(JSON.parse(stored.toString("utf8")));
  const keys = newKeys();
  replaceFile(path, `${JSON.stringify(keys, undefined, 2)}\n`);
  return keys;
}

function secret(): string {
  return randomBytes(32).toString("base64url");
}
