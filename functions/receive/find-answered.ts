import { SEATS, type SeatId } from "../core/pair.ts";
import type { Send, SendKey } from "../core/send.ts";
import type { Ports } from "../ports.ts";
import { readEnvelopes, readHead } from "./mime-headers.ts";

/** A mail of ours to one of a pair's seats, which a reply answers. */
export type AnsweredSend = SendKey & { readonly seat: SeatId };

type FindPorts = Pick<Ports, "signer" | "settings" | "pairs" | "ledger">;

/**
 * Which of our mails is answered: by the token in the reply address, taken from the envelope, for To can be an
 * alias, a list or nothing; and where a mail program or a gateway has lost the token, by the thread.
 */
export async function findAnswered(
  ports: FindPorts,
  recipients: readonly string[],
  raw: Uint8Array,
): Promise<AnsweredSend | undefined> {
  const ours = recipients.filter((recipient) => isOurs(ports, recipient));
  for (const recipient of ours) {
    const localPart = recipient.slice(0, recipient.lastIndexOf("@"));
    const answered = toSeat(ports.signer.readReplyLocalPart(localPart));
    if (answered !== undefined) return answered;
  }
  return ours.length === 0 ? undefined : byThread(ports, raw);
}

function isOurs({ settings }: FindPorts, recipient: string): boolean {
  return recipient.slice(recipient.lastIndexOf("@") + 1).toLowerCase() === settings.replyDomain;
}

function toSeat(key: SendKey | undefined): AnsweredSend | undefined {
  const seat = SEATS.find((name) => name === key?.seat);
  return key === undefined || seat === undefined ? undefined : { ...key, seat };
}

/** The mail that is answered and the nearest ten of its thread; nobody's answer is further from us. */
const IDS_MAX = 11;
/** One person is in up to three pairs, and may be invited to a few more. */
const PAIRS_MAX = 6;
/** SES's Message-IDs: `<id@email.amazonses.com>` in us-east-1, `<id@region.amazonses.com>` elsewhere. */
const BY_SES = /^([\w.-]{1,200})@[a-z0-9-]+\.amazonses\.com$/i;

/**
 * SES gives our mails their Message-IDs, and answers name them. No signature of ours is in such an id, so
 * it is looked for only among the mails of pairs in which whoever claims to write sits: nothing is searched for
 * anybody else, and who really wrote is judged afterwards as ever.
 */
async function byThread(ports: FindPorts, raw: Uint8Array): Promise<AnsweredSend | undefined> {
  const { references, from, sender } = readEnvelopes(readHead(raw));
  const ids = references.slice(0, IDS_MAX).flatMap((id) => BY_SES.exec(id)?.[1] ?? []);
  if (ids.length === 0) return undefined;
  const sends = await sendsToPairsOf(ports, [from, sender]);
  for (const id of ids) {
    const answered = toSeat(keyOf(sends.find(({ sesId }) => sesId === id)));
    if (answered !== undefined) return answered;
  }
  return undefined;
}

function keyOf(send: Send | undefined): SendKey | undefined {
  if (send === undefined) return undefined;
  const { owner, item, seat, holder } = send;
  return { owner, item, seat, holder };
}

async function sendsToPairsOf(
  { signer, pairs, ledger }: FindPorts,
  who: readonly (string | null)[],
): Promise<readonly Send[]> {
  const addresses = new Set(who.filter((address) => address !== null));
  const found = await Promise.all(
    [...addresses].map((address) => pairs.pairsOf(signer.hashAddress(address))),
  );
  const ids = [...new Set(found.flat())].slice(0, PAIRS_MAX);
  return (await Promise.all(ids.map((id) => ledger.list(id, "")))).flat();
}
