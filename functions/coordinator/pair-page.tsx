import { Page, type Site } from "../adapters/page-frame.tsx";
import {
  Button,
  ButtonLink,
  DayText,
  Notice,
  PostForm,
  SummaryList,
} from "../adapters/page-parts.tsx";
import { PATHS, pairPath } from "../adapters/page-paths.ts";
import type { ActionKind } from "../core/action.ts";
import type { MailKind } from "../core/course.ts";
import type { Day } from "../core/instant.ts";
import type { Role, SeatId } from "../core/pair.ts";
import type { Slot } from "../core/slot.ts";
import { ROLE_NAMES, slotWords } from "../core/wording.ts";
import type { AgreementView } from "../partner/agreement-summary.tsx";
import { type RosterLine, Standing } from "./page.tsx";
import { type RefusedName, SteerPair, type SteerView } from "./steer-pair.tsx";

/** One pair for its coordinator: how it stands and what was sent, without a word of any mail. */
export interface PairView {
  readonly pairId: string;
  /** Absent seats are open, or their names were deleted. */
  readonly people: readonly PairPerson[];
  readonly standing: RosterLine["standing"];
  readonly pace?: RosterLine["pace"];
  readonly lessons: { readonly sent: number; readonly total: number };
  readonly slot: Slot;
  readonly agreement: AgreementView;
  /** How many replies held details that we cannot keep; whose they were stays unsaid. */
  readonly slips: number;
  /** Newest first. The two talks that belong to the pair are counted here, never named. */
  readonly log: readonly PairLogLine[];
  /** Newest first. */
  readonly sends: readonly SendLine[];
  /** What can be done for it; absent before the start and after the end. */
  readonly steer?: SteerView;
}

export interface PairPerson {
  readonly seat: SeatId;
  /** Mail does not reach them; why stays unsaid. */
  readonly isLost: boolean;
  readonly role: Role;
  readonly name: string;
  readonly email: string;
  readonly agency: string;
}

export interface PairLogLine {
  readonly kind: ActionKind;
  /** In plain words: "coffee". */
  readonly what: string;
  readonly on: Day;
}

export interface SendLine {
  readonly kind: MailKind;
  /** For lessons and nudges. */
  readonly week?: number;
  readonly to: Role;
  /** A mail that was withdrawn for a break is `planned`: it waits, and whose break it is stays unsaid. */
  readonly state: "planned" | "sent" | "delivered" | "bounced" | "held";
  readonly on: Day;
}

/** What the coordinator just did, said once at the top. */
export type PairNotice = "named" | "taken-back" | "reached" | "review";

export interface PairPageProps {
  readonly site: Site;
  readonly view: PairView;
  readonly notice?: PairNotice | undefined;
  readonly refused?: RefusedName;
}

export function PairPage({ site, view, notice, refused }: PairPageProps) {
  return (
    <Page site={site} title="One pair" errors={refused?.errors ?? []} wide>
      {notice === undefined ? null : (
        <Notice tone="done">
          <p>{NOTICE_WORDS[notice]}</p>
        </Notice>
      )}
      <People view={view} />
      <h2>How it stands</h2>
      <SummaryList
        rows={[
          { term: "Now", detail: <Standing standing={view.standing} pace={view.pace} /> },
          { term: "Lessons", detail: `${view.lessons.sent} of ${view.lessons.total}` },
          { term: "Day and time", detail: slotWords(view.slot) },
          { term: "Written agreement", detail: <Agreement agreement={view.agreement} /> },
          ...(view.slips === 0 ? [] : [{ term: "Replies with details", detail: slipWords(view) }]),
        ]}
      />
      <h2>What they logged</h2>
      <Log lines={view.log} />
      <h2>Mail</h2>
      <Sends lines={view.sends} />
      {view.steer === undefined ? null : <SteerPair view={view.steer} refused={refused} />}
      <ButtonLink href={PATHS.coordinator}>Back to the list of pairs</ButtonLink>
    </Page>
  );
}

const NOTICE_WORDS: Readonly<Record<PairNotice, string>> = {
  named: "The colleague is invited. We tell you if they do not take the seat.",
  "taken-back": "The invitation is taken back. You can name somebody else.",
  reached: "Mail goes to that address again.",
  review: "Noted. If the pair has a written agreement, both are asked to read it through.",
};

function People({ view }: { readonly view: PairView }) {
  const { people, pairId } = view;
  if (people.length === 0) return <p>Their names were deleted after the pair had ended.</p>;
  return (
    <SummaryList
      rows={people.map(({ role, seat, name, email, agency, isLost }) => ({
        term: ROLE_NAMES[role],
        ...(isLost ? { action: <TryAgain pairId={pairId} seat={seat} /> } : {}),
        detail: (
          <>
            {name}, {agency}
            <br />
            <a href={`mailto:${email}`}>{email}</a>
            {isLost ? <strong class="quiet">Mail does not get there.</strong> : null}
          </>
        ),
      }))}
    />
  );
}

/** Posts to the pair's own page with `act`, `reach`, and the seat. */
function TryAgain(props: { readonly pairId: string; readonly seat: SeatId }) {
  return (
    <PostForm action={pairPath(props.pairId)} hidden={{ seat: props.seat }}>
      <Button act="reach" tone="second">
        The address works again
      </Button>
    </PostForm>
  );
}

function Agreement({ agreement }: { readonly agreement: AgreementView }) {
  return (
    <>
      {AGREEMENT_WORDS[agreement.state]}
      {agreement.reviewOn === undefined ? null : (
        <>
          , to be read through on <DayText day={agreement.reviewOn} withYear />
        </>
      )}
    </>
  );
}

function slipWords({ slips }: PairView): string {
  return `${slips} seemed to name a person or a case. We kept nothing of that, and told the sender.`;
}

const AGREEMENT_WORDS: Readonly<Record<AgreementView["state"], string>> = {
  undecided: "Not decided yet",
  drafting: "Being drafted",
  "with-leadership": "With the people who sign",
  "in-force": "In force",
  "review-due": "In force, review is due",
  "not-needed": "Not needed, they decided",
};

/** Kinds that only the two of them see; everybody else gets their number. */
export const BETWEEN_THEM: readonly ActionKind[] = ["tension-preview", "repair-conversation"];

function Log({ lines }: { readonly lines: readonly PairLogLine[] }) {
  const named = lines.filter(({ kind }) => !BETWEEN_THEM.includes(kind));
  const unnamed = lines.length - named.length;
  if (lines.length === 0) return <p>Nothing yet.</p>;
  return (
    <>
      <ul>
        {named.map(({ what, on }) => (
          <li>
            {what}, <DayText day={on} withYear />
          </li>
        ))}
      </ul>
      {unnamed === 0 ? null : (
        <p>And {unnamed === 1 ? "1 talk" : `${unnamed} talks`} between them.</p>
      )}
    </>
  );
}

function Sends({ lines }: { readonly lines: readonly SendLine[] }) {
  if (lines.length === 0) return <p>Nothing was sent yet.</p>;
  return (
    <table>
      <caption class="vh">Mail to both of them, newest first</caption>
      <thead>
        <tr>
          <th scope="col">Mail</th>
          <th scope="col">To</th>
          <th scope="col">State</th>
          <th scope="col">Day</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ kind, week, to, state, on }) => (
          <tr>
            <th scope="row">
              {MAIL_WORDS[kind]}
              {week === undefined ? "" : `, week ${week}`}
            </th>
            <td data-label="To">{ROLE_NAMES[to]}</td>
            <td data-label="State">{SEND_WORDS[state]}</td>
            <td data-label="Day">
              <DayText day={on} withYear />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const MAIL_WORDS: Readonly<Record<MailKind, string>> = {
  invitation: "Request to confirm",
  reminder: "Reminder to confirm",
  welcome: "Welcome",
  lesson: "Lesson",
  nudge: "Reminder",
  meet: "Meeting prompt",
  mou: "Agreement prompt",
  receipt: "Answer to a reply",
  notice: "Short note",
  "check-in": "Check-in",
  graduation: "End of the lessons",
  "sign-in": "Sign-in link",
};

const SEND_WORDS: Readonly<Record<SendLine["state"], string>> = {
  planned: "Waiting",
  sent: "Sent",
  delivered: "Delivered",
  bounced: "Came back",
  held: "Needs a look",
};
