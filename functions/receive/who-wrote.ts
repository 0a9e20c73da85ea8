import type { Pair, SeatId } from "../core/pair.ts";
import type { SendKey } from "../core/send.ts";
import type { Signer } from "../ports.ts";
import { personIn } from "../send/find-recipient.ts";
import type { InboundNotice } from "./inbound-notice.ts";
import type { InboundMail } from "./read-mail.ts";

/**
 * `owner`: the seat's own address, or one its owner took on, with an aligned pass. `other`: anybody
 * else who has the mail, for lessons get forwarded with their reply address; the HMAC of the address
 * is kept so that the owner can take it on with one press.
 */
export type Writer =
  | { readonly kind: "owner" }
  | { readonly kind: "other"; readonly address?: string };

/** Judges who wrote: the token says whose record it is, not who wrote. */
export function whoWrote(
  signer: Pick<Signer, "hashAddress">,
  pair: Pair,
  answered: SendKey & { readonly seat: SeatId },
  mail: Pick<InboundMail, "from" | "sender">,
  verdicts: InboundNotice["verdicts"],
): Writer {
  const person = personIn(pair, answered.seat, answered.holder);
  const own = person === undefined ? [] : [signer.hashAddress(person.email)];
  const accepted = new Set([...own, ...pair.seats[answered.seat].aliases]);
  const wrote = [mail.from, mail.sender]
    .filter((address) => address !== null)
    .map((address) => signer.hashAddress(address));
  const isOwn = wrote.some((address) => accepted.has(address));
  if (isOwn && isAligned(verdicts)) return { kind: "owner" };
  const [first] = wrote;
  return { kind: "other", ...(first === undefined || isOwn ? {} : { address: first }) };
}

/**
 * DMARC PASS; or DKIM PASS where the domain publishes no policy (GRAY), or nothing at all is published:
 * small county domains are often GRAY on all three. A failed DMARC is never taken for the owner.
 */
export function isAligned({ dmarc, dkim, spf }: InboundNotice["verdicts"]): boolean {
  if (dmarc === "PASS") return true;
  if (dmarc === "FAIL") return false;
  return dkim !== "FAIL" && (dkim === "PASS" || spf !== "FAIL");
}
