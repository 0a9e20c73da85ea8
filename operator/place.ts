import type { Given, Outcome, Question } from "./command.ts";

/** Where a command runs: in the local service, or here with the rights of whoever is on duty, over a stage. */
export interface Place {
  /** "the local service at http://127.0.0.1:3000", "stage trial in us-east-1" */
  readonly name: string;
  ask(command: string, given: Given): Promise<Question>;
  perform(command: string, given: Given): Promise<Outcome>;
}

/** The service cannot be reached, or does not let us in; the message says how to mend that. */
export class PlaceError extends Error {
  override readonly name = "PlaceError";
}
