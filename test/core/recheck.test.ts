import { expect, test } from "vitest";
import type { ActionKind } from "../../functions/core/action.ts";
import { agreementAt } from "../../functions/core/agreement.ts";
import type { Day } from "../../functions/core/instant.ts";
import { agreementWord, chooseRecheck } from "../../functions/core/recheck.ts";
import { entryOf, OUTLINE, TODAY } from "../support/builders.ts";

/** The P.S. of the lesson at this place, given what was logged before. */
function recheckAt(
  position: number,
  logged: readonly (readonly [ActionKind, Day])[] = [],
  anchors: { readonly lesson8On?: Day } = {},
): ActionKind | undefined {
  const lesson = OUTLINE.lessons[position - 1];
  if (lesson === undefined) throw new Error("there are eleven lessons");
  const entries = logged.flatMap(([kind, on]) =>
    (["sp", "le"] as const).map((seat) => entryOf(kind, on, { seat, source: `${kind}-${seat}` })),
  );
  return chooseRecheck({
    lesson,
    position,
    entries,
    today: TODAY,
    agreement: agreementAt(entries, TODAY),
    agreementAskedOn: "2026-10-06",
    anchors,
  });
}

test("the first lesson asks about nothing, later ones about what is still open", () => {
  expect(recheckAt(1)).toBeUndefined();
  expect(recheckAt(2)).toBe("intro-call");
  expect(recheckAt(2, [["intro-call", TODAY]])).toBeUndefined();
  expect(recheckAt(3)).toBe("role-map");
});

test("only what an earlier lesson taught is ever asked about", () => {
  OUTLINE.lessons.forEach((lesson, index) => {
    const asked = recheckAt(index + 1);
    const taught = OUTLINE.lessons.slice(0, index).map(({ done }) => done);
    const isAboutAgreement = asked?.startsWith("mou-") === true && index >= 6;
    expect(asked === undefined || isAboutAgreement || taught.includes(asked)).toBe(true);
    expect(asked).not.toBe(lesson.done);
  });
});

test("a pair that never met is asked in lessons 5 and 7, before the mapped kind", () => {
  expect(recheckAt(5)).toBe("meet-informally");
  expect(recheckAt(7)).toBe("meet-informally");
  expect(recheckAt(6)).toBe("role-map");
});

test("a meeting is asked about again when it lies eight weeks back, and not before", () => {
  expect(recheckAt(6, [["meet-informally", "2026-08-18"]])).toBe("meet-informally");
  expect(recheckAt(6, [["meet-informally", "2026-08-19"]])).toBe("role-map");
  expect(recheckAt(5, [["meet-informally", "2026-10-01"]])).toBe("tension-preview");
});

test("a due meeting is asked about once and reminded of once, and then other things have their turn", () => {
  expect(recheckAt(6, [["meet-informally", "2026-08-11"]])).toBe("role-map");
  expect(recheckAt(6, [["meet-informally", "2026-08-04"]])).toBe("meet-informally");
  expect(recheckAt(6, [["meet-informally", "2026-07-20"]])).toBe("role-map");
});

test("lesson 9 asks about a second coffee, some weeks after the first", () => {
  const first = ["meet-informally", "2026-09-01"] as const;
  expect(recheckAt(9, [first])).toBe("meet-informally");
  expect(recheckAt(9, [["meet-informally", "2026-09-30"]])).toBeUndefined();
  expect(recheckAt(9, [["meet-informally", "2026-08-20"], first])).toBeUndefined();
  expect(recheckAt(4, [first])).toBeUndefined();
});

test("a draft is first asked about two weeks after lesson 8", () => {
  const met = ["meet-informally", "2026-10-10"] as const;
  const drafted = ["mou-draft", "2026-09-01"] as const;
  expect(recheckAt(10, [met, drafted], { lesson8On: "2026-09-29" })).toBe("mou-draft");
  expect(recheckAt(10, [met, drafted], { lesson8On: "2026-10-06" })).toBe("tension-preview");
});

test("a decision to do without is asked about on the day of a trigger, and in no lesson besides", () => {
  const met = ["meet-informally", "2026-10-10"] as const;
  const decided = ["mou-not-needed", "2026-09-01"] as const;
  expect(recheckAt(8, [met, decided])).toBeUndefined();
  expect(recheckAt(8, [met, decided, ["mou-revise", "2026-10-12"]])).toBe("mou-not-needed");
});

test("a prompt about the agreement that is due goes before everything else", () => {
  const signed = ["mou-signed", "2026-04-12"] as const;
  expect(recheckAt(7, [signed])).toBe("mou-review");
  expect(recheckAt(7, [["mou-signed", "2026-10-12"]])).toBe("meet-informally");
});

test("lesson 8 asks about the agreement by the word of its state, and not at all when it is settled", () => {
  const met = ["meet-informally", "2026-10-10"] as const;
  expect(recheckAt(8, [met])).toBe("mou-needed");
  expect(recheckAt(8, [met, ["mou-draft", "2026-10-10"]])).toBe("mou-draft");
  expect(recheckAt(8, [met, ["mou-signed", "2026-10-10"]])).toBeUndefined();
  expect(recheckAt(8, [met, ["mou-not-needed", "2026-10-10"]])).toBeUndefined();
});

test("a lesson with two kinds asks about the first that is open", () => {
  const met = ["meet-informally", "2026-10-10"] as const;
  expect(recheckAt(11, [met])).toBe("cross-training");
  expect(recheckAt(11, [met, ["cross-training", "2026-10-10"]])).toBe("mou-needed");
});

test("each state of an agreement offers the next thing that can be said about it", () => {
  const words = (
    [[], ["mou-draft"], ["mou-sent"], ["mou-signed"], ["mou-not-needed"]] as const
  ).map((kinds) =>
    agreementWord(
      agreementAt(
        kinds.map((kind) => entryOf(kind, TODAY)),
        TODAY,
      ),
    ),
  );
  expect(words).toEqual(["mou-needed", "mou-draft", "mou-signed", undefined, undefined]);
  const due = agreementAt([entryOf("mou-signed", "2025-01-01")], TODAY);
  expect(agreementWord(due)).toBe("mou-review");
});
