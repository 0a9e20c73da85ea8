import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { acceptSeat, nameSuccessor } from "../../functions/core/handover.ts";
import { end } from "../../functions/core/life.ts";
import {
  applyEvent,
  claimSend,
  parseSendId,
  type Send,
  type SendKey,
  type SendState,
  unresolveSend,
} from "../../functions/core/send.ts";
import { eraseHolderOf } from "../../functions/partner/erase-person.ts";
import { actOnOwnPage } from "../../functions/partner/own-page.ts";
import { changePair } from "../../functions/schedule/change-pair.ts";
import { NOW, sendOf } from "../support/builders.ts";
import {
  type CopiedService,
  copyOf,
  everyPlace,
  type Place,
  rowsOf,
  SHAPES,
  type Shape,
  tellCopy,
} from "../support/event-orders.ts";
import type { TestMail, TestService } from "../support/service.ts";
import { afterFirstLesson, lastMailTo } from "../support/ses-events.ts";
import { actOf, invited, read } from "../support/stories.ts";

/**
 * What SES can tell of one mail, at most: a mail that it would not write or send gets no further, a hard or a
 * soft bounce can come after the delivery, and so can a complaint. All that is less is a part of these.
 */
const HISTORIES: readonly (readonly Shape[])[] = [
  ["Send", "RenderingFailure"],
  ["Send", "Reject"],
  ["Send", "DeliveryDelay", "Delivery", "HardBounce", "Complaint"],
  ["Send", "DeliveryDelay", "Delivery", "SoftBounce", "Complaint"],
];
const ALL_SHAPES = Object.keys(SHAPES) as Shape[];

/** docs/STATES.md and ARCHITECTURE.md once more: what the row of a mail says by all that was told of it. */
function stateBy(told: ReadonlySet<Shape>, before: SendState): SendState {
  if (told.has("Complaint")) return "complained";
  if (told.has("HardBounce")) return "bounced";
  if (told.has("Delivery")) return "delivered";
  if (told.has("Reject") || told.has("RenderingFailure")) return "held";
  return told.size > 0 ? "sent" : before;
}

const isLostBy = (told: ReadonlySet<Shape>) => told.has("HardBounce") || told.has("Complaint");

function keyOf({ sendId }: TestMail): SendKey {
  const key = parseSendId(sendId);
  if (key === undefined) throw new Error("a mail of ours has a send id");
  return key;
}

/** Where the sender was when the first event came: it had its answer, or waited for it, or lost it once or twice. */
function senderAt(where: "claimed" | "unresolved" | "held"): (send: Send) => Send {
  return ({ settledAt: at = "", sesId: _, ...rest }) => {
    const planned: Send = { ...rest, state: "planned", dueAt: at };
    const claimed = claimSend(planned, "run", at) ?? planned;
    if (where === "claimed") return claimed;
    const unresolved = unresolveSend(claimed, at);
    return where === "unresolved" ? unresolved : unresolveSend({ ...claimed, unresolved: 1 }, at);
  };
}

interface Story {
  readonly service: TestService;
  readonly mail: TestMail;
  readonly start: CopiedService;
}

async function story(change?: (send: Send) => Send): Promise<Story> {
  const { service, lesson: mail } = await afterFirstLesson();
  const start = await copyOf(service, await rowsOf(service));
  if (change !== undefined) await start.ports.ledger.change(keyOf(mail), change);
  return { service, mail, start };
}

async function placesOf({ service, mail, start }: Story): Promise<readonly Place[]> {
  const rows = await start.rows();
  const all = [];
  for (const shapes of HISTORIES) all.push(...(await everyPlace(service, mail, rows, shapes)));
  return all;
}

async function viewOf({ ports }: CopiedService, mail: TestMail) {
  const { owner } = keyOf(mail);
  const pair = await ports.pairs.read(owner);
  const notices = (await ports.ledger.list(owner, "notice-")).map(
    ({ item, seat }) => `${item.replace(/-[0-9a-f]{16}$/, "")} ${seat}`,
  );
  const suppression = await ports.ledger.suppression(ports.signer.hashAddress(mail.to));
  return {
    send: (await ports.ledger.read(keyOf(mail)))?.state,
    seat: pair?.seats.sp.state.kind,
    isOnHold: pair?.hold !== undefined,
    soft: pair?.seats.sp.softBounces.count,
    grounds: (["bounce", "complaint"] as const).filter(
      (ground) => suppression?.[ground]?.lifted === false,
    ),
    failures: await ports.valve.count(mail.at),
    notices: notices.toSorted(),
  };
}

function failuresBy(told: ReadonlySet<Shape>) {
  const [bounce, complaint] = [Number(told.has("HardBounce")), Number(told.has("Complaint"))];
  const grounds = [...(bounce ? ["bounce"] : []), ...(complaint ? ["complaint"] : [])];
  return { grounds, failures: { sent: expect.any(Number), bounce, complaint } };
}

describe("every event about one mail, in every order, any number of times, some missing", () => {
  test.each(["sent", "claimed", "unresolved", "held"] as const)(
    "leaves ledger and pair as the table says when the sender was at %s",
    async (where) => {
      const told = await story(where === "sent" ? undefined : senderAt(where));
      const places = await placesOf(told);
      for (const { told: shapes, copy } of places) {
        const isLost = isLostBy(shapes);
        expect([[...shapes], await viewOf(copy, told.mail)]).toEqual([
          [...shapes],
          {
            send: stateBy(shapes, where),
            seat: isLost ? "unreachable" : "present",
            isOnHold: isLost,
            soft: shapes.has("SoftBounce") ? 1 : 0,
            ...failuresBy(shapes),
            notices: isLost ? ["notice-on-hold le", "notice-seat-check coordinator"] : [],
          },
        ]);
        expect(copy.alarms).toEqual([]);
      }
      // Each set of events is a place of its own at the least: nothing was left out.
      expect(new Set(places.map((place) => [...place.told].sort().join())).size).toBe(
        2 ** 5 + 2 ** 4 + 4,
      );
    },
  );

  test("of a paused seat tells the coordinator only", async () => {
    const { service, mail, start } = await story();
    const { owner } = keyOf(mail);
    const holder = { pairId: owner, seat: "sp", holder: 1 } as const;
    await actOnOwnPage(start.ports, holder, { kind: "pause" });
    const before = (await viewOf(start, mail)).notices;
    for (const { told, copy } of await placesOf({ service, mail, start })) {
      const { seat, isOnHold, notices } = await viewOf(copy, mail);
      const isLost = isLostBy(told);
      expect([seat, isOnHold]).toEqual([isLost ? "unreachable" : "paused", true]);
      expect(notices).toEqual([...before, ...(isLost ? ["notice-seat-check coordinator"] : [])]);
    }
  });
});

describe("every event about an invitation, in every order, any number of times, some missing", () => {
  async function invitation(address: string): Promise<Story> {
    const { service } = await invited();
    const mail = lastMailTo(service, address);
    return { service, mail, start: await copyOf(service, await rowsOf(service)) };
  }

  test("ends the sign-up of a signer whose own address fails, and leaves any other", async () => {
    const told = await invitation("ada@harbor.example");
    for (const { told: shapes, copy } of await placesOf(told)) {
      const { state } = (await copy.ports.pairs.read(keyOf(told.mail).owner)) ?? {};
      const failed = { kind: "ended", reason: "address-failed" };
      expect(state).toMatchObject(isLostBy(shapes) ? failed : { kind: "pending" });
      expect((await viewOf(copy, told.mail)).send).toBe(stateBy(shapes, "sent"));
    }
  });

  test("asks the signer once to check the partner's address when that bounced, and only then", async () => {
    const told = await invitation("ben@police.example");
    for (const { told: shapes, copy } of await placesOf(told)) {
      const { state, seats } = (await copy.ports.pairs.read(keyOf(told.mail).owner)) ?? {};
      const isBounced = shapes.has("HardBounce");
      expect([state?.kind, seats?.le.state.kind]).toEqual([
        "pending",
        isBounced ? "unreachable" : "invited",
      ]);
      const { notices, grounds } = await viewOf(copy, told.mail);
      expect(notices).toEqual(isBounced ? ["notice-check-address sp"] : []);
      expect(grounds).toEqual(failuresBy(shapes).grounds);
    }
  });
});

describe("every event that comes so late that", () => {
  const CARA = { name: "Cara", email: "cara@harbor.example", agency: "Harbor House" };

  /** The row of the mail says what became of it; nothing else in the pair knows of it. */
  async function expectOnlyTheRow({ service, mail, start }: Story, isErased = false) {
    const { owner } = keyOf(mail);
    const before = await start.ports.pairs.read(owner);
    const notices = (await viewOf(start, mail)).notices;
    for (const { told, copy } of await placesOf({ service, mail, start })) {
      expect(await copy.ports.pairs.read(owner)).toEqual(before);
      const view = await viewOf(copy, mail);
      expect([view.send, view.notices]).toEqual([stateBy(told, "sent"), notices]);
      expect(view.grounds).toEqual(isErased ? [] : failuresBy(told).grounds);
    }
  }

  test("the seat is a successor's by now touches neither the successor nor the pair", async () => {
    const told = await story();
    const { ports } = told.start;
    const { owner } = keyOf(told.mail);
    const [naming, accepting] = [actOf(told.service), actOf(told.service)];
    await changePair(ports, owner, (pair) => nameSuccessor(pair, "sp", CARA, naming));
    await changePair(ports, owner, (pair) => acceptSeat(pair, "sp", 2, accepting));
    await expectOnlyTheRow(told);
  });

  test("its pair has ended begins nothing anew", async () => {
    const told = await story();
    const act = actOf(told.service);
    await changePair(told.start.ports, keyOf(told.mail).owner, (pair) =>
      end(pair, "ended-by-partner", act),
    );
    await expectOnlyTheRow(told);
  });

  test("its person was erased writes their address down nowhere", async () => {
    const told = await story();
    const holder = { pairId: keyOf(told.mail).owner, seat: "sp", holder: 1 } as const;
    await eraseHolderOf(told.start.ports, holder);
    await expectOnlyTheRow(told, true);
    const address = told.service.ports.signer.hashAddress(told.mail.to);
    for (const { copy } of await placesOf(told)) {
      expect(JSON.stringify(await copy.rows())).not.toContain(address);
    }
  });
});

test("all eight kinds of event leave a row alike in every order, possible or not", () => {
  const events = ALL_SHAPES.map((shape) => {
    const type = {
      ...{ Send: "send", DeliveryDelay: "send", SoftBounce: "send", Delivery: "delivery" },
      ...{ Reject: "reject", RenderingFailure: "reject" },
      ...{ HardBounce: "hard-bounce", Complaint: "complaint" },
    }[shape] as "send";
    return { shape, event: { type, sesId: "ses-1", at: NOW } };
  });
  const walk = (send: Send, told: ReadonlySet<Shape>, known: Map<string, SendState>): void => {
    const name = `${[...told].sort().join()} ${JSON.stringify(send)}`;
    if (known.has(name)) return;
    known.set(name, send.state);
    expect(send.state).toBe(stateBy(told, "unresolved"));
    for (const { shape, event } of events) {
      walk(applyEvent(send, event) ?? send, new Set([...told, shape]), known);
    }
  };
  const start = unresolveSend(claimSend(sendOf(), "run", NOW) ?? sendOf(), NOW);
  const known = new Map<string, SendState>();
  walk(start, new Set(), known);
  const sets = new Set([...known.keys()].map((name) => name.split(" ")[0]));
  expect(sets.size).toBe(2 ** ALL_SHAPES.length);
});

test("events about many mails to both seats, mixed as they may come, leave each mail and seat alike", async () => {
  const { service, pair } = await afterFirstLesson();
  const rows = await rowsOf(service);
  const mails = service.mails.filter(({ tags }) => ["lesson", "welcome"].includes(tags.kind ?? ""));
  expect(mails).toHaveLength(4);
  const history = fc.constantFrom(...HISTORIES).chain((shapes) => fc.subarray([...shapes]));
  const told = fc.tuple(...mails.map(() => history));
  await fc.assert(
    fc.asyncProperty(
      told.chain((histories) => {
        const all = histories.flatMap((shapes, mail) => shapes.map((shape) => ({ mail, shape })));
        const twice = fc.subarray(all).map((some) => [...all, ...some]);
        return fc.tuple(
          fc.constant(histories),
          twice.chain((events) => fc.shuffledSubarray(events, { minLength: events.length })),
        );
      }),
      async ([histories, events]) => {
        const copy = await copyOf(service, rows);
        for (const { mail, shape } of events) {
          await tellCopy(copy, mails[mail] as TestMail, shape);
        }
        for (const [index, mail] of mails.entries()) {
          const state = (await copy.ports.ledger.read(keyOf(mail)))?.state;
          expect(state).toBe(stateBy(new Set(histories[index]), "sent"));
        }
        const { seats, hold } = await read({ ...service, ports: copy.ports }, pair.id);
        const isLost = (seat: string) =>
          histories.some(
            (shapes, index) =>
              keyOf(mails[index] as TestMail).seat === seat && isLostBy(new Set(shapes)),
          );
        for (const seat of ["sp", "le"] as const) {
          expect(seats[seat].state.kind).toBe(isLost(seat) ? "unreachable" : "present");
        }
        expect(hold !== undefined).toBe(isLost("sp") || isLost("le"));
        expect(copy.alarms.filter((event) => event === "feedback.second-send")).toEqual([]);
      },
    ),
    { numRuns: 100 },
  );
});
