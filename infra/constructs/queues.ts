import { Construct } from "constructs";
import { type DeploymentSettings, nameFor } from "../config.ts";
import { StepQueue } from "./step-queue.ts";

/** The queues that stand between the steps; every step that changes a pair fills the first three. */
export class Queues extends Construct {
  /** Pairs that are due, to `schedule`. */
  readonly due: StepQueue;
  /** Mail that somebody waits for, and all other mail, to `send`. */
  readonly fast: StepQueue;
  readonly bulk: StepQueue;
  /** SES's events, to `feedback`. */
  readonly feedback: StepQueue;

  constructor(scope: Construct, id: string, settings: DeploymentSettings) {
    super(scope, id);
    this.due = new StepQueue(this, "Due", { name: nameFor(settings, "due") });
    this.fast = new StepQueue(this, "Fast", { name: nameFor(settings, "fast") });
    this.bulk = new StepQueue(this, "Bulk", { name: nameFor(settings, "bulk") });
    this.feedback = new StepQueue(this, "Feedback", { name: nameFor(settings, "feedback") });
  }
}
