import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keepAnswers, readSignUp, SIGN_UP_FIELDS } from "../../functions/enroll/sign-up-form.ts";

const offer = {
  cohorts: ["county", "city"],
  defaultSlot: { weekday: 2, time: "10:00", timeZone: "America/New_York" },
} as const;

const answers = {
  role: "service_provider",
  name: "Ana Núñez",
  email: "ana@harbor.example",
  agency: "Harbor House",
  partner_name: "Max Lee",
  partner_email: "max@police.example",
  partner_agency: "Springfield Police",
  weekday: "4",
  time: "08:30",
  time_zone: "America/Chicago",
  cohort: "city",
} as const;

function errorsOf(changes: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const reading = readSignUp({ ...answers, ...changes }, offer);
  if (reading.kind === "valid") return {};
  return Object.fromEntries(reading.errors.map(({ field, message }) => [field, message]));
}

function signUpWith(changes: Readonly<Record<string, unknown>>) {
  const reading = readSignUp({ ...answers, ...changes }, offer);
  if (reading.kind === "invalid") throw new Error(JSON.stringify(reading.errors));
  return reading.signUp;
}

describe("a sign-up form", () => {
  test("is read as the two people filled it in", () => {
    expect(readSignUp(answers, offer)).toEqual({
      kind: "valid",
      signUp: {
        role: "service_provider",
        name: "Ana Núñez",
        email: "ana@harbor.example",
        agency: "Harbor House",
        partnerName: "Max Lee",
        partnerEmail: "max@police.example",
        partnerAgency: "Springfield Police",
        slot: { weekday: 4, time: "08:30", timeZone: "America/Chicago" },
        cohort: "city",
      },
    });
  });

  test("that is empty names every field people must fill in, in the order of the form", () => {
    const reading = readSignUp({}, offer);
    expect(reading.kind === "invalid" && reading.errors.map(({ field }) => field)).toEqual([
      "role",
      "name",
      "email",
      "agency",
      "partner_name",
      "partner_email",
      "partner_agency",
    ]);
  });

  test("that leaves out slot and group gets the usual slot and the first group", () => {
    const { weekday, time, time_zone, cohort, ...people } = answers;
    const reading = readSignUp(people, offer);
    expect(reading).toMatchObject({
      kind: "valid",
      signUp: { slot: offer.defaultSlot, cohort: "county" },
    });
  });

  test("that says one address twice is refused, however it is written", () => {
    for (const partner_email of [" ANA@harbor.example ", "ana@HARBOR.example"]) {
      expect(errorsOf({ partner_email })).toEqual({
        partner_email: "Enter your partner's own address. It must differ from yours.",
      });
    }
    expect(
      errorsOf({ email: "ana@bücher.example", partner_email: "ana@xn--bcher-kva.example" }),
    ).toHaveProperty("partner_email");
  });

  test("shows all that is wrong at once, one message a field", () => {
    const errors = errorsOf({
      name: "",
      partner_email: answers.email,
      weekday: "6",
      time: "24:00",
    });
    expect(Object.keys(errors)).toEqual(["name", "partner_email", "weekday", "time"]);
  });

  test.each([
    ["cohort", "elsewhere"],
    ["role", "judge"],
    ["weekday", "0"],
    ["weekday", "6"],
    ["weekday", "2.5"],
    ["time", ""],
    ["time", "24:00"],
    ["time", "noon"],
    ["time", "13 pm"],
    ["time_zone", "Mars/Olympus"],
    ["time_zone", "+02:00"],
    ["time_zone", ""],
  ])("refuses %s %j and says what would do", (field, value) => {
    expect(errorsOf({ [field]: value })).toEqual({ [field]: expect.stringMatching(/\.$/) });
  });

  test("takes times as browsers and people write them", () => {
    const typed = ["9:30", "09:30:00", "9:30 am", "9.30", "2 pm", "12 a.m.", "12:15 PM", " 7:05 "];
    const read = typed.map((time) => errorsOf({ time }).time ?? signUpWith({ time }).slot.time);
    expect(read).toEqual([
      "09:30",
      "09:30",
      "09:30",
      "Enter a time, such as 10:00 or 2:30 pm.",
      "14:00",
      "00:00",
      "12:15",
      "07:05",
    ]);
  });

  test("whatever a stranger sends, it is read or refused, never thrown at", () => {
    const value = fc.oneof(fc.string(), fc.anything(), fc.constant(undefined));
    const fields = fc.dictionary(fc.constantFrom(...SIGN_UP_FIELDS, "website", "__proto__"), value);
    fc.assert(
      fc.property(fields, (sent) => {
        const reading = readSignUp(sent, offer);
        if (reading.kind === "invalid") expect(reading.errors.length).toBeGreaterThan(0);
        for (const kept of Object.values(keepAnswers(sent, offer))) {
          expect(typeof kept).toBe("string");
        }
      }),
    );
  });

  test("a field sent twice, or a file, is asked for again", () => {
    expect(errorsOf({ name: ["Ana", "Bea"], partner_email: new Blob(["x"]) })).toEqual({
      name: "Enter your full name.",
      partner_email: "Enter your partner's work email address.",
    });
  });
});

describe("names", () => {
  test.each([
    "X",
    "José María Ñúñez-O'Neil",
    "Łukasz Żółć",
    "محمد",
    "李小龍",
    "Dr. Kim St. John, Jr.",
    "Smith & Daughters (North)",
    'Jo "Red" Lee',
    "Precinct 24/7",
    "U.S. Marshals Service",
    "N.Y.P.D.",
  ])("may be %s", (name) => {
    expect(signUpWith({ name }).name).toBe(name);
  });

  test("lose what nobody sees and keep what was written", () => {
    expect(signUpWith({ name: "  Ana\u200b\u202e   Mari\u0301a \ufeff" }).name).toBe("Ana María");
  });

  test("may be 60 characters long, whatever script, and not 61", () => {
    expect(signUpWith({ name: "𝒜".repeat(60) }).name).toBe("𝒜".repeat(60));
    expect(errorsOf({ agency: "ü".repeat(61) })).toEqual({
      agency: "Shorten the name of your agency to 60 characters or less.",
    });
  });

  test.each([
    ["Ana\r\nBcc: x@y.example", /by hand, on one line/],
    ["Ana\u2028Lee", /by hand, on one line/],
    ["Ana\u0000Lee", /by hand, on one line/],
    ["Ana\tLee", /by hand, on one line/],
    ["Ana\ud800", /by hand, on one line/],
    ["<b>Ana</b>", /signs < and >/],
    ["Win at https://evil.example", /web and email addresses/],
    ["Call javascript://x", /web and email addresses/],
    ["WWW.evil", /web and email addresses/],
    ["See evil.com", /web and email addresses/],
    ["a.io/now", /web and email addresses/],
    ["пример.рф", /web and email addresses/],
    ["ana@harbor", /web and email addresses/],
    ["...", /^Enter your partner's full name/],
    ["😀", /^Enter your partner's full name/],
  ])("are not %j", (name, message) => {
    expect(errorsOf({ partner_name: name }).partner_name).toMatch(message);
  });

  test("carry no line break, mark-up or link into a mail, whatever is typed", () => {
    const piece = fc.constantFrom(
      "://",
      "<",
      ">",
      ".com",
      "/",
      "\r",
      "\n",
      "www.",
      "@",
      "a.b",
      "é ",
    );
    const typed = fc.array(fc.oneof(piece, fc.string({ maxLength: 8 }))).map((all) => all.join(""));
    fc.assert(
      fc.property(typed, (name) => {
        const reading = readSignUp({ ...answers, name }, offer);
        if (reading.kind === "invalid") return;
        expect(reading.signUp.name).not.toMatch(/[\p{Cc}<>@]|:\/\/|www\.|\w\w\.[a-z]{2}/iu);
        expect([...reading.signUp.name].length).toBeLessThanOrEqual(60);
      }),
    );
  });
});

describe("addresses", () => {
  const long = `${"a".repeat(64)}@${"b".repeat(63)}.${"c".repeat(63)}.example`;
  test.each([
    ["first.last@agency.example", "first.last@agency.example"],
    ["  Pasted@Agency.EXAMPLE\u200b ", "Pasted@agency.example"],
    ["o'neil+course@co.wake.nc.example", "o'neil+course@co.wake.nc.example"],
    ["duty-desk@agency.example", "duty-desk@agency.example"],
    ["!#$%&*/=?^_`{|}~-@agency.example", "!#$%&*/=?^_`{|}~-@agency.example"],
    ["ana@bücher.example", "ana@xn--bcher-kva.example"],
    ["ana@BÜCHER。example", "ana@xn--bcher-kva.example"],
    ["ana@xn--bcher-kva.example", "ana@xn--bcher-kva.example"],
    ["=?utf-8?q?a?=@agency.example", "=?utf-8?q?a?=@agency.example"],
    ["a@1.2.x3.example", "a@1.2.x3.example"],
    [long, long],
  ])("%s is written to as %s", (typed, address) => {
    expect(signUpWith({ email: typed }).email).toBe(address);
  });

  test.each([
    "ana",
    "@agency.example",
    "ana@",
    "ana@agency",
    "ana@agency.",
    "ana@.agency.example",
    "ana@agency..example",
    "ana@-agency.example",
    "ana@agency-.example",
    "ana@agency_one.example",
    "ana@agency.e",
    "ana@agency.123",
    "ana@127.0.0.1",
    "ana@[127.0.0.1]",
    ".ana@agency.example",
    "ana.@agency.example",
    "a..b@agency.example",
    "a b@agency.example",
    '"a b"@agency.example',
    "ana(home)@agency.example",
    "Ana <ana@agency.example>",
    "mailto:ana@agency.example",
    "ana@agency.example,max@agency.example",
    "ana@agency.example;",
    "ana@@agency.example",
    "ana@agency.example\r\nBcc: max@agency.example",
    "ana@agency.example\0",
    "ana\\@agency.example",
    `${"a".repeat(65)}@agency.example`,
    `ana@${"b".repeat(64)}.example`,
    `ana@ü%2eevil.example`,
    "ana@ü/evil.example",
    "ana@ü\u0000.example",
  ])("%j is refused with an example", (email) => {
    expect(errorsOf({ email })).toEqual({
      email: "Check your work email address. It should look like name@agency.example.",
    });
  });

  test("with accents before the @ sign are refused in plain words", () => {
    for (const email of ["josé@agency.example", "квіточка@пошта.укр"]) {
      expect(errorsOf({ email }).email).toMatch(/accents before the @ sign/);
    }
  });

  test("are 254 characters long at most, also in their ASCII form", () => {
    expect(errorsOf({ email: `${"a".repeat(64)}@${"b.".repeat(100)}example` }).email).toMatch(
      /up to 254 characters/,
    );
    const short = `a@${`${"ü".repeat(10)}.`.repeat(20)}example`;
    expect(short.length).toBeLessThanOrEqual(254);
    expect(errorsOf({ email: short })).toHaveProperty("email");
  });

  test("that pass are ASCII, within the limits, and read the same a second time", () => {
    const label = fc.stringMatching(/^[a-z0-9ü-]{1,20}$/);
    const typed = fc
      .tuple(fc.string({ maxLength: 70 }), fc.array(label, { maxLength: 4 }))
      .map(([local, labels]) => `${local}@${labels.join(".")}.example`);
    fc.assert(
      fc.property(fc.oneof(typed, fc.emailAddress()), (email) => {
        const reading = readSignUp({ ...answers, email }, offer);
        if (reading.kind === "invalid") return;
        const address = reading.signUp.email;
        expect(address).toMatch(/^[!-~]+@[a-z0-9.-]+$/);
        expect(address.length).toBeLessThanOrEqual(254);
        expect(address.indexOf("@")).toBeLessThanOrEqual(64);
        expect(signUpWith({ email: address }).email).toBe(address);
      }),
    );
  });

  test("every ordinary address passes", () => {
    const part = fc.stringMatching(/^[a-z][a-z0-9]{0,15}$/);
    fc.assert(
      fc.property(part, part, part, (first, last, agency) => {
        const email = `${first}.${last}@${agency}.example`;
        expect(signUpWith({ email }).email).toBe(email);
      }),
    );
  });
});

test("hostile lengths are answered quickly", () => {
  const hostile = ["a".repeat(60_000), "a.".repeat(30_000), "-".repeat(60_000), "é".repeat(30_000)];
  const startedAt = performance.now();
  for (const text of hostile) {
    const fields = Object.fromEntries(SIGN_UP_FIELDS.map((field) => [field, text]));
    expect(readSignUp(fields, offer).kind).toBe("invalid");
    expect(errorsOf({ email: `${text}@${text}` })).toHaveProperty("email");
  }
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});
