import * as z from "zod";
import type { Given, Outcome, Question } from "./command.ts";
import { COMMANDS, commandCalled } from "./commands.ts";
import type { OperatorPorts } from "./ports.ts";

/** A command as it travels to the local service. */
export const Order = z.object({
  command: z.string(),
  given: z.record(z.string(), z.union([z.string(), z.boolean()])),
  step: z.enum(["ask", "perform"]),
});

export type Order = z.output<typeof Order>;

/** Asks or performs one command where the ports are, and logs that it was done: its name and ids, never what was typed. */
export async function operate(ports: OperatorPorts, order: Order): Promise<Outcome | Question> {
  const command = commandCalled(order.command);
  if (command === undefined) return { kind: "wrong", problems: [unknown(order.command)] };
  if (order.step === "ask") return command.ask(ports, order.given);
  const outcome = await command.perform(ports, order.given);
  ports.log.info("operator.acted", {
    kind: command.name,
    outcome: outcome.kind,
    ...idsIn(order.given),
  });
  return outcome;
}

/** Ids only: an address that was typed in the place of an id is withheld. */
function idsIn({ pair, send }: Given): { readonly pairId?: string; readonly sendId?: string } {
  const isId = (value: unknown): value is string =>
    typeof value === "string" && /^[A-Za-z0-9_-]{1,160}$/.test(value);
  return { ...(isId(pair) ? { pairId: pair } : {}), ...(isId(send) ? { sendId: send } : {}) };
}

function unknown(name: string): string {
  return `There is no command ${name}. Known: ${COMMANDS.map((one) => one.name).join(", ")}.`;
}
