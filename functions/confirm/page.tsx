import { TextField } from "../adapters/form-fields.tsx";
import { type FieldError, Page, type Site } from "../adapters/page-frame.tsx";
import { Button, DayText, Notice, PostForm, SummaryList } from "../adapters/page-parts.tsx";
import { PATHS } from "../adapters/page-paths.ts";
import type { Day } from "../core/instant.ts";
import type { Role } from "../core/pair.ts";
import type { Slot } from "../core/slot.ts";
import { ROLE_WORDS, SERVICE_NAME, slotWords } from "../core/wording.ts";
import { BeforeYouJoin } from "../enroll/notices.tsx";

/** One of the two people, as far as a page names them. */
export interface Person {
  readonly name: string;
  readonly email: string;
  readonly agency: string;
  readonly role: Role;
}

/**
 * What a confirm link shows while its answer is awaited. `signer` confirms their own sign-up,
 * `partner` was named by them, `successor` was named to take a seat over.
 */
export interface InvitationView {
  readonly token: string;
  readonly reader: "signer" | "partner" | "successor";
  /** Who reads this. */
  readonly you: Person;
  /** For the signer the partner they named; for the others the person they would be paired with. */
  readonly other: Person;
  readonly slot: Slot;
}

export interface InvitationPageProps {
  readonly site: Site;
  readonly view: InvitationView;
  readonly errors?: readonly FieldError[];
}

/** Posts to `/confirm` with the token and `act`, `join` or `decline`; a successor's `name` too. */
export function InvitationPage({ site, view, errors = [] }: InvitationPageProps) {
  const words = INVITATION_WORDS[view.reader];
  return (
    <Page site={site} title={words.title} lead={words.lead} errors={errors}>
      <h2>{words.otherHeading}</h2>
      <PersonList person={view.other} />
      {view.reader === "signer" ? null : <HowToCheck other={view.other} />}
      <h2>What you would get</h2>
      <SummaryList
        rows={[
          { term: "At this address", detail: view.you.email },
          { term: "In this role", detail: ROLE_WORDS[view.you.role] },
          { term: "Day and time", detail: slotWords(view.slot) },
          { term: "How long", detail: words.howLong },
        ]}
      />
      <p>Either of you can change the day and time later.</p>
      <BeforeYouJoin />
      <PostForm action={PATHS.confirm} hidden={{ token: view.token }}>
        {view.reader === "successor" ? <OwnName typed={view.you.name} errors={errors} /> : null}
        <Button act="join">{words.join}</Button>
        <Button act="decline" tone="second">
          {words.decline}
        </Button>
      </PostForm>
    </Page>
  );
}

/** Whoever named the colleague gave an address and nothing else. */
function OwnName(props: { readonly typed: string; readonly errors: readonly FieldError[] }) {
  return (
    <TextField
      name="name"
      label="Your name, as your partner should see it"
      value={props.typed}
      autocomplete="name"
      errors={props.errors}
    />
  );
}

const HOW_LONG = "Eleven weeks, then a short mail now and then";

const INVITATION_WORDS = {
  signer: {
    title: "Was this you?",
    lead: `Somebody gave your address to sign up for ${SERVICE_NAME}, an email course for two. Nothing starts before you say yes.`,
    otherHeading: "The partner you named",
    howLong: HOW_LONG,
    join: "Yes, I signed up",
    decline: "No, this was not me",
  },
  partner: {
    title: "You are invited",
    lead: `${SERVICE_NAME} is a free email course for two people. One works in law enforcement, the other at a service provider. Nothing starts before you say yes.`,
    otherHeading: "Who signed you up",
    howLong: HOW_LONG,
    join: "Yes, join",
    decline: "No, thank you",
  },
  successor: {
    title: "Will you take over a seat?",
    lead: `A colleague named you to go on in their place in ${SERVICE_NAME}, an email course for two. Nothing starts before you say yes.`,
    otherHeading: "Who you would work with",
    howLong: "The weekly lessons that are left, then a short mail now and then",
    join: "Yes, join",
    decline: "No, thank you",
  },
} as const;

function PersonList({ person }: { readonly person: Person }) {
  return (
    <SummaryList
      rows={[
        { term: "Name", detail: person.name },
        { term: "Works", detail: ROLE_WORDS[person.role] },
        { term: "Agency", detail: person.agency },
        { term: "Email address", detail: person.email },
      ]}
    />
  );
}

/** Anybody can type a name and a badge: only a number from elsewhere can tell whether it is true. */
function HowToCheck({ other }: { readonly other: Person }) {
  return (
    <Notice title="Not sure that it is real?" tone="warn">
      <p>
        Look up the phone number of {other.agency} yourself, on its own website or in a directory.
        Call and ask for {other.name}. Do not use a number from a mail.
      </p>
    </Notice>
  );
}

export type ConfirmedView =
  /** The signer said yes; the partner is invited now, or after a coordinator has looked at it. */
  | { readonly kind: "partner-invited" }
  | { readonly kind: "waits-for-approval" }
  /** Both have said yes. */
  | { readonly kind: "course-starts"; readonly firstLessonOn?: Day }
  /** A successor has taken the seat. */
  | { readonly kind: "seat-taken" };

export function ConfirmedPage(props: { readonly site: Site; readonly view: ConfirmedView }) {
  return (
    <Page site={props.site} title="Thank you, that is settled">
      <Notice tone="done">
        <p>Your address is confirmed.</p>
      </Notice>
      <AfterConfirming view={props.view} />
      <p>You can close this page.</p>
    </Page>
  );
}

function AfterConfirming({ view }: { readonly view: ConfirmedView }) {
  switch (view.kind) {
    case "partner-invited":
      return (
        <p>
          We invite your partner now. They have 30 days to answer. It helps if you tell them that a
          mail from {SERVICE_NAME} is on its way.
        </p>
      );
    case "waits-for-approval":
      return (
        <p>
          A coordinator looks at each new pair in your group first. Then we invite your partner. You
          need to do nothing.
        </p>
      );
    case "course-starts":
      return (
        <p>
          You have both said yes. We send you a welcome mail today.{" "}
          {view.firstLessonOn === undefined ? (
            "Your first lesson follows on your day."
          ) : (
            <>
              Your first lesson comes on <DayText day={view.firstLessonOn} />.
            </>
          )}
        </p>
      );
    case "seat-taken":
      return (
        <p>
          The seat is yours. We send you a short note on what the pair has done so far, and the
          lessons go on.
        </p>
      );
  }
}

/** The link was used before; pressing again changes nothing. */
export function AlreadyConfirmedPage({ site }: { readonly site: Site }) {
  return (
    <Page site={site} title="You have already said yes">
      <p>Your address is confirmed. There is nothing more to do here.</p>
      <p>Did you change your mind? Reply STOP to any mail from {SERVICE_NAME}.</p>
    </Page>
  );
}

export function DeclinedPage(props: { readonly site: Site; readonly already?: boolean }) {
  return (
    <Page
      site={props.site}
      title={props.already ? "You have already said no" : "That is fine, thank you"}
    >
      <p>We do not write to you about this again. Nobody is told why.</p>
      <p>You can close this page.</p>
    </Page>
  );
}

/** The time to answer is over, or the pair has ended some other way; which of them is not said. */
export function InvitationOverPage({ site }: { readonly site: Site }) {
  return (
    <Page site={site} title="This invitation has ended">
      <p>It is too late to answer it. Nothing is wrong on your side, and nothing was started.</p>
      <p>
        Would you still like to join? Ask your partner to sign you both up again, or{" "}
        <a href={PATHS.home}>sign up yourself</a>.
      </p>
      <p>
        Questions? Write to <a href={`mailto:${site.helpEmail}`}>{site.helpEmail}</a>.
      </p>
    </Page>
  );
}

/** Said to the person who is in three pairs, and to nobody else. */
export function FullPage({ site }: { readonly site: Site }) {
  return (
    <Page site={site} title="You are in three pairs already">
      <p>
        Three is the most that one person can be in. When one of them has ended, open this link
        again while it is still good.
      </p>
      <p>
        Only you see this page. Questions? Write to{" "}
        <a href={`mailto:${site.helpEmail}`}>{site.helpEmail}</a>.
      </p>
    </Page>
  );
}

/** A link that we did not make, or that lost a part on its way. */
export function BrokenLinkPage({ site }: { readonly site: Site }) {
  return (
    <Page site={site} title="This link does not work">
      <p>A part of it may have been lost. Some mail programs cut long links in two.</p>
      <ul>
        <li>Open the mail again and press the button in it.</li>
        <li>Or copy the whole link into the address bar.</li>
        <li>Or answer the mail: it says what to reply.</li>
      </ul>
      <p>
        Still stuck? Write to <a href={`mailto:${site.helpEmail}`}>{site.helpEmail}</a>.
      </p>
    </Page>
  );
}
