import { expect, test } from "vitest";
import { ApprovalDonePage, ApprovalPage } from "../../functions/coordinator/approval-page.tsx";
import { RosterPage } from "../../functions/coordinator/page.tsx";
import { PairPage } from "../../functions/coordinator/pair-page.tsx";
import { SignInRequestPage } from "../../functions/partner/sign-in-pages.tsx";
import { approvalView, pairView, rosterView, site } from "../browser/example-views.ts";
import { all, formsOf, render, textOf } from "../support/html.ts";

test("the list counts its pairs by how they stand", async () => {
  const { document } = await render(<RosterPage site={site} view={rosterView} />);
  const [counts] = all(document, "ul");
  expect(counts && all(counts, "li").map(textOf)).toEqual([
    "2 under way",
    "1 of them stalled",
    "1 on hold",
    "1 not started",
    "0 finished",
    "1 ended",
  ]);
});

test("what waits for the coordinator comes before everything else", async () => {
  const { text } = await render(<RosterPage site={site} view={rosterView} />);
  expect(text.indexOf("Waiting for you (1)")).toBeGreaterThan(0);
  expect(text.indexOf("Waiting for you (1)")).toBeLessThan(text.indexOf("All pairs"));
});

test("a pair's line says how it stands, how far it is and when something was last done", async () => {
  const { document } = await render(<RosterPage site={site} view={rosterView} />);
  const lines = all(document, "tr").map(textOf);
  expect(lines).toContainEqual(
    expect.stringMatching(/Moving ?3 of 11 ?Thursday, February 26, 2026/),
  );
  expect(lines).toContainEqual(expect.stringMatching(/Stalled ?8 of 11 ?None yet/));
  expect(lines).toContainEqual(expect.stringMatching(/On hold since Sunday, February 1, 2026/));
  expect(lines).toContainEqual(expect.stringMatching(/^Names deleted ?Ended/));
});

test("a pause of all lessons comes first, says why, and has one button that ends it", async () => {
  const paused = { since: "2026-02-27", why: "bounce" } as const;
  const page = await render(<RosterPage site={site} view={{ ...rosterView, paused }} />);
  expect(page.text).toContain("Lessons are paused for everybody");
  expect(page.text).toContain("Too many addresses do not exist.");
  expect(page.text).toContain("since Friday, February 27, 2026");
  expect(formsOf(page)[0]).toEqual({
    method: "post",
    action: "/coordinator",
    hidden: {},
    buttons: [{ act: "resume", text: "Let lessons go out again" }],
  });
  const usual = await render(<RosterPage site={site} view={rosterView} />);
  expect(usual.text).not.toContain("paused");
});

test("an empty list says so and shows no approvals", async () => {
  const view = { ...rosterView, approvals: [], pairs: [] };
  const { text } = await render(<RosterPage site={site} view={view} />);
  expect(text).toContain("No pairs yet.");
  expect(text).not.toContain("Waiting for you");
});

test("the talks that belong to the pair are counted and never named", async () => {
  const { html, text } = await render(<PairPage site={site} view={pairView} />);
  expect(text).toContain("Coffee, Thursday, February 26, 2026");
  expect(text).toContain("And 2 talks between them.");
  expect(html).not.toMatch(/plan for|reset|tension|repair|February 27|February 25/i);
});

test("replies with details are a number, and where there were none nothing is said of them", async () => {
  const { text } = await render(<PairPage site={site} view={pairView} />);
  expect(text).toContain("2 seemed to name a person or a case. We kept nothing of that");
  const quiet = await render(<PairPage site={site} view={{ ...pairView, slips: 0 }} />);
  expect(quiet.text).not.toMatch(/details|seemed/);
});

test("a seat that mail does not reach has a button, and nothing says why it does not", async () => {
  const page = await render(<PairPage site={site} view={pairView} />);
  expect(formsOf(page)).toContainEqual({
    method: "post",
    action: `/coordinator/pairs/${pairView.pairId}`,
    hidden: { seat: "le" },
    buttons: [{ act: "reach", text: "The address works again" }],
  });
  expect(page.text).toContain("Mail does not get there.");
  expect(page.text).not.toMatch(/spam|complain|suppress/i);
});

test("a pair's mail is listed by kind, seat and state, without content", async () => {
  const { document } = await render(<PairPage site={site} view={pairView} />);
  const lines = all(document, "tr").map((row) => textOf(row).replaceAll(" ", ""));
  expect(lines).toContain("Lesson,week3LawenforcementCamebackTuesday,February24,2026");
  expect(lines).toContain("WelcomeLawenforcementDeliveredTuesday,February3,2026");
});

test("approving and declining are two buttons for one pair", async () => {
  const page = await render(<ApprovalPage site={site} view={approvalView} />);
  expect(formsOf(page)).toEqual([
    {
      method: "post",
      action: "/approve",
      hidden: { pair: approvalView.pairId },
      buttons: [
        { act: "approve", text: "Yes, invite the partner" },
        { act: "decline", text: "No, end it here" },
      ],
    },
  ]);
  expect(page.text).toContain("At least one address is not at a work domain on your list.");
  expect(page.text).toContain("Call each agency at a number that you look up yourself.");
});

test("after an answer the page says what follows, and a second answer changes nothing", async () => {
  const first = await render(<ApprovalDonePage site={site} outcome="declined" />);
  expect(first.text).toContain("The partner is never written to.");
  const second = await render(<ApprovalDonePage site={site} outcome="approved" already />);
  expect(second.text).toContain("Already answered");
  expect(second.text).toContain("Nothing changed now.");
});

test("coordinators ask for their link at their own door", async () => {
  const page = await render(<SignInRequestPage site={site} door="coordinator" />);
  expect(formsOf(page)).toMatchObject([{ action: "/coordinator/sign-in" }]);
});
