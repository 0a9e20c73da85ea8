import type { Dice } from "./dice.ts";
import { type Faults, MINUTE_MS } from "./faults.ts";
import type { Outcome } from "./processes.ts";
import type { Timeline } from "./timeline.ts";

export type QueueName = "due" | "fast" | "bulk" | "feedback";

export interface QueuedMessage {
  readonly id: number;
  readonly queue: QueueName;
  /** As it lies on the queue: JSON text. */
  readonly body: string;
  receives: number;
  /** Handlers that hold it right now. */
  inFlight: number;
  state: "waiting" | "dead" | "deleted";
}

/** Standard queues: at least once, in no order; five tries, then the dead letters. */
export interface SqsModel {
  send(queue: QueueName, body: unknown, delayMs?: number): void;
  /** True when nothing of this queue waits, is being handled or lies in its dead letters. */
  isEmpty(queue: QueueName): boolean;
  deadLetters(): readonly QueuedMessage[];
  /** A person puts the dead letters back, without those they throw away. */
  redrive(keeps: (message: QueuedMessage) => boolean): void;
}

export interface SqsModelParts {
  readonly timeline: Timeline;
  readonly dice: Dice;
  readonly faults: Faults;
  readonly isBadTime: () => boolean;
  /** Runs the queue's consumer on one message and says how that ended. */
  readonly handle: (message: QueuedMessage, onEnd: (outcome: Outcome) => void) => void;
  readonly onDead: (message: QueuedMessage) => void;
}

/** As in `infra`: six times a function's timeout, and five tries. */
const VISIBILITY_MS = 3 * MINUTE_MS;
const RECEIVES_MAX = 5;

export function createSqs(parts: SqsModelParts): SqsModel {
  const { timeline, dice, faults, isBadTime, handle } = parts;
  const messages = new Map<number, QueuedMessage>();
  let lastId = 0;

  function receive(message: QueuedMessage): void {
    if (message.state !== "waiting") return;
    if (message.receives >= RECEIVES_MAX) {
      message.state = "dead";
      parts.onDead(message);
      return;
    }
    message.receives += 1;
    message.inFlight += 1;
    let isOver = false;
    const release = () => {
      if (isOver) return;
      isOver = true;
      message.inFlight -= 1;
    };
    handle(message, (outcome) => {
      release();
      if (outcome !== "done" || message.state !== "waiting") return;
      message.state = "deleted";
      messages.delete(message.id);
    });
    // Whoever holds it and does not delete it loses it after the visibility timeout.
    timeline.at(timeline.nowMs() + VISIBILITY_MS, () => {
      release();
      receive(message);
    });
  }

  function enqueue(message: QueuedMessage, askedMs = 0): void {
    messages.set(message.id, message);
    const isBad = isBadTime();
    const lateMs = isBad && dice.chance(0.2) ? dice.between(0, faults.queues.delayMsMax) : 0;
    const copies = isBad && dice.chance(faults.queues.duplicate) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      const afterMs = dice.between(1, 800) + askedMs + lateMs;
      timeline.at(timeline.nowMs() + afterMs, () => receive(message));
    }
  }

  return {
    send(queue, body, delayMs) {
      lastId += 1;
      const text = JSON.stringify(body);
      enqueue(
        { id: lastId, queue, body: text, receives: 0, inFlight: 0, state: "waiting" },
        delayMs,
      );
    },
    isEmpty: (queue) => ![...messages.values()].some((message) => message.queue === queue),
    deadLetters: () => [...messages.values()].filter(({ state }) => state === "dead"),
    redrive(keeps) {
      for (const message of [...messages.values()]) {
        if (message.state !== "dead") continue;
        messages.delete(message.id);
        if (keeps(message)) enqueue({ ...message, receives: 0, inFlight: 0, state: "waiting" });
      }
    },
  };
}
