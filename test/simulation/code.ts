import { pathToFileURL } from "node:url";
import { readDueOrder, readSendOrder } from "../../functions/adapters/sqs.ts";
import { acceptInvitation, declineInvitation } from "../../functions/confirm/answer-invitation.ts";
import { answerApproval } from "../../functions/coordinator/approve-pair.ts";
import { nameSuccessor } from "../../functions/core/handover.ts";
import { enrollPair } from "../../functions/enroll/enroll-pair.ts";
import { readMailEvent } from "../../functions/feedback/mail-event.ts";
import { settleEvent } from "../../functions/feedback/settle-event.ts";
import { eraseHolderOf } from "../../functions/partner/erase-person.ts";
import { actOnOwnPage } from "../../functions/partner/own-page.ts";
import {
  acceptAddress,
  logGuess,
  pressControl,
  undoReceipt,
} from "../../functions/partner/press-button.ts";
import { publishCourse } from "../../functions/publish/publish-course.ts";
import { receiveMail } from "../../functions/receive/receive-mail.ts";
import { sweepUnread } from "../../functions/receive/sweep-unread.ts";
import { advancePair } from "../../functions/schedule/advance-pair.ts";
import { changePair } from "../../functions/schedule/change-pair.ts";
import { findDue, sweepDue } from "../../functions/schedule/find-due.ts";
import { watchOverdue } from "../../functions/schedule/watch-overdue.ts";
import { sendMail } from "../../functions/send/send-mail.ts";

/** The workflows that the functions of one deployment run. */
export const OWN_CODE = {
  acceptAddress,
  acceptInvitation,
  actOnOwnPage,
  advancePair,
  answerApproval,
  changePair,
  declineInvitation,
  enrollPair,
  eraseHolderOf,
  findDue,
  logGuess,
  nameSuccessor,
  pressControl,
  publishCourse,
  readDueOrder,
  readMailEvent,
  readSendOrder,
  receiveMail,
  sendMail,
  settleEvent,
  sweepDue,
  sweepUnread,
  undoReceipt,
  watchOverdue,
};

export type Code = typeof OWN_CODE;

/** Those of them that ask no port: rules, and the reading of what lies on a queue. */
const RULES: readonly (keyof Code)[] = [
  "nameSuccessor",
  "readDueOrder",
  "readMailEvent",
  "readSendOrder",
];

export const WORKFLOWS = (Object.keys(OWN_CODE) as (keyof Code)[]).filter(
  (name) => !RULES.includes(name),
);

/** The same code, which says what it enters. */
export function traced(code: Code, onEnter: (workflow: keyof Code) => void): Code {
  const traces = WORKFLOWS.map((name) => {
    const work = code[name] as (...inputs: readonly unknown[]) => unknown;
    const enter = (...inputs: readonly unknown[]) => {
      onEnter(name);
      return work(...inputs);
    };
    return [name, enter] as const;
  });
  return { ...code, ...Object.fromEntries(traces) };
}

const PLACES: Readonly<Record<string, readonly (keyof Code)[]>> = {
  "adapters/sqs.ts": ["readDueOrder", "readSendOrder"],
  "confirm/answer-invitation.ts": ["acceptInvitation", "declineInvitation"],
  "coordinator/approve-pair.ts": ["answerApproval"],
  "core/handover.ts": ["nameSuccessor"],
  "enroll/enroll-pair.ts": ["enrollPair"],
  "feedback/mail-event.ts": ["readMailEvent"],
  "feedback/settle-event.ts": ["settleEvent"],
  "partner/erase-person.ts": ["eraseHolderOf"],
  "partner/own-page.ts": ["actOnOwnPage"],
  "partner/press-button.ts": ["acceptAddress", "logGuess", "pressControl", "undoReceipt"],
  "publish/publish-course.ts": ["publishCourse"],
  "receive/receive-mail.ts": ["receiveMail"],
  "receive/sweep-unread.ts": ["sweepUnread"],
  "schedule/advance-pair.ts": ["advancePair"],
  "schedule/change-pair.ts": ["changePair"],
  "schedule/find-due.ts": ["findDue", "sweepDue"],
  "schedule/watch-overdue.ts": ["watchOverdue"],
  "send/send-mail.ts": ["sendMail"],
};

/** The workflows of another checkout, such as the one that is deployed now, to run beside these. */
export async function loadCode(folder: string): Promise<Code> {
  const code: Record<string, unknown> = {};
  for (const [place, names] of Object.entries(PLACES)) {
    const url = new URL(`functions/${place}`, pathToFileURL(`${folder}/`));
    const module = (await import(url.href)) as Record<string, unknown>;
    for (const name of names) code[name] = module[name];
  }
  return code as Code;
}
