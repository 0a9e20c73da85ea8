import { describe, expect, test } from "vitest";
import { nameSuccessor } from "../../functions/core/handover.ts";
import { plusDays } from "../../functions/core/instant.ts";
import type { Pair, SeatId } from "../../functions/core/pair.ts";
import { enrollPair } from "../../functions/enroll/enroll-pair.ts";
import { settleEvent } from "../../functions/feedback/settle-event.ts";
import { eraseHolderOf, erasePerson } from "../../functions/partner/erase-person.ts";
import { actOnOwnPage, viewOwnPage } from "../../functions/partner/own-page.ts";
import { acceptAddress, logGuess } from "../../functions/partner/press-button.ts";
import { requestPartnerSignIn } from "../../functions/partner/sign-in.ts";
import { stopAddress } from "../../functions/partner/stop-address.ts";
import type { PairStore, Ports, SendLedger } from "../../functions/ports.ts";
import { advancePair } from "../../functions/schedule/advance-pair.ts";
import { changePair } from "../../functions/schedule/change-pair.ts";
import { createInbox, mailTo, replyTo } from "../support/replies.ts";
import { signUpOf, type TestService } from "../support/service.ts";
import {
  actOf,
  consentsOf,
  mailsTo,
  read,
  running,
  sayYes,
  signedUp,
  signUp,
} from "../support/stories.ts";

/** A name and addresses that can stand nowhere by chance. */
const MARKED = {
  name: "Zebulon Marksworth",
  email: "zebulon.marksworth@lantern.example",
  agency: "Lantern Markshouse",
} as const;
const PRIVATE = "zeb.marksworth@elsewhere.example";
const MARKS = /zeb|marks|lantern/i;
const BEN = "ben@police.example";

function addressOf(service: TestService, email: string = MARKED.email): string {
  return service.ports.signer.hashAddress(email);
}

/** Everything the service stores: rows, queues, and mail that was not read yet. */
async function stored(service: TestService): Promise<readonly string[]> {
  return [...(await service.rows()), ...service.queued].map((item) => JSON.stringify(item));
}

async function tracesOf(service: TestService, emails = [MARKED.email, PRIVATE]) {
  const hashes = emails.map((email) => addressOf(service, email));
  const isTrace = (text: string) => MARKS.test(text) || hashes.some((hash) => text.includes(hash));
  return (await stored(service)).filter((text) => isTrace(text) && !text.includes('"SUPPRESSED#'));
}

async function lived() {
  const { service, pair } = await running({ ...MARKED });
  const inbox = createInbox();
  await service.advanceTo("2026-10-06T20:00:00.000Z");
  const lesson = mailTo(service, MARKED.email, /lesson-01/);
  await replyTo(service, inbox, lesson, { body: "DONE" });
  await replyTo(service, inbox, lesson, { body: "Had coffee today.", from: PRIVATE });
  await requestPartnerSignIn(service.ports, MARKED.email);
  await service.drain();
  return { service, pair, inbox, lesson };
}

const COLLEAGUE = { name: "Cal Colleague", email: "cal@harbor.example", agency: "Harbor House" };

/** A colleague has taken the seat over since. */
async function handedOver() {
  const { service, pair } = await lived();
  await changePair(service.ports, pair.id, (stored) =>
    nameSuccessor(stored, "sp", COLLEAGUE, actOf(service)),
  );
  await sayYes(service, { ...pair, seats: holderTwo(pair) }, "sp");
  expect((await read(service, pair.id)).seats.sp.email).toBe(COLLEAGUE.email);
  return { service, pair };
}

function mailWith(service: TestService, item: RegExp) {
  const mail = service.mails.findLast(({ sendId }) => item.test(sendId));
  if (mail === undefined) throw new Error("no such mail");
  const [owner = "", name = ""] = mail.sendId.split("_");
  return {
    owner,
    item: name,
    seat: "sp" as const,
    holder: 1,
    purpose: "weak" as const,
    expires: 0,
  };
}

describe("erasing a person", () => {
  test("leaves no trace of name, addresses or their fingerprints in any row or queue", async () => {
    const { service, pair } = await lived();
    await acceptAddress(service.ports, mailWith(service, /notice-was-it-you/));
    expect((await tracesOf(service)).length).toBeGreaterThan(4);
    const erasure = await erasePerson(service.ports, MARKED.email);
    await service.drain();
    expect(await tracesOf(service)).toEqual([]);
    expect(erasure).toMatchObject({ pairs: 1, seats: 1, consents: 1, keptSuppressions: 0 });
    expect(await consentsOf(service, pair.id)).toEqual(["le1 given", "sp1 erased"]);
  });

  test("keeps what the two did as kinds and days", async () => {
    const { service, pair } = await lived();
    const before = await service.ports.pairs.log(pair.id);
    await erasePerson(service.ports, MARKED.email);
    expect(before.length).toBe(1);
    expect(await service.ports.pairs.log(pair.id)).toEqual(before);
  });

  test("empties the seat in every pair, and tells each partner only that it is open", async () => {
    const { service } = await lived();
    const second = await signUp(service, { ...MARKED, partnerEmail: "dana@police.example" });
    await sayYes(service, second, "sp");
    await sayYes(service, second, "le");
    const erasure = await erasePerson(service.ports, MARKED.email);
    await service.drain();
    expect(erasure).toMatchObject({ pairs: 2, seats: 2 });
    for (const partner of [BEN, "dana@police.example"]) {
      expect(mailsTo(service, partner).at(-1)).toBe("notice-seat-open le1");
    }
    expect(await tracesOf(service)).toEqual([]);
  });

  test("finds a seat that they left long ago", async () => {
    const { service, pair } = await handedOver();
    const erasure = await erasePerson(service.ports, MARKED.email);
    expect(erasure).toMatchObject({ pairs: 1, seats: 0, consents: 1 });
    expect(await tracesOf(service)).toEqual([]);
    expect((await read(service, pair.id)).seats.sp.email).toBe(COLLEAGUE.email);
  });

  test("from their own page goes through the pairs they left too, and leaves theirs for the end", async () => {
    const { service } = await handedOver();
    const { id } = await signUp(service, { ...MARKED, partnerEmail: "dana@police.example" });
    const order: string[] = [];
    const pairs: PairStore = {
      ...service.ports.pairs,
      forgetAddress: async (address, pairId) => {
        order.push(pairId);
        await service.ports.pairs.forgetAddress(address, pairId);
      },
    };
    await eraseHolderOf({ ...service.ports, pairs }, { pairId: id, seat: "sp", holder: 1 });
    await service.drain();
    expect(await tracesOf(service)).toEqual([]);
    expect(order.length).toBeGreaterThan(1);
    expect(order.indexOf(id)).toBe(order.findLastIndex((one) => one !== id) + 1);
  });

  test("takes the address off SES's own list, and still nobody writes there again", async () => {
    const { service, pair } = await lived();
    const bounced = { at: service.now(), lifted: false };
    await service.ports.ledger.suppress(addressOf(service), "bounce", bounced);
    service.suppressedBySes.add(MARKED.email);
    await eraseHolderOf(service.ports, { pairId: pair.id, seat: "sp", holder: 1 });
    await service.drain();
    expect([...service.suppressedBySes]).toEqual([]);
    const before = service.mails.length;
    await enrollPair(service.ports, signUpOf(MARKED), "198.51.100.7");
    await service.drain();
    expect(service.mails).toHaveLength(before);
  });

  test("asks nothing of SES for an address that never failed", async () => {
    const { service } = await lived();
    const remove = () => Promise.reject(new Error("nobody asked for that"));
    const { sesList } = await erasePerson(
      { ...service.ports, sesSuppressions: { remove } },
      MARKED.email,
    );
    expect(sesList).toBe(0);
  });

  test("of an invited colleague takes the invitation back", async () => {
    const { service, pair } = await running();
    const named = { name: MARKED.name, email: MARKED.email, agency: MARKED.agency };
    await changePair(service.ports, pair.id, (stored) =>
      nameSuccessor(stored, "le", named, actOf(service)),
    );
    await service.drain();
    const erasure = await erasePerson(service.ports, MARKED.email, [pair.id]);
    expect(erasure).toMatchObject({ seats: 0, invitations: 1, consents: 1 });
    expect(await tracesOf(service)).toEqual([]);
  });

  test("of a signer who has not confirmed ends the sign-up without a mail", async () => {
    const { service, pair } = await signedUp({ ...MARKED });
    const before = service.mails.length;
    await erasePerson(service.ports, MARKED.email);
    await service.drain();
    expect((await read(service, pair.id)).state).toMatchObject({ reason: "not-confirmed" });
    expect(service.mails).toHaveLength(before);
    expect(await tracesOf(service)).toEqual([]);
    expect((await stored(service)).filter((text) => /ben@|Ben Officer/.test(text))).toEqual([]);
  });

  test("keeps the fingerprint of an address that had stopped, so that nobody writes there again", async () => {
    const { service, pair } = await lived();
    await stopAddress(service.ports, { pairId: pair.id, seat: "sp", holder: 1 }, actOf(service));
    const { keptSuppressions } = await erasePerson(service.ports, MARKED.email);
    expect(keptSuppressions).toBe(1);
    await service.drain();
    const before = service.mails.length;
    await enrollPair(service.ports, signUpOf(MARKED), "198.51.100.7");
    await service.drain();
    expect(service.mails).toHaveLength(before);
  });

  test("lets the same two people sign up anew", async () => {
    const { service, pair } = await lived();
    await erasePerson(service.ports, MARKED.email);
    expect((await signUp(service, { ...MARKED })).id).not.toBe(pair.id);
  });

  test("ends the pair four weeks later with a final note, if nobody follows", async () => {
    const { service, pair } = await lived();
    await erasePerson(service.ports, MARKED.email);
    await service.advanceTo(plusDays(service.now(), 27));
    expect((await read(service, pair.id)).state.kind).toBe("active");
    await service.advanceTo(plusDays(service.now(), 2));
    expect((await read(service, pair.id)).state).toMatchObject({ kind: "ended", reason: "erased" });
    expect(mailsTo(service, BEN).at(-1)).toBe("notice-final le1");
    expect(mailsTo(service, BEN)).not.toContain("notice-hold-question le1");
  });

  test("of both ends the pair, and frees all there was", async () => {
    const { service, pair } = await lived();
    await erasePerson(service.ports, MARKED.email);
    await erasePerson(service.ports, BEN);
    expect((await read(service, pair.id)).state).toMatchObject({ reason: "both-left" });
    expect((await stored(service)).filter((text) => text.includes('"COUPLE#'))).toEqual([]);
  });
});

function holderTwo({ seats }: Pair): Pair["seats"] {
  return { ...seats, sp: { ...seats.sp, holder: 2 } };
}

describe("an erasure that is cut off", () => {
  /** Lets so many writes through and then dies; answers how many there were. */
  function dyingAfter(ports: Ports, writes: number): Ports {
    let left = writes;
    const mortal = <P extends object>(port: P, names: readonly (keyof P)[]): P => {
      const wrapped = names.map((name) => [
        name,
        async (...values: unknown[]) => {
          if (left <= 0) throw new Error("the process ends here");
          left -= 1;
          return (port[name] as (...given: unknown[]) => unknown)(...values);
        },
      ]);
      return { ...port, ...Object.fromEntries(wrapped) };
    };
    return {
      ...ports,
      pairs: mortal<PairStore>(ports.pairs, [
        "save",
        "linkAddress",
        "unlinkAddress",
        "forgetAddress",
        "releaseCouple",
      ]),
      ledger: mortal<SendLedger>(ports.ledger, ["plan", "change", "changeConsent", "suppress"]),
    };
  }

  test("is completed by doing it again, after whichever write it was cut off", async () => {
    for (let writes = 0; writes < 40; writes += 1) {
      const { service, pair } = await lived();
      const dying = dyingAfter(service.ports, writes);
      const outcome = await erasePerson(dying, MARKED.email).then(
        () => "whole",
        () => "cut off",
      );
      await erasePerson(service.ports, MARKED.email, [pair.id]);
      await service.drain();
      expect(await tracesOf(service), `after ${writes} writes`).toEqual([]);
      expect(mailsTo(service, BEN).filter((mail) => mail === "notice-seat-open le1")).toHaveLength(
        1,
      );
      if (outcome === "whole") return;
    }
    throw new Error("it never came to its end");
  });

  test("is put right by the pair's own repair when the ledger has it already", async () => {
    const { service, pair } = await lived();
    const dying = { ...service.ports, pairs: { ...service.ports.pairs, save: dies } };
    await expect(erasePerson(dying, MARKED.email)).rejects.toThrow("ends here");
    expect((await read(service, pair.id)).seats.sp.name).toBe(MARKED.name);
    await advancePair(service.ports, pair.id);
    expect((await read(service, pair.id)).seats.sp).toMatchObject({ name: "", email: "" });
  });

  async function dies(): Promise<never> {
    throw new Error("the process ends here");
  }
});

describe("after an erasure", () => {
  async function erased() {
    const story = await lived();
    await erasePerson(story.service.ports, MARKED.email);
    await story.service.drain();
    return story;
  }

  test("late events of SES bring nothing back but the address's fingerprint", async () => {
    const { service, pair, lesson } = await erased();
    const at = service.now();
    const event = { sesId: lesson.sesId, sendId: lesson.sendId, at, sentAt: at };
    for (const type of ["delivery", "hard-bounce", "complaint", "soft-bounce"] as const) {
      await settleEvent(service.ports, { ...event, type });
    }
    expect(await tracesOf(service)).toEqual([]);
    expect((await read(service, pair.id)).seats.sp.state).toMatchObject({ reason: "erased" });
  });

  test.each(["DONE", "START", "PAUSE", "Had coffee yesterday.", "STOP"])(
    "a reply of %s to an old mail brings nothing back",
    async (body) => {
      const { service, pair, inbox, lesson } = await erased();
      const before = await service.ports.pairs.log(pair.id);
      await replyTo(service, inbox, lesson, { body });
      await replyTo(service, inbox, lesson, { body, from: PRIVATE });
      expect(await tracesOf(service)).toEqual([]);
      expect(await service.ports.pairs.log(pair.id)).toEqual(before);
      expect((await read(service, pair.id)).seats.sp.state).toMatchObject({ reason: "erased" });
    },
  );

  test("a reply is told that the series has ended, once, where it came from", async () => {
    const { service, inbox, lesson } = await erased();
    const before = service.mails.length;
    const reply = { body: "DONE", messageId: "same@lantern.example" };
    await replyTo(service, inbox, lesson, reply);
    await replyTo(service, inbox, lesson, reply);
    const answers = service.mails.slice(before);
    expect(answers.map(({ to }) => to)).toEqual([MARKED.email]);
    const text = Buffer.from(answers[0]?.raw ?? "").toString("utf8");
    expect(text).toMatch(/^Subject: This series has ended\r$/m);
    expect(text).not.toMatch(/Ben|Officer|Zebulon/);
    expect(await tracesOf(service)).toEqual([]);
  });

  test("nobody who only pretends to write from an address gets an answer sent there", async () => {
    const { service, inbox, lesson } = await erased();
    const before = service.mails.length;
    const verdicts = { dmarc: "FAIL" } as const;
    expect(await replyTo(service, inbox, lesson, { body: "DONE", verdicts })).toBe("unknown-seat");
    expect(service.mails).toHaveLength(before);
  });

  test("an old button, an open session and a new sign-in link do nothing", async () => {
    const { service, pair } = await erased();
    const holder = { pairId: pair.id, seat: "sp" as SeatId, holder: 1 };
    const before = service.mails.length;
    expect(await logGuess(service.ports, mailWith(service, /lesson-01_sp/), 0)).toBe("over");
    expect(await acceptAddress(service.ports, mailWith(service, /notice-was-it-you/))).toBe("over");
    expect(await viewOwnPage(service.ports, holder)).toBeUndefined();
    expect(await actOnOwnPage(service.ports, holder, { kind: "resume" })).toBe("unchanged");
    await requestPartnerSignIn(service.ports, signUpOf(MARKED).email);
    await service.drain();
    expect(service.mails).toHaveLength(before);
  });

  test("a pair restored from an older backup is erased again by itself", async () => {
    const { service, pair } = await lived();
    const backup = await read(service, pair.id);
    await erasePerson(service.ports, MARKED.email);
    const now = await read(service, pair.id);
    await service.ports.pairs.save({ ...backup, version: now.version });
    await service.advanceTo(plusDays(service.now(), 8));
    expect((await read(service, pair.id)).seats.sp).toMatchObject({ name: "", email: "" });
  });
});
