import { KeysError, readStoredKeys } from "../../functions/adapters/secrets.ts";
import { type Instant, plusHours, plusMinutes, toMs } from "../../functions/core/instant.ts";
import { OVERDUE_HOURS } from "../../functions/schedule/watch-overdue.ts";
import { nameFor } from "../config.ts";
import type { Check, Patient } from "./check.ts";
import { type Finding, ok, wrong } from "./finding.ts";

/** Each queue has its dead letters beside it, which alarm under the name of the step that takes from it. */
const QUEUES = { due: "Schedule", fast: "Send", bulk: "Send", feedback: "Feedback" } as const;
/** A send whose grace is over is taken up by the next tick or the next sweep but one. */
const TAKEN_UP_MINUTES = 30;

/** Whether the service itself is well, as far as it can be seen from outside. */
export const SERVICE_CHECKS: readonly Check[] = [
  { about: "keys", look: async (patient) => [await keys(patient)] },
  { about: "alarm address", look: async (patient) => [await alarmAddress(patient)] },
  { about: "alarms", look: alarms },
  { about: "lessons", look: async (patient) => [await lessons(patient)] },
  { about: "due", look: due },
  { about: "dead letters", look: deadLetters },
  { about: "unresolved", look: async (patient) => [await unresolved(patient)] },
];

async function keys({ settings, account }: Patient): Promise<Finding> {
  const name = nameFor(settings, "keys");
  const text = await account.secret(name);
  if (text === undefined) {
    const says = `the secret ${name} is gone, and with it every link that was mailed.`;
    return wrong(
      "keys",
      says,
      `aws secretsmanager restore-secret --region ${settings.region} --secret-id ${name}`,
    );
  }
  try {
    const { signing } = readStoredKeys(text);
    return ok("keys", `the root and ${signing.length} added`);
  } catch (error) {
    if (!(error instanceof KeysError)) throw error;
    return wrong(
      "keys",
      `the secret ${name} holds something else.`,
      previousVersion(settings, name),
    );
  }
}

function previousVersion({ region }: Patient["settings"], name: string): string {
  const common = `--region ${region} --secret-id ${name}`;
  return `aws secretsmanager get-secret-value ${common} --version-stage AWSPREVIOUS --query SecretString --output text | aws secretsmanager put-secret-value ${common} --secret-string file:///dev/stdin`;
}

async function alarmAddress({ settings, account }: Patient): Promise<Finding> {
  const { alarmAddress: address, region } = settings;
  const topic = nameFor(settings, "alarms");
  const subscriptions = await account.subscriptions(topic);
  const ours = (subscriptions ?? []).filter((one) => one.address === address);
  if (ours.some(({ isConfirmed }) => isConfirmed)) {
    return ok("alarm address", `${address} gets the alarms`);
  }
  if (subscriptions === undefined || ours.length === 0) {
    return wrong(
      "alarm address",
      `${address} is not subscribed to ${topic}.`,
      "npx cdk deploy --all",
    );
  }
  return wrong(
    "alarm address",
    `${address} has not confirmed its subscription, so no alarm reaches anybody.`,
    `press the link in the mail AWS sent there; to get another: aws sns subscribe --region ${region} --protocol email --notification-endpoint ${address} --topic-arn arn:aws:sns:${region}:${await account.number()}:${topic}`,
  );
}

async function alarms({ settings, account }: Patient): Promise<readonly Finding[]> {
  const prefix = nameFor(settings, "");
  const names = await account.ringing(prefix);
  if (names.length === 0) return [ok("alarms", "none is going off")];
  return names.map((name) => {
    const short = name.slice(prefix.length);
    return wrong("alarms", `${short} is going off.`, `docs/RUNBOOK.md#${short.toLowerCase()}`);
  });
}

async function lessons({ settings, account }: Patient): Promise<Finding> {
  const since = await account.pausedSince();
  return since === undefined
    ? ok("lessons", "they are not paused")
    : wrong(
        "lessons",
        `they are paused since ${since}, because too much mail failed.`,
        `docs/RUNBOOK.md#feedbackpaused, then npm run cg -- resume-mail --stage ${settings.stage}`,
      );
}

async function due({ account, now }: Patient): Promise<readonly Finding[]> {
  const { oldestPairDueAt, oldestSendDueAt } = await account.waitingRows();
  return [oldestDue("pair", oldestPairDueAt, now), oldestDue("mail", oldestSendDueAt, now)];
}

function oldestDue(what: string, dueAt: Instant | undefined, now: Instant): Finding {
  if (dueAt === undefined || dueAt > now) return ok("due", `no ${what} waits`);
  const says = `the oldest ${what} has been due for ${age(dueAt, now)}`;
  return dueAt > plusHours(now, -OVERDUE_HOURS)
    ? ok("due", says)
    : wrong("due", `${says}.`, "docs/RUNBOOK.md#scheduleoverdue");
}

function age(from: Instant, until: Instant): string {
  const minutes = Math.round((toMs(until) - toMs(from)) / 60_000);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

async function deadLetters({ settings, account }: Patient): Promise<readonly Finding[]> {
  return Promise.all(
    Object.entries(QUEUES).map(async ([queue, step]) => {
      const name = nameFor(settings, `${queue}-dead`);
      const count = await account.waiting(name);
      if (count === undefined) {
        return wrong("dead letters", `the queue ${name} is not there.`, "npx cdk deploy --all");
      }
      if (count === 0) return ok("dead letters", `none of ${queue}`);
      const arn = `arn:aws:sqs:${settings.region}:${await account.number()}:${name}`;
      return wrong(
        "dead letters",
        `${count} of ${queue}.`,
        `docs/RUNBOOK.md#${step.toLowerCase()}deadletters, then aws sqs start-message-move-task --region ${settings.region} --source-arn ${arn}`,
      );
    }),
  );
}

/** They wait for SES's own word, and are no fault while they do. */
async function unresolved({ account, now }: Patient): Promise<Finding> {
  const { unresolvedUntil } = await account.waitingRows();
  const stuck = unresolvedUntil.filter((until) => until < plusMinutes(now, -TAKEN_UP_MINUTES));
  if (stuck.length > 0) {
    const says = `${stuck.length} mails should have been tried again long ago.`;
    return wrong("unresolved", says, "docs/RUNBOOK.md#sendunresolved");
  }
  return ok(
    "unresolved",
    unresolvedUntil.length === 0
      ? "no answer of SES is missing"
      : `${unresolvedUntil.length} mails wait for SES's own word`,
  );
}
