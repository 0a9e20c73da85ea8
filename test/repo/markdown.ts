/** As much Markdown as the documents' checks need. */

export interface Link {
  readonly target: string;
  readonly line: number;
}

/** Text without fenced blocks, which hold pictures and commands; the lines stay where they are. */
function withoutFences(markdown: string): string {
  return markdown.replace(/^```[\s\S]*?^```/gm, (block) => block.replace(/[^\n]/g, ""));
}

/** Targets of inline links. */
export function linksOf(markdown: string): readonly Link[] {
  const text = withoutFences(markdown);
  return [...text.matchAll(/\]\(([^()\s]+)\)/g)].map((match) => ({
    target: match[1] ?? "",
    line: text.slice(0, match.index).split("\n").length,
  }));
}

export function headingsOf(markdown: string, level?: number): readonly string[] {
  const marks = level === undefined ? "#{1,6}" : `#{${level}}`;
  return [...withoutFences(markdown).matchAll(new RegExp(`^${marks} (.+)$`, "gm"))].map(
    ([, heading]) => (heading ?? "").trim(),
  );
}

/** What a heading is called in a link, as GitHub does it. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}

/** Rows of all tables, as trimmed cells; `\|` is a character of its cell. */
export function tableRows(markdown: string): readonly (readonly string[])[] {
  return withoutFences(markdown)
    .split("\n")
    .filter((line) => line.startsWith("|") && !/^[|\s:-]+$/.test(line))
    .map((line) => line.split(/(?<!\\)\|/).slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim()));
}

/** Everything between backquotes within a line. */
export function codeSpans(text: string): readonly string[] {
  return [...withoutFences(text).matchAll(/`([^`\n]+)`/g)].map(([, code]) => code ?? "");
}
