import type { Block, Inline, ListItem, WordBlock } from "./markdown.ts";

// Styles are written out on the elements, for some clients drop style sheets.
const STYLES = {
  h1: "margin:0 0 12px;font-size:26px;line-height:1.25;font-weight:700",
  h2: "margin:12px 0 8px;font-size:19px;line-height:1.3;font-weight:700",
  p: "margin:0 0 14px",
  ul: "margin:0 0 14px;padding:0 0 0 22px",
  li: "margin:0 0 6px",
  a: "color:#0b5a54;text-decoration:underline",
} as const;

/**
 * Blocks as MJML components, to stand in a column. Tags stay as they are, between the components.
 *
 * @param textClass `mj-class` of the text, from `layout/head.mjml`
 */
export function blocksToMjml(blocks: readonly Block[], textClass: string): string {
  const components: string[] = [];
  let html = "";
  const flush = () => {
    if (html !== "") components.push(`<mj-text mj-class="${textClass}">${html}</mj-text>`);
    html = "";
  };
  for (const block of blocks) {
    if (block.kind === "tag" || (block.kind === "link" && block.button)) {
      flush();
      components.push(block.kind === "tag" ? rawTag(block.tag) : button(block));
    } else {
      html += blockToHtml(block);
    }
  }
  flush();
  return components.join("\n");
}

export function escapeMarkup(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

function rawTag(tag: string): string {
  return `<mj-raw>${tag}</mj-raw>`;
}

function button(block: Extract<Block, { kind: "link" }>): string {
  return `<mj-button css-class="act" href="${escapeMarkup(block.href)}">${inlinesToHtml(block.inside)}</mj-button>`;
}

function blockToHtml(block: WordBlock): string {
  switch (block.kind) {
    case "heading":
      return element(block.depth === 1 ? "h1" : "h2", inlinesToHtml(block.inside));
    case "paragraph":
      return element("p", inlinesToHtml(block.inside));
    case "link":
      return element("p", link(block));
    case "list":
      return element("ul", block.items.map(itemToHtml).join(""));
  }
}

function itemToHtml(item: ListItem): string {
  const html = element("li", inlinesToHtml(item.inside));
  return item.each === undefined ? html : `{{#${item.each}}}${html}{{/${item.each}}}`;
}

function inlinesToHtml(inside: readonly Inline[]): string {
  return inside.map(inlineToHtml).join("");
}

function inlineToHtml(part: Inline): string {
  switch (part.kind) {
    case "text":
      return escapeMarkup(part.text);
    case "break":
      return "<br />";
    case "strong":
      return `<strong>${inlinesToHtml(part.inside)}</strong>`;
    case "link":
      return link(part);
  }
}

function link(part: { readonly href: string; readonly inside: readonly Inline[] }): string {
  return `<a href="${escapeMarkup(part.href)}" style="${STYLES.a}">${inlinesToHtml(part.inside)}</a>`;
}

function element(name: keyof typeof STYLES, html: string): string {
  return `<${name} style="${STYLES[name]}">${html}</${name}>`;
}
