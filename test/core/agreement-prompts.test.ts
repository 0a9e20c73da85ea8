import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Agreement,
  type AgreementAnchors,
  agreementAt,
  askWithCheckIn,
  nextAgreementPrompt,
} from "../../functions/core/agreement.ts";
import { addDays, type Day } from "../../functions/core/instant.ts";
import { agreementReports, FIRST_DAY, someDay, told } from "../support/agreements.ts";

const LAST: Day = "2031-12-31";

const agreement = fc.tuple(agreementReports, someDay).map(([all, on]) => agreementAt(all, on));
const anchors = fc.record(
  { graduatedOn: someDay, lesson8On: someDay },
  { requiredKeys: [] },
) satisfies fc.Arbitrary<AgreementAnchors>;

/** Everything that is asked from a day on when nobody ever answers and each prompt goes out on its day. */
function promptsFrom(
  start: Agreement,
  from: Day,
  given: AgreementAnchors = {},
  max = 12,
): readonly string[] {
  const asked: string[] = [];
  let after = from;
  while (asked.length < max) {
    const next = nextAgreementPrompt(start, after, given);
    if (next === undefined) break;
    asked.push(`${next.on} ${next.ask}`);
    after = next.on;
  }
  return asked;
}

test("the next one lies strictly after the last, and the same question always gets the same answer", () => {
  fc.assert(
    fc.property(agreement, someDay, anchors, (state, after, given) => {
      const next = nextAgreementPrompt(state, after, given);
      expect(next === undefined || next.on > after).toBe(true);
      expect(nextAgreementPrompt(state, after, given)).toEqual(next);
    }),
  );
});

test("asking from any day before a prompt finds that prompt: none is skipped by asking early", () => {
  fc.assert(
    fc.property(
      agreement,
      someDay,
      fc.nat({ max: 400 }),
      anchors,
      (state, after, earlier, given) => {
        const next = nextAgreementPrompt(state, after, given);
        const before = nextAgreementPrompt(state, addDays(after, -earlier), given);
        if (next !== undefined) expect(before !== undefined && before.on <= next.on).toBe(true);
      },
    ),
  );
});

test("they all end without an answer, but for the page that lies with somebody else", () => {
  fc.assert(
    fc.property(agreement, anchors, (state, given) => {
      const asked = promptsFrom(state, "2000-01-01", given);
      expect(asked.length).toBeLessThanOrEqual(state.kind === "with-leadership" ? 12 : 7);
      expect(new Set(asked).size).toBe(asked.length);
    }),
  );
});

test("undecided: once at graduation, and from then on with check-ins", () => {
  const undecided = agreementAt([], FIRST_DAY);
  expect(promptsFrom(undecided, FIRST_DAY)).toEqual([]);
  expect(promptsFrom(undecided, FIRST_DAY, { graduatedOn: "2026-12-22" })).toEqual([
    "2026-12-22 decide",
  ]);
  expect(askWithCheckIn(undecided)).toBe(true);
});

test("drafting: after lesson 8, then further and further apart, and one last question", () => {
  const drafting = agreementAt(told(["mou-draft", "2026-11-10"]), "2026-11-10");
  expect(promptsFrom(drafting, FIRST_DAY, { lesson8On: "2026-11-24" })).toEqual([
    "2026-12-08 draft",
    "2027-01-05 draft",
    "2027-02-05 draft",
    "2027-03-05 draft",
    "2027-04-05 draft",
    "2027-05-05 still-needed",
  ]);
});

test("drafting: a report between lesson 8 and its prompt does not move that prompt", () => {
  const drafting = agreementAt(told(["mou-draft", "2026-12-01"]), "2026-12-01");
  expect(promptsFrom(drafting, FIRST_DAY, { lesson8On: "2026-11-24" }, 3)).toEqual([
    "2026-12-08 draft",
    "2026-12-29 draft",
    "2027-01-26 draft",
  ]);
});

test("drafting: nobody is asked about the page before lesson 8 has filled it", () => {
  const drafting = agreementAt(told(["mou-needed", "2026-11-10"]), "2026-11-10");
  expect(promptsFrom(drafting, FIRST_DAY)).toEqual([]);
  fc.assert(
    fc.property(someDay, someDay, (reportedOn, lesson8On) => {
      const early = agreementAt(told(["mou-draft", reportedOn]), LAST);
      const asked = promptsFrom(early, "2000-01-01", { lesson8On });
      const [first = ""] = asked;
      expect(first.slice(0, 10) >= addDays(lesson8On, 14)).toBe(true);
      expect(first.slice(0, 10) > reportedOn).toBe(true);
      expect(asked.filter((prompt) => prompt.endsWith("still-needed"))).toHaveLength(1);
      expect(asked.at(-1)).toMatch(/still-needed$/);
    }),
  );
});

test("with leadership: every 30 days and no oftener, also after a long silence", () => {
  const waiting = agreementAt(told(["mou-sent", "2026-11-10"]), "2026-11-10");
  expect(promptsFrom(waiting, "2026-11-10", {}, 3)).toEqual([
    "2026-12-10 sent",
    "2027-01-09 sent",
    "2027-02-08 sent",
  ]);
  expect(nextAgreementPrompt(waiting, "2026-10-01", {})?.on).toBe("2026-12-10");
  expect(nextAgreementPrompt(waiting, "2027-01-20", {})?.on).toBe("2027-02-08");
});

test("in force: the review's day and two more; from the day itself on they are the same three", () => {
  const entries = told(["mou-signed", "2026-10-13"]);
  const expected = ["2027-04-13 review", "2027-04-27 review", "2027-05-25 review"];
  expect(promptsFrom(agreementAt(entries, "2026-10-13"), "2026-10-13")).toEqual(expected);
  expect(promptsFrom(agreementAt(entries, "2027-04-13"), "2027-04-12")).toEqual(expected);
  expect(askWithCheckIn(agreementAt(entries, "2027-04-13"))).toBe(true);
  expect(askWithCheckIn(agreementAt(entries, "2026-10-13"))).toBe(false);
});

test("not needed: once after a year, or at once on a trigger, and never in between", () => {
  const decided = told(["mou-not-needed", "2026-10-13"]);
  const state = agreementAt(decided, "2026-10-13");
  expect(promptsFrom(state, "2026-10-13")).toEqual(["2027-10-13 recheck"]);
  expect(askWithCheckIn(state)).toBe(false);
  const trigger = told(
    ["mou-not-needed", "2026-10-13"],
    ["mou-revise", "2027-01-19", { seat: "coordinator" }],
  );
  expect(promptsFrom(agreementAt(trigger, "2027-01-19"), "2026-10-13")).toEqual([
    "2027-01-19 recheck",
  ]);
});
