import { describe, expect, test } from "vitest";
import { type Instant, plusHours, plusMinutes, plusMs } from "../../functions/core/instant.ts";
import type { Send } from "../../functions/core/send.ts";
import type { Delivery, OutboundMail } from "../../functions/ports.ts";
import { sendMail, TIME_NEEDED_MS } from "../../functions/send/send-mail.ts";
import { PROBE_ADDRESS } from "../../functions/send/watch-lane.ts";
import { sendOf } from "../support/builders.ts";
import { compiledCourse } from "../support/service.ts";
import { running } from "../support/stories.ts";

/** Friday 11:00 in New York. */
const FRIDAY: Instant = "2026-10-09T15:00:00.000Z";
const LOST: Delivery = { kind: "unknown" };
const TAKEN: Delivery = { kind: "accepted", sesId: "ses-taken" };

/** A service with any number of mails due, whose SES answers as told and notes what it was asked. */
async function outage() {
  const { service, pair } = await running();
  await service.advanceTo(FRIDAY);
  let now = FRIDAY;
  let timeLeftMs = 60_000;
  let serial = 0;
  let answer: (mail: OutboundMail) => Delivery = () => LOST;
  const asked: string[] = [];
  Object.assign(service.ports.clock, { now: () => now });
  service.answerWith((mail) => {
    asked.push(mail.to === PROBE_ADDRESS ? `probe ${now}` : "mail");
    return answer(mail);
  });
  const edition = compiledCourse().outline.edition;
  return {
    service,
    asked,
    probes: () => asked.filter((what) => what.startsWith("probe")),
    setNow: (at: Instant) => {
      now = at;
    },
    setTimeLeft: (ms: number) => {
      timeLeftMs = ms;
    },
    answerWith: (next: typeof answer) => {
      answer = next;
    },
    /** A receipt (fast lane) or, for one pair once, a lesson (bulk lane). */
    plan: async (changes: Partial<Send> = {}) => {
      serial += 1;
      const receipt = {
        item: `receipt-${serial}`,
        mail: "receipt-paused",
        kind: "receipt",
      } as const;
      const at = { plannedAt: now, plannedFor: now, dueAt: now };
      const send = sendOf({ owner: pair.id, edition, ...receipt, ...at, ...changes });
      await service.ports.ledger.plan(send);
      return send;
    },
    send: (send: Send) => sendMail({ ...service.ports, timeLeftMs: () => timeLeftMs }, send),
    stored: async (send: Send) => {
      const row = await service.ports.ledger.read(send);
      if (row === undefined) throw new Error("it was planned");
      return row;
    },
  };
}

const LESSON = { item: "lesson-05", mail: "lesson-05", kind: "lesson" } as const;

/** Three answers are lost, which closes the fast lane. */
async function closedLane() {
  const story = await outage();
  for (let mails = 0; mails < 3; mails += 1) await story.send(await story.plan());
  return story;
}

describe("after three lost answers in a row", () => {
  test("mail of that lane stays planned, and SES is not asked", async () => {
    const { send, plan, stored, asked, service } = await closedLane();
    const next = await plan();
    expect(await send(next)).toBe("postponed");
    const { state, unresolved, dueAt = "" } = await stored(next);
    expect([state, unresolved]).toEqual(["planned", 0]);
    expect(dueAt > FRIDAY && dueAt <= plusMs(FRIDAY, 30_000)).toBe(true);
    expect(asked).toEqual(["mail", "mail", "mail"]);
    expect(service.log.filter((line) => line.startsWith("ERROR send.lane-closed"))).toHaveLength(1);
  });

  test("the other lane goes on", async () => {
    const { send, plan, answerWith } = await closedLane();
    answerWith(() => TAKEN);
    expect(await send(await plan(LESSON))).toBe("sent");
  });

  test("a lesson that has to wait does not take its seat's turn", async () => {
    const { send, plan, service } = await closedLane();
    await service.ports.breaker.change("bulk", () => ({
      unknown: 3,
      closed: { since: FRIDAY, probeAt: plusHours(FRIDAY, 1) },
    }));
    const lesson = await plan(LESSON);
    expect(await send(lesson)).toBe("postponed");
    const holder = { pairId: lesson.owner, seat: "sp", holder: 1 } as const;
    const turn = { item: "meet-9", at: FRIDAY, gapMs: 1 };
    expect(await service.ports.ledger.takeTurn(holder, turn)).toBeUndefined();
  });

  test("a stop that was stored meanwhile is honoured before the lane is looked at", async () => {
    const { send, plan, service } = await closedLane();
    const address = service.ports.signer.hashAddress("ada@harbor.example");
    await service.ports.ledger.suppress(address, "stop", { at: FRIDAY, lifted: false });
    expect(await send(await plan())).toBe("stopped");
  });
});

test("mails that SES will not take now close no lane, and neither do lost answers between good ones", async () => {
  const { send, plan, answerWith, service } = await outage();
  const lane = () => service.ports.breaker.read("fast");
  for (const answer of [LOST, LOST, TAKEN, LOST, LOST] as const) {
    answerWith(() => answer);
    await send(await plan());
  }
  expect(await lane()).toEqual({ unknown: 2 });
  answerWith(() => ({ kind: "not-now" }));
  await send(await plan());
  expect(await lane()).toEqual({ unknown: 2 });
  answerWith(() => ({ kind: "refused", why: "MessageRejected" }));
  await send(await plan());
  expect(await lane()).toEqual({ unknown: 0 });
});

describe("a probe", () => {
  test("goes to the mailbox simulator every thirty seconds at most, however many mails ask", async () => {
    const { send, plan, setNow, probes } = await closedLane();
    for (let seconds = 0; seconds < 120; seconds += 5) {
      setNow(plusMs(FRIDAY, 1_000 * seconds));
      await Promise.all([send(await plan()), send(await plan())]);
    }
    expect(probes()).toEqual(
      [30, 60, 90].map((seconds) => `probe ${plusMs(FRIDAY, 1_000 * seconds)}`),
    );
  });

  test("is sent by one of two senders that saw it due at the same instant", async () => {
    const { service, plan, setNow, probes } = await closedLane();
    setNow(plusMinutes(FRIDAY, 1));
    const seen = await service.ports.breaker.read("fast");
    const breaker = { ...service.ports.breaker, read: async () => seen };
    const ports = { ...service.ports, breaker, timeLeftMs: () => 60_000 };
    await Promise.all([sendMail(ports, await plan()), sendMail(ports, await plan())]);
    expect(probes()).toHaveLength(1);
  });

  test("that SES takes opens the lane, and the mail that asked goes out with it", async () => {
    const { send, plan, setNow, answerWith, stored, service } = await closedLane();
    setNow(plusMinutes(FRIDAY, 1));
    answerWith(() => TAKEN);
    const next = await plan();
    expect(await send(next)).toBe("sent");
    expect(await stored(next)).toMatchObject({ state: "sent" });
    expect(await service.ports.breaker.read("fast")).toEqual({ unknown: 0 });
  });

  test("that SES refuses or puts off leaves the lane closed", async () => {
    const { send, plan, setNow, answerWith, probes } = await closedLane();
    const answers = [{ kind: "refused", why: "MessageRejected" }, { kind: "not-now" }] as const;
    for (const [index, answer] of answers.entries()) {
      answerWith(() => answer);
      setNow(plusMinutes(FRIDAY, index + 1));
      expect(await send(await plan())).toBe("postponed");
    }
    expect(probes()).toHaveLength(2);
  });

  test("waits for its place in the account's rate", async () => {
    const { service, plan, setNow, probes } = await closedLane();
    const lease = async (now: Instant) => plusMinutes(now, 5);
    const later = { ...service.ports.pacer, lease };
    setNow(plusMinutes(FRIDAY, 1));
    const ports = { ...service.ports, pacer: later, timeLeftMs: () => 60_000 };
    expect(await sendMail(ports, await plan())).toBe("postponed");
    expect(probes()).toEqual([]);
  });

  test("that was slow leaves no time for the mail, which another process sends", async () => {
    const { send, plan, setNow, setTimeLeft, answerWith, stored, asked } = await closedLane();
    setNow(plusMinutes(FRIDAY, 1));
    answerWith(() => {
      setTimeLeft(TIME_NEEDED_MS - 1);
      return TAKEN;
    });
    const next = await plan();
    expect(await send(next)).toBe("postponed");
    expect(await stored(next)).toMatchObject({ state: "planned", unresolved: 0 });
    expect(asked.filter((what) => what === "mail")).toHaveLength(3);
  });

  test("whose answer comes after the lane closed anew does not open it", async () => {
    const { send, plan, setNow, answerWith, service } = await closedLane();
    const again = { unknown: 3, closed: { since: plusMinutes(FRIDAY, 1), probeAt: FRIDAY } };
    setNow(plusMinutes(FRIDAY, 1));
    answerWith(() => TAKEN);
    const deliver = service.ports.mailer.deliver;
    service.ports.mailer.deliver = async (mail) => {
      if (mail.to === PROBE_ADDRESS) await service.ports.breaker.change("fast", () => again);
      return deliver(mail);
    };
    await send(await plan());
    expect(await service.ports.breaker.read("fast")).toEqual(again);
  });
});

test("six hours without SES leave three unresolved mails, the others planned, and all of these go out after", async () => {
  const { send, plan, setNow, answerWith, stored, probes } = await outage();
  const mails: Send[] = [];
  for (let count = 0; count < 20; count += 1) mails.push(await plan());
  const minute = async (minutes: number) => {
    const now = plusMinutes(FRIDAY, minutes);
    setNow(now);
    for (const mail of mails) {
      const { state, dueAt = "" } = await stored(mail);
      if (state === "planned" && dueAt <= now) await send(mail);
    }
  };
  for (let minutes = 0; minutes < 360; minutes += 1) await minute(minutes);
  const states = async () => (await Promise.all(mails.map(stored))).map(({ state }) => state);
  const unresolved = (await states()).filter((state) => state !== "planned");
  expect(unresolved.filter((state) => state === "unresolved").length).toBe(unresolved.length);
  expect(unresolved).toHaveLength(3);
  expect(probes().length).toBeGreaterThan(300);
  answerWith(() => TAKEN);
  for (let minutes = 360; minutes < 362; minutes += 1) await minute(minutes);
  expect((await states()).filter((state) => state === "sent")).toHaveLength(17);
});
