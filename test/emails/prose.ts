import { Parser } from "htmlparser2";

/** Measures and views of finished mails, for the tests of words. */

/** The words a reader of the HTML part sees, in order; what only Outlook's conditional comments hold is left out. */
export function visibleText(html: string): string {
  let text = "";
  let hidden = 0;
  const isHidden = (name: string) => ["style", "title", "head"].includes(name);
  const parser = new Parser({
    onopentagname: (name) => {
      if (isHidden(name)) hidden += 1;
      if (["p", "li", "h1", "h2", "td", "br"].includes(name)) text += "\n";
    },
    onclosetag: (name) => {
      if (isHidden(name)) hidden -= 1;
    },
    ontext: (words) => {
      if (hidden === 0) text += words;
    },
  });
  parser.write(html);
  parser.end();
  return text
    .split("\n")
    .map((line) => line.replace(/\s+/g, " ").trim())
    .filter((line) => line !== "")
    .join("\n");
}

/** Words without punctuation, list marks and addresses of pages: what the two parts of a mail must share. */
export function wordSequence(text: string): readonly string[] {
  return text
    .replace(/https?:\/\/\S+/g, " ")
    .split(/\s+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""))
    .filter((word) => word !== "");
}

export function sentencesOf(prose: string): readonly string[] {
  return prose
    .replace(/\b([ap])\.m\./g, "$1m")
    .split(/(?<=[.?!]["')]?)\s+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[a-z]/i.test(sentence));
}

/** Flesch-Kincaid grade of plain prose, with syllables counted by groups of vowels. */
export function readingGrade(prose: string): number {
  const sentences = sentencesOf(prose);
  const words = sentences.flatMap((sentence) => sentence.match(/[a-z0-9'-]+/gi) ?? []);
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0);
  return 0.39 * (words.length / sentences.length) + 11.8 * (syllables / words.length) - 15.59;
}

function syllablesOf(word: string): number {
  const letters = word.toLowerCase().replace(/[^a-z]/g, "");
  const spoken = letters.replace(/(?:[^laeiouy]es|[^td]ed|[^laeiouy]e)$/, (end) => end[0] ?? "");
  return Math.max(1, spoken.match(/[aeiouy]+/g)?.length ?? 1);
}

/** Tag names in order of appearance: the shape of a page. */
export function elementsOf(html: string): readonly string[] {
  const names: string[] = [];
  const parser = new Parser({
    onopentag: (name, attributes) => {
      names.push(`${name}(${Object.keys(attributes).sort().join(" ")})`);
    },
  });
  parser.write(html);
  parser.end();
  return names;
}

/** The targets of all links of the HTML part, entities decoded. */
export function hrefsOf(html: string): readonly string[] {
  const hrefs: string[] = [];
  const parser = new Parser({
    onopentag: (name, { href }) => {
      if (name === "a" && href !== undefined) hrefs.push(href);
    },
  });
  parser.write(html);
  parser.end();
  return hrefs;
}
