import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Instant,
  plusDays,
  plusHours,
  plusMinutes,
  plusMs,
  toMs,
} from "../../functions/core/instant.ts";
import { LEASE_MS, type Send, type SendKey } from "../../functions/core/send.ts";
import type { Delivery, Ports, QueueMessage } from "../../functions/ports.ts";
import { type CompiledCourse, publishCourse } from "../../functions/publish/publish-course.ts";
import { sendMail, TIME_NEEDED_MS } from "../../functions/send/send-mail.ts";
import { sendOf } from "../support/builders.ts";
import { compiledCourse, type TestService } from "../support/service.ts";
import { interleaved, mailsOf, running, START } from "../support/stories.ts";

/** Friday 11:00 in New York: by day, and more than 20 hours after everything the pair got. */
const FRIDAY: Instant = "2026-10-09T15:00:00.000Z";

function send(service: TestService, key: SendKey, ports: Ports = service.ports) {
  return sendMail({ ...ports, timeLeftMs: () => 60_000 }, key);
}

/** A course under way, and a lesson that is due at that moment. */
async function due(changes: Partial<Send> = {}, at: Instant = FRIDAY) {
  const { service, pair } = await running();
  await service.advanceTo(at);
  const planned = sendOf({
    owner: pair.id,
    item: "lesson-05",
    mail: "lesson-05",
    edition: compiledCourse().outline.edition,
    plannedAt: at,
    plannedFor: at,
    dueAt: at,
    ...changes,
  });
  await service.ports.ledger.plan(planned);
  const stored = () => service.ports.ledger.read(planned);
  const sentSince = () => mailsOf(service).filter((mail) => mail.startsWith(planned.item));
  return { service, pair, planned, stored, sentSince };
}

const ANOTHER_SUBJECT = "Of another edition";

function anotherEdition(): CompiledCourse {
  const { outline, mails } = compiledCourse();
  const withSubject = (content: unknown) => ({
    ...(content as object),
    subject: [ANOTHER_SUBJECT],
  });
  return {
    outline: { ...outline, edition: "b".repeat(64) },
    mails: mails.map((mail) =>
      mail.mail === "lesson-05" ? { ...mail, content: withSubject(mail.content) } : mail,
    ),
  };
}

/** A process that dies with the n-th write to the ledger. */
function dyingAtWrite(service: TestService, last: number): Ports {
  const { ledger } = service.ports;
  let writes = 0;
  const change: typeof ledger.change = async (key, decide) => {
    writes += 1;
    if (writes >= last) throw new Error("the process dies");
    return ledger.change(key, decide);
  };
  return { ...service.ports, ledger: { ...ledger, change } };
}

/** A process that hears SES's answer only after something else has happened. */
function answeredAfter(service: TestService, happen: () => Promise<unknown>): Ports {
  const { mailer } = service.ports;
  const deliver: typeof mailer.deliver = async (mail) => {
    const delivery = await mailer.deliver(mail);
    await happen();
    return delivery;
  };
  return { ...service.ports, mailer: { ...mailer, deliver } };
}

/** Moves the clock the sender sees. */
function setClock(service: TestService, at: Instant): void {
  Object.assign(service.ports.clock, { now: () => at });
}

function answer(service: TestService, delivery: Delivery): void {
  service.answerWith(() => delivery);
}

describe("a due send", () => {
  test("goes out once and is written down as sent, with SES's id", async () => {
    const { service, planned, stored, sentSince } = await due();
    expect(await send(service, planned)).toBe("sent");
    expect(await send(service, planned)).toBe("not-due");
    expect(sentSince()).toEqual(["lesson-05 sp1"]);
    const settled = await stored();
    expect(settled).toMatchObject({ state: "sent", sesId: service.mails.at(-1)?.sesId });
    expect(settled?.dueAt).toBeUndefined();
  });

  test("carries its id as the message tag, so that events find their way back", async () => {
    const { service, pair, planned } = await due();
    await send(service, planned);
    expect(service.mails.at(-1)?.tags).toMatchObject({ send: `${pair.id}_lesson-05_sp1` });
  });

  test("that is handed over three times at once goes out once, in every interleaving", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { service, planned, sentSince } = await due();
        const ports = interleaved(service.ports, scheduler);
        const all = Promise.all([1, 2, 3].map(() => send(service, planned, ports)));
        const outcomes = await scheduler.waitFor(all);
        expect(outcomes.toSorted()).toEqual(["not-due", "not-due", "sent"]);
        expect(sentSince()).toHaveLength(1);
      }),
      { numRuns: 20 },
    );
  });

  test("is not begun with too little time left to hear SES's answer", async () => {
    const { service, planned, stored } = await due();
    const ports = { ...service.ports, timeLeftMs: () => TIME_NEEDED_MS - 1 };
    expect(await sendMail(ports, planned)).toBe("no-time");
    expect(await stored()).toMatchObject({ state: "planned" });
  });

  test("that is not due yet, or does not exist, is left alone", async () => {
    const { service, planned } = await due({ dueAt: plusMinutes(FRIDAY, 1) });
    expect(await send(service, planned)).toBe("not-due");
    expect(await send(service, { ...planned, item: "lesson-09" })).toBe("not-due");
  });

  test("goes out in the edition it was planned in, whatever was published since", async () => {
    const { service, planned, stored } = await due();
    await publishCourse(service.ports, anotherEdition());
    expect(await send(service, planned)).toBe("sent");
    expect(await stored()).toMatchObject({ edition: compiledCourse().outline.edition });
    expect(Buffer.from(service.mails.at(-1)?.raw ?? []).toString()).not.toContain(ANOTHER_SUBJECT);
  });

  test("that cannot be written is held for a person; nothing goes out", async () => {
    const { service, planned, sentSince } = await due({ mail: "no-such-mail" });
    expect(await send(service, planned)).toBe("held");
    expect(sentSince()).toEqual([]);
    expect(service.log.some((line) => line.startsWith("ERROR send.unwritable"))).toBe(true);
  });
});

describe("what SES answers", () => {
  test("refused for good: held for a person, and never tried again", async () => {
    const { service, planned, stored } = await due();
    answer(service, { kind: "refused", why: "MessageRejected" });
    expect(await send(service, planned)).toBe("held");
    answer(service, { kind: "accepted", sesId: "ses-later" });
    setClock(service, plusDays(FRIDAY, 3));
    expect(await send(service, planned)).toBe("not-due");
    expect(await stored()).toMatchObject({ state: "held" });
  });

  test("a mail that will be held is told of before that is written, or nobody would look for it", async () => {
    const { service, planned } = await due();
    answer(service, { kind: "refused", why: "MessageRejected" });
    await expect(send(service, planned, dyingAtWrite(service, 2))).rejects.toThrow();
    expect(service.log.at(-1)).toMatch(/^send.settled .*"state":"held"/);

    const claim = { owner: "dead", at: START, leaseUntil: plusMs(START, LEASE_MS) };
    const second = await due({ state: "claimed", unresolved: 1, claim });
    await expect(
      send(second.service, second.planned, dyingAtWrite(second.service, 1)),
    ).rejects.toThrow();
    expect(second.service.log.at(-1)).toMatch(/^send.taken-up .*"state":"held"/);
  });

  test("what another process has moved on between two reads is held by none who has not told of it", async () => {
    const claim = { owner: "slow", at: START, leaseUntil: plusMs(START, LEASE_MS) };
    const { service, planned, stored } = await due({ state: "claimed", unresolved: 1, claim });
    const seenBefore = { ...planned, state: "unresolved", unresolved: 1 } as const;
    const ledger = { ...service.ports.ledger, read: async () => seenBefore };
    expect(await send(service, planned, { ...service.ports, ledger })).toBe("not-due");
    expect((await stored())?.state).toBe("claimed");
    await send(service, planned);
    expect((await stored())?.state).toBe("held");
    expect(service.log.filter((line) => line.includes('"state":"held"'))).toHaveLength(1);
  });

  test("not now: planned again, twice as far ahead each time, as often as it takes", async () => {
    const { service, planned, stored } = await due();
    answer(service, { kind: "not-now" });
    const waits: number[] = [];
    for (let tries = 0; tries < 8; tries += 1) {
      expect(await send(service, planned)).toBe("postponed");
      const { state, unresolved, dueAt = "" } = (await stored()) ?? planned;
      expect([state, unresolved]).toEqual(["planned", 0]);
      waits.push((toMs(dueAt) - toMs(service.ports.clock.now())) / 1_000);
      setClock(service, dueAt);
    }
    for (const [tries, seconds] of [30, 60, 120, 240, 480, 480, 480, 480].entries()) {
      expect(waits[tries]).toBeGreaterThanOrEqual(seconds / 2);
      expect(waits[tries]).toBeLessThanOrEqual(seconds);
    }
    answer(service, { kind: "accepted", sesId: "ses-later" });
    expect(await send(service, planned)).toBe("sent");
  });

  test("not now comes back by its queue at its own second, and leaves the day's quota as it was", async () => {
    const { service, planned, stored } = await due();
    const { pacer, queues } = service.ports;
    const put: QueueMessage[] = [];
    const given: Instant[] = [];
    const ports = {
      ...service.ports,
      queues: { ...queues, put: async (message: QueueMessage) => void put.push(message) },
      pacer: { ...pacer, giveBack: async (at: Instant) => void given.push(at) },
    };
    answer(service, { kind: "not-now" });
    await send(service, planned, ports);
    const waitMs = toMs((await stored())?.dueAt ?? "") - toMs(FRIDAY);
    const { owner, item, seat, holder } = planned;
    const afterSeconds = Math.ceil(waitMs / 1_000);
    expect(put).toEqual([{ queue: "bulk", send: { owner, item, seat, holder }, afterSeconds }]);
    expect(given).toEqual([FRIDAY]);
  });

  test.each<Delivery>([{ kind: "accepted", sesId: "ses-one" }, { kind: "unknown" }])(
    "$kind keeps its place in the day's quota: SES may have taken it",
    async (delivery) => {
      const { service, planned } = await due();
      const given: Instant[] = [];
      const giveBack = async (at: Instant) => void given.push(at);
      answer(service, delivery);
      await send(service, planned, {
        ...service.ports,
        pacer: { ...service.ports.pacer, giveBack },
      });
      expect(given).toEqual([]);
    },
  );

  test.each([
    [15, 1],
    [16, 0],
  ])(
    "whose turn comes in %i minutes is kept back by its queue %i times, for no queue keeps it longer",
    async (minutes, times) => {
      const { service, planned, stored } = await due();
      const put: QueueMessage[] = [];
      const later = plusMinutes(FRIDAY, minutes);
      const outcome = await send(service, planned, {
        ...service.ports,
        queues: { put: async (message) => void put.push(message) },
        pacer: { ...service.ports.pacer, lease: async () => later },
      });
      expect([outcome, (await stored())?.dueAt, put.length]).toEqual(["postponed", later, times]);
    },
  );

  test("unknown: left unresolved for its grace, tried once more, then held", async () => {
    const { service, planned, stored } = await due();
    answer(service, { kind: "unknown" });
    expect(await send(service, planned)).toBe("unresolved");
    setClock(service, plusHours(FRIDAY, 23));
    expect(await send(service, planned)).toBe("not-due");
    setClock(service, plusHours(FRIDAY, 24));
    expect(await send(service, planned)).toBe("held");
    expect(await stored()).toMatchObject({ state: "held", unresolved: 2 });
  });

  test("unknown, and the second try accepted: sent, by the same key", async () => {
    const { service, planned, sentSince } = await due();
    answer(service, { kind: "unknown" });
    await send(service, planned);
    answer(service, { kind: "accepted", sesId: "ses-second" });
    setClock(service, plusHours(FRIDAY, 24));
    expect(await send(service, planned)).toBe("sent");
    expect(sentSince()).toEqual(["lesson-05 sp1"]);
  });

  test("unknown is not tried again while events wait to be read", async () => {
    const { service, planned, stored, sentSince } = await due();
    answer(service, { kind: "unknown" });
    await send(service, planned);
    answer(service, { kind: "accepted", sesId: "ses-second" });
    setClock(service, plusHours(FRIDAY, 30));
    const busy = { ...service.ports, feedbackQueue: { isEmpty: async () => false } };
    expect(await send(service, planned, busy)).toBe("not-due");
    expect(await stored()).toMatchObject({ state: "unresolved" });
    expect(sentSince()).toEqual([]);
    setClock(service, plusHours(FRIDAY, 31));
    expect(await send(service, planned)).toBe("sent");
  });

  test("a sign-in link whose answer was lost is never sent again", async () => {
    const expiresAt = plusMinutes(FRIDAY, 60);
    const link = { item: "sign-in-1", mail: "sign-in", kind: "sign-in", expiresAt } as const;
    const { service, planned, stored, sentSince } = await due(link);
    answer(service, { kind: "unknown" });
    await send(service, planned);
    answer(service, { kind: "accepted", sesId: "ses-second" });
    for (const minutes of [15, 30, 59, 61, 24 * 60]) {
      setClock(service, plusMinutes(FRIDAY, minutes));
      await send(service, planned);
    }
    expect(sentSince()).toEqual([]);
    expect(await stored()).toMatchObject({ state: "held" });
  });

  test("an answer that comes after the lease ran out does not overwrite what happened since", async () => {
    const { service, planned, stored } = await due();
    service.answerWith(() => {
      setClock(service, plusMs(FRIDAY, LEASE_MS));
      return { kind: "not-now" };
    });
    const late = answeredAfter(service, () => send(service, planned));
    await send(service, planned, late);
    expect(await stored()).toMatchObject({ state: "unresolved", unresolved: 1 });
  });

  test("an answer that comes when another process has claimed the second try is not written over its claim", async () => {
    const { service, planned, stored } = await due();
    answer(service, { kind: "not-now" });
    let claimed: Send | undefined;
    const hang = async () => {
      setClock(service, plusMs(FRIDAY, LEASE_MS));
      await send(service, planned);
      setClock(service, plusHours(plusMs(FRIDAY, LEASE_MS), 24));
      await expect(send(service, planned, dyingAtWrite(service, 2))).rejects.toThrow();
      claimed = await stored();
    };
    await send(service, planned, answeredAfter(service, hang));
    expect(claimed).toMatchObject({ state: "claimed", unresolved: 1 });
    expect(await stored()).toEqual(claimed);
  });
});

describe("a sender that died", () => {
  test("with a claim in its hand leaves it unresolved, not sent again at once", async () => {
    const { service, planned, stored, sentSince } = await due();
    const dying = {
      ...service.ports,
      mailer: {
        deliver: async () => {
          throw new Error("the process ends here");
        },
      },
    };
    await expect(send(service, planned, dying)).rejects.toThrow();
    expect(await send(service, planned)).toBe("not-due");
    setClock(service, plusMs(FRIDAY, LEASE_MS));
    expect(await send(service, planned)).toBe("not-due");
    expect(await stored()).toMatchObject({ state: "unresolved", unresolved: 1 });
    expect(sentSince()).toEqual([]);
    setClock(service, plusHours(plusMs(FRIDAY, LEASE_MS), 24));
    expect(await send(service, planned)).toBe("sent");
  });
});
