import { Parser } from "htmlparser2";
import { type Cut, cutOf } from "./mime-containers.ts";
import { isIntroLine } from "./trim-intros.ts";

/** An HTML mail as text, parted by the containers its client put around quote and signature. */
export interface HtmlReply {
  readonly reply: string;
  readonly signature: string;
  readonly quoted: string;
  /** Everything in order, for the line stripper when the containers leave nothing. */
  readonly whole: string;
}

type Pile = "reply" | "signature" | "quoted";

/** An element that is open and changed where text goes. */
interface OpenCut {
  readonly depth: number;
  readonly before: Pile;
}

/**
 * Long threads nest a few hundred deep, below the reply. The parser's own stack costs the square of
 * its depth, so what lies deeper is not read; the depth is looked at after every chunk.
 */
const DEPTH_MAX = 1_000;
const CHUNK_CHARS = 16_384;

/**
 * Reads HTML in one streaming pass: known quote and signature containers go to their piles, block
 * elements become lines. Nothing is built up as a tree, so nesting and unclosed tags cost nothing.
 */
export function htmlToReply(html: string): HtmlReply {
  const writer = createWriter();
  const parser = new Parser(
    {
      onopentag: (name, attributes) => writer.open(name, attributes),
      ontext: (text) => writer.text(text),
      onclosetag: (name) => writer.close(name),
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  for (let at = 0; at < html.length && writer.depth() < DEPTH_MAX; at += CHUNK_CHARS) {
    parser.write(html.slice(at, at + CHUNK_CHARS));
  }
  parser.end();
  return writer.finish();
}

interface Writer {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text(text: string): void;
  close(name: string): void;
  depth(): number;
  finish(): HtmlReply;
}

function createWriter(): Writer {
  const piles = { reply: createLines(), signature: createLines(), quoted: createLines() };
  const whole = createLines();
  let depth = 0;
  let silent = 0;
  let preformatted = 0;
  let pile: Pile = "reply";
  /** Set by containers after which everything is quoted. */
  let restIsQuoted = false;
  let tightParagraph = false;
  const cuts: OpenCut[] = [];

  const both = (act: (lines: Lines) => void) => {
    act(piles[pile]);
    act(whole);
  };
  const follow = (cut: Cut | undefined) => {
    if (cut === undefined || pile === "quoted") return;
    if (cut === "quoted-from-here") restIsQuoted = true;
    const isIntroduced = cut !== "quote-if-introduced" || isIntroLine(piles.reply.lastLine());
    if (!isIntroduced) return;
    cuts.push({ depth, before: pile });
    pile = cut === "signature" ? "signature" : "quoted";
  };

  return {
    open(name, attributes) {
      if (VOID.has(name)) {
        if (name === "br") both((lines) => lines.break());
        if (name === "hr") both((lines) => lines.endBlock());
        follow(cutOf(name, attributes) === "quoted-from-here" ? "quoted-from-here" : undefined);
        return;
      }
      depth += 1;
      if (SILENT.has(name)) silent += 1;
      if (name === "pre") preformatted += 1;
      if (BLOCK.has(name)) both((lines) => lines.endBlock());
      follow(cutOf(name, attributes));
      if (name === "p") tightParagraph = isTight(attributes);
      if (PARAGRAPH.has(name) && !(name === "p" && tightParagraph))
        both((lines) => lines.paragraph());
      if (name === "li") both((lines) => lines.write("- "));
    },
    text(text) {
      if (silent > 0) return;
      if (cuts.length === 1 && FORWARDED.test(text)) restIsQuoted = true;
      both((lines) => (preformatted > 0 ? lines.writeLines(text) : lines.write(text)));
    },
    close(name) {
      if (VOID.has(name)) return;
      if (SILENT.has(name)) silent -= 1;
      if (name === "pre") preformatted -= 1;
      if (name === "td" || name === "th") both((lines) => lines.write(" "));
      if (name === "p" && tightParagraph) both((lines) => lines.endTightParagraph());
      else if (BLOCK.has(name)) both((lines) => lines.endBlock());
      if (PARAGRAPH.has(name) && !(name === "p" && tightParagraph))
        both((lines) => lines.paragraph());
      if (cuts.at(-1)?.depth === depth) {
        const before = cuts.pop()?.before ?? "reply";
        pile = restIsQuoted ? "quoted" : before;
        piles[pile].endBlock();
      }
      depth -= 1;
    },
    depth: () => depth,
    finish: () => ({
      reply: piles.reply.toText(),
      signature: piles.signature.toText(),
      quoted: piles.quoted.toText(),
      whole: whole.toText(),
    }),
  };
}

const FORWARDED = /^\s*-{4,}\s*Forwarded message/;

/** Word sets its paragraphs without space between them; an empty one is a blank line. */
function isTight(attributes: Readonly<Record<string, string>>): boolean {
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

/** Lines of text as a browser would break them. */
interface Lines {
  write(text: string): void;
  writeLines(text: string): void;
  break(): void;
  endBlock(): void;
  endTightParagraph(): void;
  paragraph(): void;
  lastLine(): string;
  toText(): string;
}

function createLines(): Lines {
  const lines: string[] = [];
  let pieces: string[] = [];
  let wantsGap = false;
  const flush = () => {
    lines.push(
      pieces
        .join("")
        .replace(/[ \t]+/g, " ")
        .trim(),
    );
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
    lastLine: () => (isOpen() ? pieces.join("") : (lines.findLast((line) => line !== "") ?? "")),
    toText: () => {
      endBlock();
      return lines
        .join("\n")
        .replace(/\n{3,}/g, "\n\n")
        .trim();
    },
  };
}
