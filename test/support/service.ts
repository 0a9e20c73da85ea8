import { readFileSync } from "node:fs";
import { breaker } from "../../functions/adapters/breaker.ts";
import { courseStore } from "../../functions/adapters/course-store.ts";
import { dueIndex, earliestDueAt } from "../../functions/adapters/due-index.ts";
import { limits } from "../../functions/adapters/limits.ts";
import { memoryTable } from "../../functions/adapters/memory-table.ts";
import { pacer } from "../../functions/adapters/pacer.ts";
import { pairStore } from "../../functions/adapters/pair-store.ts";
import { sendLedger } from "../../functions/adapters/send-ledger.ts";
import { sessions } from "../../functions/adapters/sessions.ts";
import { createSigner } from "../../functions/adapters/signed-link.ts";
import { valve } from "../../functions/adapters/valve.ts";
import { watermarks } from "../../functions/adapters/watermarks.ts";
import { acceptInvitation } from "../../functions/confirm/answer-invitation.ts";
import type { SignUp } from "../../functions/core/enrollment.ts";
import { earliest, type Instant } from "../../functions/core/instant.ts";
import type { Pair, SeatId } from "../../functions/core/pair.ts";
import { enrollPair } from "../../functions/enroll/enroll-pair.ts";
import type {
  Delivery,
  Log,
  OutboundMail,
  Ports,
  QueueMessage,
  Row,
  RowKey,
  Settings,
  Table,
} from "../../functions/ports.ts";
import { type CompiledCourse, publishCourse } from "../../functions/publish/publish-course.ts";
import { advancePair } from "../../functions/schedule/advance-pair.ts";
import { findDue } from "../../functions/schedule/find-due.ts";
import { sendMail } from "../../functions/send/send-mail.ts";

/** A mail that went out in a test, with the instant and what it is. */
export interface TestMail extends OutboundMail {
  readonly at: Instant;
  readonly sesId: string;
}

/** The whole service over in-memory tables, a clock moved by hand and a mailer that keeps what it is given. */
export interface TestService {
  readonly ports: Ports;
  readonly mails: readonly TestMail[];
  readonly log: readonly string[];
  /** SES's own list: tests put addresses on it, the service takes them off. */
  readonly suppressedBySes: Set<string>;
  now(): Instant;
  /** Runs everything that becomes due up to that instant, each at its own instant. */
  advanceTo(target: Instant): Promise<void>;
  /** Handles what lies on the queues now. */
  drain(): Promise<void>;
  /** What the mailer answers from now on; accepts everything when undefined. */
  answerWith(answer: ((mail: OutboundMail) => Delivery) | undefined): void;
  /** Every row of both tables, as it is stored. */
  rows(): Promise<readonly Row[]>;
  /** What waits on the queues. */
  readonly queued: readonly QueueMessage[];
  /** The newest pair of the sign-up's own address; known even after its names were deleted. */
  pair(): Promise<Pair>;
}

const SIGN_UP: SignUp = {
  role: "service_provider",
  name: "Ada Provider",
  email: "ada@harbor.example",
  agency: "Harbor House",
  partnerName: "Ben Officer",
  partnerEmail: "ben@police.example",
  partnerAgency: "City Police",
  slot: { weekday: 2, time: "10:00", timeZone: "America/New_York" },
  cohort: "demo",
};

export function signUpOf(changes: Partial<SignUp> = {}): SignUp {
  return { ...SIGN_UP, ...changes };
}

export const TEST_SETTINGS: Settings = {
  siteUrl: "https://common-ground.example",
  from: "hello@common-ground.example",
  replyDomain: "reply.common-ground.example",
  postalAddress: "Common Ground, 1 Example Street, Albany, NY",
  configurationSet: "common-ground",
  messageIdDomain: "email.amazonses.com",
  cohorts: {
    demo: {
      name: "demo",
      title: "Demo county",
      course: "partner-tips",
      coordinators: ["coordinator@common-ground.example"],
      approval: "never",
      workDomains: [],
    },
    reviewed: {
      name: "reviewed",
      title: "Reviewed county",
      course: "partner-tips",
      coordinators: ["coordinator@common-ground.example"],
      approval: "always",
      workDomains: [],
    },
  },
  defaultSlot: { weekday: 2, time: "10:00", timeZone: "America/New_York" },
  form: { secondsMin: 0, perClientHour: 1000, perDomainHour: 1000, perSiteDay: 1000 },
};

/** More than any test sends. */
const UNPACED = { perSecond: 10_000, perDay: 1_000_000, lane: "fast", waitMsMax: 0 } as const;

/** The edition `npm run build` made of the content files. */
export function compiledCourse(): CompiledCourse {
  const file = new URL("../../emails/.compiled/partner-tips.json", import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")) as CompiledCourse;
}

export async function createTestService(
  startAt: Instant,
  settings: Settings = TEST_SETTINGS,
): Promise<TestService> {
  let now = startAt;
  let answer: ((mail: OutboundMail) => Delivery) | undefined;
  let serial = 0;
  let newestPairId = "";
  const mails: TestMail[] = [];
  const lines: string[] = [];
  const queue: QueueMessage[] = [];
  const suppressedBySes = new Set<string>();
  const pairsTable = rememberingTable(memoryTable());
  const ledgerTable = rememberingTable(memoryTable());
  const clock = { now: () => now };
  const log: Log = {
    info: (event, facts) => lines.push(`${event} ${JSON.stringify(facts)}`),
    error: (event, facts) => lines.push(`ERROR ${event} ${JSON.stringify(facts)}`),
  };
  const ports: Ports = {
    clock,
    ids: { random: (bytes) => base32(bytes, ++serial) },
    pairs: pairStore(pairsTable),
    ledger: sendLedger(ledgerTable),
    courses: courseStore(pairsTable),
    limits: limits(pairsTable),
    sessions: sessions(pairsTable),
    watermarks: watermarks(pairsTable),
    pacer: pacer(pairsTable, UNPACED, async () => undefined),
    breaker: breaker(pairsTable),
    valve: valve(pairsTable),
    mailer: {
      deliver: async (mail) => {
        const delivery = answer?.(mail) ?? { kind: "accepted", sesId: `ses-${++serial}` };
        if (delivery.kind === "accepted") mails.push({ ...mail, at: now, sesId: delivery.sesId });
        return delivery;
      },
    },
    sesSuppressions: { remove: async (email) => void suppressedBySes.delete(email) },
    archive: { read: async () => undefined, remove: async () => undefined, unread: async () => [] },
    queues: { put: async (message) => void queue.push(message) },
    signer: createSigner({
      signing: [{ id: 1, secret: "a test secret that signs links" }],
      address: "a test secret that hashes addresses",
    }),
    due: dueIndex(pairsTable, ledgerTable),
    feedbackQueue: { isEmpty: async () => true },
    log,
    settings,
  };
  const drain = async () => {
    for (let message = queue.shift(); message !== undefined; message = queue.shift()) {
      if (message.queue === "due") await advancePair(ports, message.pairId);
      else await sendMail({ ...ports, timeLeftMs: () => 60_000 }, message.send);
    }
  };
  const nextDueAt = async () =>
    earliest(await earliestDueAt(pairsTable), await earliestDueAt(ledgerTable));
  await publishCourse(ports, compiledCourse());
  return {
    ports,
    mails,
    log: lines,
    queued: queue,
    rows: async () => [...(await pairsTable.rows()), ...(await ledgerTable.rows())],
    suppressedBySes,
    now: () => now,
    drain,
    advanceTo: async (target) => {
      await drain();
      for (let turns = 0; turns < 5_000; turns += 1) {
        const next = await nextDueAt();
        if (next === undefined || next > target) break;
        if (next > now) now = next;
        await findDue(ports);
        await drain();
      }
      now = target;
    },
    answerWith: (next) => {
      answer = next;
    },
    pair: async () => {
      const ids = await ports.pairs.pairsOf(ports.signer.hashAddress(SIGN_UP.email));
      newestPairId = ids.at(-1) ?? newestPairId;
      const pair = await ports.pairs.read(newestPairId);
      if (pair === undefined) throw new Error("nobody has signed up");
      return pair;
    },
  };
}

/** Signs up and confirms both seats at once. */
export async function startPair(service: TestService, signUp = signUpOf()): Promise<Pair> {
  await enrollPair(service.ports, signUp, "127.0.0.1");
  const { id, signer } = await service.pair();
  for (const seat of [signer, signer === "sp" ? "le" : "sp"] satisfies SeatId[]) {
    const act = { at: service.now(), id: `${seat}00000000000000`.slice(0, 16) };
    await acceptInvitation(service.ports, { owner: id, seat, holder: 1 }, act);
    await service.drain();
  }
  return service.pair();
}

/** A table that can be read whole, which no workflow may: it remembers each key that was ever written. */
export function rememberingTable(table: Table): Table & { rows(): Promise<readonly Row[]> } {
  const keys = new Map<string, RowKey>();
  return {
    ...table,
    put: (row, replaces) => {
      keys.set(`${row.pk} ${row.sk}`, { pk: row.pk, sk: row.sk });
      return table.put(row, replaces);
    },
    rows: async () => {
      const rows = await Promise.all([...keys.values()].map((key) => table.get(key)));
      return rows.filter((row) => row !== undefined);
    },
  };
}

function base32(bytes: number, serial: number): string {
  const alphabet = "abcdefghijklmnopqrstuvwxyz234567";
  const length = Math.ceil((bytes * 8) / 5);
  const digits = serial
    .toString(32)
    .split("")
    .map((digit) => alphabet[Number.parseInt(digit, 32)]);
  return digits.join("").padStart(length, "a");
}
