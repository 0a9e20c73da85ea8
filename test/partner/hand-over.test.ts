import { describe, expect, test } from "vitest";
import { acceptInvitation } from "../../functions/confirm/answer-invitation.ts";
import { agreementAt } from "../../functions/core/agreement.ts";
import type { Cohort } from "../../functions/core/enrollment.ts";
import { plusDays, plusMinutes } from "../../functions/core/instant.ts";
import { NAMINGS_PER_SEAT, nameColleague } from "../../functions/partner/name-colleague.ts";
import { browserOf, linkIn, signedIn, wordsOf } from "../support/pages.ts";
import { createInbox, mailTo, replyTo } from "../support/replies.ts";
import { TEST_SETTINGS, type TestService } from "../support/service.ts";
import { tell } from "../support/ses-events.ts";
import { actOf, consentsOf, mailsTo, read, running } from "../support/stories.ts";

const ADA = "ada@harbor.example";
const BEN = "ben@police.example";
const CAL = "cal.stone@harbor.example";
const DEE = "dee@harbor.example";
const COORDINATOR = "coordinator@common-ground.example";
const AFTER_LESSON = "2026-10-06T16:00:00.000Z";

async function underWay() {
  const { service, pair } = await running();
  await service.advanceTo(AFTER_LESSON);
  const page = await signedIn(service, { pairId: pair.id, seat: "sp", holder: 1 });
  const name = (email: string, browser = page) =>
    browser.post("/partner", { act: "hand-over", colleague_email: email });
  const inbox = createInbox();
  const reply = (address: string, item: RegExp, body: string) =>
    replyTo(service, inbox, mailTo(service, address, item), { body });
  return { service, pair, page, name, reply };
}

/** The same service, whose demo group is set to have coordinators look at addresses. */
function withApproval(service: TestService, approval: Cohort["approval"]): TestService {
  const demo = {
    ...TEST_SETTINGS.cohorts.demo,
    approval,
    workDomains: ["harbor.example"],
  } as Cohort;
  const settings = { ...TEST_SETTINGS, cohorts: { demo } };
  return { ...service, ports: { ...service.ports, settings } };
}

async function join(service: TestService, fields: Readonly<Record<string, string>> = {}) {
  const path = linkIn(mailTo(service, CAL, /invitation/), "/confirm");
  const token = path.slice("/confirm/".length);
  return browserOf(service).post("/confirm", { token, act: "join", ...fields });
}

describe("HANDOVER", () => {
  test("by reply says how, and asks the coordinator for a name", async () => {
    const { service, reply } = await underWay();
    await reply(ADA, /lesson-01/, "HANDOVER");
    expect(mailsTo(service, ADA).at(-1)).toBe("receipt sp1");
    expect(wordsOf(mailTo(service, ADA))).toContain("your own page");
    expect(mailsTo(service, COORDINATOR)).toEqual(["notice-handover coordinator1"]);
  });
});

test("after a restore a colleague gets a number that nobody had, and so nobody else's yes or mails", async () => {
  const { service, pair, name } = await underWay();
  const backup = await read(service, pair.id);
  await name(CAL);
  await service.advanceTo("2026-10-06T16:05:00.000Z");
  await join(service);
  const { version } = await read(service, pair.id);
  await service.ports.pairs.save({ ...backup, version });
  const naming = { pairId: pair.id, seat: "sp", email: DEE, by: { kind: "coordinator" } } as const;
  await nameColleague(service.ports, naming, actOf(service));
  await service.advanceTo("2026-10-06T16:10:00.000Z");
  expect(mailsTo(service, DEE)).toEqual(["invitation sp3"]);
  expect(await consentsOf(service, pair.id)).toContain("sp3 invited");
  expect((await read(service, pair.id)).seats.sp.successor).toMatchObject({
    email: DEE,
    holder: 3,
  });
});

describe("naming a colleague on the own page", () => {
  test("takes one address, reserves a number and invites; the seat stays whose it is", async () => {
    const { service, pair, page, name } = await underWay();
    expect((await page.get("/partner")).html).toContain('name="colleague_email"');
    expect(await name(CAL)).toMatchObject({ status: 303, location: "/partner?done=named" });
    expect(mailsTo(service, CAL)).toEqual(["invitation sp2"]);
    expect(await consentsOf(service, pair.id)).toContain("sp2 invited");
    const shown = (await page.get("/partner?done=named")).html;
    expect(shown).toContain("Your colleague is invited.");
    expect(shown).toContain(CAL);
    await service.advanceTo("2026-10-13T16:00:00.000Z");
    expect(mailsTo(service, ADA)).toContain("lesson-02 sp1");
  });

  test.each([
    ["", "Enter your colleague&#39;s work email address."],
    ["cal at harbor", "Check your colleague&#39;s work email address."],
    [ADA, "This address has the seat now."],
    [BEN, "This address has the other seat."],
  ])("with %s is refused in words, and keeps what was typed", async (typed, words) => {
    const { service, name } = await underWay();
    const answer = await name(typed);
    expect(answer.status).toBe(422);
    expect(answer.html).toContain(words);
    expect(answer.html).toContain(`value="${typed}"`);
    expect(service.mails.filter(({ sendId }) => /invitation.*sp2/.test(sendId))).toEqual([]);
  });

  test("twice names one; the first stays invited", async () => {
    const { service, name } = await underWay();
    await name(CAL);
    await name("dee@harbor.example");
    expect(mailsTo(service, "dee@harbor.example")).toEqual([]);
    expect(mailsTo(service, CAL)).toHaveLength(1);
  });

  test("can be taken back: the link says that it has ended, and the next one has a number of their own", async () => {
    const { service, pair, page, name } = await underWay();
    await name(CAL);
    await page.post("/partner", { act: "take-back" });
    expect((await join(service)).status).toBe(410);
    await name("dee@harbor.example");
    expect(mailsTo(service, "dee@harbor.example")).toEqual(["invitation sp3"]);
    expect((await read(service, pair.id)).seats.sp.holder).toBe(1);
  });

  test("has a limit, for each naming mails somebody who did not ask for it", async () => {
    const { page, name } = await underWay();
    for (let index = 0; index < NAMINGS_PER_SEAT; index += 1) {
      await name(`c${index}@harbor.example`);
      await page.post("/partner", { act: "take-back" });
    }
    expect((await name("last@harbor.example")).status).toBe(422);
  });

  test("is the coordinator's where the group's coordinators look at every address", async () => {
    const { service, pair, name } = await underWay();
    const seat = { pairId: pair.id, seat: "sp", holder: 1 } as const;
    const listed = await signedIn(withApproval(service, "unlisted-domains"), seat);
    expect((await name("cal@elsewhere.example", listed)).html).toContain(
      "a coordinator has to name it",
    );
    expect(mailsTo(service, "cal@elsewhere.example")).toEqual([]);
    expect(mailsTo(service, COORDINATOR)).toEqual(["notice-handover coordinator1"]);
    const always = await signedIn(withApproval(service, "always"), seat);
    expect((await always.get("/partner")).html).not.toContain("colleague_email");
    expect((await name(CAL, always)).status).toBe(422);
    expect((await name(CAL, listed)).status).toBe(303);
  });
});

describe("a colleague who accepts", () => {
  test("has the seat, gets a recap and the remaining lessons; the partner is told", async () => {
    const { service, pair, name, reply } = await underWay();
    await reply(ADA, /lesson-01/, "DONE");
    await name(CAL);
    const joined = await join(service, { name: "Calvin Stone" });
    expect(joined.html).toContain("The seat is yours.");
    expect((await read(service, pair.id)).seats.sp).toMatchObject({
      holder: 2,
      name: "Calvin Stone",
      email: CAL,
      agency: "Harbor House",
    });
    expect(mailsTo(service, BEN).at(-1)).toBe("notice-new-colleague le1");
    expect(wordsOf(mailTo(service, BEN))).toContain("Calvin Stone (Harbor House), cal.stone@");
    const recap = wordsOf(mailTo(service, CAL, /recap/));
    expect(recap).toContain("first call, Oct 6");
    expect(recap).toMatch(/15-minute call.*coffee/i);
    await service.advanceTo("2026-10-14T16:00:00.000Z");
    expect(mailsTo(service, CAL)).toEqual(["invitation sp2", "notice-recap sp2", "lesson-02 sp2"]);
    expect(mailsTo(service, ADA)).not.toContain("lesson-02 sp1");
  });

  test("has the seat at once, although the clock that took the leaver's last word ran ahead", async () => {
    const { service, pair, name } = await underWay();
    await name(CAL);
    const leaver = { pairId: pair.id, seat: "sp", holder: 1 } as const;
    const ahead = plusMinutes(service.now(), 5);
    await service.ports.ledger.changeConsent(leaver, (given) => ({ ...given, at: ahead }));
    const invitee = { owner: pair.id, seat: "sp", holder: 2 } as const;
    const state = await acceptInvitation(service.ports, invitee, actOf(service), "Cal Stone");
    expect(state.kind).toBe("confirmed");
    expect(await consentsOf(service, pair.id)).toContain("sp1 left");
  });

  test("by replying YES does the same, and is called by their address until they say more", async () => {
    const { service, pair, name, reply } = await underWay();
    await name(CAL);
    await reply(CAL, /invitation/, "Yes");
    expect((await read(service, pair.id)).seats.sp).toMatchObject({ holder: 2, name: "Cal Stone" });
    expect(mailsTo(service, CAL)).toEqual(["invitation sp2", "notice-recap sp2"]);
  });

  test("with a name that holds a link is asked again, and nothing is taken over", async () => {
    const { service, pair, name } = await underWay();
    await name(CAL);
    const answer = await join(service, { name: "see www.spam.example" });
    expect(answer.status).toBe(422);
    expect(answer.html).toContain('value="see www.spam.example"');
    expect((await read(service, pair.id)).seats.sp.holder).toBe(1);
  });

  test("sees what is still open: the kinds of lessons nobody has logged", async () => {
    const { service, name } = await underWay();
    await name(CAL);
    await service.advanceTo("2026-10-20T16:00:00.000Z");
    await join(service);
    const recap = wordsOf(mailTo(service, CAL, /recap/));
    expect(recap).toMatch(/Still open[^-]*- first call - lists - coffee/);
  });

  test("is a reason to read the agreement through: logged, with the coordinator as its source", async () => {
    const { service, pair, name, reply } = await underWay();
    await reply(ADA, /lesson-01/, "SIGNED September 2026");
    await name(CAL);
    await join(service);
    const entries = await service.ports.pairs.log(pair.id);
    expect(entries).toContainEqual(
      expect.objectContaining({ kind: "mou-revise", seat: "coordinator", on: "2026-10-06" }),
    );
    expect(agreementAt(entries, "2026-10-06").kind).toBe("review-due");
  });

  test("after the lessons brings the agreement's prompt forward for both", async () => {
    const { service, pair, reply } = await underWay();
    await reply(ADA, /lesson-01/, "SIGNED September 2026");
    await service.advanceTo("2027-01-06T15:00:00.000Z");
    const page = await signedIn(service, { pairId: pair.id, seat: "sp", holder: 1 });
    await page.post("/partner", { act: "hand-over", colleague_email: CAL });
    await join(service);
    await service.advanceTo("2027-01-20T15:00:00.000Z");
    expect(mailsTo(service, CAL)).toContain("mou-1 sp2");
    expect(mailsTo(service, BEN)).toContain("mou-1 le1");
  });

  test("a yes whose second write was lost counts all the same, with its review", async () => {
    const { service, pair, name } = await underWay();
    await name(CAL);
    const holder = { pairId: pair.id, seat: "sp", holder: 2 } as const;
    const at = service.now();
    await service.ports.ledger.changeConsent(holder, (consent) => ({
      ...consent,
      state: "given",
      at,
    }));
    await service.ports.queues.put({ queue: "due", pairId: pair.id });
    await service.drain();
    expect((await read(service, pair.id)).seats.sp.holder).toBe(2);
    const kinds = (await service.ports.pairs.log(pair.id)).map(({ kind }) => kind);
    expect(kinds).toEqual(["mou-revise"]);
  });
});

describe("what the leaver still has in the box", () => {
  test("acts on nothing but their own mail: no log, no pause, no undo, no page", async () => {
    const { service, pair, page, name, reply } = await underWay();
    await reply(ADA, /lesson-01/, "DONE");
    const controls = linkIn(mailTo(service, ADA, /lesson-01/), "/controls");
    const undo = linkIn(mailTo(service, ADA, /receipt/), "/undo");
    await name(CAL);
    await join(service);
    const before = await read(service, pair.id);
    const log = await service.ports.pairs.log(pair.id);
    await reply(ADA, /lesson-01/, "We also had coffee yesterday");
    await reply(ADA, /lesson-01/, "PAUSE");
    const token = (path: string) => path.split("/").at(-1) ?? "";
    for (const act of ["later", "pause"]) {
      const pressed = await browserOf(service).post("/controls", { token: token(controls), act });
      expect(pressed.status).toBe(410);
    }
    expect((await browserOf(service).post("/undo", { token: token(undo) })).status).toBe(410);
    expect((await page.get("/partner")).status).toBe(401);
    expect(await read(service, pair.id)).toEqual(before);
    expect(await service.ports.pairs.log(pair.id)).toEqual(log);
  });
});

describe("a colleague who does not come", () => {
  test("by saying no spends the number; the coordinator is told, the seat stays", async () => {
    const { service, pair, name } = await underWay();
    await name(CAL);
    const token = linkIn(mailTo(service, CAL), "/confirm").slice("/confirm/".length);
    const declined = await browserOf(service).post("/confirm", { token, act: "decline" });
    expect(declined.status).toBe(200);
    expect(mailsTo(service, COORDINATOR)).toEqual(["notice-declined-successor coordinator1"]);
    expect((await read(service, pair.id)).seats.sp).toMatchObject({ holder: 1, holdersSpent: 2 });
  });

  test("by silence for 30 days does the same", async () => {
    const { service, pair, name } = await underWay();
    await name(CAL);
    await service.advanceTo(plusDays(AFTER_LESSON, 31));
    expect(mailsTo(service, COORDINATOR)).toContain("notice-declined-successor coordinator1");
    expect((await read(service, pair.id)).seats.sp.successor).toBeUndefined();
    expect(mailsTo(service, CAL)).toEqual(["invitation sp2"]);
  });

  test("because the mail came back does the same at once", async () => {
    const { service, pair, name } = await underWay();
    await name(CAL);
    await tell(service, mailTo(service, CAL), "Bounce");
    expect(mailsTo(service, COORDINATOR)).toEqual(["notice-declined-successor coordinator1"]);
    expect((await read(service, pair.id)).seats.sp.successor).toBeUndefined();
    expect((await read(service, pair.id)).hold).toBeUndefined();
  });

  test("and said no lately is not written to again for others, and nobody is told", async () => {
    const { service, name } = await underWay();
    await name(CAL);
    const token = linkIn(mailTo(service, CAL), "/confirm").slice("/confirm/".length);
    await browserOf(service).post("/confirm", { token, act: "decline" });
    expect((await name(CAL)).status).toBe(303);
    expect(mailsTo(service, CAL)).toEqual(["invitation sp2"]);
  });

  test("their STOP reaches the invitation by their address alone", async () => {
    const { service, pair, name, reply } = await underWay();
    await name(CAL);
    await reply(CAL, /invitation/, "STOP");
    expect((await read(service, pair.id)).seats.sp.successor).toBeUndefined();
    expect(mailsTo(service, COORDINATOR)).toEqual(["notice-declined-successor coordinator1"]);
  });
});

describe("a coordinator", () => {
  async function coordinating(cohort = "demo") {
    const started = await underWay();
    const address = started.service.ports.signer.hashAddress(COORDINATOR);
    const desk = await signedIn(started.service, { kind: "coordinator", cohort, address });
    return { ...started, desk, path: `/coordinator/pairs/${started.pair.id}` };
  }

  test("names a colleague for either seat, also for an empty one", async () => {
    const { service, pair, desk, path, reply } = await coordinating();
    await reply(BEN, /lesson-01/, "STOP");
    const fields = { act: "name", seat: "le", le_colleague_email: "lee@police.example" };
    expect((await desk.post(path, fields)).location).toBe(`${path}?done=named`);
    expect((await desk.get(path)).html).toContain("lee@police.example");
    await reply("lee@police.example", /invitation/, "YES");
    expect((await read(service, pair.id)).hold).toBeUndefined();
    expect(mailsTo(service, "lee@police.example")).toContain("notice-recap le2");
  });

  test("is told what is wrong with an address, which stays in its field", async () => {
    const { desk, path } = await coordinating();
    const answer = await desk.post(path, { act: "name", seat: "sp", sp_colleague_email: "cal@" });
    expect([answer.status, answer.html.includes('value="cal@"')]).toEqual([422, true]);
  });

  test("takes a naming back, and asks for a review of the agreement", async () => {
    const { service, pair, desk, path, reply } = await coordinating();
    await reply(ADA, /lesson-01/, "SIGNED September 2026");
    await desk.post(path, { act: "name", seat: "sp", sp_colleague_email: CAL });
    await desk.post(path, { act: "take-back", seat: "sp" });
    expect((await read(service, pair.id)).seats.sp.successor).toBeUndefined();
    await desk.post(path, { act: "review" });
    const entries = await service.ports.pairs.log(pair.id);
    expect(agreementAt(entries, "2026-10-06").kind).toBe("review-due");
  });

  test("of another group does nothing here", async () => {
    const { service, pair, desk, path } = await coordinating("reviewed");
    const fields = { act: "name", seat: "sp", sp_colleague_email: CAL };
    await desk.post(path, fields).catch(() => undefined);
    expect((await read(service, pair.id)).seats.sp.successor).toBeUndefined();
  });
});
