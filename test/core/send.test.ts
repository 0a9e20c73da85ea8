import fc from "fast-check";
import { expect, test } from "vitest";
import { MAIL_KINDS } from "../../functions/core/course.ts";
import { plusDays, plusHours, plusMinutes, plusMs } from "../../functions/core/instant.ts";
import {
  acceptSend,
  applyEvent,
  claimSend,
  isSettled,
  keepsDistance,
  LEASE_MS,
  laneOf,
  parseSendId,
  postponeSend,
  replanSend,
  resendSend,
  reviveSend,
  type Send,
  type SendEvent,
  type SendState,
  sendIdOf,
  settleUnsent,
  skipSend,
  takeUp,
  unresolveSend,
  wentOut,
} from "../../functions/core/send.ts";
import { NOW, sendOf } from "../support/builders.ts";

const LATER = plusDays(NOW, 2);
const EVENT_TYPES = ["send", "reject", "delivery", "hard-bounce", "complaint"] as const;

function eventOf(type: (typeof EVENT_TYPES)[number]): SendEvent {
  return { type, sesId: "ses-1", at: LATER };
}

function settle(send: Send, events: readonly SendEvent[]): Send {
  return events.reduce((current, event) => applyEvent(current, event) ?? current, send);
}

function claimed(owner = "run-1"): Send {
  const send = claimSend(sendOf(), owner, NOW);
  if (send === undefined) throw new Error("a planned send that is due can be claimed");
  return send;
}

test("events in every order, each once or more, lead to the same state", () => {
  const starts: readonly Send[] = [
    sendOf(),
    claimed(),
    unresolveSend(claimed(), NOW),
    acceptSend(claimed(), "ses-1", NOW),
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...starts),
      fc
        .array(fc.constantFrom(...EVENT_TYPES), { minLength: 1, maxLength: 8 })
        .chain((types) =>
          fc.tuple(fc.constant(types), fc.shuffledSubarray(types, { minLength: types.length })),
        ),
      (start, [types, shuffledTypes]) => {
        const first = settle(start, types.map(eventOf));
        const shuffled = settle(start, shuffledTypes.map(eventOf));
        expect([shuffled.state, shuffled.sesId]).toEqual([first.state, first.sesId]);
        expect([first, shuffled].map(({ dueAt, claim }) => [dueAt, claim])).toEqual([
          [undefined, undefined],
          [undefined, undefined],
        ]);
      },
    ),
  );
});

test("a late Send event does not overwrite a bounce, and a bounce counts before a delivery", () => {
  const bounced = settle(claimed(), [eventOf("hard-bounce")]);
  expect(applyEvent(bounced, eventOf("send"))).toBeUndefined();
  expect(applyEvent(bounced, eventOf("delivery"))).toBeUndefined();
  expect(applyEvent(bounced, eventOf("complaint"))?.state).toBe("complained");
});

test("an event that comes again changes nothing", () => {
  for (const type of EVENT_TYPES) {
    const once = settle(claimed(), [eventOf(type)]);
    expect(applyEvent(once, eventOf(type))).toBeUndefined();
  }
});

test("a mail that SES took and then rejected is held for a person, whichever event comes first", () => {
  const events = [eventOf("send"), eventOf("reject")];
  expect(settle(acceptSend(claimed(), "ses-1", NOW), events).state).toBe("held");
  expect(settle(claimed(), events.toReversed()).state).toBe("held");
});

test("a mail held because its answer was lost twice went out after all when its Send event comes", () => {
  const again = takeUp(unresolveSend(claimed(), NOW), "run-2", LATER, true);
  const held = unresolveSend(again ?? sendOf(), LATER);
  expect(applyEvent(held, eventOf("send"))).toMatchObject({ state: "sent", sesId: "ses-1" });
});

test("an accepted mail whose answer came late keeps the id SES gave it first", () => {
  const sent = acceptSend(claimed(), "ses-first", NOW);
  expect(applyEvent(sent, { type: "delivery", sesId: "ses-other", at: LATER })?.sesId).toBe(
    "ses-first",
  );
});

test("whatever happens to a send, it is either due some time or settled, never both and never neither", () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant("take" as const), hours: fc.nat({ max: 60 }) }),
    fc.record({ do: fc.constantFrom("accept", "unknown", "later", "refuse", "revive") }),
    fc.record({ do: fc.constant("event" as const), type: fc.constantFrom(...EVENT_TYPES) }),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...MAIL_KINDS),
      fc.array(step, { maxLength: 12 }),
      (kind, steps) => {
        let now = NOW;
        let send = sendOf({ kind });
        for (const what of steps) {
          if ("hours" in what) now = plusHours(now, what.hours);
          send = doStep(send, what, now);
          expect(send.dueAt === undefined).toBe(isSettled(send));
          expect(send.claim === undefined).toBe(send.state !== "claimed");
          expect(send.unresolved).toBeLessThanOrEqual(2);
        }
      },
    ),
  );
});

function doStep(
  send: Send,
  what: { readonly do: string; readonly type?: (typeof EVENT_TYPES)[number] },
  now: string,
): Send {
  const isClaimed = send.state === "claimed";
  if (what.type !== undefined) return applyEvent(send, eventOf(what.type)) ?? send;
  if (what.do === "take") return takeUp(send, "run", now, true) ?? send;
  if (what.do === "revive") return reviveSend(send, now) ?? send;
  if (!isClaimed) return send;
  if (what.do === "accept") return acceptSend(send, "ses", now);
  if (what.do === "unknown") return unresolveSend(send, now);
  return what.do === "later"
    ? postponeSend(send, plusHours(now, 1))
    : settleUnsent(send, "held", now);
}

test("only a planned send that is due can be claimed, by one owner, for the length of the lease", () => {
  const send = sendOf();
  expect(claimSend({ ...send, dueAt: LATER }, "run-1", NOW)).toBeUndefined();
  const states: readonly SendState[] = ["claimed", "unresolved", "sent", "withdrawn", "stopped"];
  for (const state of states) expect(claimSend({ ...send, state }, "run-1", NOW)).toBeUndefined();
  expect(claimSend(send, "run-1", NOW)).toMatchObject({
    state: "claimed",
    claim: { owner: "run-1", leaseUntil: plusMs(NOW, LEASE_MS) },
  });
});

test("a claim keeps its place in the due index, which costs nothing and is found when the lease is over", () => {
  expect(claimed().dueAt).toBe(sendOf().dueAt);
});

test("a running lease is left alone; one that ran out is unresolved, not sent again", () => {
  const running = claimed();
  expect(takeUp(running, "run-2", plusMs(NOW, LEASE_MS - 1), true)).toBeUndefined();
  const over = takeUp(running, "run-2", plusMs(NOW, LEASE_MS), true);
  expect(over).toMatchObject({ state: "unresolved", unresolved: 1 });
  expect(over?.claim).toBeUndefined();
});

test("the lease is longer than the sender's time, SES's time and two minutes of clock difference", () => {
  expect(LEASE_MS).toBeGreaterThanOrEqual(30_000 + 10_000 + 120_000);
});

test("an unresolved lesson waits a day, a receipt a quarter of an hour, and then is tried once more", () => {
  const lesson = unresolveSend(claimed(), NOW);
  const receipt = unresolveSend({ ...claimed(), kind: "receipt" }, NOW);
  expect(lesson.dueAt).toBe(plusHours(NOW, 24));
  expect(receipt.dueAt).toBe(plusMinutes(NOW, 15));
  expect(takeUp(lesson, "run-2", plusHours(NOW, 23), true)).toBeUndefined();
  expect(takeUp(lesson, "run-2", plusHours(NOW, 24), true)).toMatchObject({
    state: "claimed",
    unresolved: 1,
  });
});

test("nothing unresolved is tried again while events wait to be read", () => {
  const lesson = unresolveSend(claimed(), NOW);
  const looked = takeUp(lesson, "run-2", plusHours(NOW, 25), false);
  expect(looked).toMatchObject({ state: "unresolved", unresolved: 1 });
  expect(looked?.dueAt).toBe(plusMinutes(plusHours(NOW, 25), 15));
});

test("a second try that was put off waits for the events like the first", () => {
  const again = takeUp(unresolveSend(claimed(), NOW), "run-2", LATER, true) ?? sendOf();
  const putOff = postponeSend(again, plusHours(LATER, 1));
  const waits = takeUp(putOff, "run-3", plusHours(LATER, 1), false);
  expect(waits).toMatchObject({ state: "planned", dueAt: plusMinutes(plusHours(LATER, 1), 15) });
  expect(takeUp(putOff, "run-3", plusHours(LATER, 1), true)?.state).toBe("claimed");
});

test("the second unknown answer holds the mail for a person", () => {
  const again = takeUp(unresolveSend(claimed(), NOW), "run-2", LATER, true);
  const held = unresolveSend(again ?? sendOf(), LATER);
  expect(held).toMatchObject({ state: "held", unresolved: 2 });
  expect(held.dueAt).toBeUndefined();
});

test("an unresolved mail is tried again while it is of use, and is held from the instant at which it is not", () => {
  const expiresAt = plusDays(NOW, 7);
  const lesson = { ...unresolveSend(claimed(), NOW), expiresAt };
  expect(takeUp(lesson, "run-2", plusMs(expiresAt, -1), true)?.state).toBe("claimed");
  expect(takeUp(lesson, "run-2", expiresAt, true)?.state).toBe("held");
});

test("a sign-in link whose answer was lost is never sent again", () => {
  const expiresAt = plusMinutes(NOW, 60);
  const link = { ...claimed(), kind: "sign-in", item: "sign-in-1", expiresAt } as const;
  const unresolved = unresolveSend(link, NOW);
  const minutes = [15, 30, 59, 60, 24 * 60];
  const states = minutes.map(
    (wait) => takeUp(unresolved, "run-2", plusMinutes(NOW, wait), true)?.state,
  );
  expect(states.filter((state) => state === "claimed")).toEqual([]);
  expect(states.at(-1)).toBe("held");
});

test("not now puts it back with a later instant and keeps count of what was unknown", () => {
  expect(postponeSend(claimed(), LATER)).toMatchObject({ state: "planned", dueAt: LATER });
  expect(postponeSend({ ...claimed(), unresolved: 1 }, LATER).unresolved).toBe(1);
  expect(replanSend(claimed(), LATER)).toMatchObject({ plannedFor: LATER, dueAt: LATER });
});

test("only what was withdrawn or stopped can be revived, and comes back as planned", () => {
  const states: readonly SendState[] = ["withdrawn", "stopped"];
  for (const state of states) {
    const back = reviveSend({ ...sendOf(), state, settledAt: NOW }, LATER);
    expect(back).toMatchObject({ state: "planned", plannedFor: LATER, dueAt: LATER });
    expect(back?.settledAt).toBeUndefined();
  }
  const others: readonly SendState[] = [
    "planned",
    "claimed",
    "unresolved",
    "sent",
    "held",
    "bounced",
  ];
  for (const state of others) expect(reviveSend({ ...sendOf(), state }, LATER)).toBeUndefined();
});

test("a person can send again what was held, given up or came back, and nothing else", () => {
  const states: readonly SendState[] = ["planned", "claimed", "unresolved", "sent", "delivered"];
  for (const state of [...states, "complained", "withdrawn", "stopped"] as const) {
    expect(resendSend(sendOf({ state }), LATER)).toBeUndefined();
    expect(skipSend(sendOf({ state }), LATER)).toBeUndefined();
  }
  const held = settleUnsent(sendOf({ unresolved: 2 }), "held", NOW);
  const skipped = skipSend(held, LATER);
  expect(skipped).toMatchObject({ state: "skipped", settledAt: LATER });
  for (const send of [held, skipped ?? held, { ...held, state: "bounced" as const }]) {
    const again = resendSend(send, LATER);
    expect(again).toMatchObject({
      state: "planned",
      unresolved: 0,
      plannedFor: LATER,
      dueAt: LATER,
    });
    expect(again).not.toHaveProperty("settledAt");
  }
});

test("an event of the first attempt says nothing about the one a person asked for", () => {
  const bounced = settle(sendOf(), [eventOf("hard-bounce")]);
  const again = resendSend(bounced, LATER) ?? bounced;
  for (const type of EVENT_TYPES) expect(applyEvent(again, eventOf(type))).toBeUndefined();
  const own = { type: "send", sesId: "ses-2", at: LATER } as const;
  expect(applyEvent(again, own)).toMatchObject({ state: "sent", sesId: "ses-2" });
});

test("a lesson counts as out once it cannot come again by itself: sent, held or bounced", () => {
  const states: readonly SendState[] = ["sent", "delivered", "bounced", "complained", "held"];
  expect(states.every((state) => wentOut({ ...sendOf(), state }))).toBe(true);
  const open: readonly SendState[] = ["planned", "claimed", "unresolved", "withdrawn", "stopped"];
  expect(open.some((state) => wentOut({ ...sendOf(), state }))).toBe(false);
});

test("a send's id is a message tag: read back exactly, and nothing foreign is taken for one", () => {
  const key = fc.record({
    owner: fc.constantFrom("abcdefgh234567ab", "cohort-demo"),
    item: fc.constantFrom("lesson-03", "meet-2-again", "receipt-0123456789abcdef"),
    seat: fc.constantFrom("sp" as const, "le" as const, "coordinator" as const),
    holder: fc.integer({ min: 1, max: 9999 }),
  });
  fc.assert(
    fc.property(key, (send) => {
      expect(sendIdOf(send)).toMatch(/^[A-Za-z0-9_-]{1,256}$/);
      expect(parseSendId(sendIdOf(send))).toEqual(send);
    }),
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      const read = parseSendId(text);
      expect(read === undefined || sendIdOf(read) === text).toBe(true);
    }),
  );
});

test("what a person waits for goes by the fast lane, and only course mail keeps its distance", () => {
  expect(MAIL_KINDS.filter((kind) => laneOf(kind) === "fast")).toEqual(
    MAIL_KINDS.filter((kind) => !keepsDistance(kind)),
  );
  expect(MAIL_KINDS.filter((kind) => laneOf(kind) === "fast")).toEqual([
    "invitation",
    "reminder",
    "receipt",
    "notice",
    "sign-in",
  ]);
});
