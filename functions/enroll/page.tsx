import { FieldGroup } from "../adapters/form-fields.tsx";
import { type FieldError, Page, type Site } from "../adapters/page-frame.tsx";
import { Button, DangerNotice, Notice, PostForm, SummaryList } from "../adapters/page-parts.tsx";
import { PATHS } from "../adapters/page-paths.ts";
import { likelyMeant } from "../adapters/person-fields.ts";
import { SlotFieldset } from "../adapters/slot-fieldset.tsx";
import { ROLE_WORDS, SERVICE_NAME, slotWords } from "../core/wording.ts";
import { BeforeYouJoin } from "./notices.tsx";
import { AboutYou, AboutYourPartner, LeaveEmpty, UnknownCohort } from "./sign-up-fields.tsx";
import type { SignUp, SignUpAnswers } from "./sign-up-form.ts";

/** What a form carries along unseen beside the answers, such as when it was opened. */
export type Carried = Readonly<Record<string, string>>;

export interface SignUpPageProps {
  readonly site: Site;
  /** Answers as typed, or `keepAnswers({}, offer)` for a fresh form. */
  readonly answers: SignUpAnswers;
  readonly errors?: readonly FieldError[];
  readonly carried?: Carried;
}

export function SignUpPage({ site, answers, errors = [], carried = {} }: SignUpPageProps) {
  return (
    <Page
      site={site}
      title="Sign up with your partner"
      lead={`${SERVICE_NAME} is a free email course for two people. One works in law enforcement, the other at a service provider. You both get one short lesson a week for eleven weeks.`}
      errors={errors}
    >
      <DangerNotice />
      <HowItStarts />
      <PostForm action={PATHS.enroll} hidden={{ ...carried, cohort: answers.cohort }}>
        <UnknownCohort errors={errors} />
        <AboutYou answers={answers} errors={errors} />
        <AboutYourPartner answers={answers} errors={errors} />
        <FieldGroup legend="When should lessons come?">
          <p>You both get them at the same time. Either of you can change it later.</p>
          <SlotFieldset values={answers} errors={errors} />
        </FieldGroup>
        <LeaveEmpty />
        <BeforeYouJoin />
        <Button>Check your answers</Button>
      </PostForm>
    </Page>
  );
}

function HowItStarts() {
  return (
    <>
      <h2>How it starts</h2>
      <ol>
        <li>You fill in this form.</li>
        <li>We write to you. You confirm that it was you.</li>
        <li>We invite your partner. Nothing starts until you have both said yes.</li>
      </ol>
      <p>
        Does your supervisor want to know more? Send them the page{" "}
        <a href={PATHS.about}>About {SERVICE_NAME}</a>.
      </p>
    </>
  );
}

export interface CheckAnswersPageProps {
  readonly site: Site;
  /** The answers as typed; both forms of the page carry them. */
  readonly answers: SignUpAnswers;
  /** The same answers, read. */
  readonly signUp: SignUp;
  readonly carried?: Carried;
}

/**
 * The last look before anybody is written to. "Change" posts the answers back (`change` names the
 * field), so that none of them ever stands in an address; "Sign us up" posts `checked=yes`.
 */
export function CheckAnswersPage(props: CheckAnswersPageProps) {
  const { site, answers, signUp, carried = {} } = props;
  const hidden = { ...carried, ...answers };
  return (
    <Page site={site} title="Check your answers">
      <PostForm action={PATHS.enroll} hidden={hidden}>
        <h2>You</h2>
        <SummaryList
          rows={[
            row("Where you work", "role", ROLE_WORDS[signUp.role]),
            row("Your name", "name", signUp.name),
            row("Your email", "email", <CheckedAddress address={signUp.email} />),
            row("Your agency", "agency", signUp.agency),
          ]}
        />
        <h2>Your partner</h2>
        <SummaryList
          rows={[
            row("Partner's name", "partner_name", signUp.partnerName),
            row(
              "Partner's email",
              "partner_email",
              <CheckedAddress address={signUp.partnerEmail} />,
            ),
            row("Partner's agency", "partner_agency", signUp.partnerAgency),
          ]}
        />
        <h2>Lessons</h2>
        <SummaryList rows={[row("Day and time", "weekday", slotWords(signUp.slot))]} />
      </PostForm>
      <p>
        Next we write to you, and only to you. We write to {signUp.partnerName} after you have
        confirmed.
      </p>
      <PostForm action={PATHS.enroll} hidden={{ ...hidden, checked: "yes" }}>
        <Button>Sign us up</Button>
      </PostForm>
    </Page>
  );
}

function row(term: string, field: string, detail: string | ReturnType<typeof CheckedAddress>) {
  const change = (
    <button
      type="submit"
      class="plain"
      name="change"
      value={field}
      formaction={`${PATHS.enroll}#${field}`}
    >
      Change<span class="vh"> {term.toLowerCase()}</span>
    </button>
  );
  return { term, detail, action: change };
}

/** People mistype their own address more often than any other field; a second look costs nothing. */
function CheckedAddress({ address }: { readonly address: string }) {
  const meant = likelyMeant(address);
  return (
    <>
      {address}
      {meant === undefined ? null : <span class="hint">Did you mean {meant}? Then change it.</span>}
    </>
  );
}

/** The same page for everybody, whether we know these addresses or not. */
export function EnrolledPage({ site }: { readonly site: Site }) {
  return (
    <Page site={site} title="Now check your mail">
      <Notice tone="done">
        <p>Thank you. Please look for our mail at the address you gave as your own.</p>
      </Notice>
      <h2>What happens now</h2>
      <ol>
        <li>Open the mail from {site.sender} and confirm that it was you.</li>
        <li>Then we invite your partner.</li>
        <li>When you have both said yes, your first lesson comes on the day you chose.</li>
      </ol>
      <h2>Tell your partner first</h2>
      <p>People trust a mail that they expect. You could send your partner these two sentences:</p>
      <blockquote>
        <p>
          I signed us up for {SERVICE_NAME}, a short email course for the two of us. Expect a mail
          from {site.sender} that asks you to say yes or no.
        </p>
      </blockquote>
      <h2>Nothing within an hour?</h2>
      <p>
        Look in your junk mail first. Then write to{" "}
        <a href={`mailto:${site.helpEmail}`}>{site.helpEmail}</a>. A person will look into it.
      </p>
    </Page>
  );
}

/** A limit was reached. Which one is not said: it would tell whether an address is known. */
export function LaterPage({ site }: { readonly site: Site }) {
  return (
    <Page site={site} title="Please try again later">
      <p>We get more sign-ups right now than we can take. Nothing was saved.</p>
      <p>
        Please try again tomorrow. If it cannot wait, write to{" "}
        <a href={`mailto:${site.helpEmail}`}>{site.helpEmail}</a>.
      </p>
    </Page>
  );
}
