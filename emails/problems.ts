/** One content file as it was read; `name` is its path for messages. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** Notes a problem at a line of the file at hand and lets the check go on. */
export type Report = (line: number, message: string) => void;

/** Everything that is wrong with the content, at once, each with its file and line. */
export class ContentError extends Error {
  override readonly name = "ContentError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ file, line, message }) => `${file}:${line}: ${message}`).join("\n"));
    this.problems = problems;
  }
}

export function reporter(problems: Problem[], file: SourceFile): Report {
  return (line, message) => {
    problems.push({ file: file.name, line, message });
  };
}

/** 1-based line on which the words first appear, or 1 when they are nowhere (they came from another file). */
export function lineOf(file: SourceFile, words: string): number {
  const at = file.text.indexOf(words);
  return at < 0 ? 1 : file.text.slice(0, at).split("\n").length;
}
