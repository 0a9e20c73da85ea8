/**
 * Keys and indexes of the two tables, in one place: the embedded engine creates its tables from it,
 * and so does the stack on AWS.
 */
export interface TableSchema {
  readonly partition: "pk";
  readonly sort: "sk";
  readonly indexes: readonly IndexSchema[];
  /** Attribute with the epoch second after which a row may be deleted; absent where rows stay. */
  readonly timeToLive?: "expiresAt";
}

/** A global index of keys only: the row itself is read consistently before anything is decided. */
export interface IndexSchema {
  readonly name: "due" | "roster";
  readonly partition: "dueShard" | "rosterKey";
  readonly sort: "dueAt" | "rosterOn";
}

const due: IndexSchema = { name: "due", partition: "dueShard", sort: "dueAt" };
/** Sparse as `due`: only a pair's row carries its attributes. */
const roster: IndexSchema = { name: "roster", partition: "rosterKey", sort: "rosterOn" };

export const PAIRS_TABLE: TableSchema = {
  partition: "pk",
  sort: "sk",
  indexes: [due, roster],
  timeToLive: "expiresAt",
};

/** Nothing in the ledger expires by itself: who stopped stays stopped. */
export const LEDGER_TABLE: TableSchema = { partition: "pk", sort: "sk", indexes: [due] };
