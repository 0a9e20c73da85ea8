import { describe, expect, test } from "vitest";
import {
  loadBare,
  loadLabelled,
  logsWrongly,
  mistakesIn,
  readBare,
  readLabelled,
} from "./labelled.ts";

describe.each(["sentences", "sentences-held-out"] as const)("the replies of %s", (name) => {
  const replies = loadLabelled(name);
  const read = replies.map((reply) => ({ reply, reading: readLabelled(reply) }));

  test("log nothing that did not happen, and on no wrong day", () => {
    const wrong = read.filter(({ reply, reading }) => logsWrongly(reply, reading));
    expect(wrong.map(({ reply }) => reply.body)).toEqual([]);
  });

  test("are never without the note when they hold identifying details", () => {
    const missed = read.filter(({ reply, reading }) => reply.label.sensitive && !reading.sensitive);
    expect(missed.map(({ reply }) => reply.body)).toEqual([]);
  });

  test("are wholly right nine times in ten", () => {
    const right = read.filter(({ reply, reading }) => mistakesIn(reply, reading).length === 0);
    expect(right.length / read.length).toBeGreaterThanOrEqual(0.9);
  });
});

test("the corpora are as large and as mean as they should be", () => {
  const replies = [...loadLabelled("sentences"), ...loadLabelled("sentences-held-out")];
  expect(replies.length).toBeGreaterThanOrEqual(300);
  expect(replies.filter(({ trap }) => trap).length / replies.length).toBeGreaterThanOrEqual(0.5);
});

test.each(loadBare("traps"))("lesson $lesson: '$body' logs nothing", (reply) => {
  const { certain, actions } = readBare(reply);
  expect(certain ? actions : []).toEqual([]);
});

test.each(loadBare("deeds"))("lesson $lesson: '$body' is logged without asking", (reply) => {
  const { certain, actions, intent } = readBare(reply);
  expect({ intent, certain, isNamed: actions.length > 0 }).toEqual({
    intent: "done",
    certain: true,
    isNamed: true,
  });
});
