import { Parser } from "htmlparser2";
import { type Cut, cutOf } from "./mime-containers.ts";
import { createLines, type Lines } from "./mime-lines.ts";
import { isIntroLine } from "./trim-intros.ts";

/** An HTML mail as text, parted by the containers its client put around quote and signature. */
export interface HtmlReply {
  readonly reply: string;
  readonly signature: string;
  readonly quoted: string;
}

/**
 * Reads HTML in one streaming pass: known quote and signature containers go to their piles, block
 * elements become lines. Nothing is built up as a tree, so nesting and unclosed tags cost nothing.
 */
export function htmlToReply(html: string): HtmlReply {
  const { reply, signature, quoted } = readHtml(html, true);
  return { reply: reply.toText(), signature: signature.toText(), quoted: quoted.toText() };
}

/** All words of the mail in their order, for the line stripper when the containers leave nothing. */
export function htmlToText(html: string): string {
  return readHtml(html, false).reply.toText();
}

type Pile = "reply" | "signature" | "quoted";
type Attributes = Readonly<Record<string, string>>;

/** Where the reader stands. */
interface Reader {
  readonly piles: Readonly<Record<Pile, Lines>>;
  readonly isCutting: boolean;
  pile: Pile;
  depth: number;
  pieces: number;
  /** Elements that are open and changed where text goes. */
  readonly cuts: { readonly depth: number; readonly before: Pile }[];
  /** Set by containers after which everything is quoted. */
  restIsQuoted: boolean;
  /** How many elements are open whose text nobody sees. */
  silent: number;
  preformatted: number;
  isTightParagraph: boolean;
}

/**
 * Long threads nest a few hundred deep, below the reply. The parser's own stack costs the square of
 * its depth, so what lies deeper is not read; the depth is looked at after every chunk.
 */
const DEPTH_MAX = 1_000;
const CHUNK_CHARS = 16_384;
/** Tags and pieces of text; a long mail of a person has a tenth of it, in all its quotes. */
const PIECES_MAX = 20_000;

function readHtml(html: string, isCutting: boolean): Reader["piles"] {
  const piles = { reply: createLines(), signature: createLines(), quoted: createLines() };
  const reader: Reader = {
    piles,
    isCutting,
    pile: "reply",
    depth: 0,
    pieces: 0,
    cuts: [],
    restIsQuoted: false,
    silent: 0,
    preformatted: 0,
    isTightParagraph: false,
  };
  const parser = new Parser({
    onopentag: (name, attributes) => openElement(reader, name, attributes),
    ontext: (text) => addText(reader, text),
    onclosetag: (name) => closeElement(reader, name),
  });
  for (let at = 0; at < html.length && isBearable(reader); at += CHUNK_CHARS) {
    parser.write(html.slice(at, at + CHUNK_CHARS));
  }
  parser.end();
  return piles;
}

function isBearable({ depth, pieces }: Reader): boolean {
  return depth < DEPTH_MAX && pieces < PIECES_MAX;
}

function openElement(reader: Reader, name: string, attributes: Attributes): void {
  reader.pieces += 1;
  if (VOID.has(name)) {
    addVoid(reader, name, attributes);
    return;
  }
  reader.depth += 1;
  if (SILENT.has(name)) reader.silent += 1;
  if (name === "pre") reader.preformatted += 1;
  if (name === "p") reader.isTightParagraph = isTight(attributes);
  if (BLOCK.has(name)) reader.piles[reader.pile].endBlock();
  follow(reader, cutOf(name, attributes));
  if (isParagraph(reader, name)) reader.piles[reader.pile].paragraph();
  if (name === "li") reader.piles[reader.pile].write("- ");
}

function addVoid(reader: Reader, name: string, attributes: Attributes): void {
  const lines = reader.piles[reader.pile];
  if (name === "br") lines.break();
  if (name === "hr") lines.endBlock();
  const cut = cutOf(name, attributes);
  if (cut === "quoted-from-here") follow(reader, cut);
}

function addText(reader: Reader, text: string): void {
  reader.pieces += 1;
  if (reader.silent > 0) return;
  // Gmail marks a forwarded mail like a quote's heading and leaves its words outside any container.
  if (reader.cuts.length === 1 && FORWARDED.test(text)) reader.restIsQuoted = true;
  const lines = reader.piles[reader.pile];
  if (reader.preformatted > 0) lines.writeLines(text);
  else lines.write(text);
}

function closeElement(reader: Reader, name: string): void {
  if (VOID.has(name)) return;
  const lines = reader.piles[reader.pile];
  if (SILENT.has(name)) reader.silent -= 1;
  if (name === "pre") reader.preformatted -= 1;
  if (name === "td" || name === "th") lines.write(" ");
  if (name === "p" && reader.isTightParagraph) lines.endTightParagraph();
  else if (BLOCK.has(name)) lines.endBlock();
  if (isParagraph(reader, name)) lines.paragraph();
  if (reader.cuts.at(-1)?.depth === reader.depth) leaveCut(reader);
  reader.depth -= 1;
}

function isParagraph(reader: Reader, name: string): boolean {
  return PARAGRAPH.has(name) && !(name === "p" && reader.isTightParagraph);
}

function follow(reader: Reader, cut: Cut | undefined): void {
  if (cut === undefined || !reader.isCutting || reader.pile === "quoted") return;
  if (cut === "quoted-from-here") reader.restIsQuoted = true;
  if (cut === "quote-if-introduced" && !isIntroLine(reader.piles.reply.lastLine())) return;
  reader.cuts.push({ depth: reader.depth, before: reader.pile });
  reader.pile = cut === "signature" ? "signature" : "quoted";
}

function leaveCut(reader: Reader): void {
  const before = reader.cuts.pop()?.before ?? "reply";
  reader.pile = reader.restIsQuoted ? "quoted" : before;
  reader.piles[reader.pile].endBlock();
}

const FORWARDED = /^\s*-{4,}\s*Forwarded message/;

/** Word sets its paragraphs without space between them; an empty one is a blank line. */
function isTight(attributes: Attributes): boolean {
  if (attributes.class === undefined && attributes.style === undefined) return false;
  if (/\bMso/.test(attributes.class ?? "")) return true;
  const style = (attributes.style ?? "").toLowerCase().replace(/\s+/g, "");
  return /(?:^|;)margin:0|margin-top:0.{0,80}margin-bottom:0/.test(style);
}

const VOID = new Set(["br", "hr", "img", "input", "meta", "link", "col", "wbr", "base", "area"]);
const SILENT = new Set(["style", "script", "head", "title", "template", "noscript", "xml"]);
const PARAGRAPH = new Set(["p", "h1", "h2", "h3", "h4", "ul", "ol", "table"]);
const BLOCK = new Set([
  ...PARAGRAPH,
  "div",
  "tr",
  "li",
  "blockquote",
  "pre",
  "section",
  "article",
  "header",
  "footer",
  "center",
  "address",
  "dl",
  "dt",
  "dd",
  "h5",
  "h6",
  "body",
]);
