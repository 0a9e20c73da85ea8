import { type Consent, changeSuppression, type Suppression } from "../core/consent.ts";
import { type Instant, latest, plusMs } from "../core/instant.ts";
import { parseSendId, type Send, type SendKey } from "../core/send.ts";
import type { Row, RowKey, SendLedger, Table } from "../ports.ts";
import { dueShardOf } from "./due-shard.ts";
import { changeRow } from "./optimistic.ts";
import { ONLY_ROW, pairPartition } from "./row-keys.ts";

/** Sends, consents, gaps and suppressions, over any table. */
export function sendLedger(table: Table): SendLedger {
  return {
    ...sendRows(table),
    ...consentRows(table),
    ...suppressionRows(table),
    takeTurn: turnTaker(table),
  };
}

type SendRows = Pick<SendLedger, "read" | "plan" | "change" | "list">;
type ConsentRows = Pick<SendLedger, "consents" | "allocate" | "changeConsent">;
type SuppressionRows = Pick<SendLedger, "suppression" | "suppress">;
type Holder = Pick<Consent, "pairId" | "seat" | "holder">;

function sendRows(table: Table): SendRows {
  return {
    async read(key) {
      const row = await table.get(sendRowKey(key));
      return row === undefined ? undefined : toSend(row);
    },
    async plan(send) {
      const row = { ...toContent(send), ...sendRowKey(send), version: send.version };
      return (await table.put(row, "absent")) === "written" ? "planned" : "exists";
    },
    async change(key, decide) {
      const changed = await changeRow(table, sendRowKey(key), (stored) => {
        const send = stored === undefined ? undefined : decide(toSend(stored));
        return send === undefined ? undefined : toContent(send);
      });
      return changed === undefined ? undefined : toSend(changed);
    },
    list: async (owner, itemPrefix) =>
      (await table.query(ownerPartition(owner), `SEND#${itemPrefix}`)).map((row) => toSend(row)),
  };
}

function consentRows(table: Table): ConsentRows {
  return {
    consents: async (pairId) =>
      (await table.query(pairPartition(pairId), "CONSENT#")).map((row) => toConsent(row)),
    async allocate(consent) {
      const row = { ...consent, ...consentKey(consent), version: 1 };
      return (await table.put(row, "absent")) === "written" ? "allocated" : "exists";
    },
    async changeConsent(holder, decide) {
      const changed = await changeRow(table, consentKey(holder), (stored) => {
        const consent = stored === undefined ? undefined : decide(toConsent(stored));
        return consent === undefined ? undefined : { ...consent };
      });
      return changed === undefined ? undefined : toConsent(changed);
    },
  };
}

function suppressionRows(table: Table): SuppressionRows {
  const read = async (address: string): Promise<Suppression | undefined> => {
    const row = await table.get(suppressionKey(address));
    return row === undefined ? undefined : toSuppression(row);
  };
  return {
    suppression: read,
    async suppress(address, ground, act) {
      const changed = await changeRow(table, suppressionKey(address), (stored) => {
        const current = stored === undefined ? { address } : toSuppression(stored);
        const next = changeSuppression(current, ground, act);
        return next === undefined ? undefined : { ...next };
      });
      return changed === undefined
        ? ((await read(address)) ?? { address })
        : toSuppression(changed);
    },
  };
}

/** The item that holds the turn may take it again: the second try of one mail is not a second mail. */
function turnTaker(table: Table): SendLedger["takeTurn"] {
  return async (holder, { item, at, gapMs }) => {
    let lastAt: Instant | undefined;
    await changeRow(table, gapKey(holder), (stored) => {
      lastAt = stored === undefined ? undefined : String(stored.at);
      const isFree = lastAt === undefined || stored?.item === item || plusMs(lastAt, gapMs) <= at;
      if (!isFree) return undefined;
      const takenAt = latest(at, lastAt ?? at);
      lastAt = undefined;
      return { item, at: takenAt };
    });
    return lastAt;
  };
}

/** Mail about no pair lies beside the pairs: `cohort-<name>` under `COHORT#<name>`. */
function ownerPartition(owner: string): string {
  const cohort = "cohort-";
  return owner.startsWith(cohort) ? `COHORT#${owner.slice(cohort.length)}` : pairPartition(owner);
}

function sendRowKey({ owner, item, seat, holder }: SendKey): RowKey {
  return { pk: ownerPartition(owner), sk: `SEND#${item}#${seat}${holder}` };
}

/**
 * The send whose row this key names.
 * @throws Error for the key of anything else (only sends are due in the ledger)
 */
export function readSendKey({ pk, sk }: RowKey): SendKey {
  const [prefix, item, place] = sk.split("#");
  const owner = pk.startsWith("COHORT#")
    ? `cohort-${pk.slice("COHORT#".length)}`
    : pk.slice(pairPartition("").length);
  const key = prefix === "SEND" ? parseSendId(`${owner}_${item}_${place}`) : undefined;
  if (key === undefined) throw new Error("The ledger's due index names a row that is no send.");
  return key;
}

function consentKey({ pairId, seat, holder }: Holder): RowKey {
  return { pk: pairPartition(pairId), sk: `CONSENT#${seat}${holder}` };
}

function gapKey({ pairId, seat, holder }: Holder): RowKey {
  return { pk: pairPartition(pairId), sk: `GAP#${seat}${holder}` };
}

function suppressionKey(address: string): RowKey {
  return { pk: `SUPPRESSED#${address}`, sk: ONLY_ROW };
}

function toContent(send: Send) {
  return { ...send, ...(send.dueAt === undefined ? {} : { dueShard: dueShardOf(send.owner) }) };
}

function toSend(row: Row): Send {
  const { pk: _pk, sk: _sk, dueShard: _dueShard, ...send } = row;
  return send as unknown as Send;
}

function toConsent(row: Row): Consent {
  const { pk: _pk, sk: _sk, version: _version, ...consent } = row;
  return consent as unknown as Consent;
}

function toSuppression(row: Row): Suppression {
  const { pk: _pk, sk: _sk, version: _version, ...suppression } = row;
  return suppression as unknown as Suppression;
}
