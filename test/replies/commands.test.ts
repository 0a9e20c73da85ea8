import { describe, expect, test } from "vitest";
import { ACTION_KINDS, LESSON_KINDS } from "../../functions/core/action.ts";
import type { MailKind } from "../../functions/core/course.ts";
import { readReply } from "../../functions/core/read-reply.ts";
import type { Reading, ReplyText } from "../../functions/core/reading.ts";

/** Sent on a Thursday in answer to lesson 3. */
function read(body: string, more: Partial<ReplyText> = {}): Reading {
  return readReply({
    body,
    sentOn: "2026-03-05T18:30:00.000Z",
    lesson: 3,
    role: "service_provider",
    timeZone: "America/New_York",
    kind: "lesson",
    ...more,
  });
}

/** A mail that is about no lesson. */
function readIn(kind: MailKind, body: string, more: Partial<ReplyText> = {}): Reading {
  const { lesson: _, ...rest } = {
    lesson: 0,
    sentOn: "2026-03-05T18:30:00.000Z",
    role: "law_enforcement",
    timeZone: "America/New_York",
  } as const;
  return readReply({ ...rest, ...more, body, kind });
}

describe("a whole message of one word", () => {
  test.each([
    ["STOP", "stop"],
    ["stop", "stop"],
    ["Stop.", "stop"],
    ["STOP!!", "stop"],
    ["Please stop", "stop"],
    ["unsubscribe", "stop"],
    ["ALTO", "stop"],
    ["PAUSE", "pause"],
    ["pausa", "pause"],
    ["RESUME", "resume"],
    ["Restart", "resume"],
    ["SEGUIR", "resume"],
    ["NOT YET", "not_yet"],
    ["Not yet!", "not_yet"],
    ["todavía no", "not_yet"],
    ["Todavia no.", "not_yet"],
    ["aún no", "not_yet"],
    ["no", "not_yet"],
    ["HELP", "help"],
    ["ayuda", "help"],
    ["LATER", "snooze"],
    ["snooze", "snooze"],
    ["RECORDAR", "snooze"],
    ["FIX", "fix"],
    ["DISAGREE", "fix"],
    ["HANDOVER", "help"],
    ["INVITED", "not_yet"],
    ["REVISE", "question"],
    ["START", "resume"],
    ["DONE", "done"],
    ["done", "done"],
    ["Done!", "done"],
    ["HECHO", "done"],
    ["doen", "done"],
    ["all done", "done"],
    ["Done, thanks!", "done"],
    ["Hi, done. Thank you", "done"],
  ] as const)("%s means %s", (body, intent) => {
    expect(read(body)).toMatchObject({ intent, certain: true });
  });

  test.each([
    "START",
    "FIX",
    "DISAGREE",
    "HANDOVER",
    "INVITED",
    "KEEP",
    "WAIT",
    "END",
    "REVISE",
  ] as const)("%s is named as a command", (command) => {
    expect(read(command)).toMatchObject({ command, actions: [], certain: true });
    expect(read(`${command}.`).command).toBe(command);
    expect(read(command.toLowerCase()).command).toBe(command);
  });

  test.each(["👍", "ok", "Thanks!", "Great.", "", "   ", "...", "Yes", "sí"])(
    "'%s' asks back",
    (body) => {
      expect(read(body)).toMatchObject({ intent: "other", actions: [], certain: false });
    },
  );
});

describe("words of the kinds", () => {
  test.each([
    ["CALL", "intro-call"],
    ["LIST", "role-map"],
    ["COFFEE", "meet-informally"],
    ["LUNCH", "meet-informally"],
    ["MET", "meet-informally"],
    ["TALKED", "tension-preview"],
    ["NUMBERS", "trust-checkin"],
    ["DRAFTED", "mou-draft"],
    ["SWAPPED", "timeline-swap"],
    ["BOXES", "info-sharing-map"],
    ["TRAINED", "cross-training"],
    ["RESET", "repair-conversation"],
    ["LOOKED BACK", "debrief"],
    ["NEED ONE", "mou-needed"],
    ["SENT", "mou-sent"],
    ["SIGNED", "mou-signed"],
    ["HAVE ONE", "mou-signed"],
    ["REVIEWED", "mou-review"],
    ["NOT NEEDED", "mou-not-needed"],
  ] as const)("%s logs %s in answer to any lesson", (body, kind) => {
    for (const lesson of [3, 6, 9]) {
      expect(read(body, { lesson })).toMatchObject({
        intent: "done",
        actions: [kind],
        certain: true,
      });
    }
  });

  test("every kind but the two that other people's acts log has a word", () => {
    const words = [
      "CALL",
      "LIST",
      "MET",
      "TALKED",
      "NUMBERS",
      "DRAFTED",
      "SWAPPED",
      "BOXES",
      "TRAINED",
      "RESET",
      "LOOKED BACK",
      "NEED ONE",
      "SENT",
      "SIGNED",
      "REVIEWED",
      "NOT NEEDED",
    ];
    const kinds = new Set(words.flatMap((word) => read(word).actions));
    expect(ACTION_KINDS.filter((kind) => !kinds.has(kind))).toEqual(["mou-revise", "mou-reopened"]);
  });

  test("SENT in answer to the second lesson means its list", () => {
    expect(read("Sent", { lesson: 2 }).actions).toEqual(["role-map"]);
  });

  test("DONE LUNCH in answer to lesson 4 logs the talk and the lunch", () => {
    expect(read("DONE LUNCH", { lesson: 4 }).actions).toEqual([
      "tension-preview",
      "meet-informally",
    ]);
  });

  test("a kind named beside DONE wins over the lesson's", () => {
    expect(read("Done - coffee yesterday", { lesson: 7 }).actions).toEqual(["meet-informally"]);
  });

  test("a kind added to DONE is logged with it", () => {
    expect(read("DONE and CALL", { lesson: 2 }).actions).toEqual(["role-map", "intro-call"]);
  });

  test("'coffee Friday' may be the last one or the next: it asks", () => {
    expect(read("coffee Friday")).toMatchObject({ actions: ["meet-informally"], certain: false });
    expect(read("COFFEE Friday")).toMatchObject({ date: "2026-02-27", certain: true });
    expect(read("coffee last Friday")).toMatchObject({ date: "2026-02-27", certain: true });
  });
});

describe("what a bare DONE means", () => {
  test.each(LESSON_KINDS.map((kind, at) => [at + 1, kind] as const))(
    "in answer to lesson %i it is %s",
    (lesson, kind) => {
      expect(read("DONE", { lesson })).toMatchObject({ actions: [kind], certain: true });
    },
  );

  test("is what the mail declares, where it does", () => {
    expect(readIn("mou", "DONE", { done: "mou-review" }).actions).toEqual(["mou-review"]);
    expect(read("DONE", { lesson: 12, done: "debrief" }).actions).toEqual(["debrief"]);
  });

  test("is the meeting in answer to a meet prompt", () => {
    expect(readIn("meet", "DONE").actions).toEqual(["meet-informally"]);
  });

  test.each(["check-in", "graduation", "welcome", "mou"] as const)(
    "asks back in answer to a %s",
    (kind) => {
      expect(readIn(kind, "DONE")).toMatchObject({ intent: "done", actions: [], certain: false });
    },
  );

  test("a kind named in answer to a check-in needs no lesson", () => {
    expect(readIn("check-in", "We had coffee on Tuesday.")).toMatchObject({
      actions: ["meet-informally"],
      date: "2026-03-03",
      certain: true,
    });
  });
});

describe("YES", () => {
  test.each(["YES", "yes", "Yes!", "SÍ", "si", "Yes please"])(
    "'%s' confirms an invitation",
    (body) => {
      expect(readIn("invitation", body)).toMatchObject({
        intent: "confirm",
        command: "YES",
        certain: true,
      });
      expect(readIn("reminder", body).intent).toBe("confirm");
    },
  );

  test("in answer to anything else asks back", () => {
    expect(readIn("meet", "YES")).toMatchObject({ intent: "other", certain: false });
  });

  test("with more than politeness around it confirms nothing", () => {
    expect(readIn("invitation", "Yes, but who are you?").intent).not.toBe("confirm");
  });
});

describe("times", () => {
  test.each([
    ["SNOOZE 10", 10],
    ["snooze 10 days", 10],
    ["Snooze for two weeks", 14],
    ["LATER", 7],
    ["REMIND ME 3", 3],
    ["remind me in 3 days", 3],
    ["Remind me Monday", 4],
    ["Remind me next week", 7],
    ["remind me in a month", 30],
    ["RECORDAR 5", 5],
    ["recuérdame en dos semanas", 14],
    ["Please ask me again on March 20.", 15],
  ])("%s asks again after %i days", (body, days) => {
    expect(read(body)).toMatchObject({ intent: "snooze", snoozeDays: days, certain: true });
  });

  test.each([
    ["PAUSE 2 WEEKS", 14, "2026-03-19"],
    ["pause 3", 21, "2026-03-26"],
    ["Pause for a month please", 30, "2026-04-04"],
    ["PAUSE until April 1", 27, "2026-04-01"],
    ["pausa 2 semanas", 14, "2026-03-19"],
    ["Please pause until March 20.", 15, "2026-03-20"],
  ])("%s pauses for %i days, until %s", (body, days, until) => {
    expect(read(body)).toMatchObject({
      intent: "pause",
      snoozeDays: days,
      plannedOn: until,
      certain: true,
    });
  });

  test.each([
    "PAUSE",
    "Please pause everything until I am back.",
    "Put this on hold please, I leave next week.",
  ])("'%s' pauses without an end", (body) => {
    expect(read(body)).toMatchObject({ intent: "pause", snoozeDays: null, plannedOn: null });
  });

  test("a hold of stated length is a later reminder", () => {
    expect(read("Please hold these for two weeks.")).toMatchObject({
      intent: "snooze",
      snoozeDays: 14,
    });
  });

  test("INVITED with a day holds the nudge until it", () => {
    expect(read("INVITED March 18", { lesson: 9 })).toMatchObject({
      intent: "not_yet",
      command: "INVITED",
      plannedOn: "2026-03-18",
      actions: [],
    });
  });

  test("a plan names its day", () => {
    expect(read("We're meeting next Tuesday.")).toMatchObject({
      intent: "not_yet",
      plannedOn: "2026-03-10",
      date: null,
    });
  });
});

describe("FIX", () => {
  test("with a day and a kind corrects in one go", () => {
    expect(read("FIX lunch Mar 3")).toMatchObject({
      intent: "fix",
      command: "FIX",
      actions: ["meet-informally"],
      date: "2026-03-03",
    });
    expect(read("Fix: it was Tuesday")).toMatchObject({
      intent: "fix",
      actions: [],
      date: "2026-03-03",
    });
  });

  test("inside a sentence is no command", () => {
    expect(read("We need to fix a date for coffee.").intent).toBe("not_yet");
  });
});

describe("control words inside ordinary sentences", () => {
  test.each([
    "I stopped by the shelter.",
    "You have been a big help.",
    "No need to pause anything.",
    "We did not stop talking for an hour.",
    "She started her new job.",
    "Keep up the good work!",
    "We ended up at the wrong diner.",
    "The list of exhibits keeps growing.",
    "I will resume my notes tomorrow.",
    "Call volume is high today.",
  ])("'%s' is neither stop, pause, resume, help nor a log", (body) => {
    const { intent, certain, actions, command } = read(body);
    expect(["stop", "pause", "resume", "help", "fix", "confirm"]).not.toContain(intent);
    expect({ logged: certain ? actions : [], command }).toEqual({ logged: [], command: undefined });
  });
});

describe("mixed replies follow the order of precedence", () => {
  test.each([
    ["STOP\n\nWe did meet though, on Tuesday.", "stop", ["meet-informally"]],
    ["Had coffee yesterday. Please pause the lessons.", "pause", ["meet-informally"]],
    ["DONE. Remind me in a month.", "done", ["meet-informally"]],
    ["Not yet, remind me Monday.", "snooze", []],
    ["Had coffee. What is next?", "done", ["meet-informally"]],
    ["Please tell her I am late. When is the next lesson?", "help", []],
    ["Not yet. Can it be by phone?", "question", []],
  ])("%s", (body, intent, actions) => {
    expect(read(body)).toMatchObject({ intent, actions });
  });

  test("a denial beside a DONE asks", () => {
    expect(read("Done. Just kidding, we have not met.").certain).toBe(false);
  });
});

describe("a word of the mails in capitals and the day, before whatever else is told", () => {
  test.each([
    ["COFFEE 3/3 at the diner on Main", 3, "meet-informally"],
    ["CALL Tuesday, ran long", 1, "intro-call"],
    ["TRAINED 3/3 with half the unit", 9, "cross-training"],
    ["RESET on 3/3 over the phone", 10, "repair-conversation"],
    ["DONE 3/3 with half the team on vacation", 9, "cross-training"],
    ["Sorry for the delay. LIST 3/3, hers came the day after", 2, "role-map"],
  ] as const)("is logged: %s", (body, lesson, kind) => {
    expect(read(body, { lesson })).toMatchObject({
      intent: "done",
      actions: [kind],
      date: "2026-03-03",
      certain: true,
    });
  });

  test.each([
    ["CALL 3/3 didn't happen", 1],
    ["CALL 3/3 went to voicemail", 1],
    ["SWAPPED 3/3 only my half", 7],
    ["COFFEE 3/20 at the diner", 3],
    ["COFFEE 3/3 at the diner?", 3],
    ["CALL me about 3/3", 1],
  ] as const)("is not when it is denied, planned, asked or no such word: %s", (body, lesson) => {
    const { actions, certain } = read(body, { lesson });
    expect(certain ? actions : []).toEqual([]);
  });
});
