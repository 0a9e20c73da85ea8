import { Page, type Site } from "../adapters/page-frame.tsx";
import {
  Button,
  ButtonLink,
  DayText,
  Notice,
  PostForm,
  SummaryList,
} from "../adapters/page-parts.tsx";
import { PATHS } from "../adapters/page-paths.ts";
import type { Day } from "../core/instant.ts";
import type { Role } from "../core/pair.ts";
import { ROLE_WORDS } from "../core/wording.ts";

export interface Applicant {
  readonly name: string;
  readonly email: string;
  readonly agency: string;
  readonly role: Role;
}

export interface ApprovalView {
  readonly pairId: string;
  /** Has confirmed their own address. */
  readonly signer: Applicant;
  /** Has not been written to yet. */
  readonly partner: Applicant;
  readonly signedUpOn: Day;
  /** Why somebody has to look at it. */
  readonly reason: "every-pair" | "unlisted-domain";
}

/** Posts to `/approve` with the pair's id as `pair`, and `act`, `approve` or `decline`. */
export function ApprovalPage(props: { readonly site: Site; readonly view: ApprovalView }) {
  const { site, view } = props;
  return (
    <Page site={site} title="Should these two be a pair?">
      <p>
        Anybody can type a name. You are the one who can tell whether both people are who they say.{" "}
        {view.reason === "unlisted-domain"
          ? "At least one address is not at a work domain on your list."
          : "Your group asks for a look at every pair."}
      </p>
      <h2>Who signed up</h2>
      <ApplicantList applicant={view.signer} />
      <h2>The partner they named</h2>
      <ApplicantList applicant={view.partner} />
      <p>
        They signed up on <DayText day={view.signedUpOn} />. The partner knows nothing yet.
      </p>
      <Notice title="How to check">
        <p>Call each agency at a number that you look up yourself. Ask for the person by name.</p>
      </Notice>
      <PostForm action={PATHS.approve} hidden={{ pair: view.pairId }}>
        <Button act="approve">Yes, invite the partner</Button>
        <Button act="decline" tone="second">
          No, end it here
        </Button>
      </PostForm>
    </Page>
  );
}

function ApplicantList({ applicant }: { readonly applicant: Applicant }) {
  return (
    <SummaryList
      rows={[
        { term: "Name", detail: applicant.name },
        { term: "Works", detail: ROLE_WORDS[applicant.role] },
        { term: "Agency", detail: applicant.agency },
        { term: "Email address", detail: applicant.email },
      ]}
    />
  );
}

/** How a pair that waited for approval stands now. */
export type ApprovalOutcome = "approved" | "declined" | "over";

export interface ApprovalDonePageProps {
  readonly site: Site;
  readonly outcome: ApprovalOutcome;
  /** Somebody had answered before; nothing changed now. */
  readonly already?: boolean;
}

export function ApprovalDonePage({ site, outcome, already = false }: ApprovalDonePageProps) {
  const { title, next } = OUTCOME_WORDS[outcome];
  return (
    <Page site={site} title={already ? "Already answered" : title}>
      <Notice tone="done">
        <p>{already ? `Nothing changed now. ${next}` : next}</p>
      </Notice>
      <ButtonLink href={PATHS.coordinator}>Back to the list of pairs</ButtonLink>
    </Page>
  );
}

const OUTCOME_WORDS: Readonly<
  Record<ApprovalOutcome, { readonly title: string; readonly next: string }>
> = {
  approved: {
    title: "The partner is invited",
    next: "The partner has 30 days to answer. Lessons start when they say yes.",
  },
  declined: {
    title: "It ends here",
    next: "The partner is never written to. The signer gets a short note with your address.",
  },
  over: {
    title: "This sign-up has ended",
    next: "There is nothing left to decide. The two can sign up again.",
  },
};
