import { type Instant, latest, plusDays } from "./instant.ts";
import type { SeatId } from "./pair.ts";

export const DECLINE_DAYS = 90;

/**
 * What one holder of a seat has agreed to, kept in the ledger so that no restore of the pairs' table
 * can undo it. Holder numbers are allocated by putting this row if absent.
 */
export interface Consent {
  readonly pairId: string;
  readonly seat: SeatId;
  readonly holder: number;
  readonly state: ConsentState;
  /** Instant of the act itself (the POST, or SES's receipt of the mail); an earlier act never undoes a later one. */
  readonly at: Instant;
  /** Id of that act: whoever finds it half carried out names its mails as the first try did. */
  readonly act?: string;
  /** HMAC of the holder's address, until erasure. */
  readonly address?: string;
}

export type ConsentState =
  | "invited"
  | "given"
  | "declined"
  | "paused"
  | "left"
  | "ended"
  | "erased";

/** What becomes of a consent, when, and by which act. */
export interface SpokenAct {
  readonly state: ConsentState;
  readonly at: Instant;
  readonly id: string;
  /** It follows from another's word, or from none: the holder's own instants, by other clocks, do not count. */
  readonly follows?: true;
}

/** An address that is not written to. Each ground stands by itself and is lifted by itself; the row is never deleted. */
export interface Suppression {
  readonly address: string;
  readonly stop?: Ground;
  readonly bounce?: Ground;
  readonly complaint?: Ground;
  /** The owner said no to an invitation: no invitation of other people's making for 90 days. */
  readonly decline?: Ground;
}

export type SuppressionGround = "stop" | "bounce" | "complaint" | "decline";

export interface Ground {
  readonly at: Instant;
  readonly lifted: boolean;
  /** Id of the owner's act; a report of SES is named by its instant. */
  readonly act?: string;
}

/**
 * The consent after an act, or undefined when a later act is stored already or nothing changes. The
 * same state said again at a later instant counts: an act between the two must not undo it. An erasure
 * counts whatever its instant, for a clock that is seconds off must not keep anybody's address; nothing
 * follows it, and nothing else follows a refused invitation. What follows from another's word counts too.
 */
export function changeConsent(current: Consent, act: SpokenAct): Consent | undefined {
  if (current.state === "erased") return undefined;
  if (act.state === "erased") return erasedConsent(current, act);
  // An invitation is not the holder's act: what they say follows it, whatever the clocks say.
  const isFirst = current.state === "invited";
  const isOvertaken = act.at < current.at && !isFirst && act.follows !== true;
  if (current.state === "declined" || isOvertaken) return undefined;
  if (act.at === current.at && act.state === current.state) return undefined;
  return { ...current, state: act.state, at: latest(act.at, current.at), act: act.id };
}

function erasedConsent({ address: _, ...rest }: Consent, { at, id }: SpokenAct): Consent {
  return { ...rest, state: "erased", at: latest(rest.at, at), act: id };
}

/**
 * The highest holder number of a seat in the ledger, 0 if there is none. The invitation by this very act
 * is not counted: a first try wrote it and died, and the second takes the same number.
 */
export function highestHolder(
  consents: readonly Consent[],
  seat: SeatId,
  act: { readonly at: Instant },
): number {
  const isOwn = ({ state, at }: Consent) => state === "invited" && at === act.at;
  const others = consents.filter((consent) => consent.seat === seat && !isOwn(consent));
  return Math.max(0, ...others.map(({ holder }) => holder));
}

/** The suppression after an act on one ground; undefined when a later act on that ground is already stored. */
export function changeSuppression(
  current: Suppression,
  ground: SuppressionGround,
  act: Ground,
): Suppression | undefined {
  const stored = current[ground];
  if (stored === undefined) return act.lifted ? undefined : { ...current, [ground]: act };
  if (act.at < stored.at || (act.at === stored.at && act.lifted === stored.lifted))
    return undefined;
  return { ...current, [ground]: act };
}

/** True while a decline keeps invitations by others away from this address. */
export function keepsInvitationsAway(suppression: Suppression | undefined, now: Instant): boolean {
  const decline = suppression?.decline;
  return decline !== undefined && !decline.lifted && now < plusDays(decline.at, DECLINE_DAYS);
}

export function isSuppressed(suppression: Suppression | undefined): boolean {
  return suppressedBy(suppression).length > 0;
}

/** The grounds on which nothing is sent; a decline only keeps invitations away. */
export function suppressedBy(suppression: Suppression | undefined): readonly SuppressionGround[] {
  const grounds = ["stop", "bounce", "complaint"] as const;
  return grounds.filter((ground) => suppression?.[ground]?.lifted === false);
}
