import { isMap, isNode, LineCounter, parseDocument } from "yaml";
import type * as z from "zod";
import { lineOf, type Report, type SourceFile } from "./problems.ts";

/** A Markdown file apart: its front matter as checked data, its body, and where both stand. */
export interface ContentFile<Front> {
  readonly file: SourceFile;
  readonly front: Front;
  readonly body: string;
  /** Line of the file on which the body begins. */
  readonly bodyLine: number;
}

/** A named part of a body: what stands below `## name`. */
export interface BodyPart {
  readonly name: string;
  readonly source: string;
  readonly line: number;
}

const FENCE = /^---\n([\s\S]*?\n)---\n/;

/** @returns undefined after reporting what is wrong with the front matter */
export function readContentFile<Front>(
  file: SourceFile,
  schema: z.ZodType<Front>,
  report: Report,
): ContentFile<Front> | undefined {
  const [head, yaml] = FENCE.exec(file.text) ?? [];
  if (head === undefined || yaml === undefined) {
    report(1, "starts with front matter between two lines of three dashes");
    return undefined;
  }
  const front = readYaml(yaml, schema, (line, message) => report(line + 1, message));
  if (front === undefined) return undefined;
  return { file, front, body: file.text.slice(head.length), bodyLine: head.split("\n").length };
}

/** Parses and checks YAML; each finding is reported at the line of the value it is about. */
export function readYaml<Value>(
  source: string,
  schema: z.ZodType<Value>,
  report: Report,
): Value | undefined {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines });
  for (const error of document.errors) {
    report(lines.linePos(error.pos[0]).line, error.message.split("\n")[0] ?? error.code);
  }
  if (document.errors.length > 0) return undefined;
  const checked = schema.safeParse(document.toJS());
  if (checked.success) return checked.data;
  for (const issue of checked.error.issues) {
    const path = issue.path.map(String);
    report(lineOfPath(path), `${path.join(".") || "file"}: ${issue.message}`);
  }
  return undefined;

  function lineOfPath(path: readonly string[]): number {
    const node = path.length === 0 ? document.contents : document.getIn(path, true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    if (path.length > 0) return lineOfPath(path.slice(0, -1));
    return isMap(node) ? lines.linePos(node.range?.[0] ?? 0).line : 1;
  }
}

/** Cuts a body at its `## name` lines. */
export function splitParts(content: ContentFile<unknown>): readonly BodyPart[] {
  const pieces = content.body.split(/^## (.+)\n/m);
  const names = pieces.filter((_, index) => index % 2 === 1);
  return names.map((name, index) => ({
    name: name.trim(),
    source: pieces[index * 2 + 2] ?? "",
    line: lineOf(content.file, `## ${name}\n`) + 1,
  }));
}
