import { expect, test } from "vitest";
import { METRIC_NAMES, metricsOfLine } from "../../functions/adapters/counted-lines.ts";
import { jsonLog } from "../../functions/adapters/log.ts";
import type { Log } from "../../functions/ports.ts";

const NOON = "2026-12-01T12:00:00.000Z";

function lineOf(write: (log: Log) => void): Record<string, unknown> {
  const lines: string[] = [];
  write(
    jsonLog((line) => lines.push(line), {
      namespace: "CommonGround/trial",
      clock: { now: () => NOON },
    }),
  );
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? "");
}

test("a mail that is held counts by the line that tells of it, in the embedded metric format", () => {
  const line = lineOf((log) =>
    log.info("send.settled", { sendId: "abc_lesson-01_sp1", state: "held" }),
  );
  expect(line).toEqual({
    level: "info",
    event: "send.settled",
    sendId: "abc_lesson-01_sp1",
    state: "held",
    _aws: {
      Timestamp: Date.parse(NOON),
      CloudWatchMetrics: [
        {
          Namespace: "CommonGround/trial",
          Dimensions: [[]],
          Metrics: [{ Name: "SendHeld", Unit: "Count" }],
        },
      ],
    },
    SendHeld: 1,
  });
});

test("a line that counts into nothing stays as it is", () => {
  const line = lineOf((log) =>
    log.info("send.settled", { sendId: "abc_lesson-01_sp1", state: "planned" }),
  );
  expect(Object.keys(line)).toEqual(["level", "event", "sendId", "state"]);
});

test.each([
  ["send.settled", { state: "sent" }, ["SendSent"]],
  ["send.taken-up", { state: "unresolved" }, ["SendUnresolved"]],
  ["send.taken-up", { state: "claimed" }, []],
  ["feedback.event", { kind: "hard-bounce", outcome: "settled" }, ["FeedbackBounced"]],
  ["feedback.event", { kind: "hard-bounce", outcome: "unknown" }, []],
  ["feedback.event", { kind: "reject", outcome: "settled" }, ["SendHeld"]],
  ["feedback.second-send", { sendId: "x" }, ["FeedbackSecondSend"]],
])("%s with %o counts into %j", (event, facts, names) => {
  expect(metricsOfLine(event, facts)).toEqual(names);
});

test("every metric is named by its step and what happened", () => {
  for (const name of METRIC_NAMES) expect(name).toMatch(/^(Feedback|Receive|Schedule|Send)[A-Z]/);
});
