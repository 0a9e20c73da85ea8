import { describe, expect, test } from "vitest";
import type { LogEntry } from "../../functions/core/action.ts";
import { plusMinutes } from "../../functions/core/instant.ts";
import type { Reading } from "../../functions/core/reading.ts";
import { decideReply } from "../../functions/core/reply-effect.ts";
import type { Effect, Hearing } from "../../functions/core/reply-hearing.ts";
import { actAt, entryOf, NOW, pairOf, sendOf, TODAY } from "../support/builders.ts";

const CALL_ID = "1111111111111111";
const COFFEE_ID = "2222222222222222";
const PARTNER_ID = "3333333333333333";

function reported(minutesAgo: number, source: string): Partial<LogEntry> {
  return { source, reportedAt: plusMinutes(NOW, -minutesAgo) };
}

const call = entryOf("intro-call", "2026-10-06", reported(90, CALL_ID));
const coffee = entryOf("meet-informally", "2026-10-08", reported(60, COFFEE_ID));
const lists = entryOf("role-map", "2026-10-09", { seat: "le", ...reported(30, PARTNER_ID) });
const LOG = [call, coffee, lists];

/** What a reply says when it answers this item. */
function effectOf(item: string, reading: Partial<Reading>, changes: Partial<Hearing> = {}): Effect {
  return decideReply({
    reading: {
      intent: "fix",
      actions: [],
      date: null,
      plannedOn: null,
      snoozeDays: null,
      sensitive: false,
      certain: true,
      ...reading,
    },
    act: actAt(),
    pair: pairOf(),
    seat: "sp",
    today: TODAY,
    answered: sendOf({ item }),
    mail: item.startsWith("receipt-") ? "receipt-logged" : item,
    entries: LOG,
    ...changes,
  });
}

describe("FIX", () => {
  const fix = { command: "FIX" } as const;

  test("takes back what the receipt it answers logged, shows it, and asks what was right", () => {
    const effect = effectOf(`receipt-${CALL_ID}`, fix);
    expect(effect.undo).toEqual([call]);
    expect(effect.log).toBeUndefined();
    expect(effect.receipt).toMatchObject({
      mail: "receipt-fixed",
      facts: { logged: [{ kind: "intro-call" }], guesses: [{ kind: "intro-call", on: TODAY }] },
    });
  });

  test("elsewhere takes back the seat's own last entry, never the partner's", () => {
    expect(effectOf("lesson-03", fix).undo).toEqual([coffee]);
    expect(effectOf("lesson-03", fix, { seat: "le" }).undo).toEqual([lists]);
  });

  test("of a reply that logged several things takes all of them back", () => {
    const talk = { ...coffee, kind: "tension-preview" } as const;
    const effect = effectOf("lesson-03", fix, { entries: [...LOG, talk] });
    expect(effect.undo).toEqual([coffee, talk]);
  });

  test("with a day or a kind corrects in one go", () => {
    const dated = effectOf(`receipt-${CALL_ID}`, { ...fix, date: "2026-10-05" });
    expect(dated.undo).toEqual([call]);
    expect(dated.log).toMatchObject([{ kind: "intro-call", on: "2026-10-05", source: actAt().id }]);
    const renamed = effectOf(`receipt-${CALL_ID}`, { ...fix, actions: ["meet-informally"] });
    expect(renamed.log).toMatchObject([{ kind: "meet-informally", on: "2026-10-06" }]);
    expect(renamed.receipt?.mail).toBe("receipt-corrected");
  });

  test("that is not certain takes back, and asks instead of correcting", () => {
    const effect = effectOf("lesson-03", { ...fix, date: "2026-10-05", certain: false });
    expect([effect.undo, effect.log]).toEqual([[coffee], undefined]);
  });

  test("said again to the same receipt takes nothing else back", () => {
    const entries = [{ ...call, undoneAt: plusMinutes(NOW, -10) }, coffee];
    const effect = effectOf(`receipt-${CALL_ID}`, fix, { entries });
    expect(effect.undo ?? []).toEqual([]);
    expect(effect.receipt?.mail).toBe("receipt-nothing-to-fix");
  });

  test("handled again after a crash takes back the same entry and no other", () => {
    const half = [call, { ...coffee, undoneAt: actAt().at }, lists];
    expect(effectOf("lesson-03", fix, { entries: half }).undo?.map(({ source }) => source)).toEqual(
      [COFFEE_ID],
    );
    const corrected = [...half, { ...coffee, on: "2026-10-05", source: actAt().id }];
    const again = effectOf("lesson-03", { ...fix, date: "2026-10-05" }, { entries: corrected });
    expect(again.undo?.map(({ source }) => source)).toEqual([COFFEE_ID]);
    expect(again.log).toMatchObject([{ on: "2026-10-05", source: actAt().id }]);
  });

  test("with nothing logged says so", () => {
    expect(effectOf("lesson-03", fix, { entries: [lists] }).receipt?.mail).toBe(
      "receipt-nothing-to-fix",
    );
  });
});

describe("DISAGREE", () => {
  const disagree = { command: "DISAGREE" } as const;
  const decided = entryOf("mou-not-needed", "2026-10-10", {
    seat: "le",
    ...reported(5, "4".repeat(16)),
  });

  function toldBy(effect: Effect): readonly string[] {
    return (effect.change?.(pairOf())?.plans ?? []).map(({ mail, seat }) => `${mail} ${seat}`);
  }

  test("reopens NOT NEEDED, and both are told the same", () => {
    for (const changes of [{ mail: "notice-not-needed" }, { entries: [...LOG, decided] }]) {
      const effect = effectOf("lesson-07", disagree, changes);
      expect(effect.log).toMatchObject([{ kind: "mou-reopened", seat: "sp" }]);
      expect(effect.undo).toBeUndefined();
      expect(toldBy(effect)).toEqual(["notice-reopened le"]);
      expect(effect.receipt?.mail).toBe("receipt-reopened");
    }
  });

  test("else takes back what the partner logged last, and never one's own entry", () => {
    const effect = effectOf("lesson-03", disagree);
    expect(effect.undo).toEqual([lists]);
    expect(toldBy(effect)).toEqual(["notice-reopened le"]);
    expect(effectOf("lesson-03", disagree, { entries: [call] }).receipt?.mail).toBe(
      "receipt-nothing-to-fix",
    );
  });

  test("handled again after a crash takes back the same entry", () => {
    const earlier = entryOf("intro-call", "2026-10-02", {
      seat: "le",
      ...reported(200, "5".repeat(16)),
    });
    const entries = [earlier, { ...lists, undoneAt: actAt().at }];
    const effect = effectOf("lesson-03", disagree, { entries });
    expect(effect.undo?.map(({ source }) => source)).toEqual([PARTNER_ID]);
  });
});
