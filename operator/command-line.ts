import { Command as Commander, CommanderError } from "commander";
import type { Command, Given, Outcome } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { type Place, PlaceError } from "./place.ts";

/** What a shell gets to know. */
export const EXIT = {
  done: 0,
  /** Refused, or the person said no: nothing was changed. */
  refused: 1,
  /** The command line itself is wrong. */
  wrong: 2,
  /** The service could not be reached, or failed on the way; doing it again is safe. */
  failed: 3,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  writeFile(path: string, text: string): void;
  /** Absent where nobody sits there to be asked. */
  readonly ask?: (question: string) => Promise<string>;
}

/** Where the person wants to work. */
export interface Where {
  readonly url?: string;
  readonly stage?: string;
  /** File with the stage's settings; `cdk.json` when absent. */
  readonly settings?: string;
}

interface Switches extends Where {
  readonly json?: boolean;
  readonly yes?: boolean;
  readonly out?: string;
}

export interface CommandLine {
  readonly terminal: Terminal;
  openPlace(where: Where): Promise<Place>;
}

/** Reads `npm run cg -- …`, asks where something cannot be taken back, and says what came of it. */
export async function runCommandLine(
  line: CommandLine,
  typed: readonly string[],
): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  const program = programOf(line.terminal, async (command, given, switches) => {
    code = await run(line, command, given, switches);
  });
  try {
    await program.parseAsync([...typed], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.wrong;
    if (!(error instanceof PlaceError)) throw error;
    line.terminal.err(`${error.message}\n`);
    return EXIT.failed;
  }
}

type Run = (command: Command, given: Given, switches: Switches) => Promise<void>;

export function programOf(terminal: Pick<Terminal, "out" | "err">, run: Run): Commander {
  const program = new Commander("cg")
    .description("Looks after a running Common Ground: the local service, or a stage on AWS.")
    .usage("<command> [arguments] [options]")
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .helpCommand(false)
    .addHelpText("after", "\ncg <command> --help says what a command takes and does.");
  for (const command of COMMANDS) addCommand(program, command, run);
  return program;
}

function addCommand(program: Commander, command: Command, run: Run): void {
  const sub = program.command(command.name).description(command.summary);
  for (const { word, about } of command.arguments ?? []) sub.argument(word, about);
  for (const { word, about } of command.options ?? []) sub.option(word, about);
  sub
    .optionsGroup("Where, and how it answers:")
    .option("--stage <name>", "a stage on AWS, with the credentials of this shell")
    .option("--settings <file>", "the stage's settings, when cdk.json has another stage's")
    .option("--url <url>", "another local service than the one on PORT (3000)")
    .option("--json", "one JSON object for programs")
    .option("--yes", "does not ask first")
    .addHelpText("after", `\n${command.notes}\n\nExample: npm run cg -- ${command.example}`)
    .action(async () => {
      const { json, yes, stage, settings, url, out, ...options } = sub.opts<Switches & Given>();
      const switches = { json, yes, stage, settings, url, out };
      await run(command, { ...argumentsOf(sub), ...options }, defined(switches));
    });
}

function argumentsOf(sub: Commander): Given {
  const named = sub.registeredArguments.map((argument, index) => [
    argument.name(),
    sub.args[index],
  ]);
  return Object.fromEntries(named.filter(([, value]) => value !== undefined)) as Given;
}

function defined(switches: { readonly [name in keyof Switches]: Switches[name] | undefined }) {
  return Object.fromEntries(
    Object.entries(switches).filter(([, value]) => value !== undefined),
  ) as Switches;
}

async function run(
  { terminal, openPlace }: CommandLine,
  command: Command,
  given: Given,
  switches: Switches,
): Promise<ExitCode> {
  const place = await openPlace(switches);
  const question = await place.ask(command.name, given);
  if (question.kind === "refused" || question.kind === "wrong") {
    return say(terminal, question, switches);
  }
  if (question.kind === "ask" && switches.yes !== true) {
    const answer = await agree(terminal, question.question, place);
    if (answer !== "yes") return answer;
  }
  return say(terminal, await place.perform(command.name, given), switches);
}

async function agree(
  terminal: Terminal,
  question: string,
  place: Place,
): Promise<"yes" | ExitCode> {
  if (terminal.ask === undefined) {
    terminal.err(`${question}\nNobody is here to be asked: add --yes.\n`);
    return EXIT.wrong;
  }
  const answer = await terminal.ask(`${question}\nIn ${place.name}. Type yes to go on: `);
  if (answer.trim().toLowerCase() === "yes") return "yes";
  terminal.err("Nothing was changed.\n");
  return EXIT.refused;
}

function say(terminal: Terminal, outcome: Outcome, { json, out }: Switches): ExitCode {
  if (outcome.kind === "done") {
    if (out !== undefined) terminal.writeFile(out, outcome.text);
    if (json === true) terminal.out(`${JSON.stringify(outcome.facts)}\n`);
    else terminal.out(out === undefined ? lineEnded(outcome.text) : `Written to ${out}.\n`);
    return EXIT.done;
  }
  const problems = outcome.kind === "refused" ? [outcome.why] : outcome.problems;
  if (json === true) terminal.out(`${JSON.stringify({ error: problems.join(" ") })}\n`);
  else terminal.err(problems.map((problem) => `${problem}\n`).join(""));
  return outcome.kind === "refused" ? EXIT.refused : EXIT.wrong;
}

function lineEnded(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}
