import { randomBytes } from "node:crypto";
import { toInstant } from "../core/instant.ts";
import type { Clock, Ids } from "../ports.ts";
import { BASE32, bitsToText } from "./bit-text.ts";

/** The real clock: the one place in the service that asks the machine what time it is. */
export const liveClock: Clock = { now: () => toInstant(Date.now()) };

/** Ids from the machine's secure source of chance. */
export const liveIds: Ids = { random: (bytes) => toBase32(randomBytes(bytes)) };

function toBase32(bytes: Buffer): string {
  const value = BigInt(`0x${bytes.toString("hex")}`);
  return bitsToText({ value, length: bytes.length * 8 }, BASE32);
}
