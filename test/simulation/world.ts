import { storableRow } from "../../functions/adapters/row-schema.ts";
import { createSigner } from "../../functions/adapters/signed-link.ts";
import type {
  Delivery,
  OutboundMail,
  QueueMessage,
  Row,
  Settings,
  Signer,
} from "../../functions/ports.ts";
import type { InboundNotice } from "../../functions/receive/inbound-notice.ts";
import { TEST_SETTINGS } from "../support/service.ts";
import { type Code, traced } from "./code.ts";
import { createDice, type Dice } from "./dice.ts";
import { createFastTable, type FastTable } from "./fast-table.ts";
import { chanceInjector, type FaultInjector } from "./fault-injector.ts";
import type { Faults } from "./faults.ts";
import { createHistory, type History } from "./history.ts";
import { createInbound, type InboundModel } from "./modelled-s3.ts";
import {
  type Acceptance,
  createSes,
  type Fate,
  type SesEvent,
  type SesModel,
} from "./modelled-ses.ts";
import { createSqs, type QueuedMessage, type SqsModel } from "./modelled-sqs.ts";
import { createPlainSigner } from "./plain-signer.ts";
import { createPorts, type SimulatedPorts } from "./process-ports.ts";
import { createProcesses, type Outcome, type Process, type Processes } from "./processes.ts";
import { createTimeline, type Timeline } from "./timeline.ts";

export type TableName = "pairs" | "ledger";

/** One write that went through, with the process that wrote it (none for a person at the database). */
export interface Write {
  readonly table: TableName;
  readonly before: Row | undefined;
  readonly after: Row | undefined;
  readonly process: Process | undefined;
}

export type Facts = Readonly<Record<string, string | number | boolean>>;

/** Whoever looks on: checks, partners, the operator. */
export interface Watcher {
  written?(write: Write): void;
  /** A process is about to hand this mail to SES. */
  handed?(process: Process, mail: OutboundMail): void;
  /** It has heard what became of that. */
  answered?(process: Process, mail: OutboundMail, delivery: Delivery): void;
  accepted?(acceptance: Acceptance): void;
  /** The service put something on a queue. */
  queued?(message: QueueMessage): void;
  delivered?(acceptance: Acceptance): void;
  /** An event of SES is on its way. */
  published?(event: SesEvent): void;
  /** An invocation failed, or died (then without an error). */
  failed?(process: Process, error: unknown): void;
  logged?(level: "info" | "error", event: string, facts: Facts): void;
  dead?(message: QueuedMessage): void;
  /** An inbound mail lies in the bucket. */
  stored?(): void;
}

/** One simulated deployment: its tables, queues and clocks, and everything that looks on. */
export interface World {
  readonly timeline: Timeline;
  readonly processes: Processes;
  readonly faults: Faults;
  readonly history: History;
  readonly pairs: FastTable;
  readonly ledger: FastTable;
  readonly ses: SesModel;
  readonly sqs: SqsModel;
  readonly inbound: InboundModel;
  readonly settings: Settings;
  readonly startMs: number;
  /** When the bad time ends; afterwards nothing fails any more. */
  readonly calmMs: number;
  readonly timerDice: Dice;
  /** The code that a process which starts now runs; during a deployment the old or the new. */
  code(): Code;
  signer(): Signer;
  rotateKeys(): void;
  randomId(bytes: number): string;
  /** What every process calls. */
  readonly ports: SimulatedPorts;
  /** Writes as the process that runs; otherwise it is a person at the database. */
  write<T>(work: () => T): T;
  handing(mail: OutboundMail): void;
  answered(mail: OutboundMail, delivery: Delivery): void;
  queued(message: QueueMessage): void;
  logged(level: "info" | "error", event: string, facts: Facts): void;
  isBadTime(): boolean;
  watch(watcher: Watcher): void;
}

/** What the world needs from whoever runs its functions and its people. */
export interface WorldHooks {
  handle(message: QueuedMessage, onEnd: (outcome: Outcome) => void): void;
  receive(notice: InboundNotice, onEnd: (outcome: Outcome) => void): void;
  fateOf(to: string, kind: string): Fate;
}

export interface WorldParts {
  readonly seed: number;
  readonly startMs: number;
  readonly calmMs: number;
  readonly faults: Faults;
  readonly codes: readonly [Code, ...Code[]];
  readonly keepsHistory: boolean;
  /** Checks every row against its schema and freezes it; slow. */
  readonly isCareful: boolean;
  readonly injector?: FaultInjector;
  readonly hooks: WorldHooks;
}

const DEPLOYMENT_MS = 10 * 60_000;

export function createWorld(parts: WorldParts): World {
  const { seed, startMs, calmMs, faults, hooks } = parts;
  const dice = createDice(seed, "world");
  const timeline = createTimeline(startMs);
  const history = createHistory(parts.keepsHistory);
  const isBadTime = () => timeline.nowMs() < calmMs;
  const injector = parts.injector ?? chanceInjector(faults, dice.fork("faults"), isBadTime);
  const watchers: Watcher[] = [];
  const processes = createProcesses({
    ...{ timeline, injector, history, dice: dice.fork("processes") },
    onFailed: (process, error) => tell((watcher) => watcher.failed?.(process, error)),
  });
  const enter = (workflow: string) => void processes.current().path.push(`${workflow}:`);
  const codes = injector.wantsPaths ? parts.codes.map((code) => traced(code, enter)) : parts.codes;
  const tell = (say: (watcher: Watcher) => void) => watchers.forEach(say);
  const onWritten: NonNullable<Watcher["written"]>[] = [];
  const model = { timeline, faults, isBadTime };
  const idDice = dice.fork("ids");
  let writer: Process | undefined;
  let ports: SimulatedPorts | undefined;
  let keys = 1;
  let signer = parts.isCareful ? signerWith(keys) : createPlainSigner();

  const table = (name: TableName): FastTable => {
    const lagDice = dice.fork(`${name} index`);
    return createFastTable({
      nowMs: timeline.nowMs,
      lagMs: () => (isBadTime() ? lagOf(lagDice, faults) : 50),
      onWrite(before, after) {
        const write: Write = { table: name, before, after, process: writer };
        for (const see of onWritten) see(write);
      },
      ...(parts.isCareful ? { store: (row) => frozen(storableRow(row)) } : {}),
    });
  };

  const world: World = {
    timeline,
    processes,
    faults,
    history,
    pairs: table("pairs"),
    ledger: table("ledger"),
    ses: createSes({
      ...model,
      dice: dice.fork("ses"),
      fateOf: hooks.fateOf,
      onAccepted: (acceptance) => {
        history.note(timeline.nowMs(), `accepted ${acceptance.sendId} as ${acceptance.sesId}`);
        tell((watcher) => watcher.accepted?.(acceptance));
      },
      onDelivered: (acceptance) => tell((watcher) => watcher.delivered?.(acceptance)),
      onPublished: (event) => tell((watcher) => watcher.published?.(event)),
      onEvent: (event) => world.sqs.send("feedback", event),
    }),
    sqs: createSqs({
      ...model,
      dice: dice.fork("sqs"),
      handle: hooks.handle,
      onDead: (message) => {
        history.note(timeline.nowMs(), `dead letter ${message.queue} ${message.body}`);
        tell((watcher) => watcher.dead?.(message));
      },
    }),
    inbound: createInbound({
      ...model,
      dice: dice.fork("inbound"),
      call: hooks.receive,
      onStored: () => tell((watcher) => watcher.stored?.()),
    }),
    settings: TEST_SETTINGS,
    startMs,
    calmMs,
    timerDice: dice.fork("timers"),
    code() {
      const [newest = parts.codes[0], old] = codes;
      const deploying = faults.redeployMs.find((ms) => timeline.nowMs() < ms + DEPLOYMENT_MS);
      if (old === undefined || deploying === undefined) return newest;
      return timeline.nowMs() < deploying || dice.chance(0.5) ? old : newest;
    },
    signer: () => signer,
    rotateKeys() {
      keys += 1;
      if (parts.isCareful) signer = signerWith(keys);
    },
    randomId: (bytes) => base32(Math.ceil((bytes * 8) / 5), idDice),
    get ports() {
      ports ??= createPorts(world);
      return ports;
    },
    write(work) {
      writer = processes.current();
      const result = work();
      writer = undefined;
      return result;
    },
    handing: (mail) => tell((watcher) => watcher.handed?.(processes.current(), mail)),
    answered: (mail, delivery) =>
      tell((watcher) => watcher.answered?.(processes.current(), mail, delivery)),
    queued: (message) => tell((watcher) => watcher.queued?.(message)),
    logged(level, event, facts) {
      const process = processes.current();
      history.note(
        timeline.nowMs(),
        `${process.name}#${process.id} ${level} ${event} ${Object.values(facts).join(" ")}`,
      );
      tell((watcher) => watcher.logged?.(level, event, facts));
    },
    isBadTime,
    watch(watcher) {
      watchers.push(watcher);
      if (watcher.written !== undefined) onWritten.push((write) => watcher.written?.(write));
    },
  };
  return world;
}

const signers = new Map<number, Signer>();

/** The same keys in every run, so they are made once. */
function signerWith(count: number): Signer {
  const made =
    signers.get(count) ??
    createSigner({
      signing: Array.from({ length: count }, (_, index) => ({
        id: index + 1,
        secret: `simulated signing key ${index + 1}`,
      })),
      address: "simulated address key",
    });
  signers.set(count, made);
  return made;
}

function lagOf(dice: Dice, { indexLagMs }: Faults): number {
  return dice.chance(0.1) ? dice.between(0, indexLagMs) : dice.between(0, 100);
}

const BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

function base32(length: number, dice: Dice): string {
  let text = "";
  for (let index = 0; index < length; index += 1) text += BASE32[dice.between(0, 31)];
  return text;
}

function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
