import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plusDays, plusHours } from "../../functions/core/instant.ts";
import { expire } from "../../functions/core/life.ts";
import { enrollPair } from "../../functions/enroll/enroll-pair.ts";
import { changePair, coupleOf } from "../../functions/schedule/change-pair.ts";
import { createTestService, signUpOf, type TestService } from "../support/service.ts";
import {
  actOf,
  consentsOf,
  interleaved,
  invited,
  mailsOf,
  mailsTo,
  newestPairOf,
  running,
  START,
  sayYes,
  signedUp,
  signUp,
  withLimits,
} from "../support/stories.ts";

const ADA = "ada@harbor.example";
const BEN = "ben@police.example";
/** The same two people, signed up by the other one. */
const BY_BEN = {
  role: "law_enforcement",
  name: "Ben Officer",
  email: BEN,
  agency: "City Police",
  partnerName: "Ada Provider",
  partnerEmail: ADA,
  partnerAgency: "Harbor House",
} as const;

async function submit(service: TestService, changes = {}, client = "198.51.100.7") {
  const outcome = await enrollPair(service.ports, signUpOf(changes), client);
  await service.drain();
  return outcome;
}

async function pairsOf(service: TestService, email: string): Promise<readonly string[]> {
  return service.ports.pairs.pairsOf(service.ports.signer.hashAddress(email));
}

describe("a sign-up", () => {
  test("writes a pending pair and mails the signer only", async () => {
    const { service, pair } = await signedUp();
    expect(pair.state).toMatchObject({ kind: "pending", waitsFor: "signer" });
    expect(mailsOf(service)).toEqual(["invitation sp1"]);
    expect(mailsTo(service, BEN)).toEqual([]);
    expect(await consentsOf(service, pair.id)).toEqual(["sp1 invited"]);
  });

  test("writes nothing to the partner before the signer has confirmed, however long that takes", async () => {
    const { service } = await signedUp();
    await service.advanceTo(plusDays(START, 60));
    expect(mailsTo(service, BEN)).toEqual([]);
  });

  test("for a group that is not set up is refused", async () => {
    const { service } = await signedUp();
    expect(await submit(service, { cohort: "unknown" })).toBe("later");
  });
});

describe("the same two people", () => {
  test("are one pair when the form is sent again on another day", async () => {
    const { service, pair } = await signedUp();
    await service.advanceTo(plusDays(START, 2));
    expect(await submit(service)).toBe("accepted");
    expect(await pairsOf(service, ADA)).toEqual([pair.id]);
    expect(mailsTo(service, ADA)).toEqual(["invitation sp1"]);
  });

  test("are one pair either way round, and nothing goes to who was signed up second", async () => {
    const { service, pair } = await signedUp();
    expect(await submit(service, BY_BEN)).toBe("accepted");
    expect(await pairsOf(service, BEN)).toEqual([pair.id]);
    expect(mailsTo(service, BEN)).toEqual([]);
  });

  test("are one pair in whatever spelling of their addresses", async () => {
    const { service, pair } = await signedUp();
    await submit(service, { ...BY_BEN, email: "Ben@Police.Example" });
    expect(await pairsOf(service, BEN)).toEqual([pair.id]);
  });

  test("are one pair when the form is sent twice in the same second, in every interleaving", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const service = await createTestService(START);
        await knownSigner(service);
        const ports = interleaved(service.ports, scheduler);
        const twice = [1, 2].map(() => enrollPair(ports, signUpOf(), "198.51.100.7"));
        await scheduler.waitFor(Promise.all(twice));
        await service.drain();
        expect(await pairsOf(service, BEN)).toHaveLength(1);
        expect(mailsTo(service, ADA).filter((mail) => mail === "invitation sp1")).toHaveLength(2);
      }),
      { numRuns: 25 },
    );
  });

  test("can sign up again once their pair has ended", async () => {
    const { service, pair } = await invited();
    await changePair(service.ports, pair.id, (stored) => expire(stored, actOf(service)));
    await service.advanceTo(plusDays(START, 2));
    await submit(service);
    const again = await newestPairOf(service, ADA);
    expect(again.id).not.toBe(pair.id);
    expect(again.state.kind).toBe("pending");
  });

  test("can sign up again even if the end could not free the couple", async () => {
    const { service, pair } = await invited();
    const couple = coupleOf(service.ports.signer, pair);
    await changePair(service.ports, pair.id, (stored) => expire(stored, actOf(service)));
    await service.ports.pairs.claimCouple(couple, pair.id);
    await service.advanceTo(plusDays(START, 2));
    await submit(service);
    expect((await newestPairOf(service, ADA)).id).not.toBe(pair.id);
  });

  test("whose first sign-up died half-way are taken over by the second", async () => {
    const service = await createTestService(START);
    const dying = {
      ...service.ports,
      pairs: {
        ...service.ports.pairs,
        create: async () => {
          throw new Error("the process ends here");
        },
      },
    };
    await expect(enrollPair(dying, signUpOf(), "198.51.100.7")).rejects.toThrow();
    await service.drain();
    await service.advanceTo(plusDays(START, 2));
    expect(mailsOf(service)).toEqual([]);
    await submit(service);
    expect(mailsOf(service)).toEqual(["invitation sp1"]);
    expect(await pairsOf(service, ADA)).toHaveLength(1);
  });
});

/** Ada has confirmed her address in a pair with somebody else, so that her limit is the wider one. */
async function knownSigner(service: TestService): Promise<void> {
  const other = await signUp(service, { partnerEmail: "dana@police.example" });
  await sayYes(service, other, "sp");
}

describe("the answer", () => {
  test("is the same for an address that is unknown, known, stopped or over its limit", async () => {
    const { service } = await running();
    const address = service.ports.signer.hashAddress("gone@harbor.example");
    await service.ports.ledger.suppress(address, "stop", { at: START, lifted: false });
    const outcomes = [
      await submit(service, { email: "new@harbor.example" }),
      await submit(service, { email: "new@harbor.example", partnerEmail: "x@police.example" }),
      await submit(service, { partnerEmail: "dana@police.example" }),
      await submit(service, { email: "gone@harbor.example" }),
    ];
    expect(outcomes).toEqual(Array(4).fill("accepted"));
  });

  test("brings nothing to an address that stopped, bounced or complained", async () => {
    for (const ground of ["stop", "bounce", "complaint"] as const) {
      const service = await createTestService(START);
      const address = service.ports.signer.hashAddress(ADA);
      await service.ports.ledger.suppress(address, ground, { at: START, lifted: false });
      await submit(service);
      expect(mailsOf(service)).toEqual([]);
      expect(await pairsOf(service, ADA)).toEqual([]);
    }
  });
});

describe("the limits", () => {
  /** Signs Ada up with so many people she was not signed up with before; how many mails she has got. */
  async function submitNew(service: TestService, count: number, from = 0): Promise<number> {
    for (let index = from; index < from + count; index += 1) {
      await submit(service, { partnerEmail: `partner${index}@police.example` });
    }
    return mailsTo(service, ADA).filter((mail) => mail.startsWith("invitation sp")).length;
  }

  test("of an address that never confirmed are one mail a day and three in thirty days", async () => {
    const service = await createTestService(START);
    const counts: number[] = [];
    for (const day of [0, 1, 2, 3, 4, 31]) {
      await service.advanceTo(plusHours(START, 25 * day));
      counts.push(await submitNew(service, 2, 2 * day));
    }
    expect(counts).toEqual([1, 2, 3, 3, 3, 4]);
  });

  test("of an address that confirmed before are five a day", async () => {
    const service = await createTestService(START);
    await knownSigner(service);
    await service.advanceTo(plusDays(START, 2));
    expect(await submitNew(service, 8)).toBe(1 + 5);
  });

  test.each([
    ["client", { perClientHour: 2 }],
    ["domain", { perDomainHour: 2 }],
    ["site", { perSiteDay: 2 }],
  ] as const)("of the %s say later, and write nothing", async (_, form) => {
    const service = await createTestService(START, withLimits(form));
    const outcomes: string[] = [];
    for (const email of ["a@harbor.example", "b@harbor.example", "c@harbor.example"]) {
      outcomes.push(await submit(service, { email }));
    }
    expect(outcomes).toEqual(["accepted", "accepted", "later"]);
    expect(mailsOf(service)).toHaveLength(2);
  });

  test("of the client count each client and each hour by itself", async () => {
    const service = await createTestService(START, withLimits({ perClientHour: 1 }));
    const emails = ["a@harbor.example", "b@harbor.example", "c@harbor.example"] as const;
    expect(await submit(service, { email: emails[0] }, "198.51.100.1")).toBe("accepted");
    expect(await submit(service, { email: emails[1] }, "198.51.100.1")).toBe("later");
    expect(await submit(service, { email: emails[1] }, "198.51.100.2")).toBe("accepted");
    await service.advanceTo(plusHours(START, 1));
    expect(await submit(service, { email: emails[2] }, "198.51.100.1")).toBe("accepted");
  });
});

describe("a group whose sign-ups are reviewed", () => {
  test("asks the coordinator, not the partner, when the signer has confirmed", async () => {
    const { service, pair } = await signedUp({ cohort: "reviewed" });
    await sayYes(service, pair, "sp");
    expect(mailsOf(service)).toEqual(["invitation sp1", "notice-approval coordinator1"]);
    expect(mailsTo(service, BEN)).toEqual([]);
  });

  test("reminds the coordinator on day 4 and gives up after 14 days with a neutral note", async () => {
    const { service, pair } = await signedUp({ cohort: "reviewed" });
    await sayYes(service, pair, "sp");
    await service.advanceTo(plusDays(START, 5));
    expect(mailsOf(service).at(-1)).toBe("notice-approval-reminder coordinator1");
    await service.advanceTo(plusDays(START, 15));
    expect(mailsOf(service).at(-1)).toBe("notice-not-approved sp1");
    expect(mailsTo(service, BEN)).toEqual([]);
  });
});

test("no address, name or agency is ever logged", async () => {
  const { service } = await running();
  const words = /ada|ben|harbor|police|provider|officer/i;
  expect(service.log.filter((line) => words.test(line))).toEqual([]);
});
