import type { Ports } from "../../functions/ports.ts";
import type { Given, Outcome, Question } from "../../operator/command.ts";
import { type ExitCode, runCommandLine, type Where } from "../../operator/command-line.ts";
import { operate } from "../../operator/operate.ts";
import type { OperatorPorts } from "../../operator/ports.ts";

/** What the person on duty saw. */
export interface Seen {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
  /** Questions they were asked. */
  readonly asked: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  readonly where: Where | undefined;
}

/**
 * Types a command line over the ports of a test.
 *
 * @param answer what the person says to a question; nobody sits there when absent
 */
export async function cg(
  given: Ports & Partial<Pick<OperatorPorts, "deadLetters">>,
  typed: readonly string[],
  answer?: string,
): Promise<Seen> {
  const ports: OperatorPorts = { deadLetters: NO_DEAD_LETTERS, ...given };
  const asked: string[] = [];
  const files: Record<string, string> = {};
  const said = { out: "", err: "" };
  let where: Where | undefined;
  const ask = async (question: string) => {
    asked.push(question);
    return answer ?? "";
  };
  const run = (command: string, words: Given, step: "ask" | "perform") =>
    operate(ports, { command, given: words, step });
  const code = await runCommandLine(
    {
      terminal: {
        out: (text) => {
          said.out += text;
        },
        err: (text) => {
          said.err += text;
        },
        writeFile: (path, text) => {
          files[path] = text;
        },
        ...(answer === undefined ? {} : { ask }),
      },
      openPlace: async (meant) => {
        where = meant;
        return {
          name: "the test",
          ask: async (command, words) => (await run(command, words, "ask")) as Question,
          perform: async (command, words) => (await run(command, words, "perform")) as Outcome,
        };
      },
    },
    typed,
  );
  return { code, ...said, asked, files, where };
}

const NO_DEAD_LETTERS: OperatorPorts["deadLetters"] = {
  counts: async () => [],
  redrive: async () => undefined,
};

/** The facts that `--json` prints. */
export function factsIn({ out }: Seen): Record<string, unknown> {
  return JSON.parse(out) as Record<string, unknown>;
}
