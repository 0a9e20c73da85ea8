import type { Given, Outcome, Question } from "./command.ts";
import { type Place, PlaceError } from "./place.ts";

/**
 * The running local service. Its tables are in its memory or in a folder that it has locked, so it does
 * what is asked itself, with the very commands that a stage gets.
 */
export function localPlace(url: string): Place {
  const post = async (command: string, given: Given, step: "ask" | "perform") => {
    const response = await reach(url, { command, given, step });
    if (response.ok) return response.json();
    throw new PlaceError(
      response.status === 503
        ? `The service at ${url} is just starting. Try again in a moment.`
        : `The service at ${url} answered ${response.status}. Is it this version's? Its own output says more.`,
    );
  };
  return {
    name: `the local service at ${url}`,
    ask: async (command, given) => (await post(command, given, "ask")) as Question,
    perform: async (command, given) => (await post(command, given, "perform")) as Outcome,
  };
}

async function reach(url: string, order: unknown): Promise<Response> {
  try {
    return await fetch(new URL("/operator", url), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(order),
    });
  } catch {
    throw new PlaceError(
      `No service answers at ${url}. Start one with npm start, name another with --url, or a stage with --stage.`,
    );
  }
}
