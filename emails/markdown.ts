import { type MarkedToken, marked, type Token, type Tokens } from "marked";
import type { Report } from "./problems.ts";

/** The little of Markdown that mails use; both the HTML and the text part are made from it. */
export type Block = TagBlock | WordBlock;

/** An opening or closing tag on a line of its own: shows or repeats the blocks it encloses. */
export interface TagBlock {
  readonly kind: "tag";
  readonly tag: string;
}

export type WordBlock =
  | { readonly kind: "heading"; readonly depth: 1 | 2; readonly inside: readonly Inline[] }
  | { readonly kind: "paragraph"; readonly inside: readonly Inline[] }
  /** A paragraph that is nothing but a link; a bold one is the button of the mail. */
  | {
      readonly kind: "link";
      readonly inside: readonly Inline[];
      readonly href: string;
      readonly button: boolean;
    }
  | { readonly kind: "list"; readonly items: readonly ListItem[] };

export interface ListItem {
  /** The list slot this item repeats for; absent for a fixed item. */
  readonly each?: string;
  readonly inside: readonly Inline[];
}

export type Inline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "strong"; readonly inside: readonly Inline[] }
  | { readonly kind: "break" }
  | { readonly kind: "link"; readonly inside: readonly Inline[]; readonly href: string };

const TAG_LINE = /^\{\{[#^?/]\w+\}\}$/;
const REPEATED = /^\{\{#(\w+)\}\}(.*)\{\{\/\1\}\}$/s;

/** @param firstLine line of the file on which the source begins */
export function parseMarkdown(source: string, firstLine: number, report: Report): readonly Block[] {
  return splitAtTagLines(source, firstLine).flatMap((chunk) =>
    TAG_LINE.test(chunk.text)
      ? [{ kind: "tag" as const, tag: chunk.text }]
      : lexBlocks(chunk.text, chunk.line, report),
  );
}

/** Every link text of these blocks, for the check of words. */
export function linkTexts(blocks: readonly Block[]): readonly string[] {
  return blocks.flatMap((block) => {
    if (block.kind === "tag") return [];
    if (block.kind === "link") return [plainText(block.inside)];
    const inside =
      block.kind === "list" ? block.items.flatMap((item) => item.inside) : block.inside;
    return inside.flatMap((part) => (part.kind === "link" ? [plainText(part.inside)] : []));
  });
}

/** The words without markup; a link's address is left out. */
export function plainText(inside: readonly Inline[]): string {
  return inside
    .map((part) => {
      if (part.kind === "break") return "\n";
      return part.kind === "text" ? part.text : plainText(part.inside);
    })
    .join("");
}

interface Chunk {
  readonly text: string;
  readonly line: number;
}

function splitAtTagLines(source: string, firstLine: number): readonly Chunk[] {
  const chunks: Chunk[] = [];
  let text: string[] = [];
  source.split("\n").forEach((line, index) => {
    if (TAG_LINE.test(line)) {
      chunks.push({ text: text.join("\n"), line: firstLine + index - text.length });
      chunks.push({ text: line, line: firstLine + index });
      text = [];
    } else {
      text.push(line);
    }
  });
  const count = source.split("\n").length;
  chunks.push({ text: text.join("\n"), line: firstLine + count - text.length });
  return chunks.filter((chunk) => chunk.text.trim() !== "");
}

function lexBlocks(source: string, firstLine: number, report: Report): readonly Block[] {
  let line = firstLine;
  return marked.lexer(source).flatMap((token) => {
    const block = toBlock(token as MarkedToken, (message) => report(line, message));
    line += token.raw.split("\n").length - 1;
    return block === undefined ? [] : [block];
  });
}

type Complain = (message: string) => void;

function toBlock(token: MarkedToken, complain: Complain): Block | undefined {
  switch (token.type) {
    case "space":
      return undefined;
    case "heading":
      return toHeading(token, complain);
    case "paragraph":
      return toParagraph(token, complain);
    case "list":
      return { kind: "list", items: token.items.map((item) => toItem(item, complain)) };
    default:
      complain(`mails cannot show this kind of Markdown: ${token.type}`);
      return undefined;
  }
}

function toHeading(token: Tokens.Heading, complain: Complain): Block {
  if (token.depth > 2) complain("headings go two levels deep, not further");
  return {
    kind: "heading",
    depth: token.depth === 1 ? 1 : 2,
    inside: toInlines(token.tokens, complain),
  };
}

function toParagraph(token: Tokens.Paragraph, complain: Complain): Block {
  const inside = toInlines(token.tokens, complain);
  const [only, ...others] = inside;
  const isBold = only?.kind === "strong" && only.inside.length === 1;
  const link = isBold ? only.inside[0] : only;
  if (others.length > 0 || link?.kind !== "link") return { kind: "paragraph", inside };
  return { ...link, button: isBold };
}

function toItem(item: Tokens.ListItem, complain: Complain): ListItem {
  const [, each, repeated] = REPEATED.exec(item.text.trim()) ?? [];
  if (each === undefined || repeated === undefined) {
    return { inside: toInlines(item.tokens, complain) };
  }
  return { each, inside: toInlines(marked.lexer(repeated), complain) };
}

function toInlines(tokens: readonly Token[], complain: Complain): readonly Inline[] {
  return tokens.flatMap((token) => toInline(token as MarkedToken, complain));
}

function toInline(token: MarkedToken, complain: Complain): readonly Inline[] {
  switch (token.type) {
    case "paragraph":
      return toInlines(token.tokens, complain);
    case "text":
      if (token.tokens !== undefined) return toInlines(token.tokens, complain);
      return [{ kind: "text", text: token.text.replaceAll("\n", " ") }];
    case "escape":
      return [{ kind: "text", text: token.text }];
    case "br":
      return [{ kind: "break" }];
    case "strong":
      return [{ kind: "strong", inside: toInlines(token.tokens, complain) }];
    case "link":
      return [{ kind: "link", inside: toInlines(token.tokens, complain), href: token.href }];
    default:
      complain(`mails cannot show this kind of Markdown: ${token.type}`);
      return [];
  }
}
