import { FieldGroup, RadioGroup, TextField } from "../adapters/form-fields.tsx";
import type { FieldError } from "../adapters/page-frame.tsx";
import { ROLE_WORDS } from "../core/wording.ts";
import type { SignUpAnswers } from "./sign-up-form.ts";

interface FieldsProps {
  readonly answers: SignUpAnswers;
  readonly errors: readonly FieldError[];
}

/** Only here may the browser fill in: these are the answers about the person at the keyboard. */
export function AboutYou({ answers, errors }: FieldsProps) {
  return (
    <FieldGroup legend="About you">
      <RadioGroup
        name="role"
        label="Where do you work?"
        value={answers.role}
        errors={errors}
        options={Object.entries(ROLE_WORDS).map(([value, label]) => ({ value, label }))}
      />
      <TextField
        name="name"
        label="Your full name"
        value={answers.name}
        errors={errors}
        autocomplete="name"
      />
      <TextField
        name="email"
        label="Your work email address"
        hint="Your lessons go here. Choose a mailbox that only you read, if you can."
        type="email"
        value={answers.email}
        errors={errors}
        autocomplete="email"
      />
      <TextField
        name="agency"
        label="Your agency"
        value={answers.agency}
        errors={errors}
        autocomplete="organization"
      />
    </FieldGroup>
  );
}

export function AboutYourPartner({ answers, errors }: FieldsProps) {
  return (
    <FieldGroup legend="About your partner">
      <TextField
        name="partner_name"
        label="Your partner's full name"
        value={answers.partner_name}
        errors={errors}
      />
      <TextField
        name="partner_email"
        label="Your partner's work email address"
        hint="We write here only after you have confirmed your own address."
        type="email"
        value={answers.partner_email}
        errors={errors}
      />
      <TextField
        name="partner_agency"
        label="Your partner's agency"
        value={answers.partner_agency}
        errors={errors}
      />
    </FieldGroup>
  );
}

/** The group comes with the link and has no field of its own; what is wrong with it stands here. */
export function UnknownCohort({ errors }: { readonly errors: readonly FieldError[] }) {
  const error = errors.find(({ field }) => field === "cohort");
  if (error === undefined) return null;
  return (
    <p class="error" id="cohort" tabindex={-1}>
      {error.message}
    </p>
  );
}

/** People do not see this field; programs that fill in every field give themselves away. */
export function LeaveEmpty() {
  return (
    <div class="vh" aria-hidden="true">
      <label for="website">Leave this field empty</label>
      <input id="website" name="website" type="text" autocomplete="off" tabindex={-1} />
    </div>
  );
}
