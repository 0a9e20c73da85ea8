import { Hono } from "hono";
import type { DeadLetters } from "../functions/adapters/sqs-dead-letters.ts";
import { Order, operate } from "../operator/operate.ts";
import type { OperatorPorts } from "../operator/ports.ts";
import { type LocalQueues, QUEUE_NAMES, type QueuedJob, type QueueName } from "./queues.ts";
import type { TimeMachine } from "./time-machine.ts";

export interface OperatorParts {
  readonly ports: OperatorPorts;
  readonly machine: Pick<TimeMachine, "run">;
}

/** The queues of this process as the commands see them. */
export function localDeadLetters(queues: LocalQueues): DeadLetters {
  const countOf = (jobs: readonly QueuedJob[], name: QueueName) =>
    jobs.filter(({ job }) => job.queue === name).length;
  return {
    counts: async () =>
      QUEUE_NAMES.map((queue) => ({
        queue,
        waiting: countOf(queues.waiting(), queue),
        dead: countOf(queues.deadLetters(), queue),
      })),
    redrive: async (queue) => {
      for (const name of QUEUE_NAMES) if (name === queue) queues.redrive(name);
    },
  };
}

/** `POST /operator`: what `npm run cg` asks of a running service, which alone may write to its tables. */
export function operatorRoutes({ ports, machine }: OperatorParts): Hono {
  const app = new Hono();
  app.post("/operator", async (c) => {
    const order = Order.parse(await c.req.json());
    return c.json(await machine.run(() => operate(ports, order)));
  });
  return app;
}
