import { Page, type Site } from "../adapters/page-frame.tsx";
import { Button, DayText, Notice, PostForm } from "../adapters/page-parts.tsx";
import { PATHS, pairPath } from "../adapters/page-paths.ts";
import type { Day } from "../core/instant.ts";
import type { Failure } from "../core/valve.ts";

/**
 * The list of a cohort's pairs. It says how pairs stand and never which of the two asked for a break;
 * kinds of action are not in it at all.
 */
export interface RosterView {
  /** Name of the cohort. */
  readonly cohort: string;
  /** Present while course mail is paused for the whole service, because too much mail failed. */
  readonly paused?: { readonly since: Day; readonly why: Failure };
  /** Pairs that wait for this coordinator, oldest first. */
  readonly approvals: readonly ApprovalLine[];
  readonly pairs: readonly RosterLine[];
}

export interface ApprovalLine {
  readonly pairId: string;
  readonly people: readonly RosterPerson[];
  readonly signedUpOn: Day;
}

export interface RosterLine {
  readonly pairId: string;
  readonly people: readonly RosterPerson[];
  readonly standing: PairStanding;
  readonly lessons: { readonly sent: number; readonly total: number };
  /** Day of the last thing either of them logged. */
  readonly lastActionOn?: Day;
  /** Only for pairs under way; `stalled` means that somebody could ask how it goes. */
  readonly pace?: "moving" | "stalled";
}

/** Names end 90 days after the pair does; then the line shows only how far it came. */
export interface RosterPerson {
  readonly name: string;
  readonly agency: string;
}

export type PairStanding =
  | { readonly kind: "waiting"; readonly waitsFor: "signer" | "approval" | "partner" }
  | { readonly kind: "running" }
  | { readonly kind: "on-hold"; readonly since: Day }
  | { readonly kind: "finished" }
  | { readonly kind: "ended" };

export function RosterPage(props: { readonly site: Site; readonly view: RosterView }) {
  const { site, view } = props;
  return (
    <Page site={site} title={`Pairs in ${view.cohort}`} wide>
      {view.paused === undefined ? null : <Paused {...view.paused} />}
      <Counts pairs={view.pairs} />
      {view.approvals.length === 0 ? null : <Approvals lines={view.approvals} />}
      <h2>All pairs</h2>
      {view.pairs.length === 0 ? (
        <p>No pairs yet. They show up here as soon as somebody signs up.</p>
      ) : (
        <Pairs lines={view.pairs} />
      )}
      <PostForm action={PATHS.coordinator} hidden={{ act: "sign-out" }}>
        <Button tone="second">Sign out</Button>
      </PostForm>
    </Page>
  );
}

/** Posts to `/coordinator` with `act`, `resume`. */
function Paused({ since, why }: NonNullable<RosterView["paused"]>) {
  return (
    <Notice tone="warn" title="Lessons are paused for everybody">
      <p>
        {FAILURE_WORDS[why]} So no lessons or reminders have gone out since{" "}
        <DayText day={since} withYear />. They wait, and nothing is lost. Links and receipts still
        go out.
      </p>
      <p>
        Find out why first: a list of old addresses, or people who were not told about the course.
      </p>
      <PostForm action={PATHS.coordinator}>
        <Button act="resume">Let lessons go out again</Button>
      </PostForm>
    </Notice>
  );
}

const FAILURE_WORDS: Readonly<Record<Failure, string>> = {
  bounce: "Too many addresses do not exist.",
  complaint: "Too many people called our mail spam.",
};

function Counts({ pairs }: { readonly pairs: readonly RosterLine[] }) {
  const count = (kind: PairStanding["kind"]) =>
    pairs.filter(({ standing }) => standing.kind === kind).length;
  const stalled = pairs.filter(({ pace }) => pace === "stalled").length;
  const counts = [
    [count("running"), "under way"],
    [stalled, "of them stalled"],
    [count("on-hold"), "on hold"],
    [count("waiting"), "not started"],
    [count("finished"), "finished"],
    [count("ended"), "ended"],
  ] as const;
  return (
    <ul class="counts">
      {counts.map(([number, words]) => (
        <li>
          <b>{number}</b> {words}
        </li>
      ))}
    </ul>
  );
}

function Approvals({ lines }: { readonly lines: readonly ApprovalLine[] }) {
  return (
    <>
      <h2>Waiting for you ({lines.length})</h2>
      <table>
        <caption class="vh">Pairs that wait for your approval</caption>
        <thead>
          <tr>
            <th scope="col">Pair</th>
            <th scope="col">Signed up</th>
            <th scope="col">Your answer</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ pairId, people, signedUpOn }) => (
            <tr>
              <th scope="row">
                {namesOf(people)}
                <Agencies people={people} />
              </th>
              <td data-label="Signed up">
                <DayText day={signedUpOn} withYear />
              </td>
              <td>
                <a href={`${PATHS.approve}?pair=${encodeURIComponent(pairId)}`}>
                  Look at it<span class="vh">: {namesOf(people)}</span>
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Pairs({ lines }: { readonly lines: readonly RosterLine[] }) {
  return (
    <table>
      <caption class="vh">All pairs of this group</caption>
      <thead>
        <tr>
          <th scope="col">Pair</th>
          <th scope="col">Now</th>
          <th scope="col">Lessons</th>
          <th scope="col">Last step</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr>
            <th scope="row">
              <a href={pairPath(line.pairId)}>{namesOf(line.people)}</a>
              <Agencies people={line.people} />
            </th>
            <td data-label="Now">
              <Standing standing={line.standing} pace={line.pace} />
            </td>
            <td data-label="Lessons">
              {line.lessons.sent} of {line.lessons.total}
            </td>
            <td data-label="Last step">
              {line.lastActionOn === undefined ? (
                "None yet"
              ) : (
                <DayText day={line.lastActionOn} withYear />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function namesOf(people: readonly RosterPerson[]): string {
  return people.length === 0 ? "Names deleted" : people.map(({ name }) => name).join(" and ");
}

function Agencies({ people }: { readonly people: readonly RosterPerson[] }) {
  if (people.length === 0) return null;
  return <span class="quiet">{people.map(({ agency }) => agency).join(" and ")}</span>;
}

export function Standing(props: {
  readonly standing: PairStanding;
  readonly pace?: RosterLine["pace"];
}) {
  const { standing, pace } = props;
  switch (standing.kind) {
    case "waiting":
      return WAITS_FOR[standing.waitsFor];
    case "running":
      return pace === "stalled" ? <strong>Stalled</strong> : pace ? "Moving" : "Under way";
    case "on-hold":
      return (
        <>
          On hold since <DayText day={standing.since} withYear />
        </>
      );
    case "finished":
      return "Finished";
    case "ended":
      return "Ended";
  }
}

const WAITS_FOR = {
  signer: "Signer has not confirmed yet",
  approval: "Waits for you",
  partner: "Partner has not answered yet",
} as const;
