import { hkdfSync } from "node:crypto";
import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as z from "zod";
import { type Instant, plusMs } from "../core/instant.ts";
import type { Clock, Signer } from "../ports.ts";
import { createSigner, type SignerKeys } from "./signed-link.ts";

/** How long a function goes on with the keys it has read. */
export const KEYS_FRESH_MS = 5 * 60_000;
/**
 * An added key signs only after this time; until then it only verifies. By then every function that
 * runs has read it, so no link is signed with a key that somebody else does not know yet.
 */
export const KEY_SETTLES_MS = 3 * KEYS_FRESH_MS;

/**
 * What the secret holds. `root` was made by the deployment and stays for ever: the first signing key
 * and the key of address hashes are derived from it. A rotation adds to `signing` and takes nothing away.
 */
const StoredKeys = z.object({
  root: z.string().min(32),
  signing: z.array(
    z.object({
      id: z.int().min(2).max(255),
      secret: z.string().min(32),
      addedAt: z.iso.datetime(),
    }),
  ),
});

type StoredKeys = z.output<typeof StoredKeys>;

/** The secret holds something else than keys; what it holds is not said. */
export class KeysError extends Error {
  override readonly name = "KeysError";

  constructor() {
    super("The secret of the keys holds something else.");
  }
}

/** @throws KeysError */
export function readStoredKeys(text: string): StoredKeys {
  const reading = StoredKeys.safeParse(parseJson(text));
  if (reading.success) return reading.data;
  throw new KeysError();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new KeysError();
  }
}

/** A signer that reads its keys when it is first asked to, and again while it lives. */
export interface LiveSigner {
  readonly signer: Signer;
  /** To be awaited before each use; reads the secret at most every five minutes. */
  ready(): Promise<void>;
}

/**
 * @param read the secret's text. While the keys in hand are good, a reading that fails is tried again
 *   later; without any, the failure is the caller's
 */
export function liveSigner(read: () => Promise<string>, clock: Clock): LiveSigner {
  let current: { readonly signer: Signer; readonly until: Instant } | undefined;
  let reading: Promise<void> | undefined;
  const signer = (): Signer => {
    if (current === undefined) throw new Error("The keys are used before they were read.");
    return current.signer;
  };
  const readKeys = async (now: Instant) => {
    const until = plusMs(now, KEYS_FRESH_MS);
    try {
      current = { signer: rotatingSigner(readStoredKeys(await read()), now), until };
    } catch (error) {
      if (current === undefined) throw error;
      current = { ...current, until };
    }
  };
  return {
    signer: {
      sign: (claims) => signer().sign(claims),
      verify: (token, purpose) => signer().verify(token, purpose),
      replyLocalPart: (send) => signer().replyLocalPart(send),
      readReplyLocalPart: (localPart) => signer().readReplyLocalPart(localPart),
      hashAddress: (address) => signer().hashAddress(address),
      hash: (...parts) => signer().hash(...parts),
    },
    ready: async () => {
      const now = clock.now();
      if (current !== undefined && now < current.until) return;
      reading ??= readKeys(now).finally(() => {
        reading = undefined;
      });
      await reading;
    },
  };
}

/** Verifies with every key, signs with the newest that everybody knows. */
function rotatingSigner(stored: StoredKeys, now: Instant): Signer {
  const settled = stored.signing.filter(({ addedAt }) => plusMs(addedAt, KEY_SETTLES_MS) <= now);
  const verifying = createSigner(signerKeys(stored));
  const { sign, replyLocalPart } = createSigner(signerKeys({ ...stored, signing: settled }));
  return { ...verifying, sign, replyLocalPart };
}

function signerKeys({ root, signing }: StoredKeys): SignerKeys {
  return {
    signing: [{ id: 1, secret: derive(root, "signing key 1") }, ...signing],
    address: derive(root, "address key"),
  };
}

/** One secret for each purpose out of the root (HKDF, RFC 5869): none of them tells another. */
function derive(root: string, purpose: string): string {
  return Buffer.from(hkdfSync("sha256", root, "common-ground", purpose, 32)).toString("base64url");
}

export async function readSecret(client: SecretsManagerClient, secretId: string): Promise<string> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
  if (SecretString === undefined) throw new Error("The secret of the keys holds no text.");
  return SecretString;
}
