import { createHmac, timingSafeEqual } from "node:crypto";
import type { Addressee, SendKey } from "../core/send.ts";
import type { LinkClaims, LinkPurpose, Signer } from "../ports.ts";
import {
  type Alphabet,
  BASE32,
  BASE64URL,
  type BitReader,
  type Bits,
  bitsOf,
  bitsToText,
  joinBits,
  readBits,
  textToBits,
} from "./bit-text.ts";
import { digestToBits, itemToBits, readItem } from "./item-bits.ts";

export interface SignerKeys {
  /** Every key that ever signed; the one with the highest id signs, all of them verify. Ids from 0 to 255. */
  readonly signing: readonly SigningKey[];
  /** Secret of address hashes and of `hash`; never rotated, for what it made stands in the tables. */
  readonly address: string;
}

export interface SigningKey {
  readonly id: number;
  readonly secret: string;
}

/** Local part where no token fits: mail that is about no pair. Answers to it name nobody. */
export const NO_TOKEN = "reply";
const REPLY_PREFIX = "r-";
/** RFC 5321 allows 64 characters; 20 of them are 100 bits of MAC. */
const LOCAL_PART_MAX = 64;
const REPLY_MAC_CHARACTERS = 20;
const REPLY_ITEM_BITS_MAX =
  (LOCAL_PART_MAX - REPLY_PREFIX.length - REPLY_MAC_CHARACTERS) * 5 - (8 + 80 + 2 + 7);
/** 132 bits. */
const LINK_MAC_CHARACTERS = 22;
const HASH_CHARACTERS = 16;

/** Places in these lists stand in tokens that are out: only ever add at the end. */
const PURPOSES: readonly LinkPurpose[] = ["confirm", "approve", "weak", "unsubscribe", "sign-in"];
const ADDRESSEES: readonly Addressee[] = ["sp", "le", "coordinator"];
const PAIR_ID = /^[a-z2-7]{16}$/;
/** An owner that is no pair id: `cohort-<name>`. */
const OWNER_TEXT: Alphabet = {
  characters: "abcdefghijklmnopqrstuvwxyz0123456789-",
  bitsEach: 6,
};

/**
 * Signs what goes into links and reply addresses.
 *
 * A token carries all it says, so links outlive the tables. `verify` proves who made the token and for
 * which purpose; whether it has expired is judged by the caller, who has the clock and may want to
 * tell "expired" from "wrong" on a page.
 *
 * @throws RangeError for keys that cannot work (none at all, an id twice or out of range)
 */
export function createSigner(keys: SignerKeys): Signer {
  const secrets = new Map(keys.signing.map(({ id, secret }) => [id, secret]));
  const newest = newestKey(keys.signing);
  return {
    sign: (claims) => {
      const payload = bitsToText(joinBits(bitsOf(newest.id, 8), claimsToBits(claims)), BASE64URL);
      return payload + macOf(newest.secret, "link", payload, BASE64URL, LINK_MAC_CHARACTERS);
    },
    verify: (token, purpose) =>
      openToken(
        token,
        { scope: "link", alphabet: BASE64URL, mac: LINK_MAC_CHARACTERS, secrets },
        (bits) => readClaims(bits, purpose),
      ),
    replyLocalPart: (send) => {
      if (!PAIR_ID.test(send.owner) || send.holder > 127) return NO_TOKEN;
      const bits = joinBits(bitsOf(newest.id, 8), sendToBits(send, keys.address));
      const payload = bitsToText(bits, BASE32);
      const mac = macOf(newest.secret, "reply", payload, BASE32, REPLY_MAC_CHARACTERS);
      return REPLY_PREFIX + payload + mac;
    },
    readReplyLocalPart: (localPart) => {
      const text = localPart.toLowerCase();
      if (!text.startsWith(REPLY_PREFIX)) return undefined;
      const form = { scope: "reply", alphabet: BASE32, mac: REPLY_MAC_CHARACTERS, secrets };
      return openToken(text.slice(REPLY_PREFIX.length), form, readSend);
    },
    hashAddress: (address) => hashOf(keys.address, "address", [normalise(address)]).slice(0, 32),
    hash: (...parts) => hashOf(keys.address, "hash", parts).slice(0, HASH_CHARACTERS),
  };
}

function newestKey(signing: readonly SigningKey[]): SigningKey {
  const ids = new Set(signing.map(({ id }) => id));
  const areSane = [...ids].every((id) => Number.isInteger(id) && id >= 0 && id <= 255);
  const [newest] = [...signing].sort((one, other) => other.id - one.id);
  if (newest === undefined || !areSane || ids.size !== signing.length) {
    throw new RangeError("Signing keys need ids from 0 to 255, each once, and at least one key.");
  }
  return newest;
}

interface TokenForm {
  readonly scope: string;
  readonly alphabet: Alphabet;
  readonly mac: number;
  readonly secrets: ReadonlyMap<number, string>;
}

/** Checks the MAC before anything of the payload but the key's id is looked at. */
function openToken<T>(token: string, form: TokenForm, read: (bits: BitReader) => T): T | undefined {
  const { characters, bitsEach } = form.alphabet;
  const isText =
    token.length <= 512 && [...token].every((character) => characters.includes(character));
  if (!isText || token.length <= form.mac) return undefined;
  const payload = token.slice(0, -form.mac);
  const bits = readBits(textToBits(payload, form.alphabet));
  const secret = payload.length * bitsEach < 8 ? undefined : form.secrets.get(bits.take(8));
  if (secret === undefined) return undefined;
  const mac = macOf(secret, form.scope, payload, form.alphabet, form.mac);
  if (!timingSafeEqual(Buffer.from(mac), Buffer.from(token.slice(-form.mac)))) return undefined;
  return read(bits);
}

function macOf(
  secret: string,
  scope: string,
  payload: string,
  alphabet: Alphabet,
  characters: number,
): string {
  const digest = createHmac("sha256", secret).update(`${scope}\n${payload}`).digest("hex");
  return bitsToText({ value: BigInt(`0x${digest}`), length: 256 }, alphabet).slice(0, characters);
}

/** Parts are joined as JSON, so that no two lists of parts read the same. */
function hashOf(secret: string, scope: string, parts: readonly string[]): string {
  return createHmac("sha256", secret)
    .update(`${scope}\n${JSON.stringify(parts)}`)
    .digest("hex");
}

/** One person's address in one spelling; local parts that differ in case are the same person here. */
function normalise(address: string): string {
  return address.trim().normalize("NFC").toLowerCase();
}

function claimsToBits({ purpose, owner, item, seat, holder, expires }: LinkClaims): Bits {
  return joinBits(
    bitsOf(PURPOSES.indexOf(purpose), 3),
    ownerToBits(owner),
    bitsOf(ADDRESSEES.indexOf(seat), 2),
    bitsOf(holder, 14),
    bitsOf(expires, 36),
    itemToBits(item),
  );
}

function readClaims(bits: BitReader, wanted: LinkPurpose): LinkClaims | undefined {
  const purpose = PURPOSES[bits.take(3)];
  if (purpose !== wanted) return undefined;
  const owner = readOwner(bits);
  const seat = readAddressee(bits);
  return {
    purpose,
    owner,
    seat,
    holder: bits.take(14),
    expires: bits.take(36),
    item: readItem(bits),
  };
}

function ownerToBits(owner: string): Bits {
  if (PAIR_ID.test(owner)) return joinBits(bitsOf(0, 1), textToBits(owner, BASE32));
  return joinBits(bitsOf(1, 1), bitsOf(owner.length - 1, 6), textToBits(owner, OWNER_TEXT));
}

function readOwner(bits: BitReader): string {
  if (bits.take(1) === 0) return bits.takeText(16, BASE32);
  return bits.takeText(bits.take(6) + 1, OWNER_TEXT);
}

function sendToBits({ owner, item, seat, holder }: SendKey, secret: string): Bits {
  const exact = itemToBits(item);
  const fits = exact.length <= REPLY_ITEM_BITS_MAX;
  const digest = () => digestToBits(hashOf(secret, "item", [item]).slice(0, 16));
  return joinBits(
    textToBits(owner, BASE32),
    bitsOf(ADDRESSEES.indexOf(seat), 2),
    bitsOf(holder, 7),
    fits ? exact : digest(),
  );
}

function readSend(bits: BitReader): SendKey {
  const owner = bits.takeText(16, BASE32);
  const seat = readAddressee(bits);
  return { owner, seat, holder: bits.take(7), item: readItem(bits) };
}

function readAddressee(bits: BitReader): Addressee {
  const seat = ADDRESSEES[bits.take(2)];
  if (seat === undefined) throw new RangeError("The bits name no seat.");
  return seat;
}
