import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Writes the whole file or leaves the old one: the new text goes beside it and takes its place by a
 * rename. What is written this way outlives a killed process (not a power cut: nothing waits for the disk).
 */
export function replaceFile(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const beside = `${path}.new`;
  writeFileSync(beside, content, { mode: 0o600 }); // mails and keys are nobody else's business
  renameSync(beside, path);
}

/** @returns undefined when there is no such file */
export function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * JSON values in the order in which they were added, one a line. A process that is killed in the
 * middle of a line leaves a last line without an end, which was never acknowledged and is cut off.
 */
export interface Journal {
  readonly values: readonly unknown[];
  append(value: unknown): void;
  /** Starts over with these values alone. */
  rewrite(values: readonly unknown[]): void;
}

export function openJournal(path: string): Journal {
  const values = readLines(path);
  const rewrite = (kept: readonly unknown[]) => replaceFile(path, kept.map(lineOf).join(""));
  rewrite(values);
  return {
    values,
    append: (value) => appendFileSync(path, lineOf(value)),
    rewrite,
  };
}

/** For a service that keeps nothing. */
export function noJournal(): Journal {
  return { values: [], append: () => undefined, rewrite: () => undefined };
}

function readLines(path: string): readonly unknown[] {
  const text = readIfThere(path)?.toString("utf8") ?? "";
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  return whole
    .split("\n")
    .filter((line) => line !== "")
    .map((line): unknown => JSON.parse(line));
}

function lineOf(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
