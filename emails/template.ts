import type { Part, Section, Template } from "./compiled.ts";
import { FLAG_SLOTS, LIST_SLOTS, type ListSlot, TEXT_SLOTS } from "./slots.ts";

const TAG = /\{\{\s*([#^?/]?)\s*([A-Za-z]+)\s*\}\}/g;
const TEXTS: readonly string[] = TEXT_SLOTS;
const FLAGS: readonly string[] = FLAG_SLOTS;

type Sign = "" | "#" | "^" | "?" | "/";

interface Open {
  readonly name: string;
  readonly show: Section["show"];
  readonly parts: Part[];
}

/**
 * Turns text with tags into parts.
 *
 * `{{x}}` fills a text slot or a field of the list around it. `{{#flag}}` and `{{^flag}}` show by a
 * flag, `{{#list}}` repeats, `{{?x}}` and `{{^x}}` ask whether a text or list has anything in it;
 * each ends with `{{/x}}`.
 *
 * @param report called with each tag that is unknown or out of place, and why
 */
export function parseTemplate(
  source: string,
  report: (tag: string, why: string) => void,
): Template {
  const stack: Open[] = [{ name: "", show: "if", parts: [] }];
  let end = 0;
  for (const match of source.matchAll(TAG)) {
    const [tag, sign, name] = match as unknown as [string, Sign, string];
    addText(top(stack).parts, source.slice(end, match.index));
    end = match.index + tag.length;
    const wrong = addTag(stack, sign, name);
    if (wrong !== undefined) report(tag, wrong);
  }
  addText(top(stack).parts, source.slice(end));
  for (const open of stack.slice(1)) report(`{{#${open.name}}}`, "is never closed");
  const stray = /\{\{.{0,20}/.exec(source.replace(TAG, ""))?.[0];
  if (stray !== undefined) report(stray, "is no tag");
  return stack[0]?.parts ?? [];
}

/** Slot names as they are used, each once. */
export function slotsOf(template: Template): readonly string[] {
  const names = template.flatMap((part) => {
    if (typeof part === "string") return [];
    return "slot" in part ? [part.slot] : [part.section, ...slotsOf(part.parts)];
  });
  return [...new Set(names)];
}

/** @returns what is wrong with the tag, if anything */
function addTag(stack: Open[], sign: Sign, name: string): string | undefined {
  if (sign === "/") return close(stack, name);
  const fields = fieldsInScope(stack);
  if (sign === "") {
    if (!fields.includes(name) && !TEXTS.includes(name)) return "is no text slot here";
    top(stack).parts.push({ slot: name });
    return undefined;
  }
  const show = showOf(sign, name, fields);
  if (show === undefined) return "is no slot that this tag can look at";
  stack.push({ name, show, parts: [] });
  return undefined;
}

function showOf(
  sign: "#" | "^" | "?",
  name: string,
  fields: readonly string[],
): Section["show"] | undefined {
  if (FLAGS.includes(name)) return sign === "?" ? undefined : sign === "#" ? "if" : "unless";
  if (isList(name)) return sign === "#" ? "each" : sign === "?" ? "any" : "none";
  if (!TEXTS.includes(name) && !fields.includes(name)) return undefined;
  return sign === "#" ? undefined : sign === "?" ? "any" : "none";
}

function close(stack: Open[], name: string): string | undefined {
  const open = top(stack);
  if (stack.length === 1 || open.name !== name) return "closes what is not open";
  stack.pop();
  top(stack).parts.push({ section: open.name, show: open.show, parts: open.parts });
  return undefined;
}

function fieldsInScope(stack: readonly Open[]): readonly string[] {
  return stack.flatMap(({ name, show }) =>
    show === "each" && isList(name) ? LIST_SLOTS[name] : [],
  );
}

function isList(name: string): name is ListSlot {
  return Object.hasOwn(LIST_SLOTS, name);
}

function addText(parts: Part[], text: string): void {
  if (text !== "") parts.push(text);
}

function top(stack: readonly Open[]): Open {
  const open = stack.at(-1);
  if (open === undefined) throw new Error("The stack of open sections is never empty.");
  return open;
}
