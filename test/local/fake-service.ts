import { memoryTable } from "../../functions/adapters/memory-table.ts";
import { pairStore } from "../../functions/adapters/pair-store.ts";
import type { Instant } from "../../functions/core/instant.ts";
import type { Log } from "../../functions/ports.ts";
import type { InboundNotice } from "../../functions/receive/inbound-notice.ts";
import { createClock, type LocalClock } from "../../local/clock.ts";
import { createInboundDoor } from "../../local/inbound.ts";
import { memoryMailArchive } from "../../local/mail-archive.ts";
import { localPages } from "../../local/mailbox.tsx";
import { createQueues, type LocalQueues } from "../../local/queues.ts";
import { type SesEndpoint, startSesEndpoint } from "../../local/ses-endpoint.ts";
import { memoryMails } from "../../local/ses-store.ts";
import { serviceSettings } from "../../local/settings.ts";
import { createTimeMachine, type Handlers } from "../../local/time-machine.ts";

export const START: Instant = "2026-12-01T15:00:00.000Z";
export const silent: Log = { info: () => undefined, error: () => undefined };

/** One thing that reached a step, and what the clock showed. */
export interface Happening {
  readonly at: Instant;
  readonly what: string;
}

/**
 * Steps that write down what reaches them. A tick queues each pair of `due` whose instant has come, and
 * handling it takes it off, as a row leaves the due index; a pair of `broken` throws instead.
 */
export interface FakeSteps extends Handlers {
  readonly due: Map<string, Instant>;
  readonly broken: Set<string>;
  readonly happened: Happening[];
  readonly notices: InboundNotice[];
  readonly events: unknown[];
}

export function fakeSteps(clock: LocalClock, queues: LocalQueues): FakeSteps {
  const due = new Map<string, Instant>();
  const broken = new Set<string>();
  const happened: Happening[] = [];
  const notices: InboundNotice[] = [];
  const events: unknown[] = [];
  const queueDue = async () => {
    for (const [pairId, at] of due) {
      if (at <= clock.now()) await queues.put({ queue: "due", pairId });
    }
  };
  return {
    ...{ due, broken, happened, notices, events },
    tick: queueDue,
    sweep: queueDue,
    sweepUnread: async () => undefined,
    nextDueAt: async (after = "") => [...due.values()].filter((at) => at > after).sort()[0],
    handle: async (message) => {
      const what = message.queue === "due" ? message.pairId : message.send.item;
      happened.push({ at: clock.now(), what });
      if (broken.has(what)) throw new Error(`${what} is broken`);
      due.delete(what);
    },
    receive: async (notice) => {
      notices.push(notice);
      happened.push({ at: clock.now(), what: "reply" });
    },
    feedback: async (event) => {
      events.push(event);
      happened.push({ at: clock.now(), what: "event" });
    },
  };
}

/** Everything of the local service around the steps, in memory; its clock moves by hand only. */
export function fakeService(start: Instant = START) {
  const clock = createClock(start, () => 0);
  const queues = createQueues({ clock, log: silent });
  const archive = memoryMailArchive(clock);
  const steps = fakeSteps(clock, queues);
  const machine = createTimeMachine({ clock, queues, handlers: steps, log: silent });
  const settings = serviceSettings("http://127.0.0.1:3000");
  const { replyDomain } = settings;
  const door = createInboundDoor({ clock, queues, archive, machine, replyDomain });
  return { clock, queues, archive, steps, machine, door, settings };
}

/** The same with the pages of the mailbox over an SES that holds the mails that are added to it. */
export async function fakeMailbox() {
  const service = fakeService();
  const { clock, queues, settings } = service;
  const mails = memoryMails();
  const ses: SesEndpoint = await startSesEndpoint({
    clock,
    account: { verifiedDomains: [], configurationSets: [] },
    onEvent: (event) => queues.put({ queue: "feedback", event }),
    mails,
  });
  const pairs = pairStore(memoryTable());
  const pages = localPages({ ...service, ses, mails, pairs, settings, log: silent });
  return { ...service, mails, pages, close: ses.close };
}

export type FakeMailbox = Awaited<ReturnType<typeof fakeMailbox>>;
