import { createSigner } from "../../functions/adapters/signed-link.ts";
import type { SendKey } from "../../functions/core/send.ts";
import type { LinkClaims, Signer } from "../../functions/ports.ts";

/**
 * Tokens that anybody could read, for simulated years: what they prove is tested elsewhere, and making
 * real ones would take a tenth of a run. Hashes are the real ones, remembered.
 */
export function createPlainSigner(): Signer {
  const real = createSigner({
    signing: [{ id: 1, secret: "simulated signing key" }],
    address: "simulated address key",
  });
  const hashOfParts = remembered((joined) => real.hash(...joined.split("\n")));
  const keys: SendKey[] = [];
  const places = new Map<string, number>();
  const placeOf = ({ owner, item, seat, holder }: SendKey): number => {
    const name = `${owner} ${item} ${seat}${holder}`;
    const place = places.get(name) ?? keys.push({ owner, item, seat, holder }) - 1;
    places.set(name, place);
    return place;
  };
  return {
    sign: (claims) => `plain-${placeOf(claims)}-${claims.purpose}-${claims.expires}`,
    verify: (token, purpose) => readToken(token, purpose, keys),
    replyLocalPart: (send) => `r-plain${placeOf(send)}`,
    readReplyLocalPart: (localPart) => keys[Number(/^r-plain(\d+)$/.exec(localPart)?.[1])],
    hashAddress: remembered(real.hashAddress),
    hash: (...parts) => hashOfParts(parts.join("\n")),
  };
}

function readToken(
  token: string,
  purpose: LinkClaims["purpose"],
  keys: readonly SendKey[],
): LinkClaims | undefined {
  const [, place, found, expires] = /^plain-(\d+)-(.+)-(\d+)$/.exec(token) ?? [];
  const key = keys[Number(place)];
  if (key === undefined || found !== purpose) return undefined;
  return { ...key, purpose, expires: Number(expires) };
}

function remembered(hash: (text: string) => string): (text: string) => string {
  const hashes = new Map<string, string>();
  return (text) => {
    const made = hashes.get(text) ?? hash(text);
    hashes.set(text, made);
    return made;
  };
}
