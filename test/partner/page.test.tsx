import { expect, test } from "vitest";
import {
  ControlsPage,
  DonePage,
  GuessPage,
  UndoPage,
  UnsubscribedPage,
  UnsubscribePage,
  WasItYouPage,
} from "../../functions/partner/link-pages.tsx";
import { PartnerPage, type PartnerView } from "../../functions/partner/page.tsx";
import {
  SignInOverPage,
  SignInPage,
  SignInRequestPage,
  SignInSentPage,
} from "../../functions/partner/sign-in-pages.tsx";
import { freshPartnerView, partnerView, site, token } from "../browser/example-views.ts";
import { formsOf, render, shownValue } from "../support/html.ts";

const linkPages = {
  "/controls": <ControlsPage site={site} token={token} />,
  "/undo": <UndoPage site={site} token={token} />,
  "/guess": <GuessPage site={site} token={token} what="coffee" on="2026-03-03" />,
  "/was-it-you": <WasItYouPage site={site} token={token} />,
  "/unsubscribe": <UnsubscribePage site={site} token={token} />,
};

test.each(Object.entries(linkPages))(
  "%s acts by one POST that carries the token",
  async (path, view) => {
    const page = await render(view);
    expect(formsOf(page)).toMatchObject([{ method: "post", action: path, hidden: { token } }]);
    expect(page.html.replaceAll(`value="${token}"`, "")).not.toContain(token);
  },
);

test.each(Object.entries(linkPages))(
  "%s shows no address but the one for help",
  async (_, view) => {
    const { text } = await render(view);
    expect(text.match(/[\w.-]+@[\w.-]+\w/g)).toEqual([site.helpEmail]);
  },
);

test("the controls offer later, pause and stop, and say what the partner is told", async () => {
  const page = await render(linkPages["/controls"]);
  expect(formsOf(page)[0]?.buttons.map(({ act }) => act)).toEqual(["later", "pause", "stop"]);
  expect(page.text).toContain("Your partner is told that, but not why.");
});

test("a guess is logged by a button that says what and when", async () => {
  const page = await render(linkPages["/guess"]);
  expect(formsOf(page)[0]?.buttons[0]?.text).toBe("Yes, log coffee on Tuesday, March 3");
  const undated = await render(<GuessPage site={site} token={token} what="coffee" />);
  expect(formsOf(undated)[0]?.buttons[0]?.text).toBe("Yes, log coffee");
});

test("a second press says that it was done before, with the same words for what holds", async () => {
  const first = await render(<DonePage site={site} done="paused" />);
  const second = await render(<DonePage site={site} done="paused" already />);
  expect(first.text).toContain("Your mail is paused");
  expect(second.text).toContain("Already done");
  for (const page of [first, second]) expect(page.text).toContain("reply RESUME to any mail");
});

test("after unsubscribing the page says how to come back", async () => {
  const { text } = await render(<UnsubscribedPage site={site} />);
  expect(text).toContain("reply START to an old mail");
});

test("asking for a sign-in link keeps a mistyped address and asks for no password", async () => {
  const errors = [{ field: "email", message: "Check your work email address." }];
  const page = await render(<SignInRequestPage site={site} email="ana@" errors={errors} />);
  expect(shownValue(page, "email")).toBe("ana@");
  expect(page.html).not.toContain('type="password"');
  expect(formsOf(page)).toMatchObject([{ action: "/sign-in", hidden: {} }]);
});

test("the two doors lead to their own ways", async () => {
  const partner = await render(<SignInPage site={site} token={token} />);
  const coordinator = await render(<SignInPage site={site} token={token} door="coordinator" />);
  expect(formsOf(partner)[0]?.action).toBe("/sign-in/open");
  expect(formsOf(coordinator)[0]?.action).toBe("/coordinator/sign-in/open");
  const over = await render(<SignInOverPage site={site} door="coordinator" />);
  expect(over.html).toContain('href="/coordinator/sign-in"');
});

test("the answer to a request never tells who takes part", async () => {
  const { text } = await render(<SignInSentPage site={site} />);
  expect(text).toContain("If this address takes part");
});

test("a partner sees the next lesson, what was logged and by whom, and the agreement", async () => {
  const { text } = await render(<PartnerPage site={site} view={partnerView} />);
  expect(text).toContain("Week 4, on Tuesday, March 3");
  expect(text).toContain("3 of 11 lessons");
  expect(text).toMatch(/Coffee ?Thursday, February 26 ?Your partner/);
  expect(text).toMatch(/Two short lists ?Wednesday, February 18 ?You/);
  expect(text).toContain("You have one. Read it through again on Tuesday, February 2, 2027.");
});

test("a new page has something to say in every empty place", async () => {
  const { text } = await render(<PartnerPage site={site} view={freshPartnerView} />);
  expect(text).toContain("None planned");
  expect(text).toContain("Nothing logged yet.");
  expect(text).toContain("You have not decided yet");
  expect(text).toContain("The other seat is open.");
});

test("the page says that lessons are on hold without a word of whose break it is", async () => {
  const view: PartnerView = { ...partnerView, standing: { kind: "on-hold" } };
  const { text } = await render(<PartnerPage site={site} view={view} />);
  expect(text).toContain("Lessons are on hold.");
  expect(text).not.toMatch(/partner (?:has )?(?:paused|is taking|stopped|left)/i);
});

test("somebody on a break can come back; nobody else is asked to", async () => {
  const acts = async (standing: PartnerView["standing"]) => {
    const page = await render(<PartnerPage site={site} view={{ ...partnerView, standing }} />);
    return formsOf(page).map(({ action, hidden }) => `${action} ${hidden.act}`);
  };
  const others = ["/partner stop", "/partner erase", "/partner sign-out"];
  expect(await acts({ kind: "paused", until: "2026-04-01" })).toEqual([
    "/partner slot",
    "/partner resume",
    ...others,
  ]);
  expect(await acts({ kind: "running" })).toEqual(["/partner slot", "/partner pause", ...others]);
  expect(await acts({ kind: "ended" })).toEqual(["/partner erase", "/partner sign-out"]);
});

test("a slot that cannot be is kept with what is wrong about it", async () => {
  const page = await render(
    <PartnerPage
      site={site}
      view={partnerView}
      slotAnswers={{ weekday: "3", time: "25:00", time_zone: "Europe/Madrid" }}
      errors={[{ field: "time", message: "Enter a time, such as 10:00 or 2:30 pm." }]}
    />,
  );
  expect(shownValue(page, "weekday")).toBe("3");
  expect(shownValue(page, "time")).toBe("25:00");
  expect(shownValue(page, "time_zone")).toBe("Europe/Madrid");
  expect(page.html).toContain('<a href="#time">Enter a time, such as 10:00 or 2:30 pm.</a>');
});

test("names and words from the table stay text", async () => {
  const view: PartnerView = {
    ...partnerView,
    you: { ...partnerView.you, name: "<script>x</script>" },
    log: [{ what: "<img src=x>", on: "2026-03-01", by: "you" }],
  };
  const { html, text } = await render(<PartnerPage site={site} view={view} />);
  expect(html).not.toMatch(/<script|<img/);
  expect(text).toContain("Signed in as <script>x</script>");
});
