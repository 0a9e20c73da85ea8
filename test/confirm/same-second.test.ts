import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { acceptInvitation, declineInvitation } from "../../functions/confirm/answer-invitation.ts";
import { answerApproval } from "../../functions/coordinator/approve-pair.ts";
import { nameSuccessor } from "../../functions/core/handover.ts";
import { type Instant, plusDays } from "../../functions/core/instant.ts";
import type { Pair } from "../../functions/core/pair.ts";
import type { Act } from "../../functions/core/plan.ts";
import { actOnOwnPage } from "../../functions/partner/own-page.ts";
import { stopAddress } from "../../functions/partner/stop-address.ts";
import type { Ports } from "../../functions/ports.ts";
import { advancePair } from "../../functions/schedule/advance-pair.ts";
import { changePair } from "../../functions/schedule/change-pair.ts";
import { createTestService, type TestService } from "../support/service.ts";
import { actOf, interleaved, mailsOf, read, START, sayYes, signUp } from "../support/stories.ts";

/** How far a pair has come when two things happen to it in one second. */
type Stage = (service: TestService) => Promise<Pair>;
type Doing = (ports: Ports, pair: Pair) => Promise<unknown>;

/** Runs both in every order of their reads and writes that fast-check finds, and shows what is left. */
async function race(
  stage: Stage,
  doings: readonly Doing[],
  check: (service: TestService, pair: Pair) => Promise<void>,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const service = await createTestService(START);
      const pair = await stage(service);
      const ports = interleaved(service.ports, scheduler);
      const all = Promise.all(doings.map((doing) => untilDone(() => doing(ports, pair))));
      await scheduler.waitFor(all);
      await service.drain();
      await check(service, await read(service, pair.id));
    }),
    { numRuns: 25 },
  );
}

/** As the queue and the person at the button do: again, when the other writer kept coming first. */
async function untilDone(doing: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await doing();
      return;
    } catch (error) {
      if (tries >= 5 || !String(error).includes("changed under every attempt")) throw error;
    }
  }
}

const partnerInvited: Stage = async (service) => {
  const pair = await signUp(service);
  await sayYes(service, pair, "sp");
  return read(service, pair.id);
};

const waitsForApproval: Stage = async (service) => {
  const pair = await signUp(service, { cohort: "reviewed" });
  await sayYes(service, pair, "sp");
  return read(service, pair.id);
};

/** The signer paused at the start. */
const paused: Stage = async (service) => {
  const pair = await partnerInvited(service);
  await sayYes(service, pair, "le");
  await actOnOwnPage(service.ports, { pairId: pair.id, seat: "sp", holder: 1 }, { kind: "pause" });
  return read(service, pair.id);
};

/** Nobody looked at the pair until the very second at which the invitation runs out. */
function atExpiry(stage: Stage, days: number): Stage {
  return async (service) => {
    const pair = await stage(service);
    await service.advanceTo(plusDays(START, days - 1));
    jumpTo(service, plusDays(START, days));
    return pair;
  };
}

/** Moves the clock the workflows see; whatever is due then waits until somebody looks. */
function jumpTo(service: TestService, target: Instant): void {
  Object.assign(service.ports.clock, { now: () => target });
}

function actNow(ports: Ports, id: string): Act {
  return { at: ports.clock.now(), id: id.padEnd(16, "0") };
}

const confirmAs =
  (seat: "sp" | "le", holder = 1): Doing =>
  (ports, { id }) =>
    acceptInvitation(ports, { owner: id, seat, holder }, actNow(ports, `a${seat}`));

const declineAs =
  (seat: "sp" | "le"): Doing =>
  (ports, { id }) =>
    declineInvitation(ports, { owner: id, seat, holder: 1 }, actNow(ports, `b${seat}`));

const stopAs =
  (seat: "sp" | "le"): Doing =>
  (ports, { id }) =>
    stopAddress(ports, { pairId: id, seat, holder: 1 }, actNow(ports, `c${seat}`));

const expire: Doing = (ports, { id }) => advancePair(ports, id);

const coordinatorSays =
  (answer: "approve" | "decline"): Doing =>
  (ports, { id }) =>
    answerApproval(ports, "reviewed", id, answer);

/** The ledger and the pair tell the same story: either it runs for both, or it is over for both. */
async function expectOneStory(service: TestService, pair: Pair): Promise<void> {
  const consents = await service.ports.ledger.consents(pair.id);
  const states = consents.map(({ state }) => state);
  const welcomes = mailsOf(service, /welcome/);
  if (pair.state.kind === "active") {
    expect(states).toEqual(["given", "given"]);
    expect(welcomes.toSorted()).toEqual(["welcome le1", "welcome sp1"]);
  } else {
    expect(pair.state.kind).toBe("ended");
    expect(states).not.toContain("given");
    expect(welcomes).toEqual([]);
  }
}

describe("in the same second", () => {
  test("two presses of the partner's button start the pair once", async () => {
    await race(partnerInvited, [confirmAs("le"), confirmAs("le")], async (service, pair) => {
      expect(pair.state).toEqual({ kind: "active", startedAt: START });
      await expectOneStory(service, pair);
    });
  });

  test("a yes and the end of the 30 days start the pair once or not at all", async () => {
    await race(atExpiry(partnerInvited, 30), [confirmAs("le"), expire], expectOneStory);
  });

  test("a yes and a no of the partner, from two windows, tell one story", async () => {
    await race(partnerInvited, [confirmAs("le"), declineAs("le")], expectOneStory);
  });

  test("the partner's yes and the signer's stop tell one story, and the one who stopped gets nothing", async () => {
    await race(partnerInvited, [confirmAs("le"), stopAs("sp")], async (service, pair) => {
      const before = service.mails.length;
      expect(pair.state.kind === "ended" || pair.hold !== undefined).toBe(true);
      await service.advanceTo(plusDays(START, 20));
      const later = service.mails.slice(before).filter(({ to }) => to === "ada@harbor.example");
      expect(later).toEqual([]);
    });
  });

  test("a coordinator's yes and another one's no leave the pair invited or ended, never stuck", async () => {
    await race(
      waitsForApproval,
      [coordinatorSays("approve"), coordinatorSays("decline")],
      expectInvitedOrEnded,
    );
  });

  test("an approval and the end of its 14 days leave the pair invited or ended, never stuck", async () => {
    await race(
      atExpiry(waitsForApproval, 14),
      [coordinatorSays("approve"), expire],
      expectInvitedOrEnded,
    );
  });

  test("a resume and the end of the hold's twelve weeks let the pair go on or end, never run without mail", async () => {
    const resume: Doing = (ports, { id }) =>
      actOnOwnPage(ports, { pairId: id, seat: "sp", holder: 1 }, { kind: "resume" });
    await race(atExpiry(paused, 84), [resume, expire], async (service, pair) => {
      const { kind } = pair.state;
      expect(["active", "ended"]).toContain(kind);
      const consents = await service.ports.ledger.consents(pair.id);
      const state = kind === "active" ? "given" : "ended";
      expect(consents.map((consent) => consent.state)).toEqual([state, state]);
    });
  });

  test("a colleague's yes and the end of their invitation give the seat to one of the two", async () => {
    await race(successorNamed, [confirmAs("sp", 2), expire], async (service, pair) => {
      const consents = await service.ports.ledger.consents(pair.id);
      const given = consents.filter(({ seat, state }) => seat === "sp" && state === "given");
      expect(given.map(({ holder }) => holder)).toEqual([pair.seats.sp.holder]);
    });
  });
});

async function expectInvitedOrEnded(service: TestService, pair: Pair): Promise<void> {
  const consents = await service.ports.ledger.consents(pair.id);
  const stateOf = (seat: "sp" | "le") => consents.find((consent) => consent.seat === seat)?.state;
  if (pair.state.kind === "ended") {
    expect([stateOf("sp"), stateOf("le")]).toEqual(["ended", "ended"]);
    expect(mailsOf(service)).not.toContain("invitation le1");
  } else {
    expect(pair.state).toMatchObject({ waitsFor: "partner" });
    expect([stateOf("sp"), stateOf("le")]).toEqual(["given", "invited"]);
  }
}

const successorNamed: Stage = async (service) => {
  const pair = await partnerInvited(service);
  await sayYes(service, pair, "le");
  const cara = { name: "Cara", email: "cara@harbor.example", agency: "Harbor House" };
  await changePair(service.ports, pair.id, (stored) =>
    nameSuccessor(stored, "sp", cara, actOf(service)),
  );
  jumpTo(service, plusDays(START, 31));
  return read(service, pair.id);
};
