import { describe, expect, test } from "vitest";
import { readReply } from "../../functions/core/read-reply.ts";
import type { ReplyText } from "../../functions/core/reading.ts";

/** A Thursday. */
const SENT: Omit<ReplyText, "body"> = {
  sentOn: "2026-03-05T18:30:00.000Z",
  lesson: 3,
  role: "law_enforcement",
  timeZone: "America/New_York",
  kind: "lesson",
};

function dayOf(body: string): string | null {
  return readReply({ ...SENT, body }).date;
}

const DAYS: readonly (readonly [phrase: string, day: string | null])[] = [
  ["today", "2026-03-05"],
  ["this morning", "2026-03-05"],
  ["this afternoon", "2026-03-05"],
  ["earlier today", "2026-03-05"],
  ["yesterday", "2026-03-04"],
  ["yesterday morning", "2026-03-04"],
  ["last night", "2026-03-04"],
  ["yest.", "2026-03-04"],
  ["the day before yesterday", "2026-03-03"],
  ["two days ago", "2026-03-03"],
  ["2 days ago", "2026-03-03"],
  ["three days back", "2026-03-02"],
  ["on Valentine's Day", "2026-02-14"],
  ["the day before Thanksgiving", "2025-11-26"],
  ["the day after New Year's", "2026-01-02"],
  ["the day before the hearing", null],
  ["a week ago", "2026-02-26"],
  ["a week ago today", "2026-02-26"],
  ["1 week ago", "2026-02-26"],
  ["two weeks ago", "2026-02-19"],
  ["Monday", "2026-03-02"],
  ["on Monday", "2026-03-02"],
  ["Mon", "2026-03-02"],
  ["on mon", "2026-03-02"],
  ["Tues", "2026-03-03"],
  ["on Tues.", "2026-03-03"],
  ["tue", "2026-03-03"],
  ["Weds", "2026-03-04"],
  ["on wed", "2026-03-04"],
  ["Thursday", "2026-02-26"],
  ["last Thursday", "2026-02-26"],
  ["thurs", "2026-02-26"],
  ["on Friday", "2026-02-27"],
  ["last Friday", "2026-02-27"],
  ["this past Friday", "2026-02-27"],
  ["Fri", "2026-02-27"],
  ["on Sat", "2026-02-28"],
  ["Sat.", "2026-02-28"],
  ["on Sunday", "2026-03-01"],
  ["Sunday afternoon", "2026-03-01"],
  ["Tuesday of last week", "2026-02-24"],
  ["last week on Tuesday", "2026-02-24"],
  ["Tuesday last week", "2026-02-24"],
  ["a week ago Monday", "2026-02-23"],
  ["March 3", "2026-03-03"],
  ["Mar 3", "2026-03-03"],
  ["Mar. 3rd", "2026-03-03"],
  ["March 3rd, 2026", "2026-03-03"],
  ["3 March", "2026-03-03"],
  ["3rd of March", "2026-03-03"],
  ["the 3rd of March", "2026-03-03"],
  ["on March third", "2026-03-03"],
  ["3/3", "2026-03-03"],
  ["03/03", "2026-03-03"],
  ["3/3/26", "2026-03-03"],
  ["3/3/2026", "2026-03-03"],
  ["3-3-26", "2026-03-03"],
  ["3.3.26", "2026-03-03"],
  ["2026-03-03", "2026-03-03"],
  ["27/2", "2026-02-27"],
  ["27/2/2026", "2026-02-27"],
  ["on the 3rd", "2026-03-03"],
  ["the 28th", "2026-02-28"],
  ["Tuesday the 3rd", "2026-03-03"],
  ["Tuesday, March 3", "2026-03-03"],
  ["Tuesday 3/3", "2026-03-03"],
  ["Tue Mar 3", "2026-03-03"],
  ["Tuesday, 3 March 2026", "2026-03-03"],
  ["December 18", "2025-12-18"],
  ["Dec 18th", "2025-12-18"],
  ["on 12/18", "2025-12-18"],
  ["Jan 30", "2026-01-30"],
  ["February 29", null],
  ["last week", null],
  ["over the weekend", null],
  ["last month", null],
  ["recently", null],
  ["the other day", null],
  ["in February", null],
  ["a few days ago", null],
  ["this week", null],
  ["earlier this week", null],
  ["last weekend", null],
  ["sometime last week", null],
  ["ayer", "2026-03-04"],
  ["hoy", "2026-03-05"],
  ["anoche", "2026-03-04"],
  ["anteayer", "2026-03-03"],
  ["el martes", "2026-03-03"],
  ["el lunes pasado", "2026-03-02"],
  ["el 3 de marzo", "2026-03-03"],
  ["hace dos días", "2026-03-03"],
  ["hace una semana", "2026-02-26"],
  ["la semana pasada", null],
  ["el 28 de febrero de 2026", "2026-02-28"],
  ["Tuesday at 3pm", "2026-03-03"],
  ["on the 3rd at 10", "2026-03-03"],
  ["Tuesday from 9-10", "2026-03-03"],
  ["at noon on Tuesday", "2026-03-03"],
  ["Tuesday night", "2026-03-03"],
  ["early Tuesday", "2026-03-03"],
  ["Tuesday before my shift", "2026-03-03"],
  ["just yesterday", "2026-03-04"],
  ["on Monday, Presidents Day week", "2026-03-02"],
  ["back on Monday", "2026-03-02"],
  ["Monday of this week", "2026-03-02"],
  ["the Monday before last", "2026-02-23"],
  ["two Mondays ago", "2026-02-23"],
  ["first thing Tuesday", "2026-03-03"],
  ["3 weeks ago", "2026-02-12"],
  ["ten days ago", "2026-02-23"],
  ["a couple of days ago", "2026-03-03"],
  ["couple days ago", "2026-03-03"],
  ["Feb 27th (Friday)", "2026-02-27"],
  ["Friday (2/27)", "2026-02-27"],
  ["1/2/26", "2026-01-02"],
];

describe("the day of what happened", () => {
  test.each(DAYS)("%s", (phrase, day) => {
    const isSpanish = /^(?:el|la|ayer|hoy|ano|ante|hace)\b/.test(phrase);
    expect(dayOf(isSpanish ? `Tomamos un café ${phrase}.` : `We had coffee ${phrase}.`)).toBe(day);
  });

  test.each([
    ["We sat down with April Jones yesterday.", "2026-03-04"],
    ["Sgt. Sun and Lt. May had coffee with us on Tuesday.", "2026-03-03"],
    ["We met Tuesday and read 3/4 of the handout.", "2026-03-03"],
    ["We met Tuesday. Our 24/7 line came up.", "2026-03-03"],
    ["We met Tuesday about the schedule for 3/12.", "2026-03-03"],
    ["We met. The hearing is on Friday.", null],
    ["We met. The raid was Tuesday.", null],
    ["We met, and next coffee is April 14.", null],
    ["We met on the 3rd, thanks for your email of 2/24.", "2026-03-03"],
    ["Done. It was Tuesday at noon.", "2026-03-03"],
    ["We met yesterday... sorry, Tuesday.", "2026-03-03"],
  ])("in a sentence: %s", (body, day) => {
    expect(dayOf(body)).toBe(day);
  });

  test("is a day in the partner's zone: 21:30 in New York is still today", () => {
    const body = "Had coffee today.";
    expect(readReply({ ...SENT, body, sentOn: "2026-03-06T02:30:00.000Z" }).date).toBe(
      "2026-03-05",
    );
  });

  test("asks when the day lies ahead", () => {
    const reading = readReply({ ...SENT, body: "DONE 3/12" });
    expect(reading).toMatchObject({
      intent: "done",
      date: null,
      plannedOn: "2026-03-12",
      certain: false,
    });
  });

  test("asks when the day lies more than half a year back", () => {
    expect(readReply({ ...SENT, body: "We had coffee on May 5, 2025." }).certain).toBe(false);
  });

  test("asks when two actions name two days", () => {
    const body = "Had the call Monday, swapped numbers Wednesday.";
    expect(readReply({ ...SENT, body, lesson: 5 }).certain).toBe(false);
  });

  test("is null when nothing was completed", () => {
    expect(dayOf("We tried on Tuesday but she was sick.")).toBeNull();
  });
});

describe("the day an agreement was signed may lie years back", () => {
  test.each([
    ["SIGNED May 2024", "2024-05-01"],
    ["HAVE ONE June 2019", "2019-06-01"],
    ["Signed 10/2023", "2023-10-01"],
    ["The MOU was signed on March 2, 2021.", "2021-03-02"],
  ])("%s", (body, day) => {
    const reading = readReply({ ...SENT, body, lesson: 6 });
    expect(reading).toMatchObject({ actions: ["mou-signed"], date: day, certain: true });
  });

  test("a month to come asks", () => {
    expect(readReply({ ...SENT, body: "SIGNED May 2027", lesson: 6 }).certain).toBe(false);
  });
});
