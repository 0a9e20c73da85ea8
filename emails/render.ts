import type { CompiledMail, RenderedMail, Section, Template } from "./compiled.ts";
import type { Slots } from "./slots.ts";

type Values = Readonly<Record<string, unknown>>;

interface Filling {
  readonly mail: string;
  readonly slots: Values;
  readonly escape: (value: string) => string;
}

/**
 * Fills a compiled mail. Values are escaped in the HTML part; control characters and text-direction
 * overrides become spaces everywhere, so no value adds a header, a line or markup.
 *
 * @throws Error naming the mail and the slot when the mail needs a slot that nobody filled
 */
export function renderMail(content: unknown, slots: Slots): RenderedMail {
  const mail = asCompiledMail(content);
  const plain = { mail: mail.id, slots: slots as Values, escape: withoutControls };
  return {
    subject: fill(mail.subject, plain),
    html: fill(mail.html, { ...plain, escape: escapeHtml }),
    text: fill(mail.text, plain),
    ...(mail.done === undefined ? {} : { done: mail.done }),
  };
}

/** @throws Error when the stored content is not a compiled mail (another format of edition, or the labels) */
export function asCompiledMail(content: unknown): CompiledMail {
  const mail = content as Partial<CompiledMail> | null | undefined;
  const isMail = [mail?.subject, mail?.html, mail?.text].every(Array.isArray);
  if (!isMail || typeof mail?.id !== "string") throw new Error("This content is no compiled mail.");
  return mail as CompiledMail;
}

function fill(template: Template, filling: Filling, item?: Values): string {
  let filled = "";
  for (const part of template) {
    if (typeof part === "string") filled += part;
    else if ("slot" in part) filled += fillSlot(part.slot, filling, item);
    else filled += fillSection(part, filling, item);
  }
  return filled;
}

function fillSlot(slot: string, filling: Filling, item: Values | undefined): string {
  const value = item?.[slot] ?? filling.slots[slot];
  if (typeof value !== "string") throw unfilled(slot, filling);
  return filling.escape(value);
}

function fillSection(section: Section, filling: Filling, item: Values | undefined): string {
  const value = item?.[section.section] ?? filling.slots[section.section];
  if (section.show === "each") return fillEach(section, filling, value);
  if (section.show === "if" || section.show === "unless") {
    if (typeof value !== "boolean") throw unfilled(section.section, filling);
    return value === (section.show === "if") ? fill(section.parts, filling, item) : "";
  }
  return hasAny(value) === (section.show === "any") ? fill(section.parts, filling, item) : "";
}

function fillEach(section: Section, filling: Filling, value: unknown): string {
  if (!Array.isArray(value)) throw unfilled(section.section, filling);
  return value.map((item: Values) => fill(section.parts, filling, item)).join("");
}

function hasAny(value: unknown): boolean {
  return (typeof value === "string" || Array.isArray(value)) && value.length > 0;
}

function unfilled(slot: string, filling: Filling): Error {
  return new Error(`The mail ${filling.mail} needs the slot ${slot}, which nobody filled.`);
}

const MARKUP = /[&<>"']/;

function escapeHtml(value: string): string {
  const clean = withoutControls(value);
  if (!MARKUP.test(clean)) return clean;
  return clean
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

// C0 and C1 controls, line and paragraph separators, and the marks that turn the direction of text.
const CONTROLS = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

function withoutControls(value: string): string {
  return value.replace(CONTROLS, " ");
}
