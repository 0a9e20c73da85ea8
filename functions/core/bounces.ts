import { type Instant, plusDays } from "./instant.ts";
import type { Pair, SeatId } from "./pair.ts";
import { withSeat } from "./plan.ts";

/** Three soft bounces in a row, over at least a week, mean that nobody can be reached there. */
export const SOFT_BOUNCES_MAX = 3;
export const SOFT_BOUNCE_DAYS = 7;

/**
 * Counts a soft bounce, or starts the count again after a delivery.
 *
 * @returns undefined when nothing changes (a delivery with no bounce before it, or told of late; the last
 * bounce once more, whose two events were read at the same time)
 */
export function judgeBounces(
  pair: Pair,
  seat: SeatId,
  what: "delivery" | "soft-bounce",
  at: Instant,
): { readonly pair: Pair; readonly unreachable: boolean } | undefined {
  const { count, since, lastAt } = pair.seats[seat].softBounces;
  if (what === "delivery") {
    if (count === 0 || (since !== undefined && at < since)) return undefined;
    return { pair: withSeat(pair, seat, { softBounces: { count: 0 } }), unreachable: false };
  }
  if (at === lastAt) return undefined;
  const first = since ?? at;
  const softBounces = { count: count + 1, since: first, lastAt: at };
  const counted = withSeat(pair, seat, { softBounces });
  const isLong = at >= plusDays(first, SOFT_BOUNCE_DAYS);
  return { pair: counted, unreachable: count + 1 >= SOFT_BOUNCES_MAX && isLong };
}
