import fc from "fast-check";
import { expect, test } from "vitest";
import { agreementAt, isLongUnreviewed } from "../../functions/core/agreement.ts";
import { addDays, addMonths } from "../../functions/core/instant.ts";
import { agreementReports, someDay, told } from "../support/agreements.ts";
import { entryOf, NOW } from "../support/builders.ts";

const LAST = "2031-12-31";

test("reads the same in whatever order the entries were stored", () => {
  fc.assert(
    fc.property(
      agreementReports.chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray([...all], { minLength: all.length })),
      ),
      someDay,
      ([all, shuffled], today) => {
        expect(agreementAt(shuffled, today)).toEqual(agreementAt(all, today));
      },
    ),
  );
});

test("takes an entry's effect back with the entry, as if it had never been logged", () => {
  fc.assert(
    fc.property(agreementReports, someDay, (all, today) => {
      const standing = all.filter(({ undoneAt }) => undoneAt === undefined);
      expect(agreementAt(all, today)).toEqual(agreementAt(standing, today));
    }),
  );
});

test("only time passing turns an agreement in force into one due for a review, and nothing else", () => {
  fc.assert(
    fc.property(agreementReports, someDay, fc.nat({ max: 900 }), (all, today, later) => {
      const now = agreementAt(all, today);
      const then = agreementAt(all, addDays(today, later));
      if (now.kind !== "in-force") expect(then).toEqual(now);
      else
        expect(then.kind).toBe(now.reviewOn <= addDays(today, later) ? "review-due" : "in-force");
    }),
  );
});

test("an agreement in force always has a review ahead, at most a year after the last report", () => {
  fc.assert(
    fc.property(agreementReports, someDay, (all, today) => {
      const state = agreementAt(all, today);
      if (state.kind !== "in-force") return;
      expect(state.reviewOn > today).toBe(true);
      const last =
        all
          .map(({ reportedAt }) => reportedAt.slice(0, 10))
          .sort()
          .at(-1) ?? today;
      expect(state.reviewOn <= addMonths(last, 12)).toBe(true);
    }),
  );
});

test("SIGNED, REVIEWED, SENT and NOT NEEDED always lead where they say, whatever was before", () => {
  const leads = {
    "mou-signed": "in-force",
    "mou-review": "in-force",
    "mou-sent": "with-leadership",
    "mou-not-needed": "not-needed",
  } as const;
  fc.assert(
    fc.property(
      agreementReports,
      fc.constantFrom(...(Object.keys(leads) as (keyof typeof leads)[])),
      (all, kind) => {
        const said = entryOf(kind, LAST, { source: "last" });
        expect(agreementAt([...all, said], LAST).kind).toBe(leads[kind]);
      },
    ),
  );
});

test("nothing logged is undecided, and a page goes through its steps", () => {
  const steps = told(
    ["mou-needed", "2026-10-13"],
    ["mou-draft", "2026-11-03"],
    ["mou-sent", "2026-12-01"],
    ["mou-signed", "2027-01-12"],
  );
  const kinds = steps.map((_, count) => agreementAt(steps.slice(0, count), "2027-01-12").kind);
  expect(kinds).toEqual(["undecided", "drafting", "drafting", "with-leadership"]);
  expect(agreementAt(steps.slice(0, 2), "2026-11-03")).toEqual({
    kind: "drafting",
    since: "2026-10-13",
    lastActionOn: "2026-11-03",
  });
  expect(agreementAt(steps, "2027-01-12")).toEqual({
    kind: "in-force",
    since: "2027-01-12",
    signedOn: "2027-01-12",
    signedOnKnown: true,
    reviewOn: "2027-07-12",
  });
});

test("several steps in one reply count in the order in which a page goes through them", () => {
  const at = { source: "one-reply", reportedAt: NOW };
  const all = told(
    ["mou-signed", "2026-10-01", at],
    ["mou-draft", "2026-10-13", at],
    ["mou-sent", "2026-10-13", at],
  );
  expect(agreementAt(all, "2026-10-13").kind).toBe("in-force");
});

test("the partner's report of the same step within a week takes nothing back", () => {
  const all = told(
    ["mou-draft", "2026-10-13"],
    ["mou-sent", "2026-10-14"],
    ["mou-draft", "2026-10-16", { seat: "le" }],
  );
  expect(agreementAt(all, "2026-10-16").kind).toBe("with-leadership");
  const later = told(
    ["mou-draft", "2026-10-13"],
    ["mou-sent", "2026-10-14"],
    ["mou-draft", "2026-10-30", { seat: "le" }],
  );
  expect(agreementAt(later, "2026-10-30").kind).toBe("drafting");
});

test("after a decision the same word is news again, however soon", () => {
  const all = told(
    ["mou-draft", "2026-10-13"],
    ["mou-not-needed", "2026-10-14"],
    ["mou-draft", "2026-10-15", { seat: "le" }],
  );
  expect(agreementAt(all, "2026-10-15").kind).toBe("drafting");
});

test("DISAGREE leads back to where it stood before the decision", () => {
  const sent = told(["mou-sent", "2026-10-13"]);
  const both = told(
    ["mou-sent", "2026-10-13"],
    ["mou-not-needed", "2026-10-20", { seat: "le" }],
    ["mou-reopened", "2026-10-21"],
  );
  expect(agreementAt(both, "2026-10-21")).toEqual(agreementAt(sent, "2026-10-21"));
  const never = told(["mou-not-needed", "2026-10-20"], ["mou-reopened", "2026-10-21"]);
  expect(agreementAt(never, "2026-10-21")).toEqual({ kind: "undecided" });
  expect(agreementAt(told(["mou-reopened", "2026-10-21"]), "2026-10-21").kind).toBe("undecided");
});

test("a decision said twice still leads back to what was before the first", () => {
  const all = told(
    ["mou-draft", "2026-10-13"],
    ["mou-not-needed", "2026-10-20"],
    ["mou-not-needed", "2026-11-20"],
    ["mou-reopened", "2026-11-21"],
  );
  expect(agreementAt(all, "2026-11-21").kind).toBe("drafting");
});

test("the first is half a year after signing, the next ones a year after the last", () => {
  const signed = told(["mou-signed", "2026-10-13"]);
  expect(agreementAt(signed, "2027-04-12")).toMatchObject({ kind: "in-force" });
  expect(agreementAt(signed, "2027-04-13")).toMatchObject({
    kind: "review-due",
    since: "2027-04-13",
  });
  const reviewed = told(["mou-signed", "2026-10-13"], ["mou-review", "2027-05-01"]);
  expect(agreementAt(reviewed, "2027-05-01")).toMatchObject({
    kind: "in-force",
    since: "2026-10-13",
    reviewedOn: "2027-05-01",
    reviewOn: "2028-05-01",
  });
});

test("an agreement signed years ago is due for a review on the day we hear of it", () => {
  const old = told(["mou-signed", "2021-05-01", { reportedAt: "2026-10-13T15:00:00.000Z" }]);
  expect(agreementAt(old, "2026-10-13")).toMatchObject({
    kind: "review-due",
    since: "2026-10-13",
    signedOn: "2021-05-01",
  });
});

test("HAVE ONE without a date counts from the day of the reply, until the date comes", () => {
  const undated = told(["mou-signed", "2026-10-13", { assumed: true }]);
  expect(agreementAt(undated, "2026-10-14")).toMatchObject({
    since: "2026-10-13",
    signedOnKnown: false,
    reviewOn: "2027-04-13",
  });
  const dated = [
    ...undated,
    ...told(["mou-signed", "2026-08-01", { reportedAt: "2026-10-14T15:00:00.000Z" }]),
  ];
  expect(agreementAt(dated, "2026-10-14")).toMatchObject({
    since: "2026-08-01",
    signedOnKnown: true,
    reviewOn: "2027-02-01",
  });
});

test("an undated HAVE ONE takes no known date away; once the review is due, SIGNED is a new start", () => {
  const known = told(["mou-signed", "2026-08-01"]);
  const again = told(["mou-signed", "2026-08-01"], ["mou-signed", "2026-10-20", { assumed: true }]);
  expect(agreementAt(again, "2026-10-20")).toEqual(agreementAt(known, "2026-10-20"));
  const late = told(["mou-signed", "2026-08-01"], ["mou-signed", "2027-03-01", { assumed: true }]);
  expect(agreementAt(late, "2027-03-01")).toMatchObject({
    kind: "in-force",
    since: "2027-03-01",
  });
});

test("a signing day that comes after a review leaves the review standing", () => {
  const all = told(
    ["mou-review", "2026-10-13"],
    ["mou-signed", "2024-02-01", { reportedAt: "2026-10-14T15:00:00.000Z" }],
  );
  expect(agreementAt(all, "2026-10-14")).toMatchObject({
    kind: "in-force",
    since: "2024-02-01",
    reviewOn: "2027-10-13",
  });
});

test("REVISE makes an agreement due for a review, and keeps what is known of its signing", () => {
  const all = told(["mou-signed", "2026-10-13"], ["mou-revise", "2026-11-03", { seat: "le" }]);
  expect(agreementAt(all, "2026-11-03")).toEqual({
    kind: "review-due",
    since: "2026-11-03",
    signedOn: "2026-10-13",
    signedOnKnown: true,
  });
  const back = [...all, ...told(["mou-review", "2026-11-20"])];
  expect(agreementAt(back, "2026-11-20")).toMatchObject({
    kind: "in-force",
    since: "2026-10-13",
    reviewOn: "2027-11-20",
  });
});

test("REVISE leaves a draft a draft, and counts as work on it", () => {
  const all = told(["mou-sent", "2026-10-13"], ["mou-revise", "2026-11-03"]);
  expect(agreementAt(all, "2026-11-03")).toMatchObject({
    kind: "drafting",
    lastActionOn: "2026-11-03",
  });
});

test("a trigger by a coordinator finds nothing to review where nothing is in force", () => {
  const trigger = { seat: "coordinator" } as const;
  const undecided = told(["mou-revise", "2026-11-03", trigger]);
  expect(agreementAt(undecided, "2026-11-03")).toEqual({ kind: "undecided" });
  const drafting = told(["mou-draft", "2026-10-13"]);
  const touched = told(["mou-draft", "2026-10-13"], ["mou-revise", "2026-11-03", trigger]);
  expect(agreementAt(touched, "2026-11-03")).toEqual(agreementAt(drafting, "2026-11-03"));
});

test("three years without a review are worth a look, whoever knows of them", () => {
  const old = agreementAt(told(["mou-signed", "2023-10-13"]), "2026-10-12");
  expect(isLongUnreviewed(old, "2026-10-12")).toBe(false);
  expect(isLongUnreviewed(old, "2026-10-13")).toBe(true);
  const read = told(["mou-signed", "2020-10-13"], ["mou-review", "2025-10-13"]);
  expect(isLongUnreviewed(agreementAt(read, "2026-10-13"), "2026-10-13")).toBe(false);
  expect(isLongUnreviewed({ kind: "undecided" }, "2026-10-13")).toBe(false);
});
