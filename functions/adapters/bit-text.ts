/**
 * Numbers of a few bits each, one after the other, written as text. Reply addresses have 64 characters
 * for everything they say, so nothing in them is rounded up to whole bytes.
 */
export interface Bits {
  readonly value: bigint;
  readonly length: number;
}

export interface Alphabet {
  readonly characters: string;
  readonly bitsEach: number;
}

/** RFC 4648 base32 in lower case: mail gateways change the case of a local part. */
export const BASE32: Alphabet = { characters: "abcdefghijklmnopqrstuvwxyz234567", bitsEach: 5 };
export const BASE64URL: Alphabet = {
  characters: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
  bitsEach: 6,
};

export const NO_BITS: Bits = { value: 0n, length: 0 };

/** Bits of one unsigned number. @throws RangeError when the number needs more bits */
export function bitsOf(number: number | bigint, length: number): Bits {
  const value = BigInt(number);
  if (value < 0n || value >> BigInt(length) !== 0n) {
    throw new RangeError(`A number does not fit into ${length} bits.`);
  }
  return { value, length };
}

export function joinBits(...parts: readonly Bits[]): Bits {
  return parts.reduce(
    (joined, { value, length }) => ({
      value: (joined.value << BigInt(length)) | value,
      length: joined.length + length,
    }),
    NO_BITS,
  );
}

/** Text as bits, one character after the other. @throws RangeError for a character of no meaning */
export function textToBits(text: string, { characters, bitsEach }: Alphabet): Bits {
  const places = [...text].map((character) => bitsOf(characters.indexOf(character), bitsEach));
  return joinBits(...places);
}

/** Bits as text, filled up with zeros to a whole character. */
export function bitsToText({ value, length }: Bits, { characters, bitsEach }: Alphabet): string {
  const count = Math.ceil(length / bitsEach);
  const padded = value << BigInt(count * bitsEach - length);
  const places = Array.from({ length: count }, (_, index) =>
    Number((padded >> BigInt((count - 1 - index) * bitsEach)) & BigInt((1 << bitsEach) - 1)),
  );
  return places.map((place) => characters.charAt(place)).join("");
}

/** Takes numbers off the front, in the order in which they were joined. */
export interface BitReader {
  /** @throws RangeError when fewer bits are left */
  take(length: number): number;
  takeText(count: number, alphabet: Alphabet): string;
}

export function readBits({ value, length }: Bits): BitReader {
  let left = length;
  const take = (count: number): bigint => {
    if (count > left) throw new RangeError("The bits end too early.");
    left -= count;
    return (value >> BigInt(left)) & ((1n << BigInt(count)) - 1n);
  };
  return {
    take: (count) => Number(take(count)),
    takeText: (count, alphabet) => {
      const bits = count * alphabet.bitsEach;
      return bitsToText({ value: take(bits), length: bits }, alphabet);
    },
  };
}
