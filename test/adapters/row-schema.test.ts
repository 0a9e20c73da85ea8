import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import type * as z from "zod";
import type { consentRow, sendRow, suppressionRow } from "../../functions/adapters/ledger-row.ts";
import type { actionRow, pairRow } from "../../functions/adapters/pair-row.ts";
import { storableRow } from "../../functions/adapters/row-schema.ts";
import type { currentRow, sessionRow } from "../../functions/adapters/service-row.ts";
import type { LogEntry } from "../../functions/core/action.ts";
import type { Consent, Suppression } from "../../functions/core/consent.ts";
import type { CourseOutline } from "../../functions/core/course.ts";
import type { Pair } from "../../functions/core/pair.ts";
import type { Send } from "../../functions/core/send.ts";
import type { Row, Session } from "../../functions/ports.ts";
import { entry, NOON, pair, send } from "./examples.ts";

type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;
/** What a row says beyond its key and the attributes of the indexes. */
type Content<S extends z.ZodType, Extra extends string = "version"> = Mutable<
  Omit<z.infer<S>, "pk" | "sk" | Extra>
>;

const pairRowOf = (content: object): Row =>
  ({
    ...pair,
    pk: `PAIR#${pair.id}`,
    sk: "PAIR",
    rosterKey: "coast#active",
    rosterOn: "2026-11-20",
    ...content,
  }) as Row;

describe("the rows' schema", () => {
  test("lists exactly what the types of the core have (checked when compiling)", () => {
    type Index = "dueShard" | "rosterKey" | "rosterOn";
    expectTypeOf<Content<typeof pairRow, Index | "dueAt">>().toEqualTypeOf<Mutable<Pair>>();
    expectTypeOf<Content<typeof sendRow, Index>>().toEqualTypeOf<Mutable<Send>>();
    expectTypeOf<Content<typeof actionRow>>().toEqualTypeOf<Mutable<LogEntry>>();
    expectTypeOf<Content<typeof consentRow>>().toEqualTypeOf<Mutable<Consent>>();
    expectTypeOf<Content<typeof suppressionRow>>().toEqualTypeOf<Mutable<Suppression>>();
    expectTypeOf<Content<typeof currentRow>>().toEqualTypeOf<Mutable<CourseOutline>>();
    expectTypeOf<Content<typeof sessionRow, "version" | "expiresAt">>().toEqualTypeOf<
      Mutable<Session>
    >();
  });

  test("has no place for a client's data, at any depth of a pair", () => {
    const seat = { ...pair.seats.sp, note: "Maria" };
    const refused = [
      { note: "Maria" },
      { seats: { ...pair.seats, sp: seat } },
      { seats: { ...pair.seats, client: pair.seats.sp } },
      { lessons: [{ ...pair.lessons[0], said: "words" }] },
      { timers: { ...pair.timers, hearing: { at: NOON, item: "court" } } },
      { timers: { lesson: { at: NOON, item: "meet Maria at court" } } },
      { state: { kind: "active", startedAt: NOON, why: "words" } },
      { slot: { ...pair.slot, place: "Harbor Street 5" } },
    ];
    expect(storableRow(pairRowOf({}))).toEqual(pairRowOf({}));
    for (const content of refused) expect(() => storableRow(pairRowOf(content))).toThrow(Error);
  });

  test("has no place for words in the log or in a send", () => {
    const action = { ...entry, pk: "PAIR#a", sk: "ACTION#x", version: 1 };
    const mail = { ...send, pk: "PAIR#a", sk: "SEND#x", dueShard: "1" };
    expect(storableRow(action)).toEqual(action);
    expect(storableRow(mail)).toEqual(mail);
    const refused: readonly Row[] = [
      { ...action, text: "words" },
      { ...action, source: "she came at noon" },
      { ...mail, facts: { ...send.facts, agreement: "she came at noon" } },
      { ...mail, facts: { logged: [{ kind: "intro-call", who: "Maria" }] } },
      { ...mail, to: "rosa@shelter.example" },
    ];
    for (const row of refused) expect(() => storableRow(row)).toThrow(Error);
  });

  test("names the attribute it refuses, and never a value", () => {
    const value = "Maria Lopez 555-1234";
    const attempt = () => storableRow(pairRowOf({ note: value, cohort: value }));
    expect(attempt).toThrow(/note \(not listed\)/);
    expect(attempt).toThrow(/cohort/);
    expect(attempt).not.toThrow(/Maria/);
  });

  test("refuses every attribute that is not listed, whatever it is called", () => {
    const listed = new Set(Object.keys(pairRowOf({ dueAt: NOON, dueShard: "1" })));
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 20 }), fc.jsonValue(), (name, value) => {
        fc.pre(!listed.has(name) && name !== "__proto__");
        expect(() => storableRow(pairRowOf({ [name]: value }))).toThrow(Error);
      }),
    );
  });
});
