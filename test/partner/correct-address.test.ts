import { expect, test } from "vitest";
import type { Cohort } from "../../functions/core/enrollment.ts";
import { plusDays } from "../../functions/core/instant.ts";
import { linkIn, signedIn } from "../support/pages.ts";
import { mailTo } from "../support/replies.ts";
import { TEST_SETTINGS, type TestService } from "../support/service.ts";
import { tell } from "../support/ses-events.ts";
import { consentsOf, invited, mailsTo, read, START, sayYes, signUp } from "../support/stories.ts";

const ADA = "ada@harbor.example";
const BEN = "ben@police.example";
const RIGHT = "benjamin@police.example";

/** The invitation came back, and the signer has opened their own page. */
async function bounced(service?: TestService) {
  const started = await invited();
  await tell(started.service, mailTo(started.service, BEN), "Bounce");
  const seat = { pairId: started.pair.id, seat: "sp", holder: 1 } as const;
  const page = await signedIn(service ?? started.service, seat);
  const correct = (email: string, browser = page) =>
    browser.post("/partner", { act: "correct", partner_email: email });
  return { ...started, page, correct, seat };
}

test("the signer is told, finds the address on their page, and a corrected one is invited", async () => {
  const { service, pair, page, correct } = await bounced();
  expect(mailsTo(service, ADA).at(-1)).toBe("notice-check-address sp1");
  expect((await page.get("/partner")).html).toContain(`value="${BEN}"`);
  expect(await correct(RIGHT)).toMatchObject({ status: 303, location: "/partner?done=corrected" });
  expect(mailsTo(service, RIGHT)).toEqual(["invitation le2"]);
  expect(await consentsOf(service, pair.id)).toContain("le2 invited");
  expect((await page.get("/partner?done=corrected")).html).not.toContain("partner_email");
});

test("the corrected partner says yes, and the course starts for both", async () => {
  const { service, pair, correct } = await bounced();
  await correct(RIGHT);
  await sayYes(service, await read(service, pair.id), "le");
  await service.advanceTo(plusDays(START, 9));
  expect(mailsTo(service, RIGHT)).toContain("lesson-01 le2");
  expect(mailsTo(service, ADA)).toContain("lesson-01 sp1");
});

test.each([
  ["ben at police", "Check your partner&#39;s work email address."],
  [BEN, "This is the address that our mail came back from."],
  [ADA, "This is your own address."],
])("%s is refused in words and kept in the field", async (typed, words) => {
  const { correct, service } = await bounced();
  const before = service.mails.length;
  const answer = await correct(typed);
  expect([answer.status, answer.html.includes(words)]).toEqual([422, true]);
  expect(answer.html).toContain(`value="${typed}"`);
  expect(service.mails).toHaveLength(before);
});

test("it is corrected once: a second bounce tells nobody again, and the invitation runs out", async () => {
  const { service, pair, page, correct } = await bounced();
  await correct(RIGHT);
  await tell(service, mailTo(service, RIGHT), "Bounce");
  expect((await page.get("/partner")).html).not.toContain("partner_email");
  expect((await correct("third@police.example")).location).toBe("/partner");
  expect(mailsTo(service, "third@police.example")).toEqual([]);
  expect(mailsTo(service, ADA).filter((mail) => mail.includes("check-address"))).toHaveLength(1);
  await service.advanceTo(plusDays(START, 32));
  expect((await read(service, pair.id)).state).toMatchObject({ reason: "not-taken-up" });
});

test("the two at the new address are one couple from then on, and the old one is free", async () => {
  const { service, pair, correct } = await bounced();
  await correct(RIGHT);
  await sayYes(service, await read(service, pair.id), "le");
  const again = await signUp(service, { partnerEmail: RIGHT });
  expect(again.id).toBe(pair.id);
  const other = await signUp(service, { partnerEmail: BEN });
  expect(other.id).not.toBe(pair.id);
});

test("where coordinators look at new addresses, they are asked before the partner is written to", async () => {
  const { service, pair, correct, seat } = await bounced();
  const demo = {
    ...TEST_SETTINGS.cohorts.demo,
    approval: "unlisted-domains",
    workDomains: ["police.example", "harbor.example"],
  } as Cohort;
  const settings = { ...TEST_SETTINGS, cohorts: { demo } };
  const strict = { ...service, ports: { ...service.ports, settings } };
  await correct("ben@elsewhere.example", await signedIn(strict, seat));
  expect(mailsTo(service, "ben@elsewhere.example")).toEqual([]);
  expect(mailsTo(service, "coordinator@common-ground.example")).toEqual([
    "notice-approval coordinator1",
  ]);
  expect((await read(service, pair.id)).state).toMatchObject({ waitsFor: "approval" });
});

test("the old link of the address that failed opens nothing any more", async () => {
  const { service, page, correct } = await bounced();
  const old = linkIn(mailTo(service, BEN), "/confirm");
  await correct(RIGHT);
  expect((await page.get(old)).status).toBe(410);
});
