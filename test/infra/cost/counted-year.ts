import { breaker } from "../../../functions/adapters/breaker.ts";
import { courseStore } from "../../../functions/adapters/course-store.ts";
import { dueIndex } from "../../../functions/adapters/due-index.ts";
import { limits } from "../../../functions/adapters/limits.ts";
import { jsonLog } from "../../../functions/adapters/log.ts";
import { memoryTable } from "../../../functions/adapters/memory-table.ts";
import { pacer } from "../../../functions/adapters/pacer.ts";
import { pairStore } from "../../../functions/adapters/pair-store.ts";
import { sendLedger } from "../../../functions/adapters/send-ledger.ts";
import { sessions } from "../../../functions/adapters/sessions.ts";
import { createSigner } from "../../../functions/adapters/signed-link.ts";
import { valve } from "../../../functions/adapters/valve.ts";
import { watermarks } from "../../../functions/adapters/watermarks.ts";
import { acceptInvitation } from "../../../functions/confirm/answer-invitation.ts";
import { type Instant, plusDays } from "../../../functions/core/instant.ts";
import type { Pair, SeatId } from "../../../functions/core/pair.ts";
import { enrollPair } from "../../../functions/enroll/enroll-pair.ts";
import type { Ports, Queues } from "../../../functions/ports.ts";
import { publishCourse } from "../../../functions/publish/publish-course.ts";
import { createClock, type LocalClock } from "../../../local/clock.ts";
import { trackDue } from "../../../local/due-tracker.ts";
import { createInboundDoor, type InboundDoor } from "../../../local/inbound.ts";
import { type LocalMailArchive, memoryMailArchive } from "../../../local/mail-archive.ts";
import { createQueues, type Job, type LocalQueues } from "../../../local/queues.ts";
import { composeSteps } from "../../../local/steps.ts";
import { createTimeMachine, type TimeMachine } from "../../../local/time-machine.ts";
import { rawReply, replyAddressOf } from "../../support/replies.ts";
import { compiledCourse, signUpOf, TEST_SETTINGS, type TestMail } from "../../support/service.ts";
import { eventOf } from "../../support/ses-events.ts";
import { countedTable, noUnits, type TableUnits } from "./counted-table.ts";

/** What the pairs of a simulated year made AWS do. */
export interface Counts {
  mailsOut: number;
  mailsIn: number;
  /** Messages put on each queue. */
  queued: Record<Job["queue"], number>;
  /** Bytes of our own log lines. */
  logBytes: number;
  readonly units: TableUnits;
}

export interface CountedYear {
  readonly pairs: number;
  readonly counts: Counts;
}

const START: Instant = "2026-10-05T15:00:00.000Z";
const YEAR_DAYS = 365;
/** Of three mails that ask for an answer, two get one. */
const ANSWERED = [true, true, false] as const;
const ASKS = /^(lesson|nudge|meet|mou|check-in)-/;

/**
 * A year of several pairs over the real workflows, each call counted: they sign up, confirm, go through
 * the course and its prompts, and answer as people do who take part. What time alone does is not in it:
 * the ticks' own look costs the same with no pair at all.
 */
export async function countYear(pairs: number): Promise<CountedYear> {
  const world = createWorld();
  await publishCourse(world.ports, compiledCourse());
  Object.assign(world.counts.units, noUnits()); // a deployment's cost, not a pair's
  for (let number = 0; number < pairs; number += 1) await signUp(world, number);
  for (let day = 1; day <= YEAR_DAYS; day += 1) {
    const from = world.mails.length;
    await world.machine.advanceTo(plusDays(START, day));
    for (const mail of world.mails.slice(from)) await answer(world, mail);
  }
  return { pairs, counts: world.counts };
}

interface World {
  readonly ports: Ports;
  readonly machine: TimeMachine;
  readonly door: InboundDoor;
  readonly mails: readonly TestMail[];
  readonly counts: Counts;
  asked: number;
}

function createWorld(): World {
  const counts: Counts = {
    ...{ mailsOut: 0, mailsIn: 0, logBytes: 0 },
    queued: { due: 0, fast: 0, bulk: 0, inbound: 0, feedback: 0 },
    units: noUnits(),
  };
  const clock = createClock(START, () => 0);
  const count = (line: string) => {
    counts.logBytes += Buffer.byteLength(line) + LINE_BYTES;
  };
  const log = jsonLog(count, { namespace: "CommonGround/counted", clock });
  const queues = countedQueues(createQueues({ clock, log }), counts);
  const archive = memoryMailArchive(clock);
  const mails: TestMail[] = [];
  const raw = { pairs: trackDue(memoryTable()), ledger: trackDue(memoryTable()) };
  const ports = countedPorts({ clock, log, queues, archive, mails, counts, raw });
  const handlers = composeSteps(ports, raw);
  const machine = createTimeMachine({ clock, queues, handlers, log });
  const door = createInboundDoor({
    ...{ clock, archive, queues, machine },
    replyDomain: TEST_SETTINGS.replyDomain,
  });
  return { ports, machine, door, mails, counts, asked: 0 };
}

/** CloudWatch's own part of each line. */
const LINE_BYTES = 26;

interface Parts {
  readonly clock: LocalClock;
  readonly log: Ports["log"];
  readonly queues: LocalQueues;
  readonly archive: LocalMailArchive;
  readonly mails: TestMail[];
  readonly counts: Counts;
  readonly raw: {
    readonly pairs: ReturnType<typeof trackDue>;
    readonly ledger: ReturnType<typeof trackDue>;
  };
}

function countedPorts({ clock, log, queues, archive, mails, counts, raw }: Parts): Ports {
  const pairs = countedTable(raw.pairs, counts.units);
  const ledger = countedTable(raw.ledger, counts.units);
  const pace = { perSecond: 14, perDay: 50_000, lane: "bulk", waitMsMax: 0 } as const;
  let serial = 0;
  return {
    ...{ clock, log, queues, archive, settings: TEST_SETTINGS },
    ids: { random: (bytes) => (++serial).toString(32).padStart(Math.ceil((bytes * 8) / 5), "a") },
    pairs: pairStore(pairs),
    ledger: sendLedger(ledger),
    courses: courseStore(pairs),
    limits: limits(pairs),
    sessions: sessions(pairs),
    pacer: pacer(pairs, pace, async () => undefined),
    breaker: breaker(pairs),
    valve: valve(pairs),
    mailer: {
      deliver: async (mail) => {
        const sent = { ...mail, at: clock.now(), sesId: `0100${++serial}` };
        mails.push(sent);
        counts.mailsOut += 1;
        for (const type of ["Send", "Delivery"] as const) {
          await queues.put({ queue: "feedback", event: eventOf(sent, type, clock.now()) });
        }
        return { kind: "accepted", sesId: sent.sesId };
      },
    },
    sesSuppressions: { remove: async () => undefined },
    signer: createSigner({
      signing: [{ id: 1, secret: "a secret of a simulated year, which signs links" }],
      address: "a secret of a simulated year, which hashes addresses",
    }),
    feedbackQueue: { isEmpty: async () => true },
    // The tick's own, which costs the same whoever is enrolled.
    watermarks: watermarks(raw.pairs),
    due: dueIndex(raw.pairs, raw.ledger),
  };
}

function countedQueues(queues: LocalQueues, counts: Counts): LocalQueues & Queues {
  return {
    ...queues,
    put: async (job: Job, visibleAt?: Instant) => {
      counts.queued[job.queue] += 1;
      await queues.put(job, visibleAt);
    },
  };
}

/** The signer fills in the form, then both say yes on the pages behind their links. */
async function signUp({ ports, machine }: World, number: number): Promise<void> {
  const email = `ada${number}@harbor.example`;
  const people = signUpOf({ email, partnerEmail: `ben${number}@police.example` });
  const pair = await machine.run(async () => {
    await enrollPair(ports, people, `192.0.2.${number}`);
    const [id = ""] = await ports.pairs.pairsOf(ports.signer.hashAddress(email));
    return ports.pairs.read(id);
  });
  if (pair === undefined) throw new Error("The form took no pair.");
  for (const seat of ["sp", "le"] as const) await sayYes({ ports, machine }, pair, seat);
}

async function sayYes(
  { ports, machine }: Pick<World, "ports" | "machine">,
  pair: Pair,
  seat: SeatId,
): Promise<void> {
  const act = { at: ports.clock.now(), id: `${seat}00000000000000` };
  await machine.run(() =>
    acceptInvitation(ports, { owner: pair.id, seat, holder: 1 }, act).then(() => undefined),
  );
}

async function answer(world: World, mail: TestMail): Promise<void> {
  const item = mail.sendId.split("_")[1] ?? "";
  // One of the two reports for both, in turn; the other's mail is the copy nobody answers.
  const isOurs = ASKS.test(item) && mail.sendId.includes("_sp");
  if (!isOurs) return;
  world.asked += 1;
  if (!ANSWERED[world.asked % ANSWERED.length]) return;
  world.counts.mailsIn += 1;
  const raw = rawReply(mail, { body: "Done, we met yesterday.", quoted: QUOTED });
  const reception = await world.door.receive({
    raw,
    sender: mail.to,
    recipients: [replyAddressOf(mail)],
  });
  if (reception.kind !== "accepted") throw new Error(reception.why);
}

/** As much of a lesson as a mail program puts below the answer. */
const QUOTED = "This week's step takes fifteen minutes.\n".repeat(30);
