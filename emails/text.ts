import { type Block, type Inline, type ListItem, plainText } from "./markdown.ts";

const LINE_WIDTH = 72;
const TAG = /\{\{([#^?/]?)(\w+)\}\}/g;

/** About how wide a filled slot is, so that lines break well whoever the mail goes to. */
const SLOT_WIDTH = 18;
const WIDE_SLOTS: Readonly<Record<string, number>> = {
  partnerEmail: 28,
  signerEmail: 28,
  coordinatorEmail: 28,
  partnerAgency: 26,
  signerAgency: 26,
  spAgency: 26,
  leAgency: 26,
  slot: 46,
  recheck: 50,
  agreement: 55,
};

/** Blocks as plain text; each ends with an empty line, and a tag leaves no line behind. */
export function blocksToText(blocks: readonly Block[]): string {
  return blocks.map(blockToText).join("");
}

/** Breaks at spaces into lines of about 72 characters; a longer word (an address) stands alone. */
export function wrapText(text: string, indent = ""): string {
  const lines: string[] = [];
  let line = "";
  for (const word of wordsOf(text)) {
    const longer = line === "" ? word : `${line} ${word}`;
    const fits = indent.length + widthOf(longer) <= LINE_WIDTH;
    if (!fits && line !== "") lines.push(line);
    line = fits || line === "" ? longer : word;
  }
  return [...lines, line].join(`\n${indent}`);
}

function blockToText(block: Block): string {
  switch (block.kind) {
    case "tag":
      return block.tag;
    case "heading":
      return `${block.depth === 1 ? "" : "\n"}${wrapText(inlinesToText(block.inside))}\n\n`;
    case "paragraph":
      return `${paragraphToText(block.inside)}\n\n`;
    case "link":
      return `${plainText(block.inside)}:\n${block.href}\n\n`;
    case "list":
      return `${block.items.map(itemToText).join("")}\n`;
  }
}

function paragraphToText(inside: readonly Inline[]): string {
  return inlinesToText(inside)
    .split("\n")
    .map((line) => wrapText(line))
    .join("\n");
}

function itemToText(item: ListItem): string {
  const text = `- ${wrapText(inlinesToText(item.inside), "  ")}\n`;
  return item.each === undefined ? text : `{{#${item.each}}}${text}{{/${item.each}}}`;
}

function inlinesToText(inside: readonly Inline[]): string {
  return inside.map(inlineToText).join("");
}

function inlineToText(part: Inline): string {
  switch (part.kind) {
    case "text":
      return part.text;
    case "break":
      return "\n";
    case "strong":
      return inlinesToText(part.inside);
    case "link":
      return `${inlinesToText(part.inside)} (${part.href})`;
  }
}

function wordsOf(text: string): readonly string[] {
  return text.split(" ").filter((word) => word !== "");
}

function widthOf(text: string): number {
  return text.replace(TAG, (_, sign: string, name: string) =>
    sign === "" ? "x".repeat(WIDE_SLOTS[name] ?? SLOT_WIDTH) : "",
  ).length;
}
