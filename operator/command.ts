import type * as z from "zod";
import type { OperatorPorts } from "./ports.ts";

/** What was typed after a command's name: arguments and options, by their names. */
export type Given = Readonly<Record<string, string | boolean>>;

export type Outcome =
  | Done
  /** Nothing was changed; `why` ends with how to mend it. */
  | { readonly kind: "refused"; readonly why: string }
  /** The command line itself is wrong: one sentence for each thing. */
  | { readonly kind: "wrong"; readonly problems: readonly string[] };

export interface Done {
  readonly kind: "done";
  /** For programs (`--json`): names stay as they are. */
  readonly facts: object;
  /** The same for a person. */
  readonly text: string;
}

/** What a person has to agree to first, as a question; or that it cannot be done anyhow. */
export type Question =
  | { readonly kind: "none" }
  | { readonly kind: "ask"; readonly question: string }
  | Exclude<Outcome, Done>;

/** How a command is typed; the help and `docs/OPERATING.md` show nothing else. */
export interface CommandWords {
  readonly name: string;
  readonly summary: string;
  /** As commander writes them: `<pair>` is needed, `[pair]` may be left out. */
  readonly arguments?: readonly Word[];
  /** `--weeks <number>`; without a value it is a switch. */
  readonly options?: readonly Word[];
  /** What a person should know before they use it. */
  readonly notes: string;
  /** What follows `npm run cg --`. */
  readonly example: string;
}

export interface Word {
  readonly word: string;
  readonly about: string;
}

/** One thing the person on duty can do. It runs wherever the ports are: in the local service, or here for a stage. */
export interface Command extends CommandWords {
  /** Looks only, so that the question can say what would happen. */
  ask(ports: OperatorPorts, given: Given): Promise<Question>;
  perform(ports: OperatorPorts, given: Given): Promise<Outcome>;
}

interface CommandSpec<I> extends CommandWords {
  readonly takes: z.ZodType<I>;
  /** Absent where what is done can be taken back, or is only looked at. */
  readonly asks?: (ports: OperatorPorts, input: I) => Promise<Question>;
  perform(ports: OperatorPorts, input: I): Promise<Outcome>;
}

/** Puts the reading of what was typed before what the command does with it. */
export function command<I>({ takes, asks, perform, ...words }: CommandSpec<I>): Command {
  const read = (given: Given) => takes.safeParse(given);
  return {
    ...words,
    async ask(ports, given) {
      const reading = read(given);
      if (!reading.success) return wrong(reading.error);
      return asks === undefined ? { kind: "none" } : asks(ports, reading.data);
    },
    async perform(ports, given) {
      const reading = read(given);
      return reading.success ? perform(ports, reading.data) : wrong(reading.error);
    },
  };
}

export function done(facts: object, text: string): Done {
  return { kind: "done", facts, text };
}

/** @param mend what to do about it, as a sentence */
export function refused(why: string, mend: string): Extract<Outcome, { kind: "refused" }> {
  return { kind: "refused", why: `${why} ${mend}` };
}

function wrong(error: z.ZodError): Extract<Outcome, { kind: "wrong" }> {
  return {
    kind: "wrong",
    problems: error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`),
  };
}
