import { describe, expect, test } from "vitest";
import { HUNCH_INTENTS } from "../../functions/core/reading-hunch.ts";
import { HUNCH_WEIGHTS } from "../../functions/core/reading-hunch-weights.ts";
import { loadHunches, readBare } from "./labelled.ts";

describe("a hunch", () => {
  test("names what may have happened where no phrase of it is known, and asks", () => {
    const { intent, actions, certain } = readBare({
      lesson: 5,
      body: "Swapped and tested on Thursday! She laughed so hard at my ringtone.",
    });
    expect({ intent, actions, certain }).toEqual({
      intent: "done",
      actions: ["trust-checkin"],
      certain: false,
    });
  });

  test("never stops, pauses or restarts what the words wave off", () => {
    expect(["stop", "pause", "resume"]).not.toContain(
      readBare({ lesson: 3, body: "No need to pause anything over here." }).intent,
    );
  });

  test("does not talk a plain deed away", () => {
    const body = "Lunch was on Tuesday. I have been buried, sorry, I will answer sooner.";
    expect(readBare({ lesson: 3, body })).toMatchObject({ intent: "done", date: "2026-03-03" });
  });

  test("logs none of the replies it alone understands", () => {
    const logged = loadHunches().filter((reply) => {
      const { certain, actions } = readBare(reply);
      return reply.intent !== "done" && certain && actions.length > 0;
    });
    expect(logged.map(({ body }) => body)).toEqual([]);
  });

  test("weighs nothing but the intents it knows", () => {
    const letters = new Set(HUNCH_WEIGHTS.match(/(?<==[^|]*)[a-z](?=-?\d)/g));
    expect([...letters].every((letter) => letter.charCodeAt(0) - 97 < HUNCH_INTENTS.length)).toBe(
      true,
    );
  });
});
