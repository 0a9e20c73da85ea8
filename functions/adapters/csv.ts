/**
 * A table as RFC 4180 has it: a heading, CRLF after each line, every cell in quotes. A cell that a table
 * program would take for a formula, for it begins with one of `= + - @`, a tab or a line's end, gets an
 * apostrophe before it.
 */
export function csvOf(
  heading: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  return [heading, ...rows].map((row) => `${row.map(cellOf).join(",")}\r\n`).join("");
}

function cellOf(value: string | number): string {
  const text = typeof value === "string" && FORMULA.test(value) ? `'${value}` : String(value);
  return `"${text.replaceAll('"', '""')}"`;
}

/** OWASP's list, and NUL, before which some programs end a cell. */
const FORMULA = /^[=+\-@\t\r\n\0]/;
