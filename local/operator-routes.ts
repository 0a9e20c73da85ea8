import { Hono } from "hono";
import { Order, operate } from "../operator/operate.ts";
import type { OperatorPorts } from "../operator/ports.ts";
import type { TimeMachine } from "./time-machine.ts";

export interface OperatorParts {
  readonly ports: OperatorPorts;
  readonly machine: Pick<TimeMachine, "run">;
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
