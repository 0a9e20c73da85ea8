import { createHash } from "node:crypto";
import { DUE_SHARDS } from "../ports.ts";

/** All partitions of the due index, for whoever asks each of them what is due. */
export const ALL_DUE_SHARDS: readonly string[] = Array.from({ length: DUE_SHARDS }, (_, shard) =>
  String(shard),
);

/** The partition of the due index in which everything of this owner (a pair, a cohort) waits. */
export function dueShardOf(owner: string): string {
  return String(createHash("sha256").update(owner).digest().readUInt32BE(0) % DUE_SHARDS);
}
