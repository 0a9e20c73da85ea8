import type { ServicePorts } from "../functions/adapters/live-ports.ts";
import type { DeadLetters } from "../functions/adapters/sqs-dead-letters.ts";
import type { Act } from "../functions/core/plan.ts";
import type { Ports } from "../functions/ports.ts";

/** What the commands ask of the world; each composition root hands them out. */
export type OperatorPorts = ServicePorts &
  Pick<Ports, "archive" | "mailer" | "sesSuppressions"> & { readonly deadLetters: DeadLetters };

/** What the person on duty does now; typed twice, it is two acts. */
export function operatorsAct({ clock, signer, ids }: OperatorPorts): Act {
  return { at: clock.now(), id: signer.hash("operator", ids.random(10)) };
}
