import { toMs } from "../core/instant.ts";
import type { Clock, Log } from "../ports.ts";
import { embeddedMetrics, metricsOfLine } from "./counted-lines.ts";

/** What stands in the place of a value that must not be logged. */
export const WITHHELD = "(withheld)";

/** An id, a hash, the name of a state or of an error: one word without an `@`, so never an address or a sentence. */
const WORD = /^[A-Za-z0-9_.:/-]{1,256}$/;
/** A line of a stack: names of functions and files of ours. */
const CODE_PLACE = /^at [\w$.<>[\] ]*\(?[\w$./:@\\-]+\)?$/;
const LOOKS_LIKE_ADDRESS = /[\w.+-]@[\w-]+\.\w/;

/**
 * Every fact that may be logged, by name. A first name is one word too, so the shape of a value is not
 * enough: what is not listed here is withheld, whatever it looks like.
 */
export const LOGGED_FACTS: Readonly<Record<string, RegExp>> = {
  answer: WORD,
  answered: WORD,
  at: CODE_PLACE,
  bytes: WORD,
  cohort: WORD,
  count: WORD,
  edition: WORD,
  error: WORD,
  kind: WORD,
  lane: WORD,
  messageId: WORD,
  method: WORD,
  ms: WORD,
  outcome: WORD,
  pairId: WORD,
  queue: WORD,
  receives: WORD,
  sendId: WORD,
  state: WORD,
  table: WORD,
  why: WORD,
};

/**
 * One JSON object a line. Never throws: a fact that may not be logged is withheld, and the rest of the
 * line is written.
 *
 * @param write takes one line without its end
 * @param counting where the lines that count are counted; without it they are lines like any other
 */
export function jsonLog(write: (line: string) => void, counting?: Counting): Log {
  const writeLine = (level: "info" | "error", event: string, facts: Facts) => {
    const allowed = Object.entries(facts).map(([name, value]) => [name, allowedValue(name, value)]);
    write(
      JSON.stringify({
        level,
        event: WORD.test(event) ? event : WITHHELD,
        ...Object.fromEntries(allowed),
        ...(counting === undefined ? {} : countedIn(counting, event, facts)),
      }),
    );
  };
  return {
    info: (event, facts) => writeLine("info", event, facts),
    error: (event, facts) => writeLine("error", event, facts),
  };
}

export interface Counting {
  /** CloudWatch's namespace of the stage's metrics. */
  readonly namespace: string;
  readonly clock: Clock;
}

function countedIn({ namespace, clock }: Counting, event: string, facts: Facts) {
  const names = metricsOfLine(event, facts);
  return names.length === 0 ? {} : embeddedMetrics(namespace, toMs(clock.now()), names);
}

type Fact = string | number | boolean;
type Facts = Readonly<Record<string, Fact>>;

function allowedValue(name: string, value: Fact): Fact {
  const shape = Object.hasOwn(LOGGED_FACTS, name) ? LOGGED_FACTS[name] : undefined;
  if (shape === undefined) return WITHHELD;
  if (typeof value !== "string") return value;
  return value === "" || (shape.test(value) && !LOOKS_LIKE_ADDRESS.test(value)) ? value : WITHHELD;
}
