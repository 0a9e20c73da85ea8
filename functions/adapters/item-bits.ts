import {
  type Alphabet,
  BASE32,
  type BitReader,
  type Bits,
  bitsOf,
  joinBits,
  textToBits,
} from "./bit-text.ts";

/**
 * The words items are made of. A word's place in the list stands in reply addresses and links that are
 * out in mailboxes: words are only ever added, at the end, up to 128.
 */
const WORDS: readonly string[] = [
  ...["lesson", "nudge", "meet", "mou", "check", "in", "graduation", "welcome"],
  ...["invitation", "reminder", "receipt", "notice", "sign", "was", "it", "you"],
  ...["again", "keep", "happened", "signer", "partner", "coordinator", "approval", "approved"],
  ...["not", "taken", "up", "final", "on", "hold", "question", "back"],
  ...["seat", "open", "address", "restart", "handover", "successor", "colleague", "plan"],
  ...["slot", "changed", "stopped", "started", "paused", "resumed", "ended", "erased"],
  ...["logged", "asked", "ask", "help", "details", "corrected", "confirmed", "future"],
  ...["declined", "recap", "draft", "sent", "signed", "needed", "review", "revise"],
  ...["decide", "recheck", "still", "reopened", "fixed", "fix", "nothing", "to"],
  ...["kept", "invited", "series", "snoozed", "date", "waiting", "yet", "too"],
  ...["large", "old", "new", "expired", "bounced", "complaint", "undone", "later"],
  ...["left", "end", "next", "other", "privacy", "unsure", "overtaken"],
];

/** All characters an item may have, and with them anything an item can be. */
const ITEM_TEXT: Alphabet = {
  characters: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-",
  bitsEach: 6,
};
const HEX: Alphabet = { characters: "0123456789abcdef", bitsEach: 4 };
const HASH = /^[0-9a-f]{16}$/;
const SEGMENTS_MAX = 7;

const FORM_BITS = 2;
const FORM = { segments: 0, spelled: 1, digest: 2 } as const;
const KIND_BITS = 2;
const KIND = { word: 0, hash: 1, number: 2, spelled: 3 } as const;

/** What an item that does not fit is read back as, followed by 16 hex digits of its hash. */
export const DIGEST_ITEM = "notice-unknown-";

/** An item word by word where it can be, else letter by letter; exact either way. */
export function itemToBits(item: string): Bits {
  const segments = item.split("-").map(segmentToBits);
  const known = segments.filter((segment) => segment !== undefined);
  if (known.length !== segments.length || known.length > SEGMENTS_MAX) return spelledItem(item);
  const inWords = joinBits(bitsOf(FORM.segments, FORM_BITS), bitsOf(known.length, 3), ...known);
  const inLetters = spelledItem(item);
  return inWords.length <= inLetters.length ? inWords : inLetters;
}

/** The last resort for an item that is too long: 64 bits of a hash instead of the item. */
export function digestToBits(hash: string): Bits {
  return joinBits(bitsOf(FORM.digest, FORM_BITS), textToBits(hash, HEX));
}

/** @throws RangeError for bits that no item was written as */
export function readItem(bits: BitReader): string {
  switch (bits.take(FORM_BITS)) {
    case FORM.segments:
      return Array.from({ length: bits.take(3) }, () => readSegment(bits)).join("-");
    case FORM.spelled:
      return bits.takeText(bits.take(6) + 1, ITEM_TEXT);
    case FORM.digest:
      return `${DIGEST_ITEM}${bits.takeText(16, HEX)}`;
    default:
      throw new RangeError("The bits spell no item.");
  }
}

function spelledItem(item: string): Bits {
  return joinBits(
    bitsOf(FORM.spelled, FORM_BITS),
    bitsOf(item.length - 1, 6),
    textToBits(item, ITEM_TEXT),
  );
}

/** @returns undefined for a segment that only the whole item, spelled, can carry */
function segmentToBits(segment: string): Bits | undefined {
  const word = WORDS.indexOf(segment);
  if (word >= 0) return joinBits(bitsOf(KIND.word, KIND_BITS), bitsOf(word, 7));
  if (HASH.test(segment)) return joinBits(bitsOf(KIND.hash, KIND_BITS), textToBits(segment, HEX));
  if (/^(?:\d|\d\d)$/.test(segment)) {
    const isTwoDigits = bitsOf(segment.length - 1, 1);
    return joinBits(bitsOf(KIND.number, KIND_BITS), isTwoDigits, bitsOf(Number(segment), 7));
  }
  return spelledSegment(segment);
}

function spelledSegment(segment: string): Bits | undefined {
  if (!/^[A-Za-z0-9]{1,16}$/.test(segment)) return undefined;
  const isBase32 = /^[a-z2-7]+$/.test(segment);
  return joinBits(
    bitsOf(KIND.spelled, KIND_BITS),
    bitsOf(isBase32 ? 1 : 0, 1),
    bitsOf(segment.length - 1, 4),
    textToBits(segment, isBase32 ? BASE32 : ITEM_TEXT),
  );
}

function readSegment(bits: BitReader): string {
  switch (bits.take(KIND_BITS)) {
    case KIND.word:
      return readWord(bits.take(7));
    case KIND.hash:
      return bits.takeText(16, HEX);
    case KIND.number:
      return readNumber(bits.take(1) + 1, bits.take(7));
    default:
      return readSpelled(bits);
  }
}

function readWord(place: number): string {
  const word = WORDS[place];
  if (word === undefined) throw new RangeError("The bits name a word that is not listed.");
  return word;
}

function readNumber(digits: number, number: number): string {
  return String(number).padStart(digits, "0");
}

function readSpelled(bits: BitReader): string {
  const alphabet = bits.take(1) === 1 ? BASE32 : ITEM_TEXT;
  return bits.takeText(bits.take(4) + 1, alphabet);
}
