import type { Instant } from "../functions/core/instant.ts";

/** Rows as columns, each as wide as its widest cell; the last one as it is. */
export function columns(rows: readonly (readonly string[])[], indent = ""): string {
  const widths = (rows[0] ?? []).map((_, index) =>
    Math.max(...rows.map((row) => (row[index] ?? "").length)),
  );
  return rows
    .map((row) => {
      const cells = row.map((cell, index) => cell.padEnd(widths[index] ?? 0));
      return `${indent}${cells.join("  ").trimEnd()}`;
    })
    .join("\n");
}

/** To the minute, in UTC: `2026-10-13 15:00`. */
export function minuteOf(at: Instant): string {
  return at.slice(0, 16).replace("T", " ");
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
