import type { Log } from "../ports.ts";

/** What may be logged of a failure: its kind and where in our code it happened. Never its message. */
export interface FailureFacts {
  readonly error: string;
  readonly at: string;
}

export function factsOfFailure(error: unknown): FailureFacts {
  return error instanceof Error
    ? { error: error.name, at: placeOf(error) }
    : { error: "unknown", at: "" };
}

/**
 * Runs what a function was called for. The platform writes an uncaught error into the log with its
 * message, which may hold what a person wrote; so the failure is logged here by its kind, and an error
 * without words goes on to whoever tries again.
 */
export async function failWithoutWords(
  log: Log,
  event: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const facts = factsOfFailure(error);
    log.error(event, { ...facts });
    const wordless = new Error(facts.error);
    wordless.stack = `Error: ${facts.error}`;
    throw wordless;
  }
}

/** The first line of the stack below the message, with which a stack begins. */
function placeOf({ message, stack = "" }: Error): string {
  const frames = stack.slice(stack.indexOf(message) + message.length).split("\n");
  return frames.find((line) => line.startsWith("    at "))?.trim() ?? "";
}
