import fc from "fast-check";
import { expect, test } from "vitest";
import { ACTION_KINDS, type LogEntry } from "../../functions/core/action.ts";
import { addDays } from "../../functions/core/instant.ts";
import {
  countingEntries,
  isComplete,
  isHiddenFromCoordinators,
  lastOn,
  pairLog,
  reportedBy,
  shapeOf,
  standingEntries,
} from "../../functions/core/log.ts";
import { entryOf, NOW } from "../support/builders.ts";

const entry: fc.Arbitrary<LogEntry> = fc
  .record({
    kind: fc.constantFrom(...ACTION_KINDS),
    on: fc.nat({ max: 120 }).map((days) => addDays("2026-09-01", days)),
    seat: fc.constantFrom("sp" as const, "le" as const),
    source: fc.uuid(),
    undone: fc.boolean(),
  })
  .map(({ undone, kind, on, ...rest }) =>
    entryOf(kind, on, { ...rest, ...(undone ? { undoneAt: NOW } : {}) }),
  );
const entries = fc.array(entry, { maxLength: 20 });

test("the log reads the same in whatever order its entries were stored", () => {
  fc.assert(
    fc.property(
      entries.chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
      ),
      ([all, shuffled]) => {
        expect(pairLog(shuffled)).toEqual(pairLog(all));
        expect(countingEntries(shuffled)).toEqual(countingEntries(all));
      },
    ),
  );
});

test("an entry that was taken back leaves no trace in any reading", () => {
  fc.assert(
    fc.property(entries, (all) => {
      const standing = all.filter(({ undoneAt }) => undoneAt === undefined);
      expect(pairLog(all)).toEqual(pairLog(standing));
      expect(countingEntries(all)).toEqual(countingEntries(standing));
      for (const kind of ACTION_KINDS) {
        expect(lastOn(all, kind)).toBe(lastOn(standing, kind));
        expect(isComplete(all, kind)).toBe(isComplete(standing, kind));
      }
    }),
  );
});

test("counting never counts more than was reported, and nothing reported is lost from both readings", () => {
  fc.assert(
    fc.property(entries, (all) => {
      const counted = countingEntries(all);
      const kinds = new Set(standingEntries(all).map(({ kind }) => kind));
      expect(counted.length).toBeLessThanOrEqual(standingEntries(all).length);
      expect(new Set(counted.map(({ kind }) => kind))).toEqual(kinds);
      expect(new Set(pairLog(all).map(({ kind }) => kind))).toEqual(kinds);
    }),
  );
});

test("the same coffee reported by both within seven days is one, later it is another", () => {
  const coffee = entryOf("meet-informally", "2026-10-01");
  const near = entryOf("meet-informally", "2026-10-08", { seat: "le" });
  const far = entryOf("meet-informally", "2026-10-09", { seat: "le" });
  expect(countingEntries([coffee, near])).toHaveLength(1);
  expect(countingEntries([coffee, far])).toHaveLength(2);
  expect(pairLog([coffee, near])).toMatchObject([
    { on: "2026-10-01", seats: ["sp", "le"], complete: true },
  ]);
});

test("one report completes what they do together; where each has a half, both must report", () => {
  const own = entryOf("role-map", "2026-10-01");
  const other = entryOf("role-map", "2026-11-20", { seat: "le" });
  expect(isComplete([entryOf("intro-call", "2026-10-01")], "intro-call")).toBe(true);
  expect(isComplete([own], "role-map")).toBe(false);
  expect(isComplete([own, { ...own, source: "again" }], "role-map")).toBe(false);
  expect(isComplete([own, other], "role-map")).toBe(true);
  expect(pairLog([own, other])).toHaveLength(1);
});

test("a half sent again, before or after the other half, is still the same thing", () => {
  const own = entryOf("role-map", "2026-10-01");
  const again = entryOf("role-map", "2026-10-20", { source: "again" });
  const other = entryOf("role-map", "2026-11-20", { seat: "le" });
  const late = entryOf("role-map", "2026-11-21", { source: "late" });
  expect(pairLog([own, again])).toMatchObject([{ seats: ["sp"], complete: false }]);
  expect(pairLog([own, again, other, late])).toMatchObject([
    { on: "2026-10-01", seats: ["sp", "le"], complete: true },
  ]);
});

test("of two reports of one day the first one stands for both, and names its reporter first", () => {
  const first = entryOf("debrief", "2026-10-01", { seat: "le", source: "z" });
  const second = entryOf("debrief", "2026-10-01", { source: "a", reportedAt: NOW, assumed: true });
  expect(countingEntries([second, first])).toEqual([first]);
  expect(pairLog([second, first])).toMatchObject([{ seats: ["le", "sp"], assumed: false }]);
});

test("what was taken back and is logged again by a new reply counts again", () => {
  const undone = entryOf("intro-call", "2026-10-01", { undoneAt: NOW });
  const again = entryOf("intro-call", "2026-10-01", { source: "another reply" });
  expect(isComplete([undone], "intro-call")).toBe(false);
  expect(countingEntries([undone, again])).toEqual([again]);
});

test("both halves stay in the counted log although they lie near together", () => {
  const own = entryOf("info-sharing-map", "2026-10-01");
  const other = entryOf("info-sharing-map", "2026-10-02", { seat: "le" });
  expect(countingEntries([own, other])).toHaveLength(2);
});

test("reports are told apart by seat, and the last day is the latest that stands", () => {
  const all = [
    entryOf("meet-informally", "2026-10-01"),
    entryOf("meet-informally", "2026-11-01", { seat: "le" }),
    entryOf("meet-informally", "2026-12-01", { undoneAt: NOW }),
  ];
  expect(reportedBy(all, "meet-informally")).toEqual(["sp", "le"]);
  expect(reportedBy(all.slice(1), "meet-informally")).toEqual(["le"]);
  expect(lastOn(all, "meet-informally")).toBe("2026-11-01");
  expect(lastOn(all, "debrief")).toBeUndefined();
});

test("only the two maps have halves, and only the two talks are between them", () => {
  expect(ACTION_KINDS.filter((kind) => shapeOf(kind) === "own-half")).toEqual([
    "role-map",
    "info-sharing-map",
  ]);
  expect(ACTION_KINDS.filter(isHiddenFromCoordinators)).toEqual([
    "tension-preview",
    "repair-conversation",
  ]);
});
