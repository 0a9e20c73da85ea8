import { domainOf } from "../core/enrollment.ts";
import type { Pair, SeatId } from "../core/pair.ts";
import type { SendKey } from "../core/send.ts";
import type { Signer } from "../ports.ts";
import { personIn } from "../send/find-recipient.ts";
import type { InboundVerdicts } from "./inbound-notice.ts";
import type { InboundMail } from "./read-mail.ts";
import { isSameOrganisation } from "./same-organisation.ts";

/**
 * `owner`: the seat's own address, or one its owner took on, with an aligned pass. `other`: anybody
 * else who has the mail, for lessons get forwarded with their reply address; the HMAC of the address
 * is kept so that the owner can take it on with one press. `junk`: a stranger's mail that SES takes for
 * spam, of which the owner is not asked.
 */
export type Writer =
  | { readonly kind: "owner" }
  | { readonly kind: "other"; readonly address?: string }
  | { readonly kind: "junk" };

/** What stands for a mail's being from where it says: SES's verdicts, and whose they are. */
export interface Evidence {
  readonly verdicts: InboundVerdicts;
  /** Sender of the envelope, whose domain the SPF verdict is about. */
  readonly sender: string;
  /** Domains of the DKIM signatures that hold, as SES wrote them above the mail. */
  readonly signedBy: readonly string[];
}

type Addresses = Pick<InboundMail, "from" | "sender">;

/** Judges who wrote: the token says whose record it is, not who wrote. */
export function whoWrote(
  signer: Pick<Signer, "hashAddress">,
  pair: Pair,
  answered: SendKey & { readonly seat: SeatId },
  mail: Addresses,
  evidence: Evidence,
): Writer {
  const person = personIn(pair, answered.seat, answered.holder);
  const own = person === undefined ? undefined : mailboxOf(person.email);
  const { aliases } = pair.seats[answered.seat];
  const isAccepted = (address: string) =>
    mailboxOf(address) === own || aliases.includes(signer.hashAddress(address));
  // Outlook's "on behalf of": the person's own address may stand in either.
  const wrote = [mail.from, mail.sender].filter((address) => address !== null);
  const theirs = wrote.filter(isAccepted);
  const isSpam = evidence.verdicts.spam === "FAIL";
  if (!isSpam && theirs.some((address) => isProven(address, mail, evidence))) {
    return { kind: "owner" };
  }
  if (isSpam && theirs.length === 0) return { kind: "junk" };
  const [stranger] = wrote.filter((address) => !isAccepted(address));
  return stranger === undefined
    ? { kind: "other" }
    : { kind: "other", address: signer.hashAddress(stranger) };
}

/**
 * Whether a mail comes from this address, which stands in its From or Sender, as far as SES can tell.
 *
 * DMARC is about From, so a pass vouches for another address only inside the same organisation: anybody can
 * write a Sender. Without a policy (GRAY; PROCESSING_FAILED is no more than that) a signature or an
 * envelope of the same organisation will do, and where nothing at all is published, as by many small
 * counties, the mail is believed. What failed is never believed.
 */
export function isProven(address: string, { from }: Addresses, evidence: Evidence): boolean {
  const { spf, dkim, dmarc } = evidence.verdicts;
  const isAligned = (domain: string) => isSameOrganisation(domainOf(address), domain);
  const isOfFrom = from !== null && isAligned(domainOf(from));
  if (dmarc === "PASS") return isOfFrom;
  if (dmarc === "FAIL" || dkim === "FAIL") return false;
  if (dkim === "PASS" && evidence.signedBy.some(isAligned)) return true;
  if (spf === "PASS") return isAligned(domainOf(evidence.sender));
  return dkim !== "PASS" && spf !== "FAIL" && isOfFrom;
}

/** These deliver `ada+lessons@` to `ada@`; elsewhere the two can be different people. */
const IGNORES_TAGS: readonly string[] = [
  ...["gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com"],
  ...["icloud.com", "me.com", "fastmail.com", "proton.me", "protonmail.com"],
];
const IGNORES_DOTS: readonly string[] = ["gmail.com", "googlemail.com"];

/** The mailbox behind an address, in one spelling. */
export function mailboxOf(address: string): string {
  const plain = address.trim().normalize("NFC").toLowerCase();
  const domain = domainOf(plain);
  const local = plain.slice(0, plain.lastIndexOf("@"));
  const untagged = IGNORES_TAGS.includes(domain) ? local.replace(/\+.*$/, "") : local;
  const undotted = IGNORES_DOTS.includes(domain) ? untagged.replaceAll(".", "") : untagged;
  return `${undotted}@${domain}`;
}
