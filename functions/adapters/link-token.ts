import { toMs } from "../core/instant.ts";
import type { LinkClaims, LinkPurpose, Ports } from "../ports.ts";

export type LinkReading =
  | { readonly kind: "good"; readonly claims: LinkClaims }
  /** Altered, cut short, made for another purpose, or not ours at all. */
  | { readonly kind: "broken" }
  | { readonly kind: "expired" };

/** Checks the signature first and then the clock, so that an altered expiry is never believed. */
export function readToken(
  ports: Pick<Ports, "signer" | "clock">,
  token: string,
  purpose: LinkPurpose,
): LinkReading {
  const claims = ports.signer.verify(token, purpose);
  if (claims === undefined) return { kind: "broken" };
  return toMs(ports.clock.now()) < claims.expires * 1000
    ? { kind: "good", claims }
    : { kind: "expired" };
}
