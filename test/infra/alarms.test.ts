import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { METRIC_NAMES } from "../../functions/adapters/counted-lines.ts";
import { anchorOf, headingsOf } from "../repo/markdown.ts";
import { type Synthesized, synthesize } from "./deployment.ts";
import { type Properties, propertiesOf } from "./template.ts";

const runbook = readFileSync(
  fileURLToPath(new URL("../../docs/RUNBOOK.md", import.meta.url)),
  "utf8",
);
const STEPS = ["Pages", "Schedule", "Send", "Receive", "Feedback"];

let made: Synthesized;
let alarms: readonly Properties[];
beforeAll(() => {
  made = synthesize();
  alarms = propertiesOf(made.service(), "AWS::CloudWatch::Alarm");
});
afterAll(() => made.remove());

const nameOf = ({ AlarmName }: Properties) => String(AlarmName).replace("common-ground-trial-", "");

test("each alarm has its heading in the runbook, and each heading its alarm", () => {
  const part = runbook.slice(runbook.indexOf("\n## Alarms\n"));
  expect(headingsOf(part, 3)).toEqual(expect.arrayContaining(alarms.map(nameOf)));
  expect(headingsOf(part, 3)).toHaveLength(alarms.length);
});

test("each alarm is named by its step and what happened, and says where to read on", () => {
  for (const alarm of alarms) {
    const name = nameOf(alarm);
    expect(STEPS.filter((step) => name.startsWith(step) && name.length > step.length)).toHaveLength(
      1,
    );
    expect(alarm.AlarmDescription).toMatch(
      new RegExp(`^[A-Z].*\\. What to do: docs/RUNBOOK\\.md#${anchorOf(name)}$`),
    );
  }
});

test("each heading says where to look and what to do", () => {
  const sections = runbook.slice(runbook.indexOf("\n## Alarms\n")).split(/^### /m).slice(1);
  for (const section of sections) {
    expect(section).toMatch(/^Look: /m);
    expect(section).toMatch(/^Do: /m);
  }
});

test("each alarm reaches the operator, going off and ending", () => {
  for (const { AlarmActions, OKActions } of alarms) {
    expect(JSON.stringify(AlarmActions)).toContain("AlarmsTopic");
    expect(JSON.stringify(OKActions)).toContain("AlarmsTopic");
  }
  made.service().hasResourceProperties("AWS::SNS::Subscription", {
    Protocol: "email",
    Endpoint: "operator@agency.example",
  });
});

test("each metric that log lines count into is watched by an alarm, and without dimensions as they count", () => {
  const watched = alarms.flatMap(metricsOf).filter(({ Namespace }) => Namespace === NAMESPACE);
  const names = METRIC_NAMES.filter((name) => name !== DRAWN_ONLY);
  expect(new Set(watched.map(({ MetricName }) => MetricName))).toEqual(new Set(names));
  for (const { Dimensions } of watched) expect(Dimensions).toBeUndefined();
});

test("replies with details alarm nobody: they are drawn on the dashboard, and the runbook says what to make of them", () => {
  const [dashboard] = propertiesOf(made.service(), "AWS::CloudWatch::Dashboard");
  expect(JSON.stringify(dashboard)).toContain(`\\"${NAMESPACE}\\",\\"${DRAWN_ONLY}\\"`);
  expect(runbook).toContain(`draws \`${DRAWN_ONLY}\``);
});

test("each function that logs what counts is told the namespace that the alarms watch", () => {
  const told = propertiesOf(made.service(), "AWS::Lambda::Function")
    .map(({ Environment }) => (Environment as Properties | undefined)?.Variables as Properties)
    .filter((variables) => variables?.PAIRS_TABLE !== undefined && variables.KEYS_SECRET);
  expect(told.length).toBeGreaterThan(8);
  for (const { METRIC_NAMESPACE } of told) expect(METRIC_NAMESPACE).toBe(NAMESPACE);
});

const NAMESPACE = "CommonGround/trial";
const DRAWN_ONLY = "ReceiveDetails";

/** The metrics of one alarm, its own or those of its formula. */
function metricsOf(alarm: Properties): readonly Properties[] {
  if (alarm.MetricName !== undefined) return [alarm];
  const parts = alarm.Metrics as readonly { MetricStat?: { Metric: Properties } }[];
  return parts.flatMap(({ MetricStat }) => (MetricStat === undefined ? [] : [MetricStat.Metric]));
}

function alarmCalled(name: string): Properties {
  const found = alarms.find((alarm) => nameOf(alarm) === name);
  if (found === undefined) throw new Error(`There is no alarm ${name}.`);
  return found;
}

test("dead letters of every queue alarm at the first one", () => {
  const watching = alarms.filter((alarm) => nameOf(alarm).endsWith("DeadLetters"));
  const queues = watching.flatMap(metricsOf).map(({ Dimensions }) => JSON.stringify(Dimensions));
  const dead = Object.entries(made.service().findResources("AWS::SQS::Queue")).filter(
    ([, { Properties: properties }]) => String(properties.QueueName).endsWith("-dead"),
  );
  expect(dead).toHaveLength(4);
  for (const [id] of dead) expect(queues.filter((one) => one.includes(id))).toHaveLength(1);
  for (const alarm of watching) expect(alarm).toMatchObject({ Threshold: 1 });
});

test("no tick for a quarter of an hour is an alarm, silence included", () => {
  const alarm = alarmCalled("ScheduleNoTick");
  expect(alarm.TreatMissingData).toBe("breaching");
  expect(JSON.stringify(alarm.Metrics)).toMatch(/"Period":900/);
  expect(metricsOf(alarm).map(({ MetricName }) => MetricName)).toEqual(["Errors", "Invocations"]);
});

test.each([
  ["FeedbackBounces", 2, 604_800, 5],
  ["FeedbackComplaints", 0.05, 604_800, 3],
  ["FeedbackStorm", 10, 3_600, 5],
])("%s goes off at %d percent in %d s, from %d on", (name, percent, seconds, least) => {
  const alarm = alarmCalled(name);
  expect(alarm).toMatchObject({ Threshold: percent, EvaluationPeriods: 1 });
  const text = JSON.stringify(alarm.Metrics);
  expect(text).toContain(`"Period":${seconds}`);
  expect(text).toContain(`IF(FILL(bad, 0) >= ${least}, `);
});

test("alarms tell people and pause nothing: the service's own valve is the one way mail pauses by itself", () => {
  for (const { AlarmActions } of alarms) expect(AlarmActions).toHaveLength(1);
  expect(metricsOf(alarmCalled("FeedbackPaused"))).toMatchObject([
    { MetricName: "FeedbackPaused" },
  ]);
});

test("lost answers alarm above half a percent in a day", () => {
  const alarm = alarmCalled("SendUnresolved");
  expect(alarm.Threshold).toBe(0.5);
  expect(JSON.stringify(alarm.Metrics)).toContain('"Period":86400');
});
