import * as z from "zod";
import type { FieldError } from "../adapters/page-frame.tsx";
import { emailField, nameField } from "../adapters/person-fields.ts";
import { SlotFields, slotOf } from "../adapters/slot-fields.ts";
import type { SignUp } from "../core/enrollment.ts";
import type { Slot } from "../core/slot.ts";

export type { FieldError, SignUp };

/** What the form offers: the first cohort and the slot stand in where a form sends none. */
export interface FormOffer {
  readonly cohorts: readonly string[];
  readonly defaultSlot: Slot;
}

export type SignUpReading =
  | { readonly kind: "valid"; readonly signUp: SignUp }
  | { readonly kind: "invalid"; readonly errors: readonly FieldError[] };

/** The form's fields in the order in which people meet them. */
export const SIGN_UP_FIELDS = [
  "cohort",
  "role",
  "name",
  "email",
  "agency",
  "partner_name",
  "partner_email",
  "partner_agency",
  "weekday",
  "time",
  "time_zone",
] as const;

export type SignUpField = (typeof SIGN_UP_FIELDS)[number];
/** Answers as typed, right or wrong, to show them again. */
export type SignUpAnswers = Readonly<Record<SignUpField, string>>;

/** Fields are what a stranger sent: missing, repeated or files, whatever the form says. */
export function readSignUp(
  fields: Readonly<Record<string, unknown>>,
  offer: FormOffer,
): SignUpReading {
  const parsed = signUpFields(offer).safeParse({ ...defaultAnswers(offer), ...fields });
  return parsed.success
    ? { kind: "valid", signUp: signUpOf(parsed.data) }
    : { kind: "invalid", errors: firstErrors(parsed.error) };
}

/** The answers to show again; what is no text becomes empty. */
export function keepAnswers(
  fields: Readonly<Record<string, unknown>>,
  offer: FormOffer,
): SignUpAnswers {
  const all: Readonly<Record<string, unknown>> = { ...defaultAnswers(offer), ...fields };
  const entries = SIGN_UP_FIELDS.map((field) => [field, textOf(all[field])]);
  return Object.fromEntries(entries) as SignUpAnswers;
}

function defaultAnswers({ cohorts, defaultSlot }: FormOffer): Readonly<Record<string, string>> {
  const [cohort] = cohorts;
  return {
    ...(cohort === undefined ? {} : { cohort }),
    weekday: String(defaultSlot.weekday),
    time: defaultSlot.time,
    time_zone: defaultSlot.timeZone,
  };
}

function signUpFields({ cohorts }: FormOffer) {
  const unknownCohort =
    "This link names a group we do not know. Ask the person who gave it to you for a new one.";
  const chooseRole = "Choose where you work: at a service provider or in law enforcement.";
  return SlotFields.extend({
    cohort: z
      .string({ error: unknownCohort })
      .refine((name) => cohorts.includes(name), { error: unknownCohort }),
    role: z.enum(["service_provider", "law_enforcement"], { error: chooseRole }),
    name: nameField("your full name"),
    email: emailField("your work email address"),
    agency: nameField("the name of your agency"),
    partner_name: nameField("your partner's full name"),
    partner_email: emailField("your partner's work email address"),
    partner_agency: nameField("the name of your partner's agency"),
  }).refine((fields) => !sameAddress(fields.email, fields.partner_email), {
    path: ["partner_email"],
    error: "Enter your partner's own address. It must differ from yours.",
    when: () => true, // so that one look shows everything that is wrong
  });
}

function sameAddress(first: unknown, second: unknown): boolean {
  return textOf(first).trim().toLowerCase() === textOf(second).trim().toLowerCase();
}

function signUpOf(fields: z.output<ReturnType<typeof signUpFields>>): SignUp {
  return {
    role: fields.role,
    name: fields.name,
    email: fields.email,
    agency: fields.agency,
    partnerName: fields.partner_name,
    partnerEmail: fields.partner_email,
    partnerAgency: fields.partner_agency,
    slot: slotOf(fields),
    cohort: fields.cohort,
  };
}

/** One message a field, in the order of the form: the first thing to mend is enough. */
function firstErrors(error: z.ZodError): readonly FieldError[] {
  return SIGN_UP_FIELDS.flatMap((field) => {
    const issue = error.issues.find(({ path }) => path[0] === field);
    return issue === undefined ? [] : [{ field, message: issue.message }];
  });
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
