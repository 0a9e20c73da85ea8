/** One entry of an index: what it is sorted by, then the key of its row. */
export interface IndexEntry {
  readonly sort: string;
  readonly pk: string;
  readonly sk: string;
}

/** What a sparse index holds, per partition and in order; finding a place costs a binary search. */
export interface SortedIndex {
  add(partition: string, entry: IndexEntry): void;
  remove(partition: string, entry: IndexEntry): void;
  /** Entries with `from <= sort <= until`, in order. */
  between(partition: string, from: string, until: string, limit: number): readonly IndexEntry[];
}

export function sortedIndex(): SortedIndex {
  const partitions = new Map<string, IndexEntry[]>();
  const entriesOf = (partition: string) => partitions.get(partition) ?? [];
  return {
    add(partition, entry) {
      const entries = entriesOf(partition);
      entries.splice(placeOf(entries, entry), 0, entry);
      partitions.set(partition, entries);
    },
    remove(partition, entry) {
      const entries = entriesOf(partition);
      const place = placeOf(entries, entry);
      const found = entries[place];
      if (found !== undefined && compare(found, entry) === 0) entries.splice(place, 1);
    },
    between(partition, from, until, limit) {
      const entries = entriesOf(partition);
      const start = placeOf(entries, { sort: from, pk: "", sk: "" });
      const rest = entries.slice(start, start + limit);
      return rest.filter(({ sort }) => sort <= until);
    },
  };
}

/** Index of the first entry that is not before this one. */
function placeOf(entries: readonly IndexEntry[], entry: IndexEntry): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = entries[middle];
    if (found !== undefined && compare(found, entry) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function compare(one: IndexEntry, other: IndexEntry): number {
  return (
    compareText(one.sort, other.sort) ||
    compareText(one.pk, other.pk) ||
    compareText(one.sk, other.sk)
  );
}

function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
