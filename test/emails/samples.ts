import { readFileSync } from "node:fs";
import type { CompiledMail, CourseLabels, RenderedMail } from "../../emails/compiled.ts";
import { LABELS_MAIL } from "../../emails/compiled.ts";
import { MAILS, type MailId } from "../../emails/mails.ts";
import { asCompiledMail, renderMail } from "../../emails/render.ts";
import type { Slots } from "../../emails/slots.ts";
import type { CourseOutline } from "../../functions/core/course.ts";

interface BuiltCourse {
  readonly outline: CourseOutline;
  readonly mails: readonly { mail: string; locale: string; content: unknown }[];
}

/** The course as `npm run build` wrote it; edition.test.ts proves that it is not out of date. */
export const built: BuiltCourse = JSON.parse(
  readFileSync(new URL("../../emails/.compiled/partner-tips.json", import.meta.url), "utf8"),
);

export const mails: readonly CompiledMail[] = built.mails
  .filter(({ mail }) => mail !== LABELS_MAIL)
  .map(({ content }) => asCompiledMail(content));

export const lessons = mails.filter((mail) => mail.kind === "lesson");
export const mailIds = Object.keys(MAILS) as readonly MailId[];

export const labels = built.mails.find(({ mail }) => mail === LABELS_MAIL)?.content as CourseLabels;

/** Kinds that carry an Unsubscribe link (trust.md, headers). */
export const LIST_KINDS = ["welcome", "lesson", "nudge", "meet", "mou", "check-in", "graduation"];

export const SITE = "https://ground.example";

export const samples = {
  yourName: "Dana Reyes",
  yourAgency: "Harbor Light Services",
  partnerName: "Sam Ortiz",
  partnerEmail: "sam.ortiz@pd.riverton.example",
  partnerAgency: "Riverton Police Department",
  signerName: "Sam Ortiz",
  signerEmail: "sam.ortiz@pd.riverton.example",
  signerAgency: "Riverton Police Department",
  successorName: "Kim Lee",
  spName: "Dana Reyes",
  spAgency: "Harbor Light Services",
  leName: "Sam Ortiz",
  leAgency: "Riverton Police Department",
  cohort: "Finger Lakes pilot",
  coordinatorEmail: "coordinator@programme.example",
  postalAddress: "12 Main Street, Albany, NY 12207",
  slot: "Tuesdays at 10:00 a.m., Eastern time (New York)",
  until: "Tuesday, March 3",
  days: "7",
  week: "3",
  action: "coffee with your partner",
  recheck: "Lists sent since? Reply LIST.",
  agreement: "You two are drafting your written agreement.",
  confirmUrl: `${SITE}/confirm/aaaa`,
  approveUrl: `${SITE}/approve/bbbb`,
  controlsUrl: `${SITE}/controls/cccc`,
  unsubscribeUrl: `${SITE}/unsubscribe/dddd`,
  undoUrl: `${SITE}/undo/eeee`,
  signInPageUrl: `${SITE}/sign-in`,
  signInUrl: `${SITE}/sign-in/ffff`,
  aboutUrl: `${SITE}/about`,
  sp: true,
  le: false,
  assumed: true,
  withMeet: true,
  details: true,
  isSigner: true,
  logged: [
    { what: "coffee", on: "Mar 3" },
    { what: "page signed", on: "" },
  ],
  partnerLogged: [{ what: "first call", on: "Mar 3" }],
  open: [{ what: "lists" }],
  guesses: [
    { what: "coffee", on: "Mar 3", url: `${SITE}/guess/1111` },
    { what: "lists", on: "", url: `${SITE}/guess/2222` },
  ],
} as const satisfies Slots;

export const sampleOfLe = { ...samples, sp: false, le: true } satisfies Slots;

/** As little as a mail may be given: lists empty, flags down, what is optional left out. */
export const bareSamples = {
  ...samples,
  until: "",
  recheck: "",
  assumed: false,
  withMeet: false,
  details: false,
  isSigner: false,
  logged: [],
  partnerLogged: [],
  open: [],
  guesses: [],
} satisfies Slots;

export function mailCalled(id: string): CompiledMail {
  const mail = mails.find((candidate) => candidate.id === id);
  if (mail === undefined) throw new Error(`There is no mail ${id}.`);
  return mail;
}

/** A mail as both seats and the barest case see it. */
export function renderings(mail: CompiledMail): readonly RenderedMail[] {
  return [samples, sampleOfLe, bareSamples].map((slots) => renderMail(mail, slots));
}
