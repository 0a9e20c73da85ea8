import type { Consent, Suppression } from "../../../functions/core/consent.ts";
import type { Pair } from "../../../functions/core/pair.ts";
import { parseSendId, type Send, type SendKey } from "../../../functions/core/send.ts";
import type { Row } from "../../../functions/ports.ts";
import type { World } from "../world.ts";

/** What the tables hold, read past all ports and faults. */

export function isSendRow(row: Row | undefined): row is Row {
  return row?.sk.startsWith("SEND#") === true;
}

export function isPairRow(row: Row | undefined): row is Row {
  return row?.sk === "PAIR";
}

export function isConsentRow(row: Row | undefined): row is Row {
  return row?.sk.startsWith("CONSENT#") === true;
}

export function isSuppressionRow(row: Row | undefined): row is Row {
  return row?.pk.startsWith("SUPPRESSED#") === true;
}

export function toSend(row: Row): Send {
  return row as unknown as Send;
}

export function toPair(row: Row): Pair {
  return row as unknown as Pair;
}

export function toConsent(row: Row): Consent {
  return row as unknown as Consent;
}

export function toSuppression(row: Row): Suppression {
  return row as unknown as Suppression;
}

export function allSends(world: World): readonly Send[] {
  return [...world.ledger.rows()].filter(isSendRow).map(toSend);
}

export function allPairs(world: World): readonly Pair[] {
  return [...world.pairs.rows()].filter(isPairRow).map(toPair);
}

export function consentsOf(world: World, pairId: string): readonly Consent[] {
  return world.ledger.query(`PAIR#${pairId}`, "CONSENT#").map(toConsent);
}

export function consentOf(
  world: World,
  { owner, seat, holder }: Pick<SendKey, "owner" | "seat" | "holder">,
): Consent | undefined {
  return world.ledger.get({ pk: `PAIR#${owner}`, sk: `CONSENT#${seat}${holder}` }) as
    | Consent
    | undefined;
}

export function storedSend(world: World, sendId: string): Send | undefined {
  const key = parseSendId(sendId);
  if (key === undefined) return undefined;
  const pk = key.owner.startsWith("cohort-")
    ? `COHORT#${key.owner.slice("cohort-".length)}`
    : `PAIR#${key.owner}`;
  const row = world.ledger.get({ pk, sk: `SEND#${key.item}#${key.seat}${key.holder}` });
  return row === undefined ? undefined : toSend(row);
}

/** @param address its HMAC, as a consent has it; an erased one has none */
export function suppressionOf(world: World, address: string | undefined): Suppression | undefined {
  const row = world.ledger.get({ pk: `SUPPRESSED#${address}`, sk: "-" });
  return row === undefined ? undefined : toSuppression(row);
}
