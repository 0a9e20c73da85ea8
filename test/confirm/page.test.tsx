import { expect, test } from "vitest";
import {
  AlreadyConfirmedPage,
  BrokenLinkPage,
  ConfirmedPage,
  DeclinedPage,
  FullPage,
  InvitationOverPage,
  InvitationPage,
} from "../../functions/confirm/page.tsx";
import { invitation, site } from "../browser/example-views.ts";
import { formsOf, render } from "../support/html.ts";

test("an invited partner sees who signed them up, when lessons come, and how to check it", async () => {
  const { text } = await render(<InvitationPage site={site} view={invitation} />);
  expect(text).toContain("Ana María Ñúñez-O'Neil");
  expect(text).toContain("Riverbend & Bay Crisis Center");
  expect(text).toContain("ana@harbor.example");
  expect(text).toContain("Tuesdays at 10:00 a.m., Eastern time (New York)");
  expect(text).toContain("Look up the phone number of Riverbend & Bay Crisis Center yourself");
  expect(text).toContain("Do not use a number from a mail.");
  expect(text).toMatch(/may be a public record/);
});

test("joining and declining are two buttons of one form, with the token in its body", async () => {
  const page = await render(<InvitationPage site={site} view={invitation} />);
  expect(formsOf(page)).toEqual([
    {
      method: "post",
      action: "/confirm",
      hidden: { token: invitation.token },
      buttons: [
        { act: "join", text: "Yes, join" },
        { act: "decline", text: "No, thank you" },
      ],
    },
  ]);
  const elsewhere = page.html.replaceAll(`value="${invitation.token}"`, "");
  expect(elsewhere).not.toContain(invitation.token);
});

test("a signer is asked whether it was them and sees whom they named", async () => {
  const view = {
    ...invitation,
    reader: "signer",
    you: invitation.other,
    other: invitation.you,
  } as const;
  const page = await render(<InvitationPage site={site} view={view} />);
  expect(page.text).toMatch(/^Skip .*Was this you\?/);
  expect(page.text).toContain("The partner you named");
  expect(page.text).toContain(invitation.you.email);
  expect(formsOf(page)[0]?.buttons.map(({ text }) => text)).toEqual([
    "Yes, I signed up",
    "No, this was not me",
  ]);
});

test("a successor reads that a seat is to be taken over", async () => {
  const view = { ...invitation, reader: "successor" } as const;
  const { text } = await render(<InvitationPage site={site} view={view} />);
  expect(text).toContain("A colleague named you");
  expect(text).toContain("Who you would work with");
});

test("titles name nobody: they stay in the browser's history", async () => {
  for (const reader of ["signer", "partner", "successor"] as const) {
    const { html } = await render(<InvitationPage site={site} view={{ ...invitation, reader }} />);
    const [, title] = /<title>(.*?)<\/title>/.exec(html) ?? [];
    expect(title).not.toMatch(/Ana|Maximiliana|Riverbend|Springfield/);
  }
});

test.each([
  [{ kind: "partner-invited" }, /We invite your partner now/],
  [{ kind: "waits-for-approval" }, /A coordinator looks at each new pair/],
  [{ kind: "course-starts" }, /Your first lesson follows on your day/],
  [{ kind: "course-starts", firstLessonOn: "2026-03-03" }, /comes on Tuesday, March 3\./],
  [{ kind: "seat-taken" }, /The seat is yours/],
] as const)("after confirming, %j says what comes next", async (view, words) => {
  const { text } = await render(<ConfirmedPage site={site} view={view} />);
  expect(text).toMatch(/Your address is confirmed/);
  expect(text).toMatch(words);
});

test("pages without a question have no button and name nobody", async () => {
  const pages = [
    <AlreadyConfirmedPage site={site} />,
    <DeclinedPage site={site} />,
    <DeclinedPage site={site} already />,
    <InvitationOverPage site={site} />,
    <FullPage site={site} />,
    <BrokenLinkPage site={site} />,
  ];
  for (const view of pages) {
    const page = await render(view);
    expect(formsOf(page)).toEqual([]);
    expect(page.text.match(/[\w.-]+@[\w.-]+\w/g)?.every((at) => at === site.helpEmail)).toBe(true);
  }
});

test("saying no twice is answered kindly", async () => {
  const { text } = await render(<DeclinedPage site={site} already />);
  expect(text).toContain("You have already said no");
});
