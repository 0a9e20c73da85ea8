import { DomUtils, parseDocument } from "htmlparser2";

type Document = ReturnType<typeof parseDocument>;
type ChildNode = Document["children"][number];
type Element = ReturnType<typeof DomUtils.getElementsByTagName>[number];

/** A rendered page as the tests look at it. */
export interface Rendered {
  readonly html: string;
  readonly document: Document;
  /** Everything people can read, tidied. */
  readonly text: string;
}

export async function render(page: unknown): Promise<Rendered> {
  const html = String(await page);
  const document = parseDocument(html);
  const body = all(document, "body").map(textOf).join(" ");
  return { html, document, text: body };
}

export function all(within: Document | ChildNode, tag: string): readonly Element[] {
  return DomUtils.getElementsByTagName(tag, [within], true);
}

export function byId(within: Document, id: string): Element | null {
  return DomUtils.getElementById(id, [within]);
}

/** The value a field shows: of a select the chosen option, of radio buttons the checked one. */
export function shownValue({ document }: Rendered, name: string): string | undefined {
  const fields = [...all(document, "input"), ...all(document, "select")]
    .filter(({ attribs }) => attribs.name === name)
    .filter(({ attribs }) => attribs.type !== "radio" || "checked" in attribs);
  const [field] = fields;
  if (field?.name !== "select") return field?.attribs.value;
  return all(field, "option").find(({ attribs }) => "selected" in attribs)?.attribs.value;
}

/** Hidden fields of each form, with where it goes. */
export function formsOf({ document }: Rendered) {
  return all(document, "form").map((form) => ({
    method: form.attribs.method,
    action: form.attribs.action,
    hidden: Object.fromEntries(
      all(form, "input")
        .filter(({ attribs }) => attribs.type === "hidden")
        .map(({ attribs }) => [attribs.name, attribs.value]),
    ),
    buttons: all(form, "button").map((button) => ({
      act: button.attribs.value,
      text: textOf(button),
    })),
  }));
}

/** Texts of all paragraphs and list items: prose, without headings, labels and table cells. */
export function proseOf({ document }: Rendered): readonly string[] {
  const blocks = [...all(document, "p"), ...all(document, "li")];
  return blocks.map((block) => textOf(block)).filter((text) => text !== "");
}

/** What people read or hear of an element: its text, with a space where a block or a cell ends. */
export function textOf(element: ChildNode): string {
  return spoken(element).replace(/\s+/g, " ").trim();
}

const INLINE = ["a", "b", "span", "strong", "time"];

function spoken(node: ChildNode): string {
  if (node.type === "text") return node.data;
  if (!("children" in node)) return " ";
  const inside = node.children.map(spoken).join("");
  return "name" in node && INLINE.includes(node.name) ? inside : ` ${inside} `;
}
