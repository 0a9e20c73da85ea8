import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plusDays, plusHours } from "../../functions/core/instant.ts";
import {
  countsFrom,
  countsSince,
  judgeMail,
  OPEN_VALVE,
  openValve,
  shutValve,
} from "../../functions/core/valve.ts";
import { NOW } from "../support/builders.ts";

const counts = (sent: number, bounce: number, complaint: number) => ({ sent, bounce, complaint });

describe("too much mail fails", () => {
  test.each([
    [counts(125, 5, 0), "bounce"],
    [counts(126, 5, 0), undefined],
    [counts(10, 4, 0), undefined],
    [counts(100_000, 4_000, 0), "bounce"],
    [counts(100_000, 3_999, 0), undefined],
    [counts(3_750, 0, 3), "complaint"],
    [counts(3_751, 0, 3), undefined],
    [counts(10, 0, 2), undefined],
    [counts(1_000, 39, 1), undefined],
    [counts(0, 5, 0), "bounce"],
  ])("from 4 %% bounces and 0.08 %% complaints on, with enough of them: %o is %s", (mail, why) => {
    expect(judgeMail(mail)).toBe(why);
  });

  test("and more of it, with no more sent, is never better", () => {
    const number = fc.nat(10_000);
    fc.assert(
      fc.property(number, number, number, fc.nat(50), (sent, bounce, complaint, more) => {
        if (judgeMail(counts(sent, bounce, complaint)) === undefined) return;
        expect(judgeMail(counts(sent, bounce + more, complaint + more))).toBeDefined();
      }),
    );
  });
});

describe("the valve", () => {
  const shut = { at: NOW, why: "bounce" } as const;

  test("shuts once and says since when", () => {
    const state = shutValve(OPEN_VALVE, OPEN_VALVE, "bounce", NOW);
    expect(state).toEqual({ shut });
    expect(shutValve({ shut }, OPEN_VALVE, "complaint", plusHours(NOW, 1))).toBeUndefined();
  });

  test("is not shut by counts from before somebody resumed", () => {
    const resumed = { at: NOW, sent: 7 };
    expect(shutValve({ resumed }, OPEN_VALVE, "bounce", NOW)).toBeUndefined();
    expect(shutValve({ resumed }, { resumed }, "bounce", NOW)).toBeDefined();
  });

  test("is opened by a person, once", () => {
    const resumed = { at: plusHours(NOW, 2), sent: 7 };
    expect(openValve({ shut }, resumed)).toEqual({ resumed });
    expect(openValve({ resumed }, resumed)).toBeUndefined();
  });

  test("counts mails of seven days, or since the resume, and none of that day from before it", () => {
    const resumed = { at: plusHours(NOW, -2), sent: 40 };
    expect(countsFrom(OPEN_VALVE, NOW)).toBe(plusDays(NOW, -7));
    expect(countsFrom({ resumed }, NOW)).toBe(resumed.at);
    expect(countsFrom({ resumed }, plusDays(NOW, 9))).toBe(plusDays(NOW, 2));
    expect(countsSince({ resumed }, resumed.at, counts(50, 1, 0))).toEqual(counts(10, 1, 0));
    expect(countsSince({ resumed }, plusDays(NOW, 2), counts(50, 1, 0))).toEqual(counts(50, 1, 0));
  });
});
