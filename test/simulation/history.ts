import { hashText } from "./dice.ts";

/** Everything that happened in a run, line by line. Two runs of one seed have the same lines. */
export interface History {
  note(ms: number, line: string): void;
  lines(): readonly string[];
  /** Eight hex digits over every line so far. */
  hash(): string;
}

/** @param keeps false: only the hash is kept, which is all a run needs that fails nothing */
export function createHistory(keeps: boolean): History {
  const kept: string[] = [];
  let hash = hashText("");
  return {
    note(ms, line) {
      hash = hashText(line, (hash ^ ms) >>> 0);
      if (keeps) kept.push(`${new Date(ms).toISOString()} ${line}`);
    },
    lines: () => kept,
    hash: () => hash.toString(16).padStart(8, "0"),
  };
}
