import fc from "fast-check";
import { expect, test } from "vitest";
import { blocksToMjml } from "../../emails/html.ts";
import { type Block, parseMarkdown } from "../../emails/markdown.ts";
import { blocksToText, wrapText } from "../../emails/text.ts";

function read(source: string): readonly Block[] {
  return parseMarkdown(source, 1, (line, message) => {
    throw new Error(`${line}: ${message}`);
  });
}

test("wrapped text keeps every word and no line over 72 characters but a single long word", () => {
  const word = fc.stringMatching(/^[a-z]{1,90}$/);
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 60 }), (words) => {
      const lines = wrapText(words.join(" ")).split("\n");
      expect(lines.join(" ")).toBe(words.join(" "));
      for (const line of lines) expect(line.length <= 72 || !line.includes(" ")).toBe(true);
    }),
  );
});

test("a wrapped list item is indented under its mark", () => {
  const lines = blocksToText(read(`- ${"many words ".repeat(12)}`))
    .trimEnd()
    .split("\n");
  expect(lines[0]).toMatch(/^- many/);
  for (const line of lines.slice(1)) expect(line).toMatch(/^ {2}\S/);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(72);
});

test("a bold link alone is the button; a plain one is a line; both show where they lead in text", () => {
  const blocks = read("**[Open]({{aboutUrl}})**\n\n[Read]({{aboutUrl}})");
  expect(blocks.map((block) => block.kind === "link" && block.button)).toEqual([true, false]);
  expect(blocksToText(blocks)).toBe("Open:\n{{aboutUrl}}\n\nRead:\n{{aboutUrl}}\n\n");
  const mjml = blocksToMjml(blocks, "ink");
  expect(mjml).toContain('<mj-button css-class="act" href="{{aboutUrl}}">Open</mj-button>');
  expect(mjml).toMatch(/<p [^>]+><a href="\{\{aboutUrl\}\}" [^>]+>Read<\/a><\/p>/);
});

test("a list item in a list section repeats whole, inside one list", () => {
  const blocks = read("- {{#logged}}{{what}}{{/logged}}");
  expect(blocksToText(blocks)).toBe("{{#logged}}- {{what}}\n{{/logged}}\n");
  expect(blocksToMjml(blocks, "ink")).toMatch(
    /<ul [^>]+>\{\{#logged\}\}<li [^>]+>\{\{what\}\}<\/li>\{\{\/logged\}\}<\/ul>/,
  );
});

test("a tag on a line of its own leaves no line behind in text", () => {
  const blocks = read("One.\n\n{{#sp}}\nTwo.\n{{/sp}}\nThree.");
  expect(blocksToText(blocks)).toBe("One.\n\n{{#sp}}Two.\n\n{{/sp}}Three.\n\n");
});

test("writes markup in the words of a mail as words", () => {
  expect(blocksToMjml(read("5 < 6 & 7"), "ink")).toContain("5 &lt; 6 &amp; 7");
});
