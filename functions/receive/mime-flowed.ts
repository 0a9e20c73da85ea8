/** Ten times what is looked at for a quote; what stands below is nobody's answer. */
const LINES_MAX = 50_000;

/**
 * Undoes format=flowed (RFC 3676): a line that ends in a space goes on in the next line of the same
 * quote depth. Quote depth is kept, so that a flowed quote stays recognisable as one.
 */
export function unflow(text: string, deletesSpace: boolean): string {
  const paragraphs: string[] = [];
  let open: FlowedLine | undefined;
  let pieces: string[] = [];
  for (const raw of text.split("\n", LINES_MAX)) {
    const line = readFlowedLine(raw);
    const continues = open?.flows === true && open.depth === line.depth && !line.isDelimiter;
    if (!continues) {
      if (open) paragraphs.push(joinPieces(open, pieces));
      pieces = [];
    }
    pieces.push(deletesSpace && line.flows ? line.content.slice(0, -1) : line.content);
    open = line;
  }
  if (open) paragraphs.push(joinPieces(open, pieces));
  return paragraphs.join("\n");
}

interface FlowedLine {
  readonly depth: number;
  readonly content: string;
  readonly flows: boolean;
  readonly isDelimiter: boolean;
}

function readFlowedLine(raw: string): FlowedLine {
  const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
  let depth = 0;
  while (line[depth] === ">") depth += 1;
  const unquoted = line.slice(depth);
  const content = unquoted.startsWith(" ") ? unquoted.slice(1) : unquoted;
  const isDelimiter = content === "-- ";
  return { depth, content, isDelimiter, flows: content.endsWith(" ") && !isDelimiter };
}

function joinPieces(last: FlowedLine, pieces: readonly string[]): string {
  const prefix = last.depth > 0 ? `${">".repeat(last.depth)} ` : "";
  return prefix + pieces.join("");
}
