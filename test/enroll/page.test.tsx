import fc from "fast-check";
import { expect, test } from "vitest";
import { AboutPage } from "../../functions/enroll/about-page.tsx";
import {
  CheckAnswersPage,
  EnrolledPage,
  LaterPage,
  SignUpPage,
} from "../../functions/enroll/page.tsx";
import {
  keepAnswers,
  readSignUp,
  SIGN_UP_FIELDS,
  type SignUpAnswers,
} from "../../functions/enroll/sign-up-form.ts";
import { filledIn, offer, site } from "../browser/example-views.ts";
import { all, byId, formsOf, render, shownValue, textOf } from "../support/html.ts";

const TYPED_FIELDS = SIGN_UP_FIELDS.filter(
  (field) => !["role", "weekday", "time_zone"].includes(field),
);

test("a fresh form stands on the usual slot and has nothing filled in", async () => {
  const page = await render(<SignUpPage site={site} answers={keepAnswers({}, offer)} />);
  const shown = SIGN_UP_FIELDS.map((field) => shownValue(page, field) ?? "");
  expect(shown).toEqual(["demo", "", "", "", "", "", "", "", "2", "10:00", "America/New_York"]);
  expect(shownValue(page, "website")).toBe(undefined);
});

test("a form with errors keeps every answer, right or wrong, and says what is wrong twice", async () => {
  const typed = { ...filledIn, name: "<i>", partner_email: "x", time: "25" };
  const reading = readSignUp(typed, offer);
  const errors = reading.kind === "invalid" ? reading.errors : [];
  expect(errors.map(({ field }) => field)).toEqual(["name", "partner_email", "time"]);
  const page = await render(
    <SignUpPage site={site} answers={keepAnswers(typed, offer)} errors={errors} />,
  );
  for (const field of SIGN_UP_FIELDS) expect(shownValue(page, field), field).toBe(typed[field]);
  for (const { field, message } of errors) {
    const control = byId(page.document, field);
    expect(control?.attribs["aria-invalid"]).toBe("true");
    const described = String(control?.attribs["aria-describedby"]).split(" ");
    const words = described
      .map((id) => byId(page.document, id))
      .map((part) => part && textOf(part));
    expect(words).toContain(`Error: ${message}`);
    expect(page.html).toContain(`<a href="#${field}">`);
  }
});

test("whatever was typed stays text: it opens no element and ends no attribute", async () => {
  const nasty = fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.constantFrom(
      '"><script>alert(1)</script>',
      "' onfocus=x autofocus='",
      "</option>",
      "&quot;",
    ),
  );
  const typed = fc.record(Object.fromEntries(TYPED_FIELDS.map((field) => [field, nasty])));
  const plain = await render(<SignUpPage site={site} answers={filledIn} />);
  const shape = all(plain.document, "*").length;
  await fc.assert(
    fc.asyncProperty(typed, async (fields) => {
      const answers = { ...filledIn, ...fields } as SignUpAnswers;
      const page = await render(<SignUpPage site={site} answers={answers} />);
      expect(all(page.document, "*")).toHaveLength(shape);
      for (const field of TYPED_FIELDS) expect(shownValue(page, field)).toBe(answers[field]);
    }),
    { numRuns: 50 },
  );
});

test("the browser may fill in only what the signer says about themselves", async () => {
  const { document } = await render(<SignUpPage site={site} answers={filledIn} />);
  const offered = all(document, "input")
    .filter(({ attribs }) => ["text", "email"].includes(attribs.type ?? ""))
    .map(({ attribs }) => [attribs.name, attribs.autocomplete]);
  expect(Object.fromEntries(offered)).toEqual({
    name: "name",
    email: "email",
    agency: "organization",
    partner_name: "off",
    partner_email: "off",
    partner_agency: "off",
    website: "off",
  });
});

test("the browser checks nothing itself: errors are ours to explain", async () => {
  const { document } = await render(<SignUpPage site={site} answers={filledIn} />);
  expect(all(document, "form").every(({ attribs }) => "novalidate" in attribs)).toBe(true);
  for (const input of all(document, "input")) {
    expect(Object.keys(input.attribs)).not.toContain("required");
    expect(Object.keys(input.attribs)).not.toContain("maxlength");
  }
});

test("the trap for programs is out of people's way", async () => {
  const { document } = await render(<SignUpPage site={site} answers={filledIn} />);
  const trap = byId(document, "website");
  expect(trap?.attribs).toMatchObject({ tabindex: "-1", autocomplete: "off" });
  expect(trap?.parentNode).toMatchObject({ attribs: { "aria-hidden": "true" } });
});

test("the sign-up page tells where to turn in danger before it asks for anything", async () => {
  const { text } = await render(<SignUpPage site={site} answers={filledIn} />);
  const [before] = text.split("About you");
  expect(before).toContain("If someone is in danger, call 911.");
  expect(before).toContain("National Human Trafficking Hotline: 1-888-373-7888, or text 233733.");
});

test("the sign-up page says what is kept, who sees it and whose records it becomes", async () => {
  const { text } = await render(<SignUpPage site={site} answers={filledIn} />);
  expect(text).toMatch(/What we keep: names, work addresses, agencies/);
  expect(text).toMatch(/Who sees it: you and your partner/);
  expect(text).toMatch(/may be a public record\. It may be asked for in court/);
  expect(text).toMatch(/joining does not change what you must report/);
  expect(text).toMatch(/Never send us anything about a person you serve or an investigation/);
});

test("a link of an unknown group says so where the error leads", async () => {
  const errors = [{ field: "cohort", message: "This link names a group we do not know." }];
  const page = await render(<SignUpPage site={site} answers={filledIn} errors={errors} />);
  const shown = byId(page.document, "cohort");
  expect(shown && textOf(shown)).toBe("This link names a group we do not know.");
});

test("a zone outside the list stays chosen, and one that does not exist is not offered", async () => {
  const old = await render(
    <SignUpPage site={site} answers={{ ...filledIn, time_zone: "US/Eastern" }} />,
  );
  expect(shownValue(old, "time_zone")).toBe("US/Eastern");
  const wrong = await render(
    <SignUpPage site={site} answers={{ ...filledIn, time_zone: "Moon" }} />,
  );
  expect(wrong.html).not.toContain("Moon");
  const [first] = all(wrong.document, "optgroup");
  expect(first?.attribs.label).toBe("United States");
});

test("checking carries every answer and what came with the form, on the way back and on the way on", async () => {
  const reading = readSignUp(filledIn, offer);
  if (reading.kind !== "valid") throw new Error("the example is off");
  const page = await render(
    <CheckAnswersPage
      site={site}
      answers={filledIn}
      signUp={reading.signUp}
      carried={{ opened: "k1.abc" }}
    />,
  );
  const [back, on] = formsOf(page);
  expect(back).toMatchObject({ action: "/enroll", hidden: { ...filledIn, opened: "k1.abc" } });
  expect(on).toMatchObject({
    action: "/enroll",
    hidden: { ...filledIn, opened: "k1.abc", checked: "yes" },
  });
  expect(back?.hidden).not.toHaveProperty("checked");
  expect(back?.buttons.map(({ act }) => act)).toEqual(SIGN_UP_FIELDS.slice(1, 9));
  expect(page.text).toContain("Tuesdays at 10:00 a.m., Eastern time (New York)");
});

test("checking asks about an address that looks mistyped, and lets it pass", async () => {
  const answers = { ...filledIn, email: "ana@harbor.ogr", partner_email: "max@gmial.com" };
  const reading = readSignUp(answers, offer);
  if (reading.kind !== "valid") throw new Error("a slip is no error");
  const { text } = await render(
    <CheckAnswersPage site={site} answers={answers} signUp={reading.signUp} />,
  );
  expect(text).toContain("Did you mean ana@harbor.org?");
  expect(text).toContain("Did you mean max@gmail.com?");
});

test("the last page names nobody, gives two sentences for the partner and somebody to ask", async () => {
  const { text } = await render(<EnrolledPage site={site} />);
  const addresses = new Set(text.match(/[\w.-]+@[\w.-]+\w/g));
  expect([...addresses].sort()).toEqual([site.helpEmail, site.sender].sort());
  expect(text).toContain("I signed us up for Common Ground");
  expect(text).toContain(`Expect a mail from ${site.sender}`);
  expect(text).toContain("Nothing within an hour?");
});

test("a reached limit does not say which one", async () => {
  const { text } = await render(<LaterPage site={site} />);
  expect(text).not.toMatch(/address(?! below)|domain|already|known/i);
  expect(text).toContain(site.helpEmail);
});

test("the page for supervisors says what the course is, what it is not, and how to leave", async () => {
  const { text } = await render(<AboutPage site={site} />);
  expect(text).toContain("Learning them in pairs by email has not been tested.");
  expect(text).toContain("It is never a promise by their agencies.");
  expect(text).toMatch(/The words of a reply Nobody Nobody/);
  expect(text).toMatch(/may be a public record/);
  expect(text).toMatch(/a link in a mail shows nothing about the pair/);
  expect(text).toMatch(/To have your data deleted, write to/);
});
