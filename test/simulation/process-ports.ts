import { breaker } from "../../functions/adapters/breaker.ts";
import { courseStore } from "../../functions/adapters/course-store.ts";
import { limits } from "../../functions/adapters/limits.ts";
import { pacer } from "../../functions/adapters/pacer.ts";
import { pairStore } from "../../functions/adapters/pair-store.ts";
import { readSendKey, sendLedger } from "../../functions/adapters/send-ledger.ts";
import { sessions } from "../../functions/adapters/sessions.ts";
import { valve } from "../../functions/adapters/valve.ts";
import { watermarks } from "../../functions/adapters/watermarks.ts";
import { MissingMailError } from "../../functions/core/course.ts";
import { toInstant, toMs } from "../../functions/core/instant.ts";
import type {
  CompiledMailRecord,
  Delivery,
  OutboundMail,
  Ports,
  Row,
  RowKey,
  Signer,
  Table,
} from "../../functions/ports.ts";
import type { FastTable } from "./fast-table.ts";
import { isIn } from "./faults.ts";
import { Broken } from "./functions-in-time.ts";
import type { World } from "./world.ts";

/** All ports, and what a function knows of its own end. */
export type SimulatedPorts = Ports & { readonly timeLeftMs: () => number };

/**
 * All ports, the same for every process: each call is one of the process that runs, takes its time and
 * can be the last one.
 */
export function createPorts(world: World): SimulatedPorts {
  const pairs = tableOf(world, "pairs");
  const ledger = tableOf(world, "ledger");
  const { call, current } = world.processes;
  return {
    clock: { now: () => toInstant(world.timeline.nowMs() + current().skewMs) },
    ids: { random: (bytes) => world.randomId(bytes) },
    pairs: pairStore(pairs),
    ledger: sendLedger(ledger),
    courses: {
      ...courseStore(pairs),
      mail: (slug, edition, mail, locale) =>
        call("courses.mail", () => readMail(world, slug, edition, mail, locale)),
    },
    limits: limits(pairs),
    sessions: sessions(pairs),
    watermarks: watermarks(pairs),
    pacer: {
      lease: (now, use) => pacerOf(world, pairs).lease(now, use),
      giveBack: (leasedAt) => pacerOf(world, pairs).giveBack(leasedAt),
    },
    breaker: breaker(pairs),
    valve: valve(pairs),
    mailer: { deliver: (mail) => deliver(world, mail) },
    sesSuppressions: {
      remove: (email) => call("sesSuppressions.remove", () => world.ses.unsuppress(email)),
    },
    archive: {
      read: (messageId) => call("archive.read", () => readStored(world, messageId)),
      remove: (messageId) => call("archive.remove", () => world.inbound.remove(messageId)),
      unread: (before) => call("archive.unread", () => world.inbound.unread(toMs(before))),
    },
    queues: {
      put: (message) =>
        call(`queues.put ${message.queue}`, () => {
          const delayMs = 1_000 * (message.afterSeconds ?? 0);
          world.sqs.send(message.queue, message, delayMs);
          world.queued(message);
        }),
    },
    signer: signerOf(world),
    due: {
      duePairs: (from, until) =>
        call("due.pairs", () =>
          world.pairs.due(from, until).map(({ pk }) => pk.slice("PAIR#".length)),
        ),
      dueSends: (from, until) =>
        call("due.sends", () => world.ledger.due(from, until).map(readSendKey)),
    },
    feedbackQueue: {
      isEmpty: () =>
        call("feedbackQueue.isEmpty", () => {
          const isEmpty = world.sqs.isEmpty("feedback");
          current().asked.set("feedback", isEmpty ? 1 : 0);
          return isEmpty;
        }),
    },
    log: {
      info: (event, facts) => world.logged("info", event, facts),
      error: (event, facts) => world.logged("error", event, facts),
    },
    settings: world.settings,
    timeLeftMs: () => world.processes.timeLeftMs(current()),
  };
}

function readStored(world: World, messageId: string): Uint8Array | undefined {
  if (isIn(world.faults.receiveBroken, world.timeline.nowMs())) throw new Broken("receive");
  return world.inbound.read(messageId);
}

/** Names a call by what it does to which kind of row; notes when each row was asked for. */
function tableOf(world: World, name: "pairs" | "ledger"): Table {
  const table: FastTable = world[name];
  const { processes } = world;
  const call = <T>(op: string, key: RowKey, effect: () => T): Promise<T> => {
    processes.current().asked.set(`${op} ${key.pk} ${key.sk}`, processes.serial());
    return processes.call(`${name}.${op} ${kindOf(key)}`, effect);
  };
  return {
    get: (key) => call("get", key, () => table.get(key)),
    put: (row, replaces) => call("put", row, () => world.write(() => table.put(row, replaces))),
    remove: (key, replaces) =>
      call("remove", key, () => world.write(() => table.remove(key, replaces))),
    query: (pk, prefix) => call("query", { pk, sk: prefix }, () => table.query(pk, prefix)),
    due: (_, from, until) => call("due", { pk: "due", sk: "" }, () => table.due(from, until)),
    roster: (rosterKey) => call("roster", { pk: "roster", sk: "" }, () => table.roster(rosterKey)),
  };
}

/** `PAIR/SEND` for `PAIR#abc`, `SEND#lesson-01#sp1`. */
function kindOf({ pk, sk }: RowKey): string {
  return `${headOf(pk)}/${headOf(sk)}`;
}

function headOf(key: string): string {
  const end = key.indexOf("#");
  return end < 0 ? key : key.slice(0, end);
}

/** Whatever keys there are by now. */
function signerOf(world: World): Signer {
  return {
    sign: (claims) => world.signer().sign(claims),
    verify: (token, purpose) => world.signer().verify(token, purpose),
    replyLocalPart: (send) => world.signer().replyLocalPart(send),
    readReplyLocalPart: (localPart) => world.signer().readReplyLocalPart(localPart),
    hashAddress: (address) => world.signer().hashAddress(address),
    hash: (...parts) => world.signer().hash(...parts),
  };
}

/** An edition's mail never changes, so it is parsed once for all runs. */
const contents = new Map<string, unknown>();

function readMail(
  world: World,
  slug: string,
  edition: string,
  mail: string,
  locale: string,
): CompiledMailRecord {
  const row: Row | undefined = world.pairs.get({
    pk: `COURSE#${slug}`,
    sk: `EDITION#${edition}#${mail}#${locale}`,
  });
  if (row === undefined)
    throw new MissingMailError(`COURSE#${slug} has no mail ${edition}/${mail}.`);
  const text = String(row.content);
  const content = contents.get(text) ?? JSON.parse(text);
  contents.set(text, content);
  return { mail, locale, content };
}

const PACER_WAIT_MS_MAX = 4_000;

function pacerOf(world: World, table: Table): Ports["pacer"] {
  const process = world.processes.current();
  const settings = {
    perSecond: world.faults.perSecond,
    perDay: world.faults.perDay,
    lane: process.name === "send.fast" ? "fast" : "bulk",
    waitMsMax: PACER_WAIT_MS_MAX,
  } as const;
  return pacer(table, settings, world.processes.sleep);
}

/** How long a caller waits for an answer that does not come. */
const SES_TIMEOUT_MS = 10_000;

async function deliver(world: World, mail: OutboundMail): Promise<Delivery> {
  world.handing(mail);
  const delivery = await world.processes.call<Delivery>(
    `mailer.deliver ${mail.tags.kind ?? "probe"}`,
    () => world.ses.request(mail),
    {
      onError: () => ({ kind: "unknown" }),
      onAmbiguous: () => ({ kind: "unknown" }),
    },
  );
  world.answered(mail, delivery);
  if (delivery.kind === "unknown") await world.processes.sleep(SES_TIMEOUT_MS);
  return delivery;
}
