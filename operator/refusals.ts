import { refused } from "./command.ts";

/** What several commands have to say no to, in the same words. */

export function noSuchPair(pairId: string) {
  return refused(`There is no pair ${pairId}.`, "cg list shows those there are.");
}
