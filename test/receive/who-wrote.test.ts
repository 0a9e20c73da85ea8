import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type InboundVerdicts, VERDICTS } from "../../functions/receive/inbound-notice.ts";
import { isSameOrganisation } from "../../functions/receive/same-organisation.ts";
import { signingDomains } from "../../functions/receive/stored-notice.ts";
import { type Evidence, isProven, mailboxOf } from "../../functions/receive/who-wrote.ts";
import { browserOf, linkIn } from "../support/pages.ts";
import { createInbox, mailTo, type ReplyMail, replyTo } from "../support/replies.ts";
import { mailsTo, read, running } from "../support/stories.ts";

const ADA = "ada@harbor.example";
const HOME = "ada.private@home.example";
const UNKNOWN: InboundVerdicts = {
  spf: "GRAY",
  dkim: "GRAY",
  dmarc: "GRAY",
  spam: "PASS",
  virus: "PASS",
};

function evidenceOf(
  verdicts: Partial<InboundVerdicts>,
  rest: Partial<Omit<Evidence, "verdicts">> = {},
): Evidence {
  return { verdicts: { ...UNKNOWN, ...verdicts }, sender: ADA, signedBy: [], ...rest };
}

describe("a mail is from where it says", () => {
  const isAda = (evidence: Evidence, from = ADA) => isProven(ADA, { from, sender: null }, evidence);

  test.each<[string, boolean, Partial<InboundVerdicts>, Partial<Omit<Evidence, "verdicts">>]>([
    ["DMARC passes", true, { dmarc: "PASS" }, {}],
    ["DMARC fails, whatever else passes", false, { dmarc: "FAIL", dkim: "PASS", spf: "PASS" }, {}],
    ["its own domain signed it", true, { dkim: "PASS" }, { signedBy: ["harbor.example"] }],
    [
      "a part of its organisation signed it",
      true,
      { dkim: "PASS" },
      { signedBy: ["mail.harbor.example"] },
    ],
    ["somebody else signed it", false, { dkim: "PASS" }, { signedBy: ["bulk.example"] }],
    ["SES does not say who signed it", false, { dkim: "PASS" }, {}],
    [
      "one of two signers is its own",
      true,
      { dkim: "PASS" },
      { signedBy: ["bulk.example", "harbor.example"] },
    ],
    ["the envelope is its own and passes", true, { spf: "PASS" }, {}],
    ["the envelope is somebody else's", false, { spf: "PASS" }, { sender: "x@bulk.example" }],
    ["nothing is published at all", true, {}, {}],
    [
      "checking failed throughout, like nothing published",
      true,
      { spf: "PROCESSING_FAILED", dkim: "PROCESSING_FAILED", dmarc: "PROCESSING_FAILED" },
      {},
    ],
    [
      "checking DMARC failed and a stranger signed",
      false,
      { dmarc: "PROCESSING_FAILED", dkim: "PASS" },
      { signedBy: ["bulk.example"] },
    ],
    ["its signature is broken", false, { dkim: "FAIL" }, {}],
    [
      "its signature is broken, though the envelope passes",
      false,
      { dkim: "FAIL", spf: "PASS" },
      {},
    ],
    ["its envelope may not send for it", false, { spf: "FAIL" }, {}],
    [
      "its envelope fails, but its own domain signed it (forwarded)",
      true,
      { spf: "FAIL", dkim: "PASS" },
      { signedBy: ["harbor.example"] },
    ],
  ])("%s: %s", (_, expected, verdicts, rest) => {
    expect(isAda(evidenceOf(verdicts, rest))).toBe(expected);
  });

  test("a Sender is worth what From's organisation vouches for: on behalf of a colleague, not of a stranger", () => {
    const evidence = evidenceOf({ dmarc: "PASS" });
    const from = (address: string) => isProven(ADA, { from: address, sender: ADA }, evidence);
    expect(from("team@harbor.example")).toBe(true);
    expect(from("mallory@evil.example")).toBe(false);
  });

  test("nothing that failed is ever believed", () => {
    const verdict = fc.constantFrom(...VERDICTS);
    const verdicts = fc.record({ spf: verdict, dkim: verdict, dmarc: verdict });
    const domains = fc.subarray(["harbor.example", "bulk.example"]);
    fc.assert(
      fc.property(verdicts, domains, (drawn, signedBy) => {
        const believed = isAda(evidenceOf(drawn, { signedBy }));
        if (drawn.dmarc === "FAIL") expect(believed).toBe(false);
        if (drawn.dmarc !== "PASS" && drawn.dkim === "FAIL") expect(believed).toBe(false);
      }),
    );
  });
});

test.each([
  ["county.gov", "county.gov", true],
  ["county.gov", "mail.county.gov", true],
  ["pd.county.gov", "mail.county.gov", true],
  ["county.gov", "other.gov", false],
  ["evilcounty.gov", "county.gov", false],
  ["pd.albany.ny.us", "albany.ny.us", true],
  ["pd.albany.ny.us", "pd.troy.ny.us", false],
  ["gov", "county.gov", false],
  ["pd.county.example", "county.example", true],
  ["pd.county.example", "mail.county.example", true],
  ["pd.county.example", "pd.other.example", false],
  ["ny.us", "albany.ny.us", false],
  ["ci.albany.ny.us", "pd.albany.ny.us", true],
  ["troy.k12.ny.us", "albany.k12.ny.us", false],
  ["mail.county.us", "pd.county.us", true],
  ["one.us", "other.us", false],
  ["harbor.onmicrosoft.com", "lantern.onmicrosoft.com", false],
  ["onmicrosoft.com", "harbor.onmicrosoft.com", false],
  ["mail.harbor.onmicrosoft.com", "harbor.onmicrosoft.com", true],
  ["pd.harbour.co.uk", "mail.harbour.co.uk", false],
  ["harbour.co.uk", "mail.harbour.co.uk", true],
  ["harbour.co.uk", "lantern.co.uk", false],
  ["mail", "mail.harbour.co.uk", false],
  ["192.0.2.1", "198.51.2.1", false],
  ["", "", false],
])("%s and %s are one organisation: %s", (one, other, expected) => {
  expect(isSameOrganisation(one, other)).toBe(expected);
  expect(isSameOrganisation(other, one)).toBe(expected);
});

test.each([
  ["Ada", "ada", "harbor.example", true],
  ["ada+lessons", "ada", "harbor.example", false],
  ["a.da", "ada", "harbor.example", false],
  ["Ada.Stone+cg", "adastone", "gmail.com", true],
  ["ada+cg", "ada", "outlook.com", true],
  ["a.da", "ada", "outlook.com", false],
])("%s and %s at %s are one mailbox: %s", (one, other, domain, expected) => {
  expect(mailboxOf(`${one}@${domain}`) === mailboxOf(`${other}@${domain}`)).toBe(expected);
});

describe("who signed a mail", () => {
  const bySes = [
    "Return-Path: <ada@harbor.example>",
    "Received: from mx (mx [192.0.2.1]) by inbound-smtp.us-east-1.amazonaws.com with SMTP id abc123",
    " for r-x@reply.example; Tue, 6 Oct 2026 15:00:00 +0000 (UTC)",
    "Authentication-Results: amazonses.com;",
    " spf=pass (spfCheck: domain of harbor.example) client-ip=192.0.2.1;",
    " dkim=pass header.i=@harbor.example;",
    " dkim=pass header.i=@bulk.example;",
    " dkim=fail header.i=@broken.example;",
    " dmarc=none header.from=harbor.example;",
  ];
  const forged = "Authentication-Results: amazonses.com; dkim=pass header.i=@evil.example;";
  const raw = (lines: readonly string[]) => Buffer.from([...lines, "", "DONE"].join("\r\n"));

  test("is read from what SES wrote above it, and from nothing below", () => {
    expect(signingDomains("abc123", raw([...bySes, forged]))).toEqual([
      "harbor.example",
      "bulk.example",
    ]);
    expect(signingDomains("abc123", raw([forged, ...bySes.slice(0, 3)]))).toEqual(["evil.example"]);
    expect(signingDomains("other", raw(bySes))).toEqual([]);
    expect(signingDomains("abc123", raw([forged]))).toEqual([]);
  });
});

async function afterFirstLesson() {
  const { service, pair } = await running();
  await service.advanceTo("2026-10-06T16:00:00.000Z");
  const inbox = createInbox();
  const lesson = mailTo(service, ADA, /lesson-01/);
  const reply = (mail: ReplyMail) => replyTo(service, inbox, lesson, mail);
  const logged = async () => (await service.ports.pairs.log(pair.id)).map(({ kind }) => kind);
  const questions = () => mailsTo(service, ADA).filter((mail) => mail.includes("was-it-you"));
  const press = async (act: string) => {
    const token =
      linkIn(mailTo(service, ADA, /was-it-you/), "/was-it-you")
        .split("/")
        .at(-1) ?? "";
    return browserOf(service).post("/was-it-you", { token, act });
  };
  return { service, pair, reply, logged, questions, press };
}

describe("somebody else's reply", () => {
  test("asks the owner once, however often the same is said in answer to the same mail", async () => {
    const { reply, questions, logged } = await afterFirstLesson();
    for (let times = 0; times < 4; times += 1) await reply({ body: "DONE", from: HOME });
    expect(questions()).toHaveLength(1);
    await reply({ body: "DONE", from: "other@home.example" });
    expect(questions()).toHaveLength(2);
    expect(await logged()).toEqual([]);
  });

  test("is logged by one press, and the address counts from then on", async () => {
    const { service, pair, reply, logged, press, questions } = await afterFirstLesson();
    await reply({ body: "DONE", from: HOME });
    expect((await press("yes")).status).toBe(200);
    expect(await logged()).toEqual(["intro-call"]);
    await reply({ body: "We also had coffee", from: HOME });
    expect(await logged()).toContain("meet-informally");
    expect(questions()).toHaveLength(1);
    expect((await read(service, pair.id)).seats.sp.aliases).toHaveLength(1);
  });

  test("from an accepted address still needs an aligned pass", async () => {
    const { reply, logged, press } = await afterFirstLesson();
    await reply({ body: "thanks", from: HOME });
    await press("yes");
    await reply({ body: "DONE", from: HOME, verdicts: { dmarc: "FAIL" } });
    expect(await logged()).toEqual([]);
  });

  test("from the own address in doubt is logged by the press, with nothing to take on", async () => {
    const { service, pair, reply, logged, press } = await afterFirstLesson();
    await reply({ body: "DONE", verdicts: { dmarc: "FAIL" } });
    expect(await logged()).toEqual([]);
    expect((await press("yes")).status).toBe(200);
    expect(await logged()).toEqual(["intro-call"]);
    expect((await read(service, pair.id)).seats.sp.aliases).toEqual([]);
  });

  test("a forged Sender under somebody's own good From logs nothing", async () => {
    const { reply, logged } = await afterFirstLesson();
    await reply({ body: "DONE", from: "mallory@evil.example", headers: [`Sender: ${ADA}`] });
    expect(await logged()).toEqual([]);
  });

  test("written on behalf of the owner inside one organisation counts", async () => {
    const { reply, logged } = await afterFirstLesson();
    await reply({ body: "DONE", from: "desk@harbor.example", headers: [`Sender: ${ADA}`] });
    expect(await logged()).toEqual(["intro-call"]);
  });
});

describe("what SES takes for spam", () => {
  const spam = { spam: "FAIL" } as const;

  test("is held back: the owner's own mail asks them, a stranger's asks nobody", async () => {
    const { reply, logged, questions } = await afterFirstLesson();
    await reply({ body: "DONE", verdicts: spam, from: "pills@spam.example" });
    expect(questions()).toEqual([]);
    await reply({ body: "DONE", verdicts: spam });
    expect(questions()).toHaveLength(1);
    expect(await logged()).toEqual([]);
  });

  test("STOP and PAUSE in it are honoured all the same", async () => {
    for (const body of ["STOP", "PAUSE"]) {
      const { service, pair, reply } = await afterFirstLesson();
      await reply({ body, verdicts: spam, from: "pills@spam.example" });
      expect((await read(service, pair.id)).hold).toBeDefined();
    }
  });
});

describe("the Date of a reply", () => {
  const LATE = "2026-10-08T04:10:00.000Z"; // ten past midnight in New York

  async function dated(date: string) {
    const { service, pair, reply } = await afterFirstLesson();
    await service.advanceTo(LATE);
    await reply({ body: "DONE", headers: [`Date: ${date}`] });
    const [entry] = await service.ports.pairs.log(pair.id);
    return entry?.on;
  }

  test.each([
    [
      "before midnight counts for the day it was written",
      "Wed, 7 Oct 2026 23:55:00 -0400",
      "2026-10-07",
    ],
    ["two days and more ago is not believed", "Mon, 5 Oct 2026 23:00:00 -0400", "2026-10-08"],
    ["before the mail it answers is not believed", "Tue, 6 Oct 2026 09:00:00 -0400", "2026-10-08"],
    ["in the future is not believed", "Fri, 9 Oct 2026 12:00:00 -0400", "2026-10-08"],
    ["that nobody can read is no date", "yesterday or so", "2026-10-08"],
  ])("%s", async (_, date, expected) => {
    expect(await dated(date)).toBe(expected);
  });
});
