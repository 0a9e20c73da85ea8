/** Lines of text as a browser would break them. */
export interface Lines {
  write(text: string): void;
  writeLines(text: string): void;
  break(): void;
  endBlock(): void;
  endTightParagraph(): void;
  paragraph(): void;
  lastLine(): string;
  toText(): string;
}

export function createLines(): Lines {
  const lines: string[] = [];
  let pieces: string[] = [];
  let wantsGap = false;
  let lastWritten = "";
  const flush = () => {
    const line = pieces.join("").replace(/[ \t]+/g, " ");
    lines.push(line.trim());
    if (line.trim() !== "") lastWritten = line.trim();
    pieces = [];
  };
  const isOpen = () => pieces.some((piece) => /\S/.test(piece));
  const endBlock = () => {
    if (isOpen()) flush();
    pieces = [];
  };
  const write = (text: string) => {
    if (wantsGap && /\S/.test(text)) {
      if (lines.length > 0 && lines.at(-1) !== "") lines.push("");
      wantsGap = false;
    }
    pieces.push(text);
  };
  return {
    write: (text) => write(text.replace(/[\s\u00a0]+/g, " ")),
    writeLines: (text) => {
      const [first = "", ...others] = text.split(/\r?\n/);
      write(first);
      for (const line of others) {
        flush();
        write(line);
      }
    },
    break: flush,
    endBlock,
    endTightParagraph: () => {
      if (pieces.length > 0) flush();
    },
    paragraph: () => {
      endBlock();
      wantsGap = true;
    },
    lastLine: () => (isOpen() ? pieces.join("") : lastWritten),
    toText: () => {
      endBlock();
      return lines
        .join("\n")
        .replace(/\n{3,}/g, "\n\n")
        .trim();
    },
  };
}
