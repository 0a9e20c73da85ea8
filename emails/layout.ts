import { readdirSync, readFileSync } from "node:fs";
import mjml2html from "mjml";
import type { TemplateName } from "./course-file.ts";
import { blocksToMjml, escapeMarkup } from "./html.ts";
import type { Block } from "./markdown.ts";
import { blocksToText } from "./text.ts";

/** The parts of one mail by name, as the templates place them. */
export type MailParts = Readonly<Record<string, readonly Block[]>>;

export interface Layout {
  readonly lang: string;
  readonly dir: string;
  readonly title: string;
}

// `{{> layout/head}}` takes in a file of the layout folder; `{{> tip muted}}` places a part of the mail in that text class.
const INCLUDE = /^[ \t]*\{\{> layout\/([\w-]+)\}\}$/gm;
const PLACE = /\{\{> (\w+)(?: (\w+))?\}\}/g;
const PLACE_OR_TAG = /\{\{> (\w+)(?: \w+)?\}\}|<mj-raw>(\{\{[#^?/]\w+\}\})<\/mj-raw>/g;

// Conditional comments stay out of it: minifying them closes tables that Outlook must leave open.
const MINIFY = {
  collapseWhitespace: true,
  minifyCss: "lite", // seven times faster than cssnano's default preset, and 2 % larger
  minifyConditionalComments: false,
  removeComments: false,
} as const;

const layouts = readMjml("layout");
const templates = readMjml("templates");

/** The HTML part with its tags still in it: one line, styles minified, Outlook's conditional parts kept. */
export async function layOutHtml(
  template: TemplateName,
  parts: MailParts,
  layout: Layout,
): Promise<string> {
  const source =
    `<mjml lang="${layout.lang}" dir="${layout.dir}">\n${templateOf(template, layout.title)}\n</mjml>`.replace(
      PLACE,
      (_, name: string, textClass = "ink") => blocksToMjml(partOf(parts, name), textClass),
    );
  const { html } = await mjml2html(source, {
    validationLevel: "strict",
    fonts: {},
    minify: true,
    minifyOptions: MINIFY,
  });
  return html.replaceAll(/\s*\n\s*/g, " ").trim();
}

/**
 * The text part with its tags still in it. It places the same parts in the same order as the HTML,
 * for it is read from the same template, so the two cannot come to say different things.
 */
export function layOutText(template: TemplateName, parts: MailParts): string {
  const places = [...templateOf(template, "").matchAll(PLACE_OR_TAG)];
  const text = places.map(([, name, tag]) =>
    name === undefined ? (tag ?? "") : blocksToText(partOf(parts, name)),
  );
  return `${text.join("").trimEnd()}\n`;
}

function partOf(parts: MailParts, name: string): readonly Block[] {
  const part = parts[name];
  if (part === undefined) throw new Error(`A template places ${name}, which no content file has.`);
  return part;
}

function templateOf(name: TemplateName, title: string): string {
  const template = templates.get(name);
  if (template === undefined) throw new Error(`There is no template ${name}.`);
  return template
    .replace(INCLUDE, (_, file: string) => layouts.get(file) ?? "")
    .replace("{{> subject}}", () => escapeMarkup(title));
}

function readMjml(folder: string): ReadonlyMap<string, string> {
  const base = new URL(`./${folder}/`, import.meta.url);
  const names = readdirSync(base).filter((name) => name.endsWith(".mjml"));
  return new Map(
    names.map((name) => [
      name.slice(0, -".mjml".length),
      readFileSync(new URL(name, base), "utf8"),
    ]),
  );
}
