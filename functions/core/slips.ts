import type { Pair } from "./pair.ts";
import { type Change, changeOf } from "./plan.ts";

/** How many of the letters counted last are known by their id, to tell one that is read again. */
export const SLIPS_KNOWN = 10;

/**
 * Counts a reply that held details of a person or an investigation. The pair's coordinator sees the number;
 * what the details were, whose they were and in whose words is kept nowhere.
 *
 * @param letter id of the reply, the same whenever it is read again
 * @returns undefined when this very letter is counted already
 */
export function countSlip(pair: Pair, letter: string): Change | undefined {
  const { count = 0, known = [] } = pair.slips ?? {};
  if (known.includes(letter)) return undefined;
  const slips = { count: count + 1, known: [...known, letter].slice(-SLIPS_KNOWN) };
  return changeOf({ ...pair, slips });
}
