import { createHash } from "node:crypto";
import { isSameReport, type LogEntry } from "../core/action.ts";
import { localDay } from "../core/instant.ts";
import type { Pair } from "../core/pair.ts";
import { pairDueAt } from "../core/timers.ts";
import type { PairStore, Row, RowKey, Table } from "../ports.ts";
import { dueShardOf } from "./due-shard.ts";
import { changeRow, removeRow } from "./optimistic.ts";
import { ONLY_ROW, pairPartition, toEpochSeconds } from "./row-keys.ts";

/** Pairs and what belongs to them, over any table. */
export function pairStore(table: Table): PairStore {
  return { ...pairRows(table), ...coupleRows(table), ...addressRows(table), ...logRows(table) };
}

type PairRows = Pick<PairStore, "read" | "create" | "save" | "roster">;
type CoupleRows = Pick<PairStore, "claimCouple" | "releaseCouple">;
type AddressRows = Pick<
  PairStore,
  "pairsOf" | "pairsEverOf" | "linkAddress" | "unlinkAddress" | "forgetAddress"
>;
type LogRows = Pick<PairStore, "log" | "appendLog" | "undoLog" | "rememberReply" | "hasReply">;

function pairRows(table: Table): PairRows {
  return {
    async read(id) {
      const row = await table.get(pairKey(id));
      return row === undefined ? undefined : toPair(row);
    },
    async create(pair) {
      const written = await table.put(toRow(pair), "absent");
      return written === "written" ? "created" : "exists";
    },
    async save(pair) {
      const next = { ...pair, version: pair.version + 1 };
      const written = await table.put(toRow(next), pair.version);
      return written === "written" ? "saved" : "stale";
    },
    roster: async (cohort, state) =>
      (await table.roster(rosterKeyOf(cohort, state))).map((row) => toPair(row)),
  };
}

function coupleRows(table: Table): CoupleRows {
  const claim = async (couple: string, pairId: string): Promise<string> => {
    const row = { ...coupleKey(couple), version: firstVersion(pairId), couple, pairId };
    if ((await table.put(row, "absent")) === "written") return pairId;
    const owner = await table.get(coupleKey(couple));
    return owner === undefined ? claim(couple, pairId) : String(owner.pairId);
  };
  return {
    claimCouple: claim,
    releaseCouple: (couple, pairId) =>
      removeRow(table, coupleKey(couple), (stored) => stored.pairId === pairId),
  };
}

function addressRows(table: Table): AddressRows {
  const rowsOf = (address: string) => table.query(addressPartition(address), "PAIR#");
  return {
    pairsOf: async (address) => idsIn((await rowsOf(address)).filter((row) => row.left !== true)),
    pairsEverOf: async (address) => idsIn(await rowsOf(address)),
    async linkAddress(address, pairId) {
      await changeRow(table, addressKey(address, pairId), (stored) =>
        stored === undefined || stored.left === true ? { pairId } : undefined,
      );
    },
    async unlinkAddress(address, pairId) {
      await changeRow(table, addressKey(address, pairId), (stored) =>
        stored === undefined || stored.left === true ? undefined : { pairId, left: true },
      );
    },
    forgetAddress: (address, pairId) => removeRow(table, addressKey(address, pairId)),
  };
}

function idsIn(rows: readonly Row[]): readonly string[] {
  return rows.map((row) => String(row.pairId));
}

function logRows(table: Table): LogRows {
  return {
    log: async (pairId) =>
      toldOnce((await table.query(pairPartition(pairId), "ACTION#")).map((row) => toLogEntry(row))),
    async appendLog(pairId, entry) {
      const row = { ...entry, ...actionKey(pairId, entry), version: 1 };
      return (await table.put(row, "absent")) === "written" ? "added" : "exists";
    },
    async undoLog(pairId, entry, at) {
      await changeRow(table, actionKey(pairId, entry), (stored) =>
        stored === undefined || stored.undoneAt !== undefined
          ? undefined
          : { ...stored, undoneAt: at },
      );
    },
    async rememberReply(pairId, reply, expiresAt) {
      const row = { ...replyKey(pairId, reply), version: 1, expiresAt: toEpochSeconds(expiresAt) };
      return (await table.put(row, "absent")) === "written" ? "new" : "seen";
    },
    hasReply: async (pairId, reply) => (await table.get(replyKey(pairId, reply))) !== undefined,
  };
}

function pairKey(id: string): RowKey {
  return { pk: pairPartition(id), sk: "PAIR" };
}

function coupleKey(couple: string): RowKey {
  return { pk: `COUPLE#${couple}`, sk: ONLY_ROW };
}

/**
 * Couples come and go under one key. Were each pair's claim version 1, a release done twice could take
 * the next pair's claim for the one it has read.
 */
function firstVersion(pairId: string): number {
  return createHash("sha256").update(pairId).digest().readUInt32BE(0);
}

function addressPartition(address: string): string {
  return `ADDRESS#${address}`;
}

function addressKey(address: string, pairId: string): RowKey {
  return { pk: addressPartition(address), sk: pairPartition(pairId) };
}

function actionKey(pairId: string, { on, kind, source }: LogEntry): RowKey {
  return { pk: pairPartition(pairId), sk: `ACTION#${on}#${kind}#${source}` };
}

function replyKey(pairId: string, reply: string): RowKey {
  return { pk: pairPartition(pairId), sk: `REPLY#${reply}` };
}

function rosterKeyOf(cohort: string, state: Pair["state"]["kind"]): string {
  return `${cohort}#${state}`;
}

/** The pair as it is, and beside it what the indexes need. */
function toRow(pair: Pair): Row {
  const dueAt = pairDueAt(pair);
  return {
    ...pair,
    ...pairKey(pair.id),
    ...(dueAt === undefined ? {} : { dueAt, dueShard: dueShardOf(pair.id) }),
    rosterKey: rosterKeyOf(pair.cohort, pair.state.kind),
    rosterOn: pair.lastActionOn ?? localDay(pair.createdAt, pair.slot.timeZone),
  };
}

function toPair(row: Row): Pair {
  const { pk: _pk, sk: _sk, dueAt: _dueAt, dueShard: _dueShard, ...rest } = row;
  const { rosterKey: _rosterKey, rosterOn: _rosterOn, ...pair } = rest;
  return pair as unknown as Pair;
}

/** One report handled twice, before and after midnight, counts by its first day. @param entries earliest day first */
function toldOnce(entries: readonly LogEntry[]): readonly LogEntry[] {
  return entries.filter(
    (entry, place) => entries.findIndex((one) => isSameReport(one, entry)) === place,
  );
}

function toLogEntry(row: Row): LogEntry {
  const { pk: _pk, sk: _sk, version: _version, ...entry } = row;
  return entry as unknown as LogEntry;
}
